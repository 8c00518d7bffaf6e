/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The program of an idle sandbox: static, without a C library, sleeps until
 * it is killed.
 */
#include "payload_call.h"

__attribute__((noreturn)) void payload_start(void);

void payload_start(void)
{
	/* ppoll() of nothing is pause(), which aarch64 does not have. */
	for (;;) {
		(void)payload_call(SYS_ppoll, 0);
	}
}
