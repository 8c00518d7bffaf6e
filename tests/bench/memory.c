/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Starts one sandbox with a program that sleeps, finds every process below the
 * host process, and shows their proportional set sizes as the kernel counts
 * them.  What is ours in the sandbox, its init, is held to the goal; the
 * launcher is one per engine, whatever the number of sandboxes, and the
 * program is the caller's.
 */
#include "memory.h"

#include "base/cleanup.h"
#include "contenders.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define GOAL_KIB     48
#define SETTLE_NS    300000000
#define FAMILY_LIMIT 64

struct family {
	pid_t pids[FAMILY_LIMIT];
	size_t count;
};

struct totals {
	long ours_kib;
	long payload_kib;
	int launchers;
	int inits;
};

static void close_dirp(DIR **directory)
{
	if (*directory) {
		(void)closedir(*directory);
	}
}

/* The parent of a process, or 0 if it is gone. */
static pid_t parent_of(pid_t pid)
{
	char path[64];
	char text[512] = "";
	FILE *stat = NULL;
	const char *rest = NULL;
	size_t n = 0;

	(void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	stat = fopen(path, "re");
	if (!stat) {
		return 0;
	}
	n = fread(text, 1, sizeof(text) - 1, stat);
	(void)fclose(stat);
	text[n] = '\0';
	/* "PID (NAME) STATE PPID", and a name may hold anything. */
	rest = strrchr(text, ')');
	return rest && strlen(rest) > 4 ? (pid_t)strtol(rest + 4, NULL, 10) : 0;
}

/* Adds the living children of @parent. */
static int add_children(struct family *family, pid_t parent)
{
	_cleanup_(close_dirp) DIR *proc = opendir("/proc");
	const struct dirent *entry = NULL;

	if (!proc) {
		return -errno;
	}
	for (entry = readdir(proc); entry; entry = readdir(proc)) {
		pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);

		if (pid <= 0 || parent_of(pid) != parent) {
			continue;
		}
		if (family->count == FAMILY_LIMIT) {
			return -E2BIG;
		}
		family->pids[family->count++] = pid;
	}
	return 0;
}

/* Everything below @pid: the list grows while it is walked. */
static int find_family(pid_t pid, struct family *family)
{
	int r = add_children(family, pid);

	for (size_t i = 0; r == 0 && i < family->count; i++) {
		r = add_children(family, family->pids[i]);
	}
	return r;
}

/* In KiB, or a negative errno. */
static long proportional_size(pid_t pid)
{
	char path[64];
	char line[256];
	long kib = -ENODATA;
	FILE *rollup = NULL;

	(void)snprintf(path, sizeof(path), "/proc/%d/smaps_rollup", (int)pid);
	rollup = fopen(path, "re");
	if (!rollup) {
		return -errno;
	}
	while (kib < 0 && fgets(line, sizeof(line), rollup)) {
		if (strncmp(line, "Pss:", 4) == 0) {
			kib = strtol(line + 4, NULL, 10);
		}
	}
	(void)fclose(rollup);
	return kib;
}

/* Whether the process runs the sleeping program. */
static int is_payload(pid_t pid, const struct workspace *workspace)
{
	char exe[64];
	char program[WORKSPACE_PATH * 2];
	struct stat a;
	struct stat b;

	(void)snprintf(exe, sizeof(exe), "/proc/%d/exe", (int)pid);
	(void)snprintf(program, sizeof(program), "%s/bin/pause",
		       workspace->rootfs);
	return stat(exe, &a) == 0 && stat(program, &b) == 0 &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static int count_one(pid_t pid, pid_t host, const struct workspace *workspace,
		     struct totals *totals)
{
	long kib = proportional_size(pid);
	const char *role = "init";

	if (kib < 0) {
		(void)fprintf(stderr, "bench: memory of process %d: %s\n",
			      (int)pid, strerror((int)-kib));
		return (int)kib;
	}
	if (is_payload(pid, workspace)) {
		role = "program (not counted)";
		totals->payload_kib += kib;
	} else {
		if (parent_of(pid) == host) {
			role = "launcher (one an engine)";
			totals->launchers++;
		} else {
			totals->inits++;
			totals->ours_kib += kib;
		}
	}
	(void)printf("%-24s %8ld\n", role, kib);
	return 0;
}

static int count_family(pid_t host, const struct workspace *workspace)
{
	struct family family = { .count = 0 };
	struct totals totals = { 0, 0, 0, 0 };
	int r = find_family(host, &family);

	(void)printf("%-24s %8s\n", "one idle sandbox", "PSS KiB");
	for (size_t i = 0; r == 0 && i < family.count; i++) {
		r = count_one(family.pids[i], host, workspace, &totals);
	}
	if (r < 0) {
		return r;
	}
	if (totals.payload_kib == 0 || totals.launchers + totals.inits == 0) {
		(void)fprintf(stderr,
			      "bench: memory: the sandbox's processes were "
			      "not found\n");
		return -ESRCH;
	}
	(void)printf("%-24s %8ld\ngoal: at most %d: %s\n",
		     "ours in the sandbox", totals.ours_kib, GOAL_KIB,
		     totals.ours_kib <= GOAL_KIB ? "met" : "MISSED");
	return totals.ours_kib <= GOAL_KIB ? 0 : 1;
}

int memory_measure(const struct workspace *workspace)
{
	const struct timespec settle = { .tv_nsec = SETTLE_NS };
	_cleanup_close_ int quiet = open("/dev/null", O_WRONLY | O_CLOEXEC);
	struct host host = HOST_EMPTY;
	struct serve_reply reply = { .error = 0 };
	int r = quiet < 0 ? -errno : 0;

	if (r == 0) {
		r = contender_start(CONTENDER_LIBRARY, workspace, "pause",
				    quiet, &host);
	}
	if (r < 0) {
		return r;
	}
	r = host_ask(&host, SERVE_HOLD, &reply);
	if (r == 0 && reply.error < 0) {
		r = reply.error;
	}
	if (r < 0) {
		(void)fprintf(stderr, "bench: memory: %s: %s\n", strerror(-r),
			      reply.text);
	} else {
		(void)nanosleep(&settle, NULL);
		r = count_family(host.pid, workspace);
	}
	host_stop(&host);
	return r;
}
