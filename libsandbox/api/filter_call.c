/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a system call as people write one down. */
#include "api/filter_call.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define NAME_SIZE 64

static int refuse(struct err *err, const char *text, const char *fault)
{
	return err_set(err, SANDBOX_ERROR_SPEC, EINVAL, "\"%.80s\": %s", text,
		       fault);
}

/* Decimal, octal, hexadecimal; a minus as the kernel sees it, in 64 bits. */
static bool read_number(const char *text, size_t size, uint64_t *ret)
{
	char copy[NAME_SIZE];
	char *end = NULL;

	if (size == 0 || size >= sizeof(copy) ||
	    strchr("-0123456789", text[0]) == NULL) {
		return false;
	}
	memcpy(copy, text, size);
	copy[size] = '\0';
	errno = 0;
	*ret = strtoull(copy, &end, 0);
	return errno == 0 && *end == '\0';
}

static int read_name(const char *text, size_t size, enum syscall_arch arch,
		     uint32_t *ret, struct err *err)
{
	uint64_t number = 0;
	char name[NAME_SIZE];
	int found = 0;

	if (read_number(text, size, &number)) {
		*ret = (uint32_t)number;
		return number <= UINT32_MAX
			       ? 0
			       : refuse(err, text, "no call has that number");
	}
	if (size == 0 || size >= sizeof(name)) {
		return refuse(err, text, "begins with no name of a call");
	}
	memcpy(name, text, size);
	name[size] = '\0';
	found = syscall_number(arch, name);
	if (found < 0) {
		return err_set(err, SANDBOX_ERROR_SPEC, EINVAL,
			       "%s has no system call \"%s\"",
			       syscall_arch_name(arch), name);
	}
	*ret = (uint32_t)found;
	return 0;
}

int filter_question_read(const char *text, enum syscall_arch arch,
			 struct filter_question *ret, struct err *err)
{
	const char *at = text;
	size_t size = strcspn(at, ",");
	int r = read_name(at, size, arch, &ret->number, err);

	memset(ret->arguments, 0, sizeof(ret->arguments));
	for (size_t i = 0; r >= 0 && at[size] == ','; i++) {
		at += size + 1;
		size = strcspn(at, ",");
		if (i == FILTER_ARGUMENTS) {
			return refuse(err, text, "has more than 6 arguments");
		}
		if (!read_number(at, size, &ret->arguments[i])) {
			return refuse(err, text,
				      "has an argument that is no number of "
				      "64 bits");
		}
	}
	return r;
}
