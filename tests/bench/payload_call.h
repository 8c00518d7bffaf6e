/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A raw system call whose arguments beyond the first are zero, for payloads
 * that are linked without a C library.
 */
#ifndef BENCH_PAYLOAD_CALL_H
#define BENCH_PAYLOAD_CALL_H

#include <sys/syscall.h>

#if defined(__x86_64__)
static inline long payload_call(long number, long argument)
{
	register long fourth __asm__("r10") = 0;
	register long fifth __asm__("r8") = 0;
	long ret = number;

	__asm__ volatile("syscall"
			 : "+a"(ret)
			 : "D"(argument), "S"(0L), "d"(0L), "r"(fourth),
			   "r"(fifth)
			 : "rcx", "r11", "memory");
	return ret;
}
#elif defined(__aarch64__)
static inline long payload_call(long number, long argument)
{
	register long x8 __asm__("x8") = number;
	register long x0 __asm__("x0") = argument;
	register long x1 __asm__("x1") = 0;
	register long x2 __asm__("x2") = 0;
	register long x3 __asm__("x3") = 0;
	register long x4 __asm__("x4") = 0;

	__asm__ volatile("svc 0"
			 : "+r"(x0)
			 : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4)
			 : "memory");
	return x0;
}
#else
#error "payloads are written for x86_64 and aarch64"
#endif

#endif
