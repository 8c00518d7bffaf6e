/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The program every contender launches: static, without a C library, its only
 * system call is its last.  What is measured is then the launch and not the
 * start of a program.
 */
#include "payload_call.h"

__attribute__((noreturn)) void payload_start(void);

void payload_start(void)
{
	for (;;) {
		(void)payload_call(SYS_exit, 0);
	}
}
