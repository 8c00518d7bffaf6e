/* SPDX-License-Identifier: Apache-2.0 */
/* Makes paths absolute and plain; looks at no file. */
#include "paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Takes the last component off @path, if there is one. */
static size_t without_last(const char *path, size_t used)
{
	while (used > 0 && path[used - 1] != '/') {
		used--;
	}
	return used > 0 ? used - 1 : 0;
}

/* Writes the plain form over @path, which it never outgrows. */
static void make_plain(char *path)
{
	const char *rest = path;
	size_t used = 0;

	while (*rest != '\0') {
		size_t slashes = strspn(rest, "/");
		const char *name = rest + slashes;
		size_t size = strcspn(name, "/");

		rest = name + size;
		if (size == 0 || (size == 1 && name[0] == '.')) {
			continue;
		}
		if (size == 2 && name[0] == '.' && name[1] == '.') {
			used = without_last(path, used);
			continue;
		}
		path[used++] = '/';
		memmove(path + used, name, size);
		used += size;
	}
	if (used == 0) {
		path[used++] = '/';
	}
	path[used] = '\0';
}

int path_on_host(const char *cwd, const char *path, char **ret,
		 struct complaint *complaint)
{
	char *whole = NULL;

	if (path[0] == '\0') {
		return complain(complaint, "a path is empty");
	}
	if (path[0] != '/' && cwd[0] != '/') {
		return complain(complaint,
				"\"%.200s\" is relative, and the working "
				"directory has no path",
				path);
	}
	if (path[0] == '/') {
		whole = strdup(path);
	} else if (asprintf(&whole, "%s/%s", cwd, path) < 0) {
		whole = NULL;
	}
	if (whole == NULL) {
		return complain_memory(complaint);
	}
	make_plain(whole);
	*ret = whole;
	return 0;
}

int path_inside(const char *path, char **ret, struct complaint *complaint)
{
	if (path[0] != '/') {
		return complain(complaint, "\"%.200s\" is not absolute", path);
	}
	return path_on_host("", path, ret, complaint);
}
