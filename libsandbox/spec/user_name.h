/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The text of process.user: "USER" or "USER:GROUP".  Each half is a name
 * ([a-z_][a-z0-9_-]{0,31}) or a strict decimal number of at most 2^32-2; what
 * looks like a number is never a name.
 */
#ifndef SANDBOX_SPEC_USER_NAME_H
#define SANDBOX_SPEC_USER_NAME_H

#include <stdbool.h>
#include <stdint.h>

#define USER_NAME_BYTES 33

struct user_half {
	bool given;
	char name[USER_NAME_BYTES]; /* "" for a number */
	uint32_t id;                /* of a number */
};

struct user_name {
	struct user_half user;
	struct user_half group;
};

/*
 * Nothing is given for an empty text.
 * Return: NULL; or what is wrong, as grammar.h has it, and @ret is not set.
 */
const char *user_name_parse(const char *text, struct user_name *ret);

#endif
