/* SPDX-License-Identifier: Apache-2.0 */
/* Takes "USER:GROUP" apart; looks nothing up. */
#include "spec/user_name.h"

#include <stddef.h>
#include <string.h>

/* The kernel keeps 2^32-1 for "no id". */
#define ID_MAX (UINT32_MAX - 1)

static bool is_name(const char *text, size_t size)
{
	static const char first[] = "abcdefghijklmnopqrstuvwxyz_";
	static const char rest[] = "abcdefghijklmnopqrstuvwxyz_0123456789-";

	return size < USER_NAME_BYTES &&
	       memchr(first, text[0], strlen(first)) &&
	       strspn(text, rest) >= size;
}

static const char *parse_id(const char *text, size_t size, uint32_t *ret)
{
	uint64_t id = 0;

	if (size > 1 && text[0] == '0') {
		return "has a number with a leading zero";
	}
	for (size_t i = 0; i < size; i++) {
		if (text[i] < '0' || text[i] > '9') {
			return "is neither a name nor a number";
		}
		id = id * 10 + (uint64_t)(text[i] - '0');
		if (id > ID_MAX) {
			return "has a number above 4294967294";
		}
	}
	*ret = (uint32_t)id;
	return NULL;
}

static const char *parse_half(const char *text, size_t size,
			      struct user_half *half)
{
	if (size == 0) {
		return "has an empty half";
	}
	half->given = true;
	if (is_name(text, size)) {
		memcpy(half->name, text, size);
		return NULL;
	}
	return parse_id(text, size, &half->id);
}

const char *user_name_parse(const char *text, struct user_name *ret)
{
	struct user_name user = { 0 };
	size_t size = strcspn(text, ":");
	const char *fault;

	if (*text != '\0') {
		fault = parse_half(text, size, &user.user);
		if (fault != NULL) {
			return fault;
		}
	}
	if (text[size] == ':') {
		const char *group = text + size + 1;

		fault = parse_half(group, strlen(group), &user.group);
		if (fault != NULL) {
			return fault;
		}
	}
	*ret = user;
	return NULL;
}
