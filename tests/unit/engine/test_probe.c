/* SPDX-License-Identifier: Apache-2.0 */
/* The whole probe, on this host and on hosts that refuse something. */
#include "engine/probe.h"
#include "host_case.h"
#include "kernel/process.h"
#include "lib/need.h"
#include "lib/tap.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* The report's words on one feature. */
struct answer {
	char text[1200];
};

static struct answer answer_of(const char *json, const char *feature)
{
	struct answer answer;
	char key[80];
	const char *begin = NULL;
	const char *end = NULL;

	(void)snprintf(key, sizeof(key), "\"feature\": \"%s\"", feature);
	begin = strstr(json, key);
	if (begin == NULL) {
		FAIL("no feature \"%s\" in %s", feature, json);
	}
	end = strchr(begin, '}');
	ASSERT_TRUE(end != NULL);
	(void)snprintf(answer.text, sizeof(answer.text), "%.*s",
		       (int)(end - begin), begin);
	return answer;
}

static void assert_available(const char *json, const char *feature)
{
	struct answer answer = answer_of(json, feature);

	ASSERT_CONTAINS(answer.text, "\"state\": \"available\"");
	ASSERT_CONTAINS(answer.text, "\"remedy\": \"\"");
}

static void assert_refused(const char *json, const char *feature,
			   const char *part)
{
	struct answer answer = answer_of(json, feature);

	ASSERT_CONTAINS(answer.text, "\"state\": \"unavailable\"");
	ASSERT_CONTAINS(answer.text, part);
}

static char *probe(void)
{
	struct err err = ERR_INIT;
	char *json = NULL;

	if (probe_run(NULL, &json, &err) < 0) {
		FAIL("%s", err.text);
	}
	return json;
}

TEST(root_is_told_what_there_is)
{
	char *json = NULL;

	NEED(root);
	NEED(userns);
	host_scratch();
	json = probe();
	assert_available(json, "user-namespaces");
	assert_available(json, "id-map");
	assert_available(json, "run-directory");
	assert_available(json, "descriptors");
	ASSERT_CONTAINS(answer_of(json, "engine").text, "starts, privileged");
	free(json);
}

TEST(a_user_without_ranges_is_told_how_to_get_some)
{
	char *json = NULL;

	NEED(root);
	NEED(userns);
	host_scratch();
	host_subordinate_ids("", "");
	host_become(CASE_ID);
	NEED(userns);
	json = probe();
	assert_available(json, "engine");
	assert_available(json, "proc");
	assert_refused(json, "exclusive-ids", "/etc/subuid and /etc/subgid");
	assert_refused(json, "id-mapped-mounts", "run the engine as root");
	free(json);
}

TEST(a_user_with_ranges_leases_from_them)
{
	char *json = NULL;

	NEED(root);
	NEED(userns);
	NEED(uidmap);
	host_scratch();
	host_subordinate_ids("64201:1600000000:65536\n",
			     "64201:1600000000:65536\n");
	host_become(CASE_ID);
	json = probe();
	assert_available(json, "engine");
	assert_available(json, "exclusive-ids");
	ASSERT_CONTAINS(answer_of(json, "exclusive-ids").text,
			"65536 ids to lease from, beginning at 1, at most"
			" 65535 for one sandbox");
	free(json);
}

TEST(newuidmap_that_refuses_is_what_the_remedy_is_about)
{
	int refuse = -1;
	char *json = NULL;

	NEED(root);
	NEED(userns);
	NEED(uidmap);
	host_scratch();
	host_subordinate_ids("64201:1600000000:65536\n",
			     "64201:1600000000:65536\n");
	/* What lies over it is setuid as it should be, and no program. */
	refuse = open("/run/refuse", O_WRONLY | O_CREAT | O_CLOEXEC, 0755);
	ASSERT_TRUE(refuse >= 0);
	ASSERT_EQ(fchmod(refuse, 04755), 0);
	ASSERT_EQ(close(refuse), 0);
	ASSERT_EQ(
		mount("/run/refuse", "/usr/bin/newuidmap", NULL, MS_BIND, NULL),
		0);
	host_become(CASE_ID);
	json = probe();
	assert_refused(json, "engine", "let newuidmap and newgidmap be setuid");
	assert_available(json, "user-namespaces");
	free(json);
}

TEST(no_user_namespaces_left_is_said_with_the_limit)
{
	char *json = NULL;

	host_enter_user_namespace();
	host_scratch();
	host_write("/proc/sys/user/max_user_namespaces", "0");
	json = probe();
	assert_refused(json, "user-namespaces",
		       "user.max_user_namespaces is 0");
	assert_refused(json, "proc", "user.max_user_namespaces is 0");
	assert_refused(json, "engine",
		       "user.max_user_namespaces is exhausted or 0");
	assert_available(json, "seccomp");
	free(json);
}

/* As in a container: what would reveal the covered part is refused. */
TEST(a_covered_proc_stands_in_the_way_of_a_new_one)
{
	char *json = NULL;

	host_enter_user_namespace();
	host_scratch();
	if (mount("/dev/null", "/proc/meminfo", NULL, MS_BIND, NULL) < 0) {
		SKIP("nothing may be mounted over /proc/meminfo here");
	}
	json = probe();
	assert_refused(json, "proc", "systempaths=unconfined");
	assert_refused(json, "engine", "each sandbox needs proc");
	assert_available(json, "user-namespaces");
	free(json);
}

/* What filters of containers do for those without capabilities. */
static void load_container_filter(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_unshare, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof(code) / sizeof(code[0]), code };

	ASSERT_EQ(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	ASSERT_EQ(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), 0);
}

TEST(a_filter_that_refuses_namespaces_is_told_from_the_kernel)
{
	char *json = NULL;

	NEED(root);
	host_scratch();
	host_become(CASE_ID);
	load_container_filter();
	json = probe();
	assert_refused(json, "user-namespaces",
		       "a system-call filter lies on this process");
	assert_refused(json, "network-namespace",
		       "a system-call filter lies on this process");
	assert_refused(json, "engine", "EPERM");
	assert_available(json, "seccomp");
	free(json);
}

/* As the first process of a pid namespace, each of which has the switch. */
static void probe_without_memfds(void)
{
	char *json = NULL;

	ASSERT_EQ(mount("proc", "/proc", "proc", 0, NULL), 0);
	host_write("/proc/sys/vm/memfd_noexec", "2");
	json = probe();
	assert_refused(json, "memfd-exec", "vm.memfd_noexec is 2");
	free(json);
}

/*
 * Neither that process nor the one that made it, which can have no further
 * child or thread, ends in a way that a sanitizer would look into.
 */
static void run_in_pid_namespace(void)
{
	int status = -1;
	pid_t pid = 0;

	host_scratch();
	ASSERT_EQ(unshare(CLONE_NEWPID), 0);
	pid = fork();
	if (pid == 0) {
		probe_without_memfds();
		kernel_exit(0);
	}
	ASSERT_TRUE(pid > 0);
	ASSERT_EQ(waitpid(pid, &status, 0), pid);
	kernel_exit(status == 0 ? 0 : 1);
}

TEST(memfds_that_may_not_be_executed_are_reported)
{
	int status = -1;
	pid_t pid = 0;

	NEED(root);
	if (access("/proc/sys/vm/memfd_noexec", W_OK) < 0) {
		SKIP("this kernel has no vm.memfd_noexec");
	}
	pid = fork();
	if (pid == 0) {
		run_in_pid_namespace();
	}
	ASSERT_TRUE(pid > 0);
	ASSERT_EQ(waitpid(pid, &status, 0), pid);
	ASSERT_EQ(status, 0);
}
