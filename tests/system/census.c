/* SPDX-License-Identifier: Apache-2.0 */
/* Counts what may be left behind; see census.h. */
#include "census.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	PATIENCE_MS = 1000,
	STEP_MS = 10,
	FAMILY_MAX = 4096
};

struct relation {
	int pid;
	int parent;
};

/* The parent of @pid; 0 for a process that is gone or dead already. */
static int parent_of(int pid)
{
	char path[64];
	char line[512];
	const char *after = NULL;
	char state = 'X';
	int parent = 0;
	FILE *file = NULL;

	(void)snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	file = fopen(path, "re");
	if (file == NULL) {
		return 0;
	}
	if (fgets(line, sizeof(line), file) != NULL) {
		after = strrchr(line, ')');
	}
	(void)fclose(file);
	if (after != NULL && strlen(after) > 4) {
		state = after[2];
		parent = (int)strtol(after + 4, NULL, 10);
	}
	return state == 'Z' || state == 'X' ? 0 : parent;
}

static size_t read_relations(struct relation *relations)
{
	DIR *list = opendir("/proc");
	size_t count = 0;

	for (struct dirent *e = list == NULL ? NULL : readdir(list);
	     e != NULL && count < FAMILY_MAX; e = readdir(list)) {
		int pid = (int)strtol(e->d_name, NULL, 10);

		if (pid > 0) {
			relations[count++] =
				(struct relation){ pid, parent_of(pid) };
		}
	}
	if (list != NULL) {
		(void)closedir(list);
	}
	return count;
}

static bool is_descendant(const struct relation *relations, size_t count,
			  int pid)
{
	for (int depth = 0; depth < 64 && pid > 1; depth++) {
		int parent = 0;

		for (size_t i = 0; i < count; i++) {
			parent = relations[i].pid == pid ? relations[i].parent
							 : parent;
		}
		if (parent == getpid()) {
			return true;
		}
		pid = parent;
	}
	return false;
}

int census_processes(void)
{
	static struct relation relations[FAMILY_MAX];
	size_t count = read_relations(relations);
	int processes = 0;

	for (size_t i = 0; i < count; i++) {
		if (relations[i].parent != 0 &&
		    is_descendant(relations, count, relations[i].pid)) {
			processes++;
		}
	}
	return processes;
}

static int count_mounts(void)
{
	FILE *file = fopen("/proc/self/mountinfo", "re");
	int count = 0;
	int character = 0;

	while (file != NULL && character != EOF) {
		character = fgetc(file);
		count += character == '\n' ? 1 : 0;
	}
	if (file != NULL) {
		(void)fclose(file);
	}
	return count;
}

/* Whether somebody holds a lock on the file where ids are leased. */
static bool is_leased(void)
{
	char path[512];
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int fd = -1;
	bool leased = false;

	(void)snprintf(path, sizeof(path), "%s/libsandbox/ids",
		       launch_mode() == MODE_ROOT ? "/run"
						  : getenv("XDG_RUNTIME_DIR"));
	fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd >= 0) {
		leased = fcntl(fd, F_OFD_GETLK, &lock) < 0 ||
			 lock.l_type != F_UNLCK;
		(void)close(fd);
	}
	return leased;
}

struct census census_take(void)
{
	struct census census = { .processes = 0 };

	(void)prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	census.processes = census_processes();
	census.mounts = count_mounts();
	census.leased = is_leased();
	return census;
}

void census_check(struct tap_place place, const struct census *before)
{
	const struct timespec pause = { 0, STEP_MS * 1000000L };
	struct census now = census_take();

	for (int waited = 0; waited < PATIENCE_MS; waited += STEP_MS) {
		if (now.processes == before->processes &&
		    now.mounts == before->mounts &&
		    now.leased == before->leased) {
			return;
		}
		(void)nanosleep(&pause, NULL);
		now = census_take();
	}
	tap_fail(place, "before: %d processes, %d mounts, %s; now: %d, %d, %s",
		 before->processes, before->mounts,
		 before->leased ? "leased" : "free", now.processes, now.mounts,
		 now.leased ? "leased" : "free");
}
