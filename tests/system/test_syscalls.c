/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The system-call filter from the inside.  EPERM must be the filter's, so each
 * control shows that the kernel itself answers something else to the same
 * call.  Where it would not for an ordinary user, root's run has the control.
 */
#include "control.h"

#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct outcome outcome;

TEST(no_namespace_can_be_made)
{
	static const struct trial trials[] = {
		{ "unshare user", "EPERM", CONTROL_PLAIN, "ok" },
		{ "unshare mnt", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "unshare pid", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "unshare net", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "unshare ipc", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "unshare uts", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "unshare cgroup", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "unshare time", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "clone user", "EPERM", CONTROL_PLAIN, "ok" },
		{ "clone mnt", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "clone pid", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "clone net", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "clone ipc", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "clone uts", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "clone cgroup", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "clone3", "ENOSYS", CONTROL_PLAIN, "ok" },
		{ "clone3 user", "ENOSYS", CONTROL_PLAIN, "ok" },
		{ "setns self user", "EPERM", CONTROL_PLAIN, "EINVAL" },
		{ "setns self mnt", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "setns self net", "EPERM", CONTROL_NAMESPACES, "ok" },
	};

	TRY(trials, .process = NULL);
}

/* Also where the filter is not there: the kernel counts, and has come to 0. */
TEST(the_limit_on_user_namespaces_is_zero_inside)
{
	LAUNCH(&outcome, .probe = "text /proc/sys/user/max_user_namespaces");
	ASSERT_STR(outcome.out, "0\n");
	control(CONTROL_PLAIN, "text /proc/sys/user/max_user_namespaces",
		&outcome);
	ASSERT_TRUE(strcmp(outcome.out, "0\n") != 0);
}

TEST(what_no_program_needs_is_refused)
{
	static const struct trial trials[] = {
		{ "io_uring", "EPERM", CONTROL_PLAIN, "ok" },
		{ "call io_uring_enter", "EPERM", CONTROL_PLAIN, "EBADF" },
		{ "call io_uring_register", "EPERM", CONTROL_PLAIN, "!EPERM" },
		{ "perf", "EPERM", CONTROL_PLAIN, "!EPERM" },
		{ "call kcmp", "EPERM", CONTROL_PLAIN, "ESRCH" },
		{ "call process_madvise", "EPERM", CONTROL_PLAIN, "EBADF" },
		{ "call vmsplice", "EPERM", CONTROL_PLAIN, "EBADF" },
		{ "call remap_file_pages", "EPERM", CONTROL_PLAIN, "EINVAL" },
		{ "call mbind", "EPERM", CONTROL_PLAIN, "!EPERM" },
		{ "call lsm_set_self_attr", "EPERM", CONTROL_PLAIN, "!EPERM" },
		{ "call finit_module", "EPERM", CONTROL_PLAIN, NULL },
#ifdef __x86_64__
		{ "call modify_ldt", "EPERM", CONTROL_PLAIN, "!EPERM" },
		{ "call ioperm", "EPERM", CONTROL_PLAIN, "!EPERM" },
#endif
		{ "set_time", "EPERM", CONTROL_PLAIN, "EINVAL" },
		{ "personality 0x400000", "EPERM", CONTROL_PLAIN, "ok" },
		{ "personality 0x40000", "EPERM", CONTROL_PLAIN, "ok" },
		{ "personality 0x100040000", "EPERM", CONTROL_PLAIN, "ok" },
		{ "personality 0", "ok", CONTROL_PLAIN, "ok" },
	};

	TRY(trials, .process = NULL);
}

/* What an ordinary user may not do, either: the control is root's. */
TEST(what_only_root_may_do_is_refused_by_the_filter_too)
{
	static const struct trial trials[] = {
		{ "bpf", "EPERM", CONTROL_PLAIN, "ok" },
		{ "call userfaultfd", "EPERM", CONTROL_PLAIN, "ok" },
		{ "call fanotify_init", "EPERM", CONTROL_PLAIN, "!EPERM" },
		{ "call syslog", "EPERM", CONTROL_PLAIN, "ok" },
		{ "call swapoff", "EPERM", CONTROL_PLAIN, "EFAULT" },
		{ "call init_module", "EPERM", CONTROL_PLAIN, "!EPERM" },
		{ "call quotactl", "EPERM", CONTROL_PLAIN, "!EPERM" },
		{ "call kexec_file_load", "EPERM", CONTROL_PLAIN, "!EPERM" },
		{ "account", "EPERM", CONTROL_PLAIN, "!EPERM" },
		{ "reboot", "EPERM", CONTROL_PLAIN, "EINVAL" },
		{ "adjust_time", "EPERM", CONTROL_PLAIN, "ok" },
		{ "setns self net", "EPERM", CONTROL_PLAIN, "ok" },
		{ "setns self ipc", "EPERM", CONTROL_PLAIN, "ok" },
	};

	if (launch_mode() != MODE_ROOT) {
		SKIP("the controls are for root");
	}
	TRY(trials, .process = NULL);
}

/* memfd_secret has to be switched on for its control to work. */
TEST(memory_that_hides_from_the_kernel_is_refused)
{
	LAUNCH(&outcome, .probe = "try call memfd_secret");
	ASSERT_STR(answer(outcome.out, "call memfd_secret"), "EPERM");
	control(CONTROL_PLAIN, "try call memfd_secret", &outcome);
	ASSERT_TRUE(strcmp(answer(outcome.out, "call memfd_secret"), "EPERM") !=
		    0);
}

TEST(keyrings_are_out_of_reach)
{
	static const struct trial trials[] = {
		{ "add_key sandbox-canary", "EPERM", CONTROL_PLAIN, "ok" },
		{ "request_key sandbox-none", "EPERM", CONTROL_PLAIN,
		  "ENOKEY" },
		{ "join_session", "EPERM", CONTROL_PLAIN, "ok" },
	};

	TRY(trials, .process = NULL);
}

/*
 * A key in the session of the test, which the sandbox is started from: the
 * search is refused, and neither it nor its number shows in /proc.
 */
TEST(a_key_of_the_host_is_not_found)
{
	ASSERT_TRUE(syscall(SYS_keyctl, 1L, "sandbox-test") >= 0);
	ASSERT_TRUE(syscall(SYS_add_key, "user", "sandbox-canary", "x", 1L,
			    -3L) >= 0);
	control(CONTROL_PLAIN, "try search_key sandbox-canary", &outcome);
	ASSERT_STR(answer(outcome.out, "search_key sandbox-canary"), "ok");
	LAUNCH(&outcome, .probe = "try search_key sandbox-canary"
				  " -- read /proc/keys");
	ASSERT_STR(answer(outcome.out, "search_key sandbox-canary"), "EPERM");
	ASSERT_STR(answer(outcome.out, "read /proc/keys"), "ENODATA");
}

TEST(a_number_that_does_not_exist_is_absent)
{
	static const struct trial trials[] = {
		{ "call unknown", "ENOSYS", CONTROL_PLAIN, "ENOSYS" },
	};

	TRY(trials, .process = NULL);
}

#ifdef __x86_64__
/*
 * A kernel without 32-bit programs or x32 gives the same answers by itself;
 * then there is no control, and what matters is that the call fails.
 */
TEST(the_calls_of_other_architectures_end_the_program)
{
	static struct outcome inside;

	LAUNCH(&inside, .probe = "try int80 -- x32");
	control(CONTROL_PLAIN, "try int80 -- x32", &outcome);
	if (strcmp(answer(outcome.out, "int80"), "ok") == 0) {
		ASSERT_STR(answer(inside.out, "int80"), "SIGSYS");
	} else {
		ASSERT_TRUE(strcmp(answer(inside.out, "int80"), "ok") != 0);
	}
	if (strcmp(answer(outcome.out, "x32"), "ok") == 0) {
		ASSERT_STR(answer(inside.out, "x32"), "SIGSYS");
	} else {
		ASSERT_TRUE(strcmp(answer(inside.out, "x32"), "ok") != 0);
	}
}
#endif

/* What is not refused: debuggers, threads of the C library, restrictions. */
TEST(what_programs_need_works)
{
	static const struct trial trials[] = {
		{ "trace_child", "ok", CONTROL_PLAIN, "ok" },
		{ "socket 1 1 0", "ok", CONTROL_PLAIN, "ok" },
		{ "socket 2 1 0", "ok", CONTROL_PLAIN, "ok" },
		{ "socket 10 2 0", "ok", CONTROL_PLAIN, "ok" },
		{ "serve 8080", "ok", CONTROL_PLAIN, NULL },
	};

	TRY(trials, .process = NULL);
}

/* A real interpreter with threads, sub-processes and time. */
TEST(an_interpreter_works)
{
	struct request request = {
		.argv = "\"/usr/bin/python3\", \"-c\", \"import threading,"
			" subprocess, tempfile, socket, multiprocessing\\n"
			"t = threading.Thread(target=lambda: None)\\n"
			"t.start(); t.join()\\n"
			"print(subprocess.check_output(['/bin/echo', 'sub'])"
			".decode(), end='')\\n"
			"a, b = socket.socketpair(); a.send(b'x'); b.recv(1)\\n"
			"tempfile.TemporaryFile().write(b'x')\\n"
			"print('done')\"",
	};

	if (access("/usr/bin/python3", X_OK) < 0) {
		SKIP("no python3");
	}
	launch_well(TAP_HERE, &request, &outcome);
	ASSERT_STR(outcome.out, "sub\ndone\n");
}
