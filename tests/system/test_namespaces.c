/* SPDX-License-Identifier: Apache-2.0 */
/* Namespaces that are not the sandbox's own: the host's, somebody else's. */
#include "control.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

/* Of a piece of shared memory. */
#define KEY 4711

static struct outcome outcome;
static struct outcome other;

/* The inode that a link of /proc names: "net:[NUMBER]". */
static const char *inode_of(const char *path)
{
	static char text[64];
	char *number = NULL;
	ssize_t size = readlink(path, text, sizeof(text) - 1);

	ASSERT_TRUE(size > 0);
	text[size] = '\0';
	number = strchr(text, '[');
	ASSERT_TRUE(number != NULL);
	number[strcspn(number, "]")] = '\0';
	return number + 1;
}

/* That of one of this process's own. */
static const char *own(const char *name)
{
	char path[64];

	(void)snprintf(path, sizeof(path), "/proc/self/ns/%s", name);
	return inode_of(path);
}

TEST(a_shared_namespace_is_the_hosts_and_the_result_says_so)
{
	LAUNCH(&outcome, .probe = "ns",
	       .document = "\"namespaces\": { \"ipc\": \"SHARED\","
			   " \"uts\": \"SHARED\", \"cgroup\": \"SHARED\" },"
			   " \"network\": { \"mode\": \"HOST\" }");
	ASSERT_STR(answer(outcome.out, "ipc"), own("ipc"));
	ASSERT_STR(answer(outcome.out, "uts"), own("uts"));
	ASSERT_STR(answer(outcome.out, "cgroup"), own("cgroup"));
	ASSERT_STR(answer(outcome.out, "net"), own("net"));
	ASSERT_CONTAINS(outcome.json, "the host's");
	LAUNCH(&other, .probe = "ns");
	ASSERT_TRUE(strcmp(answer(other.out, "ipc"), own("ipc")) != 0);
	ASSERT_TRUE(strcmp(answer(other.out, "net"), own("net")) != 0);
}

TEST(with_the_hosts_names_the_host_name_is_left_alone)
{
	char name[80] = "";

	ASSERT_OK(gethostname(name, sizeof(name) - 1));
	LAUNCH(&outcome, .argv = "\"/bin/uname\", \"-n\"",
	       .document = "\"namespaces\": { \"uts\": \"SHARED\" }");
	outcome.out[strcspn(outcome.out, "\n")] = '\0';
	ASSERT_STR(outcome.out, name);
	ASSERT_OK(gethostname(name, sizeof(name) - 1));
	ASSERT_STR(outcome.out, name);
}

/* What the host's loopback has, a sandbox on the host's network reaches. */
TEST(on_the_hosts_network_nothing_can_be_changed)
{
	static const struct trial trials[] = {
		{ "interface_down lo", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "hostname other", "EPERM", CONTROL_NAMESPACES, "ok" },
	};

	TRY(trials, .process = "\"user\": \"0\"",
	    .document = "\"network\": { \"mode\": \"HOST\" },"
			" \"namespaces\": { \"uts\": \"SHARED\" },"
			" \"security\": { \"capabilities\": { \"allSets\": ["
			" \"NET_ADMIN\", \"SYS_ADMIN\" ] } }");
}

/* A process with namespaces of its own, until it is killed. */
static pid_t begin_holder(char *path, size_t size, const char *name)
{
	int ready[2];
	char byte = 0;
	pid_t pid;

	ASSERT_OK(pipe2(ready, O_CLOEXEC));
	pid = fork();
	if (pid == 0) {
		bool made = unshare(CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS |
				    CLONE_NEWCGROUP) == 0 &&
			    sethostname("joined", 6) == 0 &&
			    shmget(KEY, 4096, IPC_CREAT | 0666) >= 0;

		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		(void)write(ready[1], made ? "y" : "n", 1);
		(void)pause();
		_exit(0);
	}
	ASSERT_EQ(close(ready[1]), 0);
	ASSERT_TRUE(pid > 0 && read(ready[0], &byte, 1) == 1 && byte == 'y');
	ASSERT_EQ(close(ready[0]), 0);
	(void)snprintf(path, size, "/proc/%d/ns/%s", (int)pid, name);
	return pid;
}

static void end_holder(pid_t pid)
{
	ASSERT_OK(kill(pid, SIGKILL));
	ASSERT_EQ(waitpid(pid, NULL, 0), pid);
}

TEST(root_joins_what_is_there_and_comes_back)
{
	sandbox_engine *engine = NULL;
	char document[512];
	char path[64];
	pid_t holder;

	if (launch_mode() != MODE_ROOT) {
		LAUNCH_FAILS(&outcome, .probe = "ns",
			     .document = "\"network\": { \"mode\": \"JOIN\","
					 " \"join_path\": \"/proc/self/ns/net\""
					 " }");
		ASSERT_CONTAINS(outcome.message, "network.mode: JOIN: only "
						 "root");
		return;
	}
	holder = begin_holder(path, sizeof(path), "net");
	(void)snprintf(document, sizeof(document),
		       "\"network\": { \"mode\": \"JOIN\", \"join_path\":"
		       " \"%s\" }, \"namespaces\": { \"uts\": \"JOIN\","
		       " \"uts_join\": \"/proc/%d/ns/uts\" }",
		       path, (int)holder);
	engine = launch_engine();
	LAUNCH(&outcome, .probe = "ns", .document = document, .engine = engine);
	ASSERT_STR(answer(outcome.out, "net"), inode_of(path));
	LAUNCH(&outcome, .argv = "\"/bin/uname\", \"-n\"", .document = document,
	       .engine = engine);
	ASSERT_STR(outcome.out, "joined\n");
	/* The next sandbox of this engine is on the host's side again. */
	LAUNCH(&outcome, .probe = "ns", .engine = engine,
	       .document = "\"network\": { \"mode\": \"HOST\" }");
	ASSERT_STR(answer(outcome.out, "net"), own("net"));
	sandbox_engine_close(engine);
	end_holder(holder);
}

/* What another process keeps in memory is there, and not without joining. */
TEST(messages_and_memory_of_another_namespace_are_reached)
{
	char document[512];
	char path[64];
	pid_t holder;

	if (launch_mode() != MODE_ROOT) {
		SKIP("only root joins");
	}
	holder = begin_holder(path, sizeof(path), "ipc");
	(void)snprintf(document, sizeof(document),
		       "\"namespaces\": { \"ipc\": \"JOIN\", \"ipc_join\":"
		       " \"%s\" }",
		       path);
	LAUNCH(&outcome, .probe = "try shared_memory 4711",
	       .document = document);
	ASSERT_STR(answer(outcome.out, "shared_memory 4711"), "ok");
	LAUNCH(&outcome, .probe = "try shared_memory 4711");
	ASSERT_STR(answer(outcome.out, "shared_memory 4711"), "ENOENT");
	end_holder(holder);
}

TEST(a_namespace_of_control_groups_may_be_joined)
{
	char document[512];
	char path[64];
	pid_t holder;

	if (launch_mode() != MODE_ROOT) {
		LAUNCH_FAILS(&outcome, .probe = "ns",
			     .document = "\"namespaces\": { \"cgroup\":"
					 " \"JOIN\", \"cgroup_join\":"
					 " \"/proc/self/ns/cgroup\" }");
		ASSERT_CONTAINS(outcome.message,
				"namespaces.cgroup: JOIN: only root");
		return;
	}
	holder = begin_holder(path, sizeof(path), "cgroup");
	(void)snprintf(document, sizeof(document),
		       "\"namespaces\": { \"cgroup\": \"JOIN\","
		       " \"cgroup_join\": \"%s\" }",
		       path);
	LAUNCH(&outcome, .probe = "ns", .document = document);
	ASSERT_STR(answer(outcome.out, "cgroup"), inode_of(path));
	LAUNCH_FAILS(&outcome, .probe = "ns",
		     .document = "\"namespaces\": { \"cgroup\": \"JOIN\","
				 " \"cgroup_join\": \"/proc/self/ns/uts\" }");
	ASSERT_STR(outcome.subject, "namespaces.cgroup_join");
	ASSERT_CONTAINS(outcome.message, "is no namespace of this kind");
	end_holder(holder);
}

TEST(a_namespace_comes_by_descriptor_too)
{
	char path[64];
	pid_t holder;
	int fd;

	if (launch_mode() != MODE_ROOT) {
		LAUNCH_FAILS(&outcome, .probe = "ns",
			     .document = "\"network\": { \"mode\": \"JOIN\","
					 " \"join_fd\": 3 }");
		ASSERT_CONTAINS(outcome.message, "only root");
		return;
	}
	holder = begin_holder(path, sizeof(path), "net");
	fd = open(path, O_RDONLY | O_CLOEXEC);
	ASSERT_OK(fd);
	LAUNCH(&outcome, .probe = "ns", .fds = { fd },
	       .document = "\"network\": { \"mode\": \"JOIN\","
			   " \"join_fd\": 3 }");
	ASSERT_STR(answer(outcome.out, "net"), inode_of(path));
	ASSERT_EQ(close(fd), 0);
	end_holder(holder);
}

TEST(what_is_no_namespace_of_the_kind_is_refused)
{
	if (launch_mode() != MODE_ROOT) {
		SKIP("only root joins");
	}
	LAUNCH_FAILS(&outcome, .probe = "ns",
		     .document = "\"network\": { \"mode\": \"JOIN\","
				 " \"join_path\": \"/proc/self/ns/uts\" }");
	ASSERT_STR(outcome.subject, "network.join_path");
	ASSERT_CONTAINS(outcome.message, "is no namespace of this kind");
	LAUNCH_FAILS(&outcome, .probe = "ns",
		     .document = "\"namespaces\": { \"ipc\": \"JOIN\","
				 " \"ipc_join\": \"/not/there\" }");
	ASSERT_EQ(outcome.error, ENOENT);
	ASSERT_STR(outcome.subject, "namespaces.ipc_join");
}
