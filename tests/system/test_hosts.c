/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Hosts that lack something: descriptors, processes, a system call, the right
 * to have namespaces.  A start there fails with the error of what is missing
 * and with the step, or it works; never half, and never with a leftover.
 */
#include "census.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static struct outcome outcome;

/*
 * Opens an engine and runs a program.  0, or the error; @ret->step and what
 * else there is to say of it are kept.  Uses nothing of launch.h, which would
 * end the test for want of a descriptor of its own.
 */
static int run_true(struct outcome *ret)
{
	static const char *const text = "{\"process\":{\"argv\":[\"true\"]}}";
	sandbox_engine *engine = NULL;
	sandbox_spec *spec = NULL;
	sandbox_error *error = NULL;
	sandbox *sb = NULL;
	int r = sandbox_spec_parse_json(text, strlen(text), &spec, &error);

	if (r >= 0) {
		r = sandbox_engine_open(NULL, &engine, &error);
	}
	if (r >= 0) {
		r = sandbox_start(engine, spec, NULL, 0, &sb, &error);
	}
	if (r >= 0) {
		r = sandbox_wait(sb, -1, NULL, &error);
	}
	*ret->step = '\0';
	*ret->message = '\0';
	if (error != NULL) {
		(void)snprintf(ret->step, sizeof(ret->step), "%s",
			       sandbox_error_step(error));
		(void)snprintf(ret->message, sizeof(ret->message), "%s",
			       sandbox_error_message(error));
		ret->error = sandbox_error_errno(error);
		sandbox_error_free(error);
	}
	sandbox_free(sb);
	sandbox_engine_close(engine);
	sandbox_spec_free(spec);
	return r;
}

/* In a child, after @prepare; the answer of run_true(), or 1. */
static int run_prepared(int (*prepare)(long), long argument,
			struct outcome *ret)
{
	int ends[2];
	int result = 1;
	pid_t pid = 0;

	ASSERT_OK(pipe2(ends, O_CLOEXEC));
	pid = fork();
	if (pid == 0) {
		if (prepare(argument) == 0) {
			result = run_true(ret);
		}
		(void)write(ends[1], &result, sizeof(result));
		(void)write(ends[1], ret->step, sizeof(ret->step));
		(void)write(ends[1], ret->message, sizeof(ret->message));
		_exit(0);
	}
	(void)close(ends[1]);
	ASSERT_EQ(read(ends[0], &result, sizeof(result)),
		  (ssize_t)sizeof(result));
	(void)read(ends[0], ret->step, sizeof(ret->step));
	(void)read(ends[0], ret->message, sizeof(ret->message));
	(void)close(ends[0]);
	(void)waitpid(pid, NULL, 0);
	return result;
}

static int limit_descriptors(long most)
{
	const struct rlimit limit = { (rlim_t)most, (rlim_t)most };

	return setrlimit(RLIMIT_NOFILE, &limit);
}

static int limit_processes(long most)
{
	const struct rlimit limit = { (rlim_t)most, (rlim_t)most };

	return setrlimit(RLIMIT_NPROC, &limit);
}

/* Whether it works with @limit; if not, for want of what @error says. */
static bool works_with(int (*prepare)(long), long limit, int error)
{
	struct census before = census_take();
	int r = run_prepared(prepare, limit, &outcome);

	CENSUS_CHECK(&before);
	if (r == 0) {
		return true;
	}
	/* Descriptors on their way are counted by user, whoever sent them. */
	if (r == -ETOOMANYREFS && error == EMFILE) {
		return false;
	}
	if (r != -error || outcome.step[0] == '\0') {
		FAIL("with %ld: returned %d, step \"%s\": %s", limit, r,
		     outcome.step, outcome.message);
	}
	return false;
}

/* With one more each time, until it works; every failure is @error. */
static void sweep(int (*prepare)(long), long most, int error)
{
	long limit = 1;

	while (limit <= most && !works_with(prepare, limit, error)) {
		limit++;
	}
	if (limit == 1 || limit > most) {
		FAIL("first works with %ld, of 2 to %ld: %s", limit, most,
		     outcome.message);
	}
}

TEST(a_host_without_descriptors)
{
	sweep(limit_descriptors, 200, EMFILE);
}

TEST(a_host_at_its_limit_of_processes)
{
	if (launch_mode() == MODE_ROOT) {
		SKIP("the kernel does not hold root to the limit");
	}
	sweep(limit_processes, 64, EAGAIN);
}

/* From here on @number is a call that this kernel does not have. */
static int forget_call(long number)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned int)number, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog program = { sizeof(code) / sizeof(code[0]),
					    code };

	/* Root may without it, and needs not to have it in turn. */
	if (geteuid() != 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) {
		return -1;
	}
	return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
}

/*
 * Each of these is needed, so a kernel without it is told by that step.  What
 * may be missing, as keyrings, is not in the list.
 */
TEST(a_kernel_without_a_call_that_is_needed)
{
	static const struct {
		const char *name;
		long number;
	} calls[] = {
		{ "open_tree", SYS_open_tree },
		{ "move_mount", SYS_move_mount },
		{ "fsopen", SYS_fsopen },
		{ "fsmount", SYS_fsmount },
		{ "mount_setattr", SYS_mount_setattr },
		{ "clone3", SYS_clone3 },
		{ "pidfd_open", SYS_pidfd_open },
		{ "close_range", SYS_close_range },
		{ "openat2", SYS_openat2 },
		{ "execveat", SYS_execveat },
		{ "pivot_root", SYS_pivot_root },
		{ "seccomp", SYS_seccomp },
	};
	struct census before = census_take();

	if (launch_mode() == MODE_RANGES) {
		SKIP("newuidmap does not work below a filter");
	}
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		int r = run_prepared(forget_call, calls[i].number, &outcome);

		CENSUS_CHECK(&before);
		if (r != -ENOSYS || outcome.step[0] == '\0') {
			FAIL("without %s: returned %d, step \"%s\": %s",
			     calls[i].name, r, outcome.step, outcome.message);
		}
	}
	/* The control: a call that nobody makes is not missed. */
	ASSERT_EQ(run_prepared(forget_call, SYS_acct, &outcome), 0);
}

TEST(a_kernel_without_keyrings_is_enough)
{
	struct census before = census_take();

	if (launch_mode() == MODE_RANGES) {
		SKIP("newuidmap does not work below a filter");
	}
	ASSERT_EQ(run_prepared(forget_call, SYS_keyctl, &outcome), 0);
	CENSUS_CHECK(&before);
}

static void write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	ASSERT_TRUE(fd >= 0 &&
		    write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	(void)close(fd);
}

/*
 * In a user namespace that may have no further ones: as its root where the
 * test is root, else as the same user without any capability.
 */
static int forbid_namespaces(long argument)
{
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3,
						   0 };
	const struct __user_cap_data_struct none[2] = { { 0 } };
	char uid_map[64];
	char gid_map[64];

	(void)argument;
	(void)snprintf(uid_map, sizeof(uid_map), "%u %u 1", geteuid(),
		       geteuid());
	(void)snprintf(gid_map, sizeof(gid_map), "%u %u 1", getegid(),
		       getegid());
	if (unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0) {
		return -1;
	}
	write_text("/proc/self/setgroups", "deny");
	write_text("/proc/self/uid_map", uid_map);
	write_text("/proc/self/gid_map", gid_map);
	write_text("/proc/sys/user/max_user_namespaces", "0");
	return geteuid() == 0 ? 0 : (int)syscall(SYS_capset, &header, none);
}

TEST(a_host_that_forbids_user_namespaces)
{
	struct census before = census_take();
	int r = run_prepared(forbid_namespaces, 0, &outcome);

	CENSUS_CHECK(&before);
	if (r != -ENOSPC) {
		FAIL("returned %d, step \"%s\": %s", r, outcome.step,
		     outcome.message);
	}
	ASSERT_STR(outcome.step, "create a user namespace");
	ASSERT_CONTAINS(outcome.message, "ENOSPC");
}

TEST(the_probe_tells_of_a_host_that_forbids_user_namespaces)
{
	char *text = NULL;
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		ASSERT_EQ(forbid_namespaces(0), 0);
		ASSERT_OK(sandbox_probe(NULL, &text, NULL));
		ASSERT_CONTAINS(text, "\"unavailable\"");
		ASSERT_CONTAINS(text, "max_user_namespaces");
		sandbox_string_free(text);
		_exit(0);
	}
	ASSERT_EQ(waitpid(pid, &status, 0), pid);
	ASSERT_EQ(status, 0);
	/* The control: this very host is one that has them. */
	ASSERT_OK(sandbox_probe(NULL, &text, NULL));
	ASSERT_CONTAINS(text, "\"available\"");
	ASSERT_TRUE(strstr(text, "max_user_namespaces") == NULL);
	sandbox_string_free(text);
}

/* Root of a user namespace of the caller's id alone, as of unshare(1). */
static int become_root_of_namespace(long flags)
{
	char uid_map[64];
	char gid_map[64];

	(void)snprintf(uid_map, sizeof(uid_map), "0 %u 1", geteuid());
	(void)snprintf(gid_map, sizeof(gid_map), "0 %u 1", getegid());
	if (unshare(CLONE_NEWUSER | (int)flags) < 0) {
		return -1;
	}
	write_text("/proc/self/setgroups", "deny");
	write_text("/proc/self/uid_map", uid_map);
	write_text("/proc/self/gid_map", gid_map);
	return 0;
}

/* Every capability there is, over nothing that a sandbox is made of. */
TEST(root_of_a_namespace_of_one_id_is_served_like_a_user)
{
	struct census before = census_take();
	int r = run_prepared(become_root_of_namespace, 0, &outcome);

	if (r == 0) {
		r = run_prepared(become_root_of_namespace, CLONE_NEWNS,
				 &outcome);
	}
	if (r != 0) {
		FAIL("returned %d: %s", r, outcome.message);
	}
	CENSUS_CHECK(&before);
}

/* Another user, with the capabilities of root, which an exec takes away. */
static int keep_capabilities(long uid)
{
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3,
						   0 };
	struct __user_cap_data_struct data[2];

	if (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) < 0 ||
	    setresuid((uid_t)uid, (uid_t)uid, (uid_t)uid) < 0 ||
	    syscall(SYS_capget, &header, data) < 0) {
		return -1;
	}
	data[0].effective = data[0].permitted;
	data[1].effective = data[1].permitted;
	return (int)syscall(SYS_capset, &header, data);
}

TEST(a_user_with_capabilities_that_do_not_last_is_served_like_a_user)
{
	struct census before = census_take();
	int r = 0;

	if (launch_mode() != MODE_ROOT) {
		SKIP("only root has capabilities to keep");
	}
	ASSERT_EQ(unsetenv("XDG_RUNTIME_DIR") + unsetenv("HOME"), 0);
	r = run_prepared(keep_capabilities, 64102, &outcome);
	if (r != 0) {
		FAIL("returned %d: %s", r, outcome.message);
	}
	CENSUS_CHECK(&before);
}
