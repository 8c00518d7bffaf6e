/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Raw system calls without a C library: they return the kernel's answer, a
 * negative errno on failure.  The launcher has nothing else; the engine uses
 * the same so that both speak of one kernel in one way, and because the
 * C library's set*id functions would signal every thread of the host.
 */
#ifndef SANDBOX_KERNEL_SYSCALL_H
#define SANDBOX_KERNEL_SYSCALL_H

#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>

#if defined(__clang_analyzer__)

/* The analyzer cannot see that the kernel fills memory through assembly. */
long kernel_syscall6(long number, long a, long b, long c, long d, long e,
		     long f);

#elif defined(__x86_64__)

/* NOLINTNEXTLINE(readability-function-size): a system call has six, and one */
static inline long kernel_syscall6(long number, long a, long b, long c, long d,
				   long e, long f)
{
	long result;
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10),
			   "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}

#elif defined(__aarch64__)

/* NOLINTNEXTLINE(readability-function-size): a system call has six, and one */
static inline long kernel_syscall6(long number, long a, long b, long c, long d,
				   long e, long f)
{
	register long x8 __asm__("x8") = number;
	register long x0 __asm__("x0") = a;
	register long x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c;
	register long x3 __asm__("x3") = d;
	register long x4 __asm__("x4") = e;
	register long x5 __asm__("x5") = f;

	__asm__ volatile("svc 0"
			 : "+r"(x0)
			 : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
			 : "memory");
	return x0;
}

#else
#error "libsandbox runs on x86_64 and aarch64"
#endif

/*
 * Arguments may be integers or pointers; the cast to intptr_t is what the
 * kernel does with them.
 */
#define KERNEL_ARG_(argument) ((long)(intptr_t)(argument))
#define kernel_call0(n)       kernel_syscall6(n, 0, 0, 0, 0, 0, 0)
#define kernel_call1(n, a)    kernel_syscall6(n, KERNEL_ARG_(a), 0, 0, 0, 0, 0)
#define kernel_call2(n, a, b) \
	kernel_syscall6(n, KERNEL_ARG_(a), KERNEL_ARG_(b), 0, 0, 0, 0)
#define kernel_call3(n, a, b, c)                                              \
	kernel_syscall6(n, KERNEL_ARG_(a), KERNEL_ARG_(b), KERNEL_ARG_(c), 0, \
			0, 0)
#define kernel_call4(n, a, b, c, d)                                        \
	kernel_syscall6(n, KERNEL_ARG_(a), KERNEL_ARG_(b), KERNEL_ARG_(c), \
			KERNEL_ARG_(d), 0, 0)
#define kernel_call5(n, a, b, c, d, e)                                     \
	kernel_syscall6(n, KERNEL_ARG_(a), KERNEL_ARG_(b), KERNEL_ARG_(c), \
			KERNEL_ARG_(d), KERNEL_ARG_(e), 0)
#define kernel_call6(n, a, b, c, d, e, f)                                  \
	kernel_syscall6(n, KERNEL_ARG_(a), KERNEL_ARG_(b), KERNEL_ARG_(c), \
			KERNEL_ARG_(d), KERNEL_ARG_(e), KERNEL_ARG_(f))

#endif
