/* SPDX-License-Identifier: Apache-2.0 */
/* The parent's half of the floor: the clone, and the reaping. */
#include "floor.h"

#include <errno.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define FLOOR_NAMESPACES                                             \
	(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | \
	 CLONE_NEWIPC | CLONE_NEWUTS)

void floor_job_set_maps(struct floor_job *job)
{
	(void)snprintf(job->uid_map, sizeof(job->uid_map), "0 %u 1",
		       (unsigned int)geteuid());
	(void)snprintf(job->gid_map, sizeof(job->gid_map), "0 %u 1",
		       (unsigned int)getegid());
}

/*
 * Must be inlined: without a stack of its own the child goes on below the
 * stack pointer of this frame, and the return address of a function that it
 * had returned from would be overwritten before the parent gets to use it.
 */
__attribute__((always_inline)) static inline long clone3_sharing_memory(
	struct clone_args *args)
{
#if defined(__x86_64__)
	long ret = SYS_clone3;

	__asm__ volatile("syscall"
			 : "+a"(ret)
			 : "D"(args), "S"(sizeof(*args))
			 : "rcx", "r11", "memory");
	return ret;
#elif defined(__aarch64__)
	register long x8 __asm__("x8") = SYS_clone3;
	register long x0 __asm__("x0") = (long)args;
	register long x1 __asm__("x1") = sizeof(*args);

	__asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1) : "memory");
	return x0;
#else
#error "the floor is written for x86_64 and aarch64"
#endif
}

__attribute__((noinline)) static long floor_clone(struct floor_job *job)
{
	struct clone_args args = {
		.flags = CLONE_VM | CLONE_VFORK | FLOOR_NAMESPACES,
		.exit_signal = SIGCHLD,
	};
	long pid = clone3_sharing_memory(&args);

	if (pid == 0) {
		job->failed_errno = -floor_steps_run(job);
		_exit(127);
	}
	return pid;
}

int floor_launch(struct floor_job *job)
{
	int status = 0;
	long pid = 0;

	job->failed_step = NULL;
	job->failed_errno = 0;
	pid = floor_clone(job);
	if (pid < 0) {
		job->failed_step = "clone3";
		job->failed_errno = (int)-pid;
		return (int)pid;
	}
	if (waitpid((pid_t)pid, &status, 0) < 0) {
		job->failed_step = "waitpid";
		job->failed_errno = errno;
		return -errno;
	}
	return job->failed_errno > 0 ? -job->failed_errno : status;
}
