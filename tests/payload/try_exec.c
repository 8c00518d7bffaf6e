/* SPDX-License-Identifier: Apache-2.0 */
/* Attempts to run what was not there: new files, memory, mapped files. */
#include "probe.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/memfd.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef MFD_EXEC
#define MFD_EXEC 0x0010U
#endif

static int copy_to(const char *from, int to)
{
	int source = open(from, O_RDONLY | O_CLOEXEC);
	struct stat file;
	ssize_t left = 0;

	if (source < 0 || to < 0 || fstat(source, &file) < 0) {
		return -errno;
	}
	left = file.st_size;
	while (left > 0) {
		ssize_t n = sendfile(to, source, NULL, (size_t)left);

		if (n <= 0) {
			return n < 0 ? -errno : -EIO;
		}
		left -= n;
	}
	(void)close(source);
	return 0;
}

static int copy_file(const char *from, const char *to)
{
	int fd = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0755);
	int r = copy_to(from, fd);

	(void)close(fd);
	return r;
}

/* The exec's own errno; the program exits with 0 if it runs. */
static int run(int fd, const char *path)
{
	static const char *const argv[] = { "probe", "exit", "0", NULL };
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		(void)syscall(SYS_execveat, fd, path, argv, environ,
			      AT_EMPTY_PATH);
		_exit(errno);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid) {
		return -errno;
	}
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -EINTR;
}

/* `run_copy DIRECTORY`: a program that is written there and executed. */
static int try_run_copy(char **arguments)
{
	char path[256];
	int r = 0;

	(void)snprintf(path, sizeof(path), "%s/copy-%d", arguments[0],
		       getpid());
	r = copy_file("/proc/self/exe", path);
	r = r < 0 ? r : run(AT_FDCWD, path);
	(void)unlink(path);
	return r;
}

static int try_run_memory(char **arguments)
{
	int fd = (int)syscall(SYS_memfd_create, "copy", MFD_CLOEXEC | MFD_EXEC);
	int r = 0;

	(void)arguments;
	if (fd < 0 && errno == EINVAL) {
		fd = (int)syscall(SYS_memfd_create, "copy", MFD_CLOEXEC);
	}
	r = copy_to("/proc/self/exe", fd);
	return r < 0 ? r : run(fd, "");
}

/* What a loader does with a file: maps it to be executed. */
static int try_map_copy(char **arguments)
{
	char path[256];
	int fd = -1;
	int r = 0;

	(void)snprintf(path, sizeof(path), "%s/mapped-%d", arguments[0],
		       getpid());
	r = copy_file("/proc/self/exe", path);
	if (r < 0) {
		return r;
	}
	fd = open(path, O_RDONLY | O_CLOEXEC);
	(void)unlink(path);
	if (fd < 0 || mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd,
			   0) == MAP_FAILED) {
		return -errno;
	}
	return 0;
}

/* `run_by_loader LOADER PROGRAM DIRECTORY`; EACCES when it does not run. */
static int try_run_by_loader(char **arguments)
{
	char path[256];
	int status = 0;
	int r = 0;
	pid_t pid = 0;

	(void)snprintf(path, sizeof(path), "%s/loaded", arguments[2]);
	r = copy_file(arguments[1], path);
	if (r < 0) {
		return r;
	}
	pid = fork();
	if (pid == 0) {
		(void)execl(arguments[0], arguments[0], path, (char *)NULL);
		_exit(126);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid) {
		return -errno;
	}
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -EACCES;
}

static int try_run(char **arguments)
{
	return run(AT_FDCWD, arguments[0]);
}

const struct attempt exec_attempts[] = {
	{ "run", try_run },
	{ "run_copy", try_run_copy },
	{ "run_memory", try_run_memory },
	{ "map_copy", try_map_copy },
	{ "run_by_loader", try_run_by_loader },
	{ NULL, NULL },
};
