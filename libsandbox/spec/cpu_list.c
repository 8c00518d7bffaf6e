/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a list of processors; see cpu_list.h. */
#include "spec/cpu_list.h"

#include <stdbool.h>
#include <stddef.h>

#define NO_LIST "is no list of processors such as \"0-3,7\", each below 8192"

/* A number below CPU_LIST_MAX at *at, which is moved behind it. */
static bool take_number(const char **at, unsigned int *ret)
{
	const char *digit = *at;

	*ret = 0;
	while (*digit >= '0' && *digit <= '9' && *ret < CPU_LIST_MAX) {
		*ret = *ret * 10 + (unsigned int)(*digit - '0');
		digit++;
	}
	if (digit == *at || *ret >= CPU_LIST_MAX) {
		return false;
	}
	*at = digit;
	return true;
}

/* "N" or "N-M" at *at; NULL, or what is wrong with it. */
static const char *take_range(const char **at, unsigned int *first,
			      unsigned int *last)
{
	if (!take_number(at, first)) {
		return NO_LIST;
	}
	*last = *first;
	if (**at != '-') {
		return NULL;
	}
	(*at)++;
	return take_number(at, last) && *last >= *first
		       ? NULL
		       : "has a range that does not go up";
}

const char *cpu_list_parse(const char *text, uint64_t *words)
{
	const char *at = text;
	const char *fault = NULL;

	do {
		unsigned int first = 0;
		unsigned int last = 0;

		at += at == text ? 0 : 1;
		fault = take_range(&at, &first, &last);
		for (unsigned int i = first;
		     fault == NULL && words != NULL && i <= last; i++) {
			words[i / 64] |= (uint64_t)1 << (i % 64);
		}
	} while (fault == NULL && *at == ',');
	return fault == NULL && *at != '\0' ? NO_LIST : fault;
}
