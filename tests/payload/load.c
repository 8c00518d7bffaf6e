/* SPDX-License-Identifier: Apache-2.0 */
/* Verbs that act: end in a certain way, wait, or use up what there is. */
#include "probe.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	MOST_FORKS = 4096,
	MOST_FILES = 200000
};

static int end_with_code(char **arguments)
{
	return (int)number_of(arguments[0], 0);
}

static int end_by_signal(char **arguments)
{
	(void)kill(getpid(), (int)number_of(arguments[0], SIGTERM));
	return 1;
}

/* A crash as the kernel makes one, with a core as large as may be. */
static int crash(char **arguments)
{
	struct rlimit limit;

	if (arguments[0] != NULL && chdir(arguments[0]) < 0) {
		return 1;
	}
	if (getrlimit(RLIMIT_CORE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		(void)setrlimit(RLIMIT_CORE, &limit);
	}
	abort();
}

static void sleep_ms(long milliseconds)
{
	struct timespec left = { milliseconds / 1000,
				 milliseconds % 1000 * 1000000 };

	while (nanosleep(&left, &left) < 0 && errno == EINTR) {
	}
}

static int wait_long(char **arguments)
{
	printf("ready\n");
	(void)fflush(stdout);
	sleep_ms(number_of(arguments[0], 600000));
	return 0;
}

static int ignore_term(char **arguments)
{
	(void)signal(SIGTERM, SIG_IGN);
	return wait_long(arguments);
}

static volatile sig_atomic_t caught;

static void catch (int signum)
{
	caught = signum;
}

/* `catch SIGNUM CODE`: exits with CODE when SIGNUM comes. */
static int exit_on_signal(char **arguments)
{
	struct sigaction action = { .sa_handler = catch };
	sigset_t set;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, (int)number_of(arguments[0], SIGTERM));
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	(void)sigaction((int)number_of(arguments[0], SIGTERM), &action, NULL);
	printf("ready\n");
	(void)fflush(stdout);
	(void)sigemptyset(&set);
	while (caught == 0) {
		(void)sigsuspend(&set);
	}
	return (int)number_of(arguments[1], 0);
}

static int spin(char **arguments)
{
	struct timespec start;
	struct timespec now;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
	do {
		(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	} while ((now.tv_sec - start.tv_sec) * 1000 +
			 (now.tv_nsec - start.tv_nsec) / 1000000 <
		 number_of(arguments[0], 100));
	return 0;
}

/* Forks children that wait until the kernel refuses, then ends them. */
static int fork_until_refused(char **arguments)
{
	static pid_t children[MOST_FORKS];
	long most = number_of(arguments[0], MOST_FORKS);
	int error = 0;
	long count = 0;

	while (count < most && count < MOST_FORKS) {
		pid_t pid = fork();

		if (pid == 0) {
			(void)pause();
			_exit(0);
		}
		if (pid < 0) {
			error = errno;
			break;
		}
		children[count++] = pid;
	}
	for (long i = 0; i < count; i++) {
		(void)kill(children[i], SIGKILL);
		(void)waitpid(children[i], NULL, 0);
	}
	printf("forks: %ld\nerror: %s\n", count,
	       error == 0 ? "none" : strerrorname_np(error));
	return 0;
}

static int fill(char **arguments)
{
	static const char block[65536];
	long long written = 0;
	char path[256];
	int fd = -1;

	(void)snprintf(path, sizeof(path), "%s/full", arguments[0]);
	fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	for (;;) {
		ssize_t n = fd < 0 ? -1 : write(fd, block, sizeof(block));

		if (n < 0) {
			break;
		}
		written += n;
	}
	printf("bytes: %lld\nerror: %s\n", written, strerrorname_np(errno));
	return 0;
}

static int fill_inodes(char **arguments)
{
	int count = 0;

	for (; count < MOST_FILES; count++) {
		char path[256];
		int fd = -1;

		(void)snprintf(path, sizeof(path), "%s/%d", arguments[0],
			       count);
		fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (fd < 0) {
			break;
		}
		(void)close(fd);
	}
	printf("inodes: %d\nerror: %s\n", count, strerrorname_np(errno));
	return 0;
}

static char state_of(const char *process)
{
	char path[300];
	char line[512] = "";
	const char *after = NULL;
	int fd = -1;

	(void)snprintf(path, sizeof(path), "/proc/%s/stat", process);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && read(fd, line, sizeof(line) - 1) > 0) {
		after = strrchr(line, ')');
	}
	(void)close(fd);
	return after == NULL || strlen(after) < 3 ? '?' : after[2];
}

static void count_processes(void)
{
	DIR *list = opendir("/proc");
	int processes = 0;
	int zombies = 0;

	for (struct dirent *e = list == NULL ? NULL : readdir(list); e != NULL;
	     e = readdir(list)) {
		if (strspn(e->d_name, "0123456789") == strlen(e->d_name)) {
			processes++;
			zombies += state_of(e->d_name) == 'Z' ? 1 : 0;
		}
	}
	if (list != NULL) {
		(void)closedir(list);
	}
	printf("processes: %d\nzombies: %d\n", processes, zombies);
}

/* Leaves @count grandchildren to init, all of which end at once. */
static int leave_orphans(char **arguments)
{
	for (long i = number_of(arguments[0], 1); i > 0; i--) {
		pid_t pid = fork();

		if (pid == 0) {
			pid = fork();
			if (pid == 0) {
				sleep_ms(1);
			}
			_exit(pid < 0 ? 1 : 0);
		}
		if (pid < 0 || waitpid(pid, NULL, 0) != pid) {
			return 1;
		}
	}
	sleep_ms(200);
	count_processes();
	return 0;
}

/* Exits with a process left behind that ignores what it can. */
static int leave_running(char **arguments)
{
	(void)arguments;
	if (fork() == 0) {
		for (int i = 1; i < 64; i++) {
			(void)signal(i, SIG_IGN);
		}
		(void)setsid();
		sleep_ms(600000);
	}
	return 0;
}

static int copy_input(char **arguments)
{
	char block[4096];
	ssize_t n = 0;

	(void)arguments;
	for (;;) {
		n = read(0, block, sizeof(block));
		if (n <= 0) {
			break;
		}
		if (write(1, block, (size_t)n) != n) {
			return 1;
		}
	}
	return n < 0 ? 1 : 0;
}

static int say(char **arguments)
{
	printf("out: %s\n", arguments[0]);
	(void)fprintf(stderr, "err: %s\n", arguments[0]);
	return 0;
}

const struct verb load_verbs[] = {
	{ "exit", end_with_code },
	{ "signal", end_by_signal },
	{ "crash", crash },
	{ "wait", wait_long },
	{ "ignore_term", ignore_term },
	{ "catch", exit_on_signal },
	{ "spin", spin },
	{ "forks", fork_until_refused },
	{ "fill", fill },
	{ "inodes", fill_inodes },
	{ "orphans", leave_orphans },
	{ "leave", leave_running },
	{ "cat", copy_input },
	{ "say", say },
	{ NULL, NULL },
};
