/* SPDX-License-Identifier: Apache-2.0 */
/* Capabilities, new privileges, limits, environment: nothing is inherited. */
#include "control.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define NONE "0000000000000000"

static struct outcome outcome;
static struct outcome other;

TEST(a_sandbox_has_no_capability_in_any_set)
{
	static const char *const sets[] = { "CapInh", "CapPrm", "CapEff",
					    "CapBnd", "CapAmb" };

	LAUNCH(&outcome, .probe = "ids");
	for (size_t i = 0; i < 5; i++) {
		ASSERT_STR(answer(outcome.out, sets[i]), NONE);
	}
	control(CONTROL_NAMESPACES, "ids", &other);
	ASSERT_TRUE(strcmp(answer(other.out, "CapEff"), NONE) != 0);
}

/* Number 0 inside is nobody special outside, and has no capability either. */
TEST(root_inside_has_no_capability_either)
{
	LAUNCH(&outcome, .probe = "ids", .process = "\"user\": \"0\"");
	ASSERT_STR(answer(outcome.out, "Uid"), "0\t0\t0\t0");
	ASSERT_STR(answer(outcome.out, "CapEff"), NONE);
	ASSERT_STR(answer(outcome.out, "CapBnd"), NONE);
}

TEST(named_capabilities_are_in_all_five_sets_and_no_others)
{
	LAUNCH(&outcome, .probe = "ids",
	       .document = "\"security\": { \"capabilities\": {"
			   " \"allSets\": [\"CAP_CHOWN\", \"cap_net_raw\"] } "
			   "}");
	ASSERT_STR(answer(outcome.out, "CapInh"), "0000000000002001");
	ASSERT_STR(answer(outcome.out, "CapPrm"), "0000000000002001");
	ASSERT_STR(answer(outcome.out, "CapEff"), "0000000000002001");
	ASSERT_STR(answer(outcome.out, "CapBnd"), "0000000000002001");
	ASSERT_STR(answer(outcome.out, "CapAmb"), "0000000000002001");
}

TEST(sets_that_differ_stay_different)
{
	LAUNCH(&outcome, .probe = "ids", .process = "\"user\": \"0\"",
	       .document = "\"security\": { \"capabilities\": {"
			   " \"effective\": [\"CAP_KILL\"],"
			   " \"permitted\": [\"CAP_KILL\"],"
			   " \"bounding\": [\"CAP_KILL\"] } }");
	ASSERT_STR(answer(outcome.out, "CapBnd"), "0000000000000020");
	ASSERT_STR(answer(outcome.out, "CapInh"), NONE);
	ASSERT_STR(answer(outcome.out, "CapAmb"), NONE);
}

/* A capability over a namespace that owns nothing: the rest is untouched. */
TEST(every_capability_inside_is_none_over_the_sandbox_itself)
{
	static const struct trial trials[] = {
		{ "mount_tmpfs /tmp", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "interface_down lo", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "hostname other", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "unmount /tmp", "EPERM", CONTROL_NAMESPACES, "!EPERM" },
		{ "chroot /tmp", "EPERM", CONTROL_NAMESPACES, "ok" },
	};

	TRY(trials, .process = "\"user\": \"0\"",
	    .document = "\"security\": { \"capabilities\": { \"allSets\": ["
			"\"CAP_SYS_ADMIN\", \"CAP_NET_ADMIN\", \"CAP_SETUID\","
			"\"CAP_SYS_CHROOT\", \"CAP_SYS_PTRACE\","
			"\"CAP_DAC_OVERRIDE\", \"CAP_MKNOD\"] } }");
}

TEST(nothing_is_gained_by_asking_for_it)
{
	static const struct trial trials[] = {
		{ "setuid 0", "!ok", CONTROL_NAMESPACES, "ok" },
		{ "setgid 0", "!ok", CONTROL_NAMESPACES, "ok" },
		{ "raise_capabilities", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "securebits", "EPERM", CONTROL_NAMESPACES, "ok" },
		/* Without CAP_SYS_RESOURCE nobody may: no control here. */
		{ "raise_limit 7", "EPERM", CONTROL_PLAIN, NULL },
		{ "raise_priority", "!ok", CONTROL_PLAIN, NULL },
		{ "ambient", "EPERM", CONTROL_PLAIN, NULL },
		{ "forget_no_new_privs", "EINVAL", CONTROL_PLAIN, NULL },
	};

	TRY(trials, .process = NULL);
}

TEST(groups_cannot_be_taken_up)
{
	static const struct trial trials[] = {
		{ "setgroups 5", "EPERM", CONTROL_PLAIN, NULL },
	};

	TRY(trials, .process = NULL);
	LAUNCH(&outcome, .probe = "ids");
	ASSERT_STR(answer(outcome.out, "Groups"), "");
	/* The control: root may, so an answer of EPERM is no accident. */
	if (launch_mode() == MODE_ROOT) {
		control(CONTROL_PLAIN, "try setgroups 5", &other);
		ASSERT_STR(answer(other.out, "setgroups 5"), "ok");
	}
}

TEST(no_new_privileges_unless_asked)
{
	LAUNCH(&outcome, .probe = "ids");
	ASSERT_STR(answer(outcome.out, "NoNewPrivs"), "1");
	ASSERT_STR(answer(outcome.out, "Seccomp"), "2");
	LAUNCH(&outcome, .probe = "ids",
	       .document = "\"security\": { \"allowNewPrivs\": true }");
	ASSERT_STR(answer(outcome.out, "NoNewPrivs"), "0");
	ASSERT_STR(answer(outcome.out, "Seccomp"), "2");
}

/* Runs @path outside as somebody who is not root; keeps what it prints. */
static void run_as_other(const char *path)
{
	int log = memfd_create("ids", MFD_CLOEXEC);
	ssize_t n = 0;
	pid_t pid = fork();

	if (pid == 0) {
		(void)dup2(log, 1);
		if (geteuid() == 0 && setresuid(64102, 64102, 64102) < 0) {
			_exit(1);
		}
		(void)execl(path, path, "ids", (char *)NULL);
		_exit(1);
	}
	ASSERT_TRUE(pid > 0 && waitpid(pid, NULL, 0) == pid);
	n = pread(log, other.out, sizeof(other.out) - 1, 0);
	other.out[n < 0 ? 0 : n] = '\0';
	(void)close(log);
}

/*
 * Outside, root's set-user-id file makes root of everybody; the sandbox's user
 * stays who it is, whether new privileges are allowed or not.
 */
TEST(a_setuid_file_gains_nothing)
{
	static const char *const documents[] = {
		NULL, "\"security\": { \"allowNewPrivs\": true }"
	};
	const char *path = getenv("SANDBOX_TEST_SETUID");
	char mounts[1024];

	if (path == NULL) {
		SKIP("only root can make a file that belongs to root");
	}
	run_as_other(path);
	ASSERT_CONTAINS(answer(other.out, "Uid"), "\t0\t0\t0");
	(void)snprintf(mounts, sizeof(mounts),
		       "{ \"source\": \"%s\", \"target\": \"/suid\" }", path);
	for (size_t i = 0; i < 2; i++) {
		LAUNCH(&outcome, .argv = "\"/suid\", \"ids\"", .mounts = mounts,
		       .document = documents[i]);
		ASSERT_STR(answer(outcome.out, "Uid"),
			   "1000\t1000\t1000\t1000");
		ASSERT_STR(answer(outcome.out, "CapEff"), NONE);
	}
}

TEST(the_environment_is_the_specification_and_nothing_else)
{
	ASSERT_EQ(setenv("SECRET_OF_THE_HOST", "1", 1), 0);
	ASSERT_EQ(setenv("LD_PRELOAD", "/no/such/library.so", 1), 0);
	LAUNCH(&outcome, .probe = "env",
	       .process = "\"env\": [\"A=1\", \"B=two words\"]");
	ASSERT_EQ(unsetenv("LD_PRELOAD"), 0);
	ASSERT_CONTAINS(outcome.out, "env: A=1\n");
	ASSERT_CONTAINS(outcome.out, "env: B=two words\n");
	ASSERT_TRUE(strstr(outcome.out, "SECRET") == NULL);
	ASSERT_TRUE(strstr(outcome.out, "LD_PRELOAD") == NULL);
	ASSERT_TRUE(count_lines(outcome.out, "env: ") <= 3);
	control(CONTROL_PLAIN, "env", &other);
	ASSERT_CONTAINS(other.out, "SECRET_OF_THE_HOST=1");
}

static const char *limit_line(int resource)
{
	static char key[32];

	(void)snprintf(key, sizeof(key), "limit %d", resource);
	return answer(outcome.out, key);
}

TEST(resource_limits_are_the_defaults_or_what_was_asked)
{
	LAUNCH(&outcome, .probe = "limits",
	       .process = "\"rlimits\": [ { \"name\": \"fsize\", \"soft\":"
			  " 4096, \"hard\": 8192 } ]");
	ASSERT_STR(limit_line(RLIMIT_NOFILE), "1024 4096");
	ASSERT_STR(limit_line(RLIMIT_CORE), "1 1");
	ASSERT_STR(limit_line(RLIMIT_RTPRIO), "0 0");
	ASSERT_STR(limit_line(RLIMIT_NPROC), "512 512");
	ASSERT_STR(limit_line(RLIMIT_MEMLOCK), "65536 65536");
	ASSERT_STR(limit_line(RLIMIT_FSIZE), "4096 8192");
}

/* What a careless host has set does not show inside. */
TEST(signals_and_umask_of_the_host_are_not_inherited)
{
	LAUNCH(&outcome, .probe = "ids");
	ASSERT_STR(answer(outcome.out, "SigBlk"), NONE);
	ASSERT_STR(answer(outcome.out, "SigIgn"), NONE);
	ASSERT_STR(answer(outcome.out, "Umask"), "0022");
	LAUNCH(&outcome, .probe = "ids", .process = "\"umaskPlus1\": 64");
	ASSERT_STR(answer(outcome.out, "Umask"), "0077");
}

TEST(a_hostile_umask_and_mask_of_the_host_change_nothing)
{
	sigset_t all;
	mode_t before = umask(0);

	(void)sigfillset(&all);
	(void)sigprocmask(SIG_BLOCK, &all, NULL);
	(void)signal(SIGINT, SIG_IGN);
	LAUNCH(&outcome, .probe = "ids");
	(void)sigprocmask(SIG_UNBLOCK, &all, NULL);
	(void)umask(before);
	ASSERT_STR(answer(outcome.out, "SigBlk"), NONE);
	ASSERT_STR(answer(outcome.out, "SigIgn"), NONE);
	ASSERT_STR(answer(outcome.out, "Umask"), "0022");
}

TEST(the_session_is_new)
{
	LAUNCH(&outcome, .probe = "ids");
	ASSERT_STR(answer(outcome.out, "session"), answer(outcome.out, "pid"));
}
