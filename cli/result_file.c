/* SPDX-License-Identifier: Apache-2.0 */
/* Writes a file whole or not at all; see result_file.h. */
#include "result_file.h"

#include "buffer.h"
#include "cleanup.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define RANDOM_TRIES 16

static int fail(const char *path, struct complaint *complaint)
{
	const char *text = strerrordesc_np(errno);

	return complain(complaint, "--result: \"%.300s\": %s", path,
			text == NULL ? "unknown error" : text);
}

static bool is_below(const char *path, const char *folder)
{
	size_t size = strlen(folder);

	return strncmp(path, folder, size) == 0 && path[size] == '/';
}

/*
 * What has to be written to and not replaced: all that is no regular file; and
 * /dev/stdout, which may lead to a regular file that already has an owner.
 */
static bool is_stream(const char *path)
{
	struct stat status;

	if (is_below(path, "/dev") || is_below(path, "/proc")) {
		return true;
	}
	return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

/* A new file beside the result's own name. */
static int open_beside(const struct result_file *file, char *name, size_t size)
{
	int opened = -1;

	for (int i = 0; i < RANDOM_TRIES && opened < 0; i++) {
		uint64_t number = 0;

		if (getrandom(&number, sizeof(number), 0) < 0) {
			return -1;
		}
		(void)snprintf(name, size, ".%.200s.%016" PRIx64, file->name,
			       number);
		opened = openat(file->folder, name,
				O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
					O_CLOEXEC,
				0666);
		if (opened < 0 && errno != EEXIST) {
			return -1;
		}
	}
	return opened;
}

/* Opens the directory, and makes sure that files can be made in it. */
static int open_folder(char *path, struct result_file *ret)
{
	_cleanup_close_ int trial = -1;
	char *slash = strrchr(path, '/');
	const char *folder = ".";
	char name[NAME_MAX + 1];

	if (slash != NULL) {
		*slash = '\0';
		folder = slash == path ? "/" : path;
	}
	ret->name = strdup(slash == NULL ? path : slash + 1);
	if (ret->name == NULL) {
		return -1;
	}
	if (ret->name[0] == '\0') {
		errno = EISDIR;
		return -1;
	}
	ret->folder = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (ret->folder < 0) {
		return -1;
	}
	trial = open_beside(ret, name, sizeof(name));
	return trial < 0 ? -1 : unlinkat(ret->folder, name, 0);
}

/* The file that a symbolic link leads to is replaced, not the link. */
static char *resolve(const char *path)
{
	char *real = realpath(path, NULL);

	if (real == NULL && errno == ENOENT) {
		return strdup(path);
	}
	return real;
}

int result_file_open(const char *path, struct result_file *ret,
		     struct complaint *complaint)
{
	_cleanup_free_ char *real = NULL;
	struct result_file file = RESULT_FILE_INIT;

	file.path = path;
	if (is_stream(path)) {
		file.stream =
			open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY);
		if (file.stream < 0) {
			return fail(path, complaint);
		}
		*ret = file;
		return 0;
	}
	real = resolve(path);
	if (real == NULL || open_folder(real, &file) < 0) {
		int r = fail(path, complaint);

		result_file_done(&file);
		return r;
	}
	*ret = file;
	return 0;
}

static int write_all(int fd, const char *text, size_t size)
{
	while (size > 0) {
		ssize_t written = write(fd, text, size);

		if (written < 0 && errno != EINTR) {
			return -1;
		}
		if (written > 0) {
			text += written;
			size -= (size_t)written;
		}
	}
	return 0;
}

static int replace(const struct result_file *file, const char *text,
		   size_t size)
{
	_cleanup_close_ int fd = -1;
	char name[NAME_MAX + 1];

	fd = open_beside(file, name, sizeof(name));
	if (fd < 0) {
		return -1;
	}
	if (write_all(fd, text, size) < 0 || fsync(fd) < 0 ||
	    renameat(file->folder, name, file->folder, file->name) < 0) {
		int saved = errno;

		(void)unlinkat(file->folder, name, 0);
		errno = saved;
		return -1;
	}
	return 0;
}

int result_file_write(const struct result_file *file, const char *text,
		      struct complaint *complaint)
{
	_cleanup_(buffer_done) struct buffer line = BUFFER_INIT;
	int r = 0;

	buffer_add(&line, text);
	buffer_add(&line, "\n");
	if (buffer_text(&line) == NULL) {
		return complain_memory(complaint);
	}
	if (file->stream >= 0) {
		r = write_all(file->stream, line.data, line.used);
	} else {
		r = replace(file, line.data, line.used);
	}
	return r < 0 ? fail(file->path, complaint) : 0;
}

void result_file_done(struct result_file *file)
{
	close_fdp(&file->stream);
	close_fdp(&file->folder);
	free(file->name);
	file->name = NULL;
}
