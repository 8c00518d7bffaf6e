/* SPDX-License-Identifier: Apache-2.0 */
/* Looks at the settings that explain what the probe was refused. */
#include "engine/probe_report.h"
#include "engine/subid.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/vfs.h>
#include <unistd.h>

#define CGROUP2_MAGIC 0x63677270

static long read_number(const char *path)
{
	char text[32];
	char *end = NULL;
	long value = 0;

	if (small_file_read(path, text, sizeof(text)) < 0) {
		return -1;
	}
	value = strtol(text, &end, 10);
	return end == text ? -1 : value;
}

/* A field of mountinfo that begins with "/proc/" is a mount below it. */
static bool is_proc_covered(void)
{
	char *line = NULL;
	size_t size = 0;
	bool covered = false;
	FILE *file = fopen("/proc/self/mountinfo", "re");

	if (file == NULL) {
		return false;
	}
	while (!covered && getline(&line, &size, file) > 0) {
		covered = strstr(line, " /proc/") != NULL &&
			  strstr(line, " /proc/sys/fs/binfmt_misc ") == NULL;
	}
	free(line);
	(void)fclose(file);
	return covered;
}

void probe_host_look(struct probe_host *ret)
{
	*ret = (struct probe_host){
		.max_user_namespaces =
			read_number("/proc/sys/user/max_user_namespaces"),
		.unprivileged_userns_clone = read_number(
			"/proc/sys/kernel/unprivileged_userns_clone"),
		.apparmor_restrict_userns =
			read_number("/proc/sys/kernel/"
				    "apparmor_restrict_unprivileged_userns"),
		.memfd_noexec = read_number("/proc/sys/vm/memfd_noexec"),
		.proc_is_covered = is_proc_covered(),
		.has_seccomp = prctl(PR_GET_SECCOMP, 0, 0, 0, 0) > 0,
	};
}

/* The path of our own cgroup in the hierarchy of version 2, or "". */
static void own_cgroup(char *path, size_t size)
{
	char text[8192];
	const char *line = NULL;

	path[0] = '\0';
	if (small_file_read("/proc/self/cgroup", text, sizeof(text)) < 0) {
		return;
	}
	line = strncmp(text, "0::", 3) == 0 ? text : strstr(text, "\n0::");
	if (line != NULL) {
		line += line[0] == '\n' ? 4 : 3;
		(void)snprintf(path, size, "/sys/fs/cgroup%.*s",
			       (int)strcspn(line, "\n"), line);
	}
}

void probe_cgroups(struct probe_feature *ret)
{
	struct statfs root;
	char path[4096];
	bool unified = statfs("/sys/fs/cgroup", &root) == 0 &&
		       root.f_type == CGROUP2_MAGIC;
	bool hybrid = statfs("/sys/fs/cgroup/unified", &root) == 0 &&
		      root.f_type == CGROUP2_MAGIC;

	*ret = (struct probe_feature){ .feature = "cgroup-delegation" };
	own_cgroup(path, sizeof(path));
	ret->available = unified && path[0] != '\0' && access(path, W_OK) == 0;
	if (ret->available) {
		(void)snprintf(ret->detail, sizeof(ret->detail),
			       "version 2, and %.300s can be written", path);
		return;
	}
	if (unified) {
		(void)snprintf(ret->detail, sizeof(ret->detail),
			       "version 2, but %.300s cannot be written", path);
		(void)snprintf(ret->remedy, sizeof(ret->remedy),
			       "run the host in a service or scope with"
			       " Delegate=yes (systemd-run --user --scope"
			       " -p Delegate=yes)");
		return;
	}
	(void)snprintf(ret->detail, sizeof(ret->detail), "%s",
		       hybrid ? "controllers are on version 1 (hybrid)"
			      : "no cgroup file system of version 2");
	(void)snprintf(ret->remedy, sizeof(ret->remedy),
		       "boot with systemd.unified_cgroup_hierarchy=1");
}
