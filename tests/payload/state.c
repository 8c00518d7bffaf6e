/* SPDX-License-Identifier: Apache-2.0 */
/* Verbs that print what a process is and sees, as `key: value` lines. */
#include "probe.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

/* The lines of @path that begin with one of @fields, or all. */
static int print_file(const char *path, const char *const *fields)
{
	FILE *file = fopen(path, "re");
	char line[4096];

	if (file == NULL) {
		return 1;
	}
	while (fgets(line, sizeof(line), file) != NULL) {
		bool wanted = fields == NULL;

		for (size_t i = 0; !wanted && fields[i] != NULL; i++) {
			wanted = strncmp(line, fields[i], strlen(fields[i])) ==
				 0;
		}
		if (wanted) {
			(void)fputs(line, stdout);
		}
	}
	(void)fclose(file);
	return 0;
}

static int print_ids(char **arguments)
{
	static const char *const fields[] = {
		"Uid:",    "Gid:",    "Groups:", "CapInh:",     "CapPrm:",
		"CapEff:", "CapBnd:", "CapAmb:", "NoNewPrivs:", "Seccomp:",
		"SigBlk:", "SigIgn:", "Umask:",  NULL
	};
	char cwd[PATH_MAX];
	struct utsname names;

	(void)arguments;
	printf("securebits: %d\n", prctl(PR_GET_SECUREBITS, 0, 0, 0, 0));
	printf("pid: %d\nsession: %d\ngroup: %d\n", getpid(), getsid(0),
	       getpgrp());
	printf("cwd: %s\n", getcwd(cwd, sizeof(cwd)) == NULL ? "?" : cwd);
	printf("hostname: %s\n", uname(&names) == 0 ? names.nodename : "?");
	return print_file("/proc/self/status", fields);
}

static int print_mounts(char **arguments)
{
	(void)arguments;
	return print_file("/proc/self/mountinfo", NULL);
}

static int print_text(char **arguments)
{
	return arguments[0] == NULL ? 2 : print_file(arguments[0], NULL);
}

/* What the descriptors of @process are, a line each. */
static void print_descriptors(const char *process)
{
	char folder[64];
	DIR *list = NULL;

	(void)snprintf(folder, sizeof(folder), "/proc/%s/fd", process);
	list = opendir(folder);
	if (list == NULL) {
		return;
	}
	for (struct dirent *e = readdir(list); e != NULL; e = readdir(list)) {
		char target[PATH_MAX];
		ssize_t size = readlinkat(dirfd(list), e->d_name, target,
					  sizeof(target) - 1);

		/* Not that of the listing itself. */
		if (size >= 0 && number_of(e->d_name, -1) != dirfd(list)) {
			target[size] = '\0';
			printf("fd %s %s: %s\n", process, e->d_name, target);
		}
	}
	(void)closedir(list);
}

static int print_fds(char **arguments)
{
	DIR *list = NULL;

	(void)arguments;
	print_descriptors("self");
	list = opendir("/proc");
	if (list == NULL) {
		return 1;
	}
	for (struct dirent *e = readdir(list); e != NULL; e = readdir(list)) {
		if (isdigit((unsigned char)e->d_name[0]) != 0 &&
		    number_of(e->d_name, 0) != getpid()) {
			printf("process: %s\n", e->d_name);
			print_descriptors(e->d_name);
		}
	}
	(void)closedir(list);
	return 0;
}

static int print_namespaces(char **arguments)
{
	static const char *const names[] = { "user", "mnt", "pid",    "net",
					     "ipc",  "uts", "cgroup", "time" };

	(void)arguments;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char path[64];
		struct stat file;

		(void)snprintf(path, sizeof(path), "/proc/self/ns/%s",
			       names[i]);
		if (stat(path, &file) == 0) {
			printf("%s: %lu\n", names[i],
			       (unsigned long)file.st_ino);
		}
	}
	return 0;
}

static void print_clock(const char *name, clockid_t clock)
{
	struct timespec now = { 0 };

	(void)clock_gettime(clock, &now);
	printf("%s: %lld\n", name, (long long)now.tv_sec);
}

static int print_clocks(char **arguments)
{
	(void)arguments;
	print_clock("monotonic", CLOCK_MONOTONIC);
	print_clock("boottime", CLOCK_BOOTTIME);
	print_clock("realtime", CLOCK_REALTIME);
	return 0;
}

static int print_environment(char **arguments)
{
	(void)arguments;
	for (char **variable = environ; *variable != NULL; variable++) {
		printf("env: %s\n", *variable);
	}
	return 0;
}

static int print_limits(char **arguments)
{
	(void)arguments;
	for (int i = 0; i < RLIM_NLIMITS; i++) {
		struct rlimit limit;

		if (getrlimit((__rlimit_resource_t)i, &limit) == 0) {
			printf("limit %d: %lld %lld\n", i,
			       (long long)limit.rlim_cur,
			       (long long)limit.rlim_max);
		}
	}
	return 0;
}

static int print_stat(char **arguments)
{
	for (; *arguments != NULL; arguments++) {
		struct stat file;

		if (lstat(*arguments, &file) < 0) {
			printf("%s: absent\n", *arguments);
			continue;
		}
		printf("%s: mode %o owner %u:%u size %lld device %u:%u\n",
		       *arguments, file.st_mode, file.st_uid, file.st_gid,
		       (long long)file.st_size, (unsigned)(file.st_rdev >> 8),
		       (unsigned)(file.st_rdev & 0xff));
	}
	return 0;
}

static int print_list(char **arguments)
{
	DIR *list = arguments[0] == NULL ? NULL : opendir(arguments[0]);

	if (list == NULL) {
		return 1;
	}
	for (struct dirent *e = readdir(list); e != NULL; e = readdir(list)) {
		if (strcmp(e->d_name, ".") != 0 &&
		    strcmp(e->d_name, "..") != 0) {
			printf("entry: %s\n", e->d_name);
		}
	}
	(void)closedir(list);
	return 0;
}

const struct verb state_verbs[] = {
	{ "ids", print_ids },
	{ "mounts", print_mounts },
	{ "text", print_text },
	{ "fds", print_fds },
	{ "ns", print_namespaces },
	{ "env", print_environment },
	{ "limits", print_limits },
	{ "stat", print_stat },
	{ "list", print_list },
	{ "clocks", print_clocks },
	{ NULL, NULL },
};
