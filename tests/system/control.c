/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the probe outside of any sandbox; see control.h. */
#include "control.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	WORDS_MAX = 64
};

static void write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, text, strlen(text)) < 0) {
		_exit(125);
	}
	(void)close(fd);
}

/* In the child; returns in process 1 of the new pid namespace. */
static void enter_namespaces(void)
{
	unsigned int uid = geteuid();
	unsigned int gid = getegid();
	char map[64];
	int status = 0;
	pid_t pid = 0;

	if (unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET |
		    CLONE_NEWIPC | CLONE_NEWUTS) < 0) {
		_exit(125);
	}
	write_text("/proc/self/setgroups", "deny");
	(void)snprintf(map, sizeof(map), "0 %u 1", uid);
	write_text("/proc/self/uid_map", map);
	(void)snprintf(map, sizeof(map), "0 %u 1", gid);
	write_text("/proc/self/gid_map", map);
	pid = fork();
	if (pid != 0) {
		(void)waitpid(pid, &status, 0);
		_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 125);
	}
	/* Its own, over the host's: process 1 is then the one it says. */
	(void)mount("none", "/proc", "proc", 0, NULL);
}

static void run_probe(enum control kind, char **argv)
{
	if (kind == CONTROL_NAMESPACES) {
		enter_namespaces();
	}
	(void)execv(launch_probe_path(), argv);
	_exit(125);
}

void control(enum control kind, const char *arguments, struct outcome *ret)
{
	char words[4096];
	const char *path = launch_probe_path();
	char *argv[WORDS_MAX] = { NULL };
	int log = memfd_create("control", MFD_CLOEXEC);
	int status = 0;
	size_t count = 0;
	ssize_t n = 0;
	char *next = NULL;
	pid_t pid = 0;

	(void)snprintf(words, sizeof(words), "%s %s", path, arguments);
	for (char *word = strtok_r(words, " ", &next);
	     word != NULL && count < WORDS_MAX - 1;
	     word = strtok_r(NULL, " ", &next)) {
		argv[count++] = word;
	}
	pid = fork();
	if (pid == 0) {
		(void)dup2(log, 1);
		run_probe(kind, argv);
	}
	ASSERT_TRUE(pid > 0 && waitpid(pid, &status, 0) == pid);
	n = pread(log, ret->out, sizeof(ret->out) - 1, 0);
	ret->out[n < 0 ? 0 : n] = '\0';
	ret->exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	ret->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	(void)close(log);
	if (ret->exit_code == 125) {
		FAIL("the control does not run: probe %s", arguments);
	}
}

static bool is_as_wanted(const char *wanted, const char *found)
{
	if (wanted[0] == '!') {
		return found[0] != '(' && strcmp(wanted + 1, found) != 0;
	}
	return strcmp(wanted, found) == 0;
}

static void try_outside(struct tap_place place, const struct trial *trial)
{
	static struct outcome outside;
	char arguments[600];
	const char *found = NULL;

	(void)snprintf(arguments, sizeof(arguments), "try %s", trial->attempt);
	control(trial->kind, arguments, &outside);
	found = answer(outside.out, trial->attempt);
	if (!is_as_wanted(trial->outside, found)) {
		tap_fail(place, "control of \"%s\": wanted %s, found %s",
			 trial->attempt, trial->outside, found);
	}
}

void try_trials(struct tap_place place, const struct trial *trials,
		size_t count, const struct request *request)
{
	static struct outcome inside;
	static char words[8192];
	struct request all = *request;
	size_t used = 0;

	used += (size_t)snprintf(words, sizeof(words), "try");
	for (size_t i = 0; i < count && used < sizeof(words); i++) {
		used += (size_t)snprintf(words + used, sizeof(words) - used,
					 "%s %s", i == 0 ? "" : " --",
					 trials[i].attempt);
	}
	all.probe = words;
	launch_well(place, &all, &inside);
	for (size_t i = 0; i < count; i++) {
		const char *found = answer(inside.out, trials[i].attempt);

		if (!is_as_wanted(trials[i].inside, found)) {
			tap_fail(place, "\"%s\": wanted %s, found %s",
				 trials[i].attempt, trials[i].inside, found);
		}
		if (trials[i].outside != NULL) {
			try_outside(place, &trials[i]);
		}
	}
}
