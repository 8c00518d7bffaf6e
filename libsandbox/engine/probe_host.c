/* SPDX-License-Identifier: Apache-2.0 */
/* Looks at the settings that explain what the probe was refused. */
#include "engine/probe_report.h"
#include "engine/subid.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

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
