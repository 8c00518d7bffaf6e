/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The kernel that we run on takes the program and obeys it.  Each test is a
 * process of its own, so the filter ends with it.
 */
#include "base/cleanup.h"
#include "inputs.h"
#include "lib/tap.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void enter(const struct filter_options *options)
{
	_cleanup_(filter_done) struct filter filter = input_filter(options);
	const struct sock_fprog program = { filter.length,
					    filter.instructions };

	ASSERT_EQ(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	ASSERT_EQ(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program),
		  0);
}

static int errno_of(long result)
{
	return result < 0 ? errno : 0;
}

static int status_of(pid_t pid)
{
	int status = 0;

	ASSERT_EQ(waitpid(pid, &status, 0), pid);
	return status;
}

/* Each in a process of its own, as a search for leaks at the end of this one
 * would trace, which STRICT refuses. */
TEST(the_kernel_takes_every_variant)
{
	for (size_t i = 0; i < INPUT_OPTIONS; i++) {
		struct filter_options options = input_options(i);
		pid_t pid;

		if (options.arch != SYSCALL_ARCH_NATIVE) {
			continue;
		}
		pid = fork();
		ASSERT_TRUE(pid >= 0);
		if (pid == 0) {
			enter(&options);
			_exit(getpid() > 1 ? 0 : 1);
		}
		ASSERT_EQ(status_of(pid), 0);
	}
}

TEST(the_kernel_refuses_what_the_profile_does)
{
	const struct filter_options options = FILTER_OPTIONS_INIT;

	/* Not EPERM yet, so that the same below comes from the filter. */
	ASSERT_EQ(errno_of(syscall(SYS_mount, NULL, NULL, NULL, 0, NULL)),
		  EFAULT);
	ASSERT_EQ(errno_of(syscall(425, 0, NULL)), EFAULT);
	ASSERT_EQ(errno_of(syscall(SYS_clone3, NULL, 0)), EINVAL);
	ASSERT_EQ(errno_of(ioctl(-1, TIOCSTI, NULL)), EBADF);
	ASSERT_EQ(errno_of(syscall(SYS_clone, CLONE_NEWUSER | CLONE_SIGHAND, 0,
				   0, 0, 0)),
		  EINVAL);

	enter(&options);
	ASSERT_EQ(errno_of(syscall(SYS_mount, NULL, NULL, NULL, 0, NULL)),
		  EPERM);
	ASSERT_EQ(errno_of(syscall(425 /* io_uring_setup */, 0, NULL)), EPERM);
	ASSERT_EQ(errno_of(syscall(SYS_clone3, NULL, 0)), ENOSYS);
	ASSERT_EQ(errno_of(ioctl(-1, TIOCSTI, NULL)), EPERM);
	ASSERT_EQ(errno_of(ioctl(-1, TIOCGWINSZ, NULL)), EBADF);
	ASSERT_EQ(errno_of(syscall(SYS_clone, CLONE_NEWUSER | CLONE_SIGHAND, 0,
				   0, 0, 0)),
		  EPERM);
	ASSERT_EQ(errno_of(socket(38 /* AF_ALG */, SOCK_SEQPACKET, 0)), EPERM);
	ASSERT_EQ(errno_of(socket(40 /* AF_VSOCK */, SOCK_STREAM, 0)), EPERM);
	ASSERT_EQ(errno_of(socket(AF_UNIX, SOCK_STREAM, 77)), EPROTONOSUPPORT);
	ASSERT_EQ(errno_of(syscall(470)), ENOSYS);
	ASSERT_EQ(errno_of(syscall(-1)), ENOSYS);
}

#ifdef __x86_64__
/* getpid of i386, entered from a 64-bit program. */
static long call_i386(void)
{
	long result = 20;

	__asm__ volatile("int $0x80"
			 : "+a"(result)
			 :
			 : "memory", "r8", "r9", "r10", "r11");
	return result;
}

/* How a process ends that makes such a call, under the filter or without. */
static int status_of_i386(bool is_filtered)
{
	const struct filter_options options = FILTER_OPTIONS_INIT;
	pid_t pid = fork();

	ASSERT_TRUE(pid >= 0);
	if (pid == 0) {
		if (is_filtered) {
			enter(&options);
		}
		_exit(call_i386() == getpid() ? 0 : 1);
	}
	return status_of(pid);
}

TEST(a_32_bit_call_kills_the_process)
{
	int status = status_of_i386(/* is_filtered= */ false);

	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		SKIP("this kernel has no 32-bit calls (status 0x%x)",
		     (unsigned int)status);
	}
	status = status_of_i386(/* is_filtered= */ true);
	ASSERT_TRUE(WIFSIGNALED(status));
	ASSERT_EQ(WTERMSIG(status), SIGSYS);
}

TEST(an_x32_call_is_unknown)
{
	const struct filter_options options = FILTER_OPTIONS_INIT;

	enter(&options);
	ASSERT_EQ(errno_of(syscall(0x40000000 + SYS_getpid)), ENOSYS);
}
#endif
