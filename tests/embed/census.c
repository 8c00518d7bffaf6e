/* SPDX-License-Identifier: Apache-2.0 */
/* Counts what a host has because of its sandboxes; see host.h. */
#include "host.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum {
	PROCESSES_MAX = 8192,
	STEP_MS = 5
};

struct process {
	int pid;
	int parent; /* 0: dead, or gone */
	bool ours;
};

/* The parent of @pid; 0 for a process that is dead or gone. */
static int parent_of(int pid)
{
	char path[64];
	char line[512] = "";
	const char *after = NULL;
	FILE *file = NULL;

	(void)snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	file = fopen(path, "re");
	if (file == NULL) {
		return 0;
	}
	/* ") S 123": the name before may hold anything, brackets, too. */
	if (fgets(line, sizeof(line), file) != NULL) {
		after = strrchr(line, ')');
	}
	(void)fclose(file);
	if (after == NULL || strlen(after) < 5 || after[2] == 'Z' ||
	    after[2] == 'X') {
		return 0;
	}
	return (int)strtol(after + 4, NULL, 10);
}

/* The next process of @folder, or 0 at its end. */
static int next_process(DIR *folder)
{
	const struct dirent *entry = readdir(folder);
	int pid = 0;

	while (entry != NULL && pid <= 0) {
		pid = (int)strtol(entry->d_name, NULL, 10);
		entry = pid > 0 ? entry : readdir(folder);
	}
	return pid;
}

/* NOLINTNEXTLINE(readability-function-size) */
static size_t list_processes(struct process *list)
{
	DIR *folder = opendir("/proc");
	size_t count = 0;
	int pid = 0;

	if (folder == NULL) {
		FAIL("no /proc");
	}
	pid = next_process(folder);
	while (pid > 0) {
		if (count == PROCESSES_MAX) {
			FAIL("more than %d processes", PROCESSES_MAX);
		}
		list[count++] = (struct process){ pid, parent_of(pid), false };
		pid = next_process(folder);
	}
	(void)closedir(folder);
	return count;
}

/* Those whose parent is one of ours are ours; whether there was a new one. */
static bool spread(struct process *list, size_t count)
{
	bool found = false;

	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < count && !list[i].ours; j++) {
			if (list[i].parent == getpid() ||
			    (list[j].ours && list[i].parent == list[j].pid)) {
				list[i].ours = true;
				found = true;
			}
		}
	}
	return found;
}

int host_family(void)
{
	static struct process list[PROCESSES_MAX];
	size_t count = 0;
	int living = 0;

	ASSERT_OK(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0));
	count = list_processes(list);
	while (spread(list, count)) {
	}
	for (size_t i = 0; i < count; i++) {
		living += list[i].ours ? 1 : 0;
	}
	return living;
}

int64_t host_await_family(int count, int timeout_ms)
{
	int64_t start = host_now_ms();

	while (host_family() != count) {
		if (host_now_ms() - start >= timeout_ms) {
			return -1;
		}
		host_sleep_ms(STEP_MS);
	}
	return host_now_ms() - start;
}

int host_only_child(void)
{
	static struct process list[PROCESSES_MAX];
	size_t count = list_processes(list);
	int child = 0;

	for (size_t i = 0; i < count; i++) {
		if (list[i].parent == getpid()) {
			ASSERT_EQ(child, 0);
			child = list[i].pid;
		}
	}
	return child;
}

int host_descriptors(void)
{
	DIR *folder = opendir("/proc/self/fd");
	int count = 0;

	if (folder == NULL) {
		FAIL("no /proc/self/fd");
	}
	while (readdir(folder) != NULL) {
		count++;
	}
	(void)closedir(folder);
	return count;
}

int host_mounts(void)
{
	FILE *file = fopen("/proc/self/mountinfo", "re");
	int count = 0;
	int character = 0;

	if (file == NULL) {
		FAIL("no /proc/self/mountinfo");
	}
	while (character != EOF) {
		character = fgetc(file);
		count += character == '\n' ? 1 : 0;
	}
	(void)fclose(file);
	return count;
}

/* A lease is a lock on bytes of this file, whoever is asked about it. */
bool host_leased(void)
{
	char path[512];
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	const char *folder =
		geteuid() == 0 ? "/run" : getenv("XDG_RUNTIME_DIR");
	int fd = -1;
	bool leased = false;

	ASSERT_TRUE(folder != NULL);
	(void)snprintf(path, sizeof(path), "%s/libsandbox/ids", folder);
	fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd >= 0) {
		ASSERT_OK(fcntl(fd, F_OFD_GETLK, &lock));
		leased = lock.l_type != F_UNLCK;
		(void)close(fd);
	}
	return leased;
}
