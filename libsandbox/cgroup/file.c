/* SPDX-License-Identifier: Apache-2.0 */
/* Files of a group: written and read back, read as text and as numbers. */
#include "kernel/file.h"

#include "base/cleanup.h"
#include "cgroup/group.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VALUE_BYTES 4096

int cgroup_read(const struct cgroup_part *part, const char *file, char *ret,
		size_t size)
{
	_cleanup_close_ int fd =
		kernel_openat(part->directory, file, O_RDONLY | O_NOFOLLOW, 0);
	long n = fd < 0 ? fd : kernel_read(fd, ret, size - 1);

	if (n < 0) {
		return (int)n;
	}
	if (n > 0 && ret[n - 1] == '\n') {
		n--;
	}
	ret[n] = '\0';
	return 0;
}

/* -EINVAL unless @text begins with a number; "max" is the greatest. */
static int number_of(const char *text, uint64_t *ret)
{
	char *end = NULL;

	if (strncmp(text, "max", 3) == 0) {
		*ret = UINT64_MAX;
		return 0;
	}
	if (*text < '0' || *text > '9') {
		return -EINVAL;
	}
	errno = 0;
	*ret = strtoull(text, &end, 10);
	return errno != 0 ? -ERANGE : 0;
}

/* The rest of the line that begins with the word @key, or NULL. */
static const char *behind(const char *text, const char *key)
{
	size_t length = strlen(key);

	while (text != NULL) {
		if (strncmp(text, key, length) == 0 && text[length] == ' ') {
			return text + length + 1;
		}
		text = strchr(text, '\n');
		text = text == NULL ? NULL : text + 1;
	}
	return NULL;
}

int cgroup_read_number(const struct cgroup_part *part, const char *file,
		       const char *key, uint64_t *ret)
{
	char text[VALUE_BYTES];
	const char *at = text;
	int r = cgroup_read(part, file, text, sizeof(text));

	if (r < 0) {
		return r;
	}
	if (key != NULL) {
		at = behind(text, key);
	}
	return at == NULL ? -ENODATA : number_of(at, ret);
}

/* The kernel rounds down to pages of at most 64 KiB. */
static bool is_rounded(const char *asked, const char *found)
{
	uint64_t a = 0;
	uint64_t f = 0;

	return number_of(asked, &a) == 0 && number_of(found, &f) == 0 &&
	       f <= a && a - f < 65536;
}

static bool has_line(const char *text, const char *line)
{
	size_t length = strlen(line);

	while (text != NULL) {
		if (strncmp(text, line, length) == 0 &&
		    (text[length] == '\n' || text[length] == '\0')) {
			return true;
		}
		text = strchr(text, '\n');
		text = text == NULL ? NULL : text + 1;
	}
	return false;
}

static bool is_in_force(const char *asked, const char *found,
			enum cgroup_check check)
{
	switch (check) {
	case CGROUP_BYTES:
		return is_rounded(asked, found);
	case CGROUP_LINE:
		return has_line(found, asked);
	case CGROUP_EXACT:
	default:
		return strcmp(asked, found) == 0;
	}
}

int cgroup_write(const struct cgroup_part *part, const char *file,
		 const char *value, enum cgroup_check check)
{
	char found[VALUE_BYTES];
	int r = kernel_write_file(part->directory, file, value, strlen(value));

	if (r >= 0) {
		r = cgroup_read(part, file, found, sizeof(found));
	}
	if (r >= 0 && !is_in_force(value, found, check)) {
		r = -EILSEQ;
	}
	return r;
}

int cgroup_inherit_cpuset(const struct cgroup_part *from,
			  const struct cgroup_part *to)
{
	static const char *const files[] = { "cpuset.cpus", "cpuset.mems" };
	char value[1024];
	int r = 0;

	for (size_t i = 0; i < 2 && r >= 0; i++) {
		r = cgroup_read(from, files[i], value, sizeof(value));
		if (r >= 0) {
			r = cgroup_write(to, files[i], value, CGROUP_EXACT);
		}
	}
	return r;
}
