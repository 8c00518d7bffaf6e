/* SPDX-License-Identifier: Apache-2.0 */
/* Reads subordinate ids and id maps; strict, bounded, no name service. */
#include "engine/subid.h"

#include "base/cleanup.h"
#include "kernel/file.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SUBID_MAX_BYTES (1U << 20)
#define ID_END          4294967295U /* (uid_t)-1 is no id */

/* A decimal without sign or blanks that ends at @end; -EINVAL. */
static int parse_number(const char **text, char end, uint32_t *ret)
{
	uint64_t value = 0;
	size_t digits = 0;

	for (; **text >= '0' && **text <= '9'; (*text)++, digits++) {
		value = value * 10 + (uint64_t)(**text - '0');
		if (value > ID_END) {
			return -EINVAL;
		}
	}
	if (digits == 0 || **text != end) {
		return -EINVAL;
	}
	*ret = (uint32_t)value;
	(*text) += end != '\0';
	return 0;
}

/* The rest of a line behind "OWNER:" if @user or @uid owns it, or NULL. */
static const char *owned_part(const char *line, const char *user, uint32_t uid)
{
	char number[16];
	size_t length = strlen(user);

	if (length > 0 && strncmp(line, user, length) == 0 &&
	    line[length] == ':') {
		return line + length + 1;
	}
	(void)snprintf(number, sizeof(number), "%u:", uid);
	length = strlen(number);
	return strncmp(line, number, length) == 0 ? line + length : NULL;
}

static bool parse_line(const char *line, const char *user, uint32_t uid,
		       struct subid_range *ret)
{
	const char *part = owned_part(line, user, uid);

	return part != NULL && parse_number(&part, ':', &ret->first) == 0 &&
	       parse_number(&part, '\0', &ret->count) == 0 && ret->count > 0 &&
	       ret->count <= ID_END - ret->first;
}

size_t subid_parse(const char *text, const char *user, uint32_t uid,
		   struct subid_range *ret, size_t max)
{
	size_t count = 0;

	while (*text != '\0' && count < max) {
		size_t length = strcspn(text, "\n");
		char line[256];

		if (length < sizeof(line)) {
			memcpy(line, text, length);
			line[length] = '\0';
			count += parse_line(line, user, uid, &ret[count]);
		}
		text += length + (text[length] == '\n');
	}
	return count;
}

static bool do_overlap(const struct subid_range *a, const struct subid_range *b)
{
	return a->first < (uint64_t)b->first + b->count &&
	       b->first < (uint64_t)a->first + a->count;
}

size_t subid_select(struct subid_range *ranges, size_t count, uint32_t own)
{
	const struct subid_range own_range = { own, 1 };
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		bool fits = !do_overlap(&ranges[i], &own_range);

		for (size_t j = 0; j < kept; j++) {
			fits = fits && !do_overlap(&ranges[i], &ranges[j]);
		}
		if (fits) {
			ranges[kept] = ranges[i];
			kept++;
		}
	}
	return kept;
}

int small_file_read(const char *path, char *buffer, size_t size)
{
	_cleanup_close_ int fd =
		kernel_openat(AT_FDCWD, path, O_RDONLY | O_NONBLOCK, 0);
	size_t used = 0;
	long n = 1;

	if (fd < 0) {
		return fd;
	}
	while (n > 0 && used < size - 1) {
		n = kernel_read(fd, buffer + used, size - 1 - used);
		if (n < 0) {
			return (int)n;
		}
		used += (size_t)n;
	}
	buffer[used] = '\0';
	return n > 0 ? -EFBIG : 0;
}

size_t subid_read(const char *path, const char *user, uint32_t uid,
		  struct subid_range *ret, size_t max)
{
	_cleanup_free_ char *text = malloc(SUBID_MAX_BYTES);

	if (text == NULL || small_file_read(path, text, SUBID_MAX_BYTES) < 0) {
		return 0;
	}
	return subid_parse(text, user, uid, ret, max);
}

int idmap_covers(const char *text, uint32_t first, uint32_t count)
{
	while (*text != '\0') {
		unsigned long long inside = 0;
		unsigned long long length = 0;
		char *end = NULL;

		inside = strtoull(text, &end, 10);
		(void)strtoull(end, &end, 10);
		length = strtoull(end, &end, 10);
		if (end == text) {
			return 0;
		}
		if (first >= inside &&
		    first + (uint64_t)count <= inside + length) {
			return 1;
		}
		text = end + strcspn(end, "\n");
		text += *text == '\n';
	}
	return 0;
}
