/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Paths inside the sandbox.  A tree that is mounted may be hostile: each
 * resolution starts at the root's descriptor and stays below it
 * (RESOLVE_IN_ROOT), no magic link is followed, and nothing is created by a
 * path of more than one component.
 */
#include "kernel/file.h"
#include "launcher/root.h"
#include "launcher/text.h"

#define RESOLVE_INSIDE (RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS)

int target_open(const struct root *root, const char *path, int flags)
{
	return kernel_openat2(root->fd, path[1] == '\0' ? "." : path + 1, flags,
			      RESOLVE_INSIDE);
}

bool target_is_ours(const struct root *root, int fd)
{
	struct stat file;

	if (kernel_fstat(fd, &file) < 0) {
		return false;
	}
	for (size_t i = 0; i < root->n_layers; i++) {
		if (root->layers[i] == file.st_dev) {
			return true;
		}
	}
	return false;
}

static int open_prefix(const struct root *root, const char *path, size_t length)
{
	char prefix[4096];

	if (length == 0) {
		return target_open(root, "/", O_PATH | O_DIRECTORY);
	}
	if (length >= sizeof(prefix)) {
		return -ENAMETOOLONG;
	}
	memcpy(prefix, path, length);
	prefix[length] = '\0';
	return target_open(root, prefix, O_PATH | O_DIRECTORY);
}

static size_t last_slash(const char *path)
{
	size_t slash = 0;

	for (size_t i = 0; path[i] != '\0'; i++) {
		if (path[i] == '/') {
			slash = i;
		}
	}
	return slash;
}

int target_parent(const struct root *root, const char *path, const char **name)
{
	size_t slash = last_slash(path);

	*name = path + slash + 1;
	return open_prefix(root, path, slash);
}

/* Makes the component that ends at @end, in the directory before it. */
static int create_component(const struct root *root, const char *path,
			    size_t start, size_t end, bool directory)
{
	char name[256];
	int parent = 0;
	int r = 0;

	if (end - start >= sizeof(name)) {
		return -ENAMETOOLONG;
	}
	memcpy(name, path + start, end - start);
	name[end - start] = '\0';
	parent = open_prefix(root, path, start - 1);
	if (parent < 0) {
		return parent;
	}
	if (!target_is_ours(root, parent)) {
		/* Nothing is made in what belongs to somebody else. */
		r = -ENOENT;
	} else if (directory) {
		r = kernel_mkdirat(parent, name, 0755);
	} else {
		r = kernel_openat(parent, name,
				  O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW,
				  0644);
		if (r >= 0) {
			kernel_close(r);
		}
	}
	kernel_close(parent);
	return r == -EEXIST ? 0 : r;
}

/* Whether the first @end bytes of @path name something that is there. */
static int prefix_exists(const struct root *root, const char *path, size_t end)
{
	char prefix[4096];
	int fd = 0;

	if (end >= sizeof(prefix)) {
		return -ENAMETOOLONG;
	}
	memcpy(prefix, path, end);
	prefix[end] = '\0';
	fd = target_open(root, prefix, O_PATH);
	if (fd >= 0) {
		kernel_close(fd);
	}
	return fd;
}

/* Makes the first @length bytes of @path, directories but for the last. */
static int create_prefix(const struct root *root, const char *path,
			 size_t length, bool directory)
{
	size_t start = 1;

	while (start < length) {
		size_t end = start;
		bool last = false;
		int r = 0;

		while (end < length && path[end] != '/') {
			end++;
		}
		last = end == length;
		r = prefix_exists(root, path, end);
		if (r == -ENOENT) {
			r = create_component(root, path, start, end,
					     directory || !last);
		}
		if (r < 0) {
			return r;
		}
		start = last ? end : end + 1;
	}
	return 0;
}

int target_create(const struct root *root, const char *path, bool directory)
{
	return create_prefix(root, path, text_length(path), directory);
}

int target_create_parents(const struct root *root, const char *path)
{
	return create_prefix(root, path, last_slash(path), true);
}
