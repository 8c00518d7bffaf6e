/* SPDX-License-Identifier: Apache-2.0 */
/* Single fields of the document, each seen in force from inside. */
#include "control.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct outcome outcome;
static struct outcome other;

/* What a shell inside says of @script. */
#define SHELL(ret, script, ...) \
	LAUNCH(ret, .argv = "\"/bin/sh\", \"-c\", \"" script "\"", __VA_ARGS__)

/* The options of what is mounted at @target, as the kernel lists them. */
#define OPTIONS(ret, target, ...) \
	SHELL(ret, "grep ' " target " ' /proc/mounts | tail -1", __VA_ARGS__)

TEST(terminals_may_be_mounted_elsewhere)
{
	OPTIONS(&outcome, "/pts",
		.mounts = "{ \"kind\": \"DEVPTS\", \"target\": \"/pts\" }");
	ASSERT_CONTAINS(outcome.out, " /pts devpts ");
	SHELL(&outcome, "ls /pts; exec 3<>/pts/ptmx; ls /pts",
	      .mounts = "{ \"kind\": \"DEVPTS\", \"target\": \"/pts\" }");
	ASSERT_STR(outcome.out, "ptmx\n0\nptmx\n");
}

TEST(shared_memory_has_the_size_that_is_asked_for)
{
	OPTIONS(&outcome, "/dev/shm",
		.mounts = "{ \"kind\": \"SHM\", \"target\": \"/dev/shm\","
			  " \"writable\": true, \"sizeBytes\": 1048576 }");
	ASSERT_CONTAINS(outcome.out, "/dev/shm tmpfs rw,");
	ASSERT_CONTAINS(outcome.out, "size=1024k");
	OPTIONS(&other, "/dev/shm", .mounts = NULL);
	ASSERT_TRUE(strstr(other.out, "size=1024k") == NULL);
}

TEST(access_times_are_not_kept_where_that_is_said)
{
	OPTIONS(&outcome, "/quiet",
		.mounts = "{ \"kind\": \"TMPFS\", \"target\": \"/quiet\","
			  " \"noatime\": true }");
	ASSERT_CONTAINS(outcome.out, "noatime");
	OPTIONS(&other, "/quiet",
		.mounts = "{ \"kind\": \"TMPFS\", \"target\": \"/quiet\" }");
	ASSERT_TRUE(strstr(other.out, "noatime") == NULL);
}

TEST(links_are_not_followed_where_that_is_said)
{
	static const char mounts[] =
		"{ \"kind\": \"TMPFS\", \"target\": \"/box\","
		" \"writable\": true, \"nosymfollow\": true }";

	SHELL(&outcome, "ln -s /etc/passwd /box/a; cat /box/a 2>&1; true",
	      .mounts = mounts, .process = "\"env\": [\"LC_ALL=C\"]");
	ASSERT_CONTAINS(outcome.out, "Too many levels");
	SHELL(&outcome, "ln -s /etc/passwd /box/a; cat /box/a",
	      .mounts = "{ \"kind\": \"TMPFS\", \"target\": \"/box\","
			" \"writable\": true }");
	ASSERT_CONTAINS(outcome.out, "root:");
}

/* Init is another user's only where there are several ids. */
TEST(processes_are_hidden_by_their_owner_or_not_at_all)
{
	OPTIONS(&outcome, "/proc",
		.mounts = "{ \"kind\": \"PROC\", \"target\": \"/proc\","
			  " \"hidepid\": \"HIDEPID_INVISIBLE\" }");
	ASSERT_CONTAINS(outcome.out, "hidepid=invisible");
	SHELL(&outcome, "test -d /proc/1 && echo there",
	      .mounts = "{ \"kind\": \"PROC\", \"target\": \"/proc\","
			" \"hidepid\": \"HIDEPID_OFF\" }");
	ASSERT_STR(outcome.out, "there\n");
	SHELL(&outcome, "test -d /proc/1 || echo gone", .mounts = NULL);
	ASSERT_STR(outcome.out, "gone\n");
}

/* The path that it had may lead elsewhere since. */
TEST(a_root_comes_by_descriptor_too)
{
	static const char *const folders[] = { "proc", "dev", "tmp", "run" };
	char path[600];
	int fd;

	ASSERT_OK(mkdir(launch_folder("byfd"), 0755));
	fd = open(launch_folder("byfd"), O_PATH | O_DIRECTORY | O_CLOEXEC);
	ASSERT_OK(fd);
	for (size_t i = 0; i < 4; i++) {
		ASSERT_OK(mkdirat(fd, folders[i], 0755));
	}
	(void)snprintf(path, sizeof(path), "%s/probe", launch_folder("byfd"));
	ASSERT_TRUE(fclose(fopen(path, "we")) == 0);
	(void)snprintf(path, sizeof(path), "%s/mark", launch_folder("byfd"));
	ASSERT_TRUE(fclose(fopen(path, "we")) == 0);
	LAUNCH(&outcome, .probe = "list /", .fds = { fd },
	       .document = "\"root\": { \"kind\": \"DIRECTORY\", \"fd\": 3 }");
	ASSERT_EQ(count_lines(outcome.out, "entry: mark"), 1);
	ASSERT_EQ(count_lines(outcome.out, "entry: usr"), 0);
	ASSERT_EQ(close(fd), 0);
}

TEST(a_root_that_was_not_passed_is_refused)
{
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document = "\"root\": { \"kind\": \"DIRECTORY\","
				 " \"fd\": 9 }");
	ASSERT_CONTAINS(outcome.subject, "root");
	ASSERT_EQ(outcome.error, EBADF);
}

TEST(a_limit_may_be_none)
{
	SHELL(&outcome, "ulimit -Ss; ulimit -Hs",
	      .process = "\"rlimits\": [{ \"name\": \"stack\","
			 " \"unlimitedSoft\": true,"
			 " \"unlimitedHard\": true }]");
	ASSERT_STR(outcome.out, "unlimited\nunlimited\n");
	SHELL(&outcome, "ulimit -Ss; ulimit -Hs",
	      .process = "\"rlimits\": [{ \"name\": \"stack\","
			 " \"soft\": 1048576, \"hard\": 2097152 }]");
	ASSERT_STR(outcome.out, "1024\n2048\n");
}

TEST(each_set_of_capabilities_is_its_own)
{
	LAUNCH(&outcome, .probe = "ids",
	       .document = "\"security\": { \"capabilities\": {"
			   " \"effective\": [\"kill\"],"
			   " \"permitted\": [\"kill\", \"chown\"],"
			   " \"inheritable\": [\"kill\", \"chown\","
			   " \"fowner\"],"
			   " \"bounding\": [\"kill\", \"chown\", \"fowner\","
			   " \"net_raw\"],"
			   " \"ambient\": [\"kill\"] } }");
	ASSERT_STR(answer(outcome.out, "CapInh"), "0000000000000029");
	ASSERT_STR(answer(outcome.out, "CapBnd"), "0000000000002029");
	ASSERT_STR(answer(outcome.out, "CapAmb"), "0000000000000020");
	/* Execve leaves an ordinary user the ambient ones. */
	ASSERT_STR(answer(outcome.out, "CapPrm"), "0000000000000020");
	ASSERT_STR(answer(outcome.out, "CapEff"), "0000000000000020");
}

TEST(a_process_has_those_that_it_is_given)
{
	static const char all[] = "\"security\": { \"capabilities\": {"
				  " \"allSets\": [\"kill\", \"chown\"] } }";

	LAUNCH(&outcome, .probe = "ids", .document = all,
	       .process = "\"capabilities\": { \"allSets\": [\"kill\"] }");
	ASSERT_STR(answer(outcome.out, "CapBnd"), "0000000000000020");
	ASSERT_STR(answer(outcome.out, "CapEff"), "0000000000000020");
	LAUNCH(&outcome, .probe = "ids", .document = all,
	       .process = "\"capabilities\": { \"effective\": [\"kill\"],"
			  " \"permitted\": [\"kill\"],"
			  " \"inheritable\": [\"kill\"],"
			  " \"bounding\": [\"kill\", \"chown\"],"
			  " \"ambient\": [\"kill\"] }");
	ASSERT_STR(answer(outcome.out, "CapInh"), "0000000000000020");
	ASSERT_STR(answer(outcome.out, "CapPrm"), "0000000000000020");
	ASSERT_STR(answer(outcome.out, "CapEff"), "0000000000000020");
	ASSERT_STR(answer(outcome.out, "CapBnd"), "0000000000000021");
	ASSERT_STR(answer(outcome.out, "CapAmb"), "0000000000000020");
	LAUNCH(&outcome, .probe = "ids", .document = all);
	ASSERT_STR(answer(outcome.out, "CapEff"), "0000000000000021");
}

/* Some kernels give a group no real time at all, to root neither. */
static bool real_time_is_given(void)
{
	const struct sched_param param = { .sched_priority = 1 };
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		_exit(sched_setscheduler(0, SCHED_RR, &param) == 0 ? 0 : 1);
	}
	ASSERT_EQ(waitpid(pid, &status, 0), pid);
	return status == 0;
}

TEST(real_time_has_a_priority_and_takes_the_right)
{
	static const char rr[] = "\"scheduling\": { \"policy\": \"rr\","
				 " \"priority\": 2 }";

	if (!real_time_is_given()) {
		LAUNCH_FAILS(&outcome, .probe = "ids", .process = rr);
		ASSERT_EQ(outcome.error, EPERM);
		ASSERT_STR(outcome.subject, "process.scheduling");
		return;
	}
	SHELL(&outcome, "chrt -p $$ | grep -o '[A-Z_]*RR\\\\|priority: .*'",
	      .process = rr);
	ASSERT_STR(outcome.out, "SCHED_RR\npriority: 2\n");
}

TEST(best_effort_has_levels)
{
	SHELL(&outcome, "ionice -p $$",
	      .process = "\"scheduling\": { \"ioClass\": \"best-effort\","
			 " \"ioLevel\": 6 }");
	ASSERT_STR(outcome.out, "best-effort: prio 6\n");
}

/* A kernel that cannot separate cores says so, and the field is named. */
TEST(cores_are_shared_with_nobody_or_the_kernel_cannot)
{
	struct request request = {
		.probe = "ids",
		.process = "\"scheduling\": { \"coreCookie\": true }",
	};
	unsigned long cookie = 0;

	launch(&request, &outcome);
	if (prctl(PR_SCHED_CORE, PR_SCHED_CORE_GET, 0, 0, &cookie) == 0) {
		ASSERT_EQ(outcome.started, 0);
		return;
	}
	ASSERT_TRUE(outcome.started < 0);
	ASSERT_CONTAINS(outcome.subject, "process.scheduling");
}

/* Input and standard error of the host's own, as standard output elsewhere. */
TEST(each_stream_may_be_the_hosts)
{
	char text[64] = "";
	int ends[2];
	int file = memfd_create("log", MFD_CLOEXEC);
	int saved[2] = { fcntl(0, F_DUPFD_CLOEXEC, 3),
			 fcntl(2, F_DUPFD_CLOEXEC, 3) };

	ASSERT_OK(pipe2(ends, O_CLOEXEC));
	ASSERT_EQ(write(ends[1], "asked\n", 6), 6);
	ASSERT_EQ(close(ends[1]), 0);
	ASSERT_TRUE(dup2(ends[0], 0) == 0 && dup2(file, 2) == 2);
	SHELL(&outcome, "cat >&2", .own_stdio = true,
	      .process = "\"stdio\": { \"in\": { \"kind\": \"INHERIT\" },"
			 " \"err\": { \"kind\": \"INHERIT\" } }");
	ASSERT_TRUE(dup2(saved[0], 0) == 0 && dup2(saved[1], 2) == 2);
	ASSERT_EQ(close(saved[0]) + close(saved[1]) + close(ends[0]), 0);
	ASSERT_TRUE(pread(file, text, sizeof(text) - 1, 0) > 0);
	ASSERT_EQ(close(file), 0);
	ASSERT_STR(text, "asked\n");
}

/* What busybox's shell starts with, but for umask. */
#define STARTS                                                             \
	"\"execve\", \"read\", \"write\", \"rt_sigprocmask\","             \
	" \"exit_group\", \"exit\", \"brk\", \"mmap\", \"mprotect\","      \
	" \"munmap\", \"arch_prctl\", \"set_tid_address\","                \
	" \"set_robust_list\", \"rseq\", \"prlimit64\", \"readlink\","     \
	" \"readlinkat\", \"getrandom\", \"newfstatat\", \"fstat\","       \
	" \"stat\", \"ioctl\", \"rt_sigaction\", \"getuid\", \"geteuid\"," \
	" \"getgid\", \"getegid\", \"getppid\", \"getpid\", \"uname\","    \
	" \"getcwd\", \"close\", \"openat\", \"fcntl\", \"lseek\","        \
	" \"dup2\", \"dup3\", \"poll\", \"wait4\", \"clock_gettime\","     \
	" \"prctl\", \"setuid\", \"setgid\", \"getpgrp\", \"getpgid\""

/* How umask ends where @action is what happens to all that no rule names. */
static void end_by_default(const char *action)
{
	char document[2048];
	struct request request = {
		.argv = "\"/busybox\", \"sh\", \"-c\", \"umask 077; echo on\"",
		.mounts = "{ \"source\": \"/bin/busybox\","
			  " \"target\": \"/busybox\" }",
		.document = document,
		.no_probe = true,
	};

	(void)snprintf(document, sizeof(document),
		       "\"root\": { \"kind\": \"EMPTY\" }, \"security\": {"
		       " \"seccomp\": { \"profile\": \"NONE\", %s,"
		       " \"rules\": [{ \"action\": \"ALLOW\","
		       " \"names\": [" STARTS "] }] } }",
		       action);
	launch(&request, &outcome);
	ASSERT_STR(outcome.message, "");
}

TEST(what_no_rule_names_has_one_end)
{
	end_by_default("\"defaultAction\": \"KILL_PROCESS\"");
	ASSERT_EQ(outcome.signal, SIGSYS);
	end_by_default("\"defaultAction\": \"KILL_THREAD\"");
	ASSERT_EQ(outcome.signal, SIGSYS);
	end_by_default("\"defaultAction\": \"TRAP\"");
	ASSERT_EQ(outcome.signal, SIGSYS);
	end_by_default("\"defaultAction\": \"LOG\"");
	ASSERT_STR(outcome.out, "on\n");
	end_by_default("\"errnoValue\": 5");
	ASSERT_EQ(outcome.signal, 0);
	ASSERT_STR(outcome.out, "on\n"); /* a failing umask(2) is not told */
}

TEST(a_namespace_of_messages_may_be_joined)
{
	char document[256];
	char link[64] = "";
	char path[64];
	int ready[2];
	char byte = 0;
	pid_t holder;

	if (launch_mode() != MODE_ROOT) {
		LAUNCH_FAILS(&outcome, .probe = "ns",
			     .document = "\"namespaces\": { \"ipc\": \"JOIN\","
					 " \"ipcJoin\": \"/proc/self/ns/ipc\""
					 " }");
		ASSERT_CONTAINS(outcome.message, "namespaces.ipc: JOIN");
		return;
	}
	ASSERT_OK(pipe2(ready, O_CLOEXEC));
	holder = fork();
	if (holder == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		(void)write(ready[1], unshare(CLONE_NEWIPC) == 0 ? "y" : "n",
			    1);
		(void)pause();
		_exit(0);
	}
	ASSERT_EQ(close(ready[1]), 0);
	ASSERT_TRUE(read(ready[0], &byte, 1) == 1 && byte == 'y');
	ASSERT_EQ(close(ready[0]), 0);
	(void)snprintf(path, sizeof(path), "/proc/%d/ns/ipc", (int)holder);
	(void)snprintf(document, sizeof(document),
		       "\"namespaces\": { \"ipc\": \"JOIN\","
		       " \"ipcJoin\": \"%s\" }",
		       path);
	LAUNCH(&outcome, .probe = "ns", .document = document);
	ASSERT_TRUE(readlink(path, link, sizeof(link) - 1) > 0);
	ASSERT_CONTAINS(link, answer(outcome.out, "ipc"));
	ASSERT_OK(kill(holder, SIGKILL));
	ASSERT_EQ(waitpid(holder, NULL, 0), holder);
}
