/* SPDX-License-Identifier: Apache-2.0 */
/* Attempts on files: reading, writing, nodes, handles, the way out. */
#include "probe.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static int open_and_close(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0600);
	int r = answer_of(fd);

	if (fd >= 0) {
		(void)close(fd);
	}
	return r;
}

/* A file that opens and has nothing in it, like a mask, is ENODATA. */
static int try_read(char **arguments)
{
	char byte;
	int fd = open(arguments[0], O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t n = fd < 0 ? -1 : read(fd, &byte, 1);

	return n == 0 ? -ENODATA : answer_of(n);
}

static int try_open_write(char **arguments)
{
	return open_and_close(arguments[0], O_WRONLY);
}

static int try_open(char **arguments)
{
	return open_and_close(arguments[0], O_RDONLY);
}

static int try_create(char **arguments)
{
	int r = open_and_close(arguments[0], O_WRONLY | O_CREAT | O_EXCL);

	return r < 0 ? r : answer_of(unlink(arguments[0]));
}

/* Leaves the file, for somebody to look at. */
static int try_write(char **arguments)
{
	int fd = open(arguments[0], O_WRONLY | O_CREAT | O_CLOEXEC, 0644);

	return answer_of(fd < 0 ? -1 : write(fd, "probe", 5));
}

static int try_remove(char **arguments)
{
	return answer_of(unlink(arguments[0]));
}

static int try_chmod(char **arguments)
{
	return answer_of(chmod(arguments[0], 04755));
}

static int try_chown(char **arguments)
{
	return answer_of(chown(arguments[0], 1, 1));
}

/* A directory without an entry is ENODATA. */
static int try_enter(char **arguments)
{
	return answer_of(chdir(arguments[0]));
}

static int try_make_node(char **arguments)
{
	(void)unlink(arguments[0]);
	return answer_of(mknod(arguments[0], S_IFCHR | 0666, makedev(1, 3)));
}

static int try_make_disk(char **arguments)
{
	(void)unlink(arguments[0]);
	return answer_of(mknod(arguments[0], S_IFBLK | 0666, makedev(8, 0)));
}

/* Opens the root by its handle, which passes every directory by. */
static int try_open_handle(char **arguments)
{
	union {
		struct file_handle handle;
		char room[sizeof(struct file_handle) + MAX_HANDLE_SZ];
	} file = { .handle = { .handle_bytes = MAX_HANDLE_SZ } };
	int mount_id = 0;
	int fd = open(arguments[0], O_RDONLY | O_CLOEXEC | O_DIRECTORY);

	if (fd < 0 || name_to_handle_at(fd, "", &file.handle, &mount_id,
					AT_EMPTY_PATH) < 0) {
		return -errno;
	}
	return answer_of(
		open_by_handle_at(fd, &file.handle, O_RDONLY | O_CLOEXEC));
}

/* Whether the top of what `..` reaches is another directory than `/`. */
static int try_climb(char **arguments)
{
	struct stat root;
	struct stat top;

	if (stat("/", &root) < 0 || chdir(arguments[0]) < 0) {
		return -errno;
	}
	for (int i = 0; i < 64; i++) {
		if (chdir("..") < 0) {
			return -errno;
		}
	}
	if (stat(".", &top) < 0) {
		return -errno;
	}
	return root.st_ino == top.st_ino && root.st_dev == top.st_dev ? -EXDEV
								      : 0;
}

static int try_chroot(char **arguments)
{
	return answer_of(chroot(arguments[0]));
}

/* The walk's result; nftw() hands its callback nothing of ours. */
static const char *writable_path;

static int look_for_writable(const char *path, const struct stat *file,
			     int type, struct FTW *where)
{
	(void)where;
	if (type == FTW_F && S_ISREG(file->st_mode) &&
	    open_and_close(path, O_WRONLY) == 0) {
		writable_path = strdup(path);
		(void)fprintf(stderr, "probe: %s can be written\n", path);
		return 1;
	}
	return 0;
}

/* Success is to find one file in the tree that opens for writing. */
static int try_find_writable(char **arguments)
{
	if (nftw(arguments[0], look_for_writable, 32, FTW_PHYS) < 0) {
		return -errno;
	}
	return writable_path != NULL ? 0 : -EROFS;
}

static int terminal_ioctl(char **arguments, unsigned long command)
{
	char character = 'x';
	int fd = open("/dev/ptmx", O_RDWR | O_CLOEXEC | O_NOCTTY);

	/* Bits that the kernel does not look at must not make a difference. */
	if (arguments[0] != NULL && strcmp(arguments[0], "high") == 0) {
		command |= 1UL << 32;
	}
	if (fd < 0) {
		return -errno;
	}
	return answer_of(ioctl(fd, command, &character));
}

static int try_tiocsti(char **arguments)
{
	return terminal_ioctl(arguments, 0x5412);
}

static int try_tioclinux(char **arguments)
{
	return terminal_ioctl(arguments, 0x541c);
}

static int try_tiocsetd(char **arguments)
{
	return terminal_ioctl(arguments, 0x5423);
}

static int try_tioccons(char **arguments)
{
	return terminal_ioctl(arguments, 0x541d);
}

const struct attempt file_attempts[] = {
	{ "read", try_read },
	{ "open", try_open },
	{ "open_write", try_open_write },
	{ "create", try_create },
	{ "write", try_write },
	{ "remove", try_remove },
	{ "chmod", try_chmod },
	{ "chown", try_chown },
	{ "enter", try_enter },
	{ "make_node", try_make_node },
	{ "make_disk", try_make_disk },
	{ "open_handle", try_open_handle },
	{ "climb", try_climb },
	{ "chroot", try_chroot },
	{ "find_writable", try_find_writable },
	{ "tiocsti", try_tiocsti },
	{ "tioclinux", try_tioclinux },
	{ "tiocsetd", try_tiocsetd },
	{ "tioccons", try_tioccons },
	{ NULL, NULL },
};
