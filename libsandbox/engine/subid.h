/* SPDX-License-Identifier: Apache-2.0 */
/* Subordinate ids: the text of /etc/subuid and /etc/subgid (subuid(5)). */
#ifndef SANDBOX_ENGINE_SUBID_H
#define SANDBOX_ENGINE_SUBID_H

#include <stddef.h>
#include <stdint.h>

struct subid_range {
	uint32_t first; /* as the host counts */
	uint32_t count;
};

/*
 * The ranges of @user, given by name or by @uid in decimal, in the order of
 * the file, at most @max.  Lines that are not "OWNER:FIRST:COUNT", empty
 * ranges and ranges past the last id are passed over.
 *
 * Return: how many.
 */
size_t subid_parse(const char *text, const char *user, uint32_t uid,
		   struct subid_range *ret, size_t max);

/*
 * Leaves out what the kernel would not take in one map: a range that holds
 * @own, which is mapped by itself, and one that overlaps an earlier one.
 *
 * Return: how many are left.
 */
size_t subid_select(struct subid_range *ranges, size_t count, uint32_t own);

/* As subid_parse(), of the file @path; 0 when it cannot be read. */
size_t subid_read(const char *path, const char *user, uint32_t uid,
		  struct subid_range *ret, size_t max);

/* Whether [first, first+count) lies in a map of /proc/PID/uid_map's form. */
int idmap_covers(const char *text, uint32_t first, uint32_t count);

/* Reads a small file whole, at most @size - 1 bytes; -EFBIG if it is larger. */
int small_file_read(const char *path, char *buffer, size_t size);

#endif
