/* SPDX-License-Identifier: Apache-2.0 */
/* Processes: clone3(2), exec, waiting, signals, namespaces. */
#ifndef SANDBOX_KERNEL_PROCESS_H
#define SANDBOX_KERNEL_PROCESS_H

#include "kernel/file.h"
#include "kernel/syscall.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/sched.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

/* What the kernel takes for a signal action; no restorer, no handlers. */
struct kernel_sigaction {
	void (*handler)(int);
	unsigned long flags;
	void (*restorer)(void);
	uint64_t mask;
};

/* As fork(): the child gets 0.  Never with CLONE_VM: it has no stack. */
static inline int kernel_clone3(struct clone_args *arguments)
{
	return (int)kernel_call2(SYS_clone3, arguments, sizeof(*arguments));
}

/*
 * With CLONE_VM: the child calls @function(@argument), which must not return,
 * on the stack that @arguments names.
 */
static inline int kernel_clone3_on_stack(struct clone_args *arguments,
					 void (*function)(void *),
					 void *argument)
{
#if defined(__x86_64__)
	long result = SYS_clone3;
	register void (*r8)(void *) __asm__("r8") = function;
	register void *r9 __asm__("r9") = argument;

	__asm__ volatile("syscall\n\t"
			 "test %%rax, %%rax\n\t"
			 "jnz 1f\n\t"
			 "xor %%ebp, %%ebp\n\t"
			 "mov %%r9, %%rdi\n\t"
			 "call *%%r8\n\t"
			 "hlt\n"
			 "1:"
			 : "+a"(result)
			 : "D"(arguments), "S"(sizeof(*arguments)), "r"(r8),
			   "r"(r9)
			 : "rcx", "r11", "memory");
	return (int)result;
#else
	register long x8 __asm__("x8") = SYS_clone3;
	register struct clone_args *x0 __asm__("x0") = arguments;
	register size_t x1 __asm__("x1") = sizeof(*arguments);
	register void (*x9)(void *) __asm__("x9") = function;
	register void *x10 __asm__("x10") = argument;

	__asm__ volatile("svc 0\n\t"
			 "cbnz x0, 1f\n\t"
			 "mov x29, #0\n\t"
			 "mov x30, #0\n\t"
			 "mov x0, x10\n\t"
			 "blr x9\n\t"
			 "brk #0\n"
			 "1:"
			 : "+r"(x0)
			 : "r"(x8), "r"(x1), "r"(x9), "r"(x10)
			 : "memory");
	return (int)(intptr_t)x0;
#endif
}

__attribute__((noreturn)) static inline void kernel_exit(int status)
{
	kernel_call1(SYS_exit_group, status);
	/* A document's own filter may refuse even that; nothing stops this. */
	__builtin_trap();
}

static inline int kernel_execveat(int fd, const char *path,
				  const char *const *argv,
				  const char *const *env, int flags)
{
	return (int)kernel_call5(SYS_execveat, fd, path, argv, env, flags);
}

static inline int kernel_wait4(int pid, int *status, int options,
			       struct rusage *usage)
{
	int result = -EINTR;

	while (result == -EINTR) {
		result = (int)kernel_call4(SYS_wait4, pid, status, options,
					   usage);
	}
	return result;
}

static inline int kernel_kill(int pid, int signum)
{
	return (int)kernel_call2(SYS_kill, pid, signum);
}

static inline int kernel_getpid(void)
{
	return (int)kernel_call0(SYS_getpid);
}

static inline int kernel_setsid(void)
{
	return (int)kernel_call0(SYS_setsid);
}

static inline int kernel_pidfd_open(int pid, unsigned int flags)
{
	return kernel_above_stdio(
		(int)kernel_call2(SYS_pidfd_open, pid, flags));
}

static inline int kernel_unshare(unsigned long flags)
{
	return (int)kernel_call1(SYS_unshare, flags);
}

static inline int kernel_sigaction_set(int signum, void (*handler)(int))
{
	struct kernel_sigaction action = { .handler = handler };

	return (int)kernel_call4(SYS_rt_sigaction, signum, &action, 0,
				 sizeof(action.mask));
}

/* @how: SIG_BLOCK, SIG_SETMASK; the mask is one word of 64 signals. */
static inline int kernel_sigprocmask(int how, uint64_t mask, uint64_t *old)
{
	return (int)kernel_call4(SYS_rt_sigprocmask, how, &mask, old,
				 sizeof(mask));
}

static inline int kernel_signalfd(uint64_t mask, int flags)
{
	return (int)kernel_call4(SYS_signalfd4, -1, &mask, sizeof(mask), flags);
}

/* @timeout_ns negative: without limit.  Returns -EINTR to its caller. */
static inline int kernel_poll(struct pollfd *fds, unsigned int count,
			      int64_t timeout_ns)
{
	struct timespec limit = {
		.tv_sec = timeout_ns / 1000000000,
		.tv_nsec = timeout_ns % 1000000000,
	};

	return (int)kernel_call5(SYS_ppoll, fds, count,
				 timeout_ns < 0 ? NULL : &limit, 0, 0);
}

static inline uint64_t kernel_now_ns(void)
{
	struct timespec now = { 0 };

	kernel_call2(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

static inline int kernel_prlimit(int pid, unsigned int resource,
				 const struct rlimit64 *new_limit,
				 struct rlimit64 *old_limit)
{
	return (int)kernel_call4(SYS_prlimit64, pid, resource, new_limit,
				 old_limit);
}

/* Words shared between two processes: only ever 0 -> 1. */
static inline int kernel_futex_wait(uint32_t *word, uint32_t while_value)
{
	return (int)kernel_call4(SYS_futex, word, FUTEX_WAIT, while_value,
				 NULL);
}

static inline int kernel_futex_wake(uint32_t *word)
{
	return (int)kernel_call3(SYS_futex, word, FUTEX_WAKE, 1);
}

#endif
