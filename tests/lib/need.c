/* SPDX-License-Identifier: Apache-2.0 */
/* Finds out by trial what this host has; never by its version. */
#include "lib/need.h"

#include <linux/landlock.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static bool is_root(void)
{
	return geteuid() == 0;
}

/* Tries in a child, since a process that has entered cannot come back. */
static bool has_userns(void)
{
	int status = -1;
	pid_t pid = fork();

	if (pid == 0) {
		_exit(unshare(CLONE_NEWUSER) == 0 ? 0 : 1);
	}
	return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

static bool has_landlock(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0,
		       LANDLOCK_CREATE_RULESET_VERSION) > 0;
}

/* A feature is a trial or a program. */
static const struct feature {
	const char *name;
	bool (*has)(void);
	const char *program;
	const char *reason;
} features[] = {
	{ "root", is_root, NULL, "not root" },
	{ "userns", has_userns, NULL, "this user may not have namespaces" },
	{ "landlock", has_landlock, NULL, "this kernel has no Landlock" },
	{ "uidmap", NULL, "/usr/bin/newuidmap", "no newuidmap" },
	{ "busybox", NULL, "/bin/busybox", "no static busybox" },
	{ "python3", NULL, "/usr/bin/python3", "no python3" },
	{ "strace", NULL, "/usr/bin/strace", "no strace" },
	{ "acl", NULL, "/usr/bin/setfacl", "no setfacl" },
	/* Relative to the build folder, in which tests run. */
	{ "debian", NULL, "rootfs/debian/usr/bin/dpkg",
	  "no rootfs/debian; \"./dev test\" makes it" },
	{ "busybox_root", NULL, "rootfs/busybox/bin/busybox",
	  "no rootfs/busybox; \"./dev test\" makes it" },
	{ "cxx", NULL, "/usr/bin/g++", "no C++ compiler" },
};

static const struct feature *find_feature(const char *name)
{
	for (size_t i = 0; i < sizeof(features) / sizeof(features[0]); i++) {
		if (strcmp(features[i].name, name) == 0) {
			return &features[i];
		}
	}
	return NULL;
}

/* Whether @name is one of the words of the comma-separated @list. */
static bool is_listed(const char *list, const char *name)
{
	size_t length = strlen(name);

	while (list != NULL && *list != '\0') {
		size_t word = strcspn(list, ",");

		if (word == length && strncmp(list, name, length) == 0) {
			return true;
		}
		list += word + (list[word] == ',' ? 1 : 0);
	}
	return false;
}

void need_feature(struct tap_place place, const char *feature)
{
	const struct feature *f = find_feature(feature);
	bool has;

	if (f == NULL) {
		tap_fail(place, "no such feature: \"%s\"", feature);
	}
	has = f->program != NULL ? access(f->program, X_OK) == 0 : f->has();
	if (has) {
		return;
	}
	if (is_listed(getenv("SANDBOX_TESTS_NEED"), feature)) {
		tap_fail(place, "SANDBOX_TESTS_NEED has \"%s\": %s", feature,
			 f->reason);
	}
	tap_skip("%s", f->reason);
}
