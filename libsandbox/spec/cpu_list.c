/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a list of processors; see cpu_list.h. */
#include "spec/cpu_list.h"

#include <stdbool.h>
#include <stddef.h>

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

const char *cpu_list_parse(const char *text, uint64_t *words)
{
	const char *at = text;

	for (;;) {
		unsigned int first = 0;
		unsigned int last = 0;

		if (!take_number(&at, &first)) {
			return "is no list of processors such as \"0-3,7\", "
			       "each below 8192";
		}
		last = first;
		if (*at == '-') {
			at++;
			if (!take_number(&at, &last) || last < first) {
				return "has a range that does not go up";
			}
		}
		for (unsigned int i = first; words != NULL && i <= last; i++) {
			words[i / 64] |= (uint64_t)1 << (i % 64);
		}
		if (*at == '\0') {
			return NULL;
		}
		if (*at != ',') {
			return "is no list of processors such as \"0-3,7\", "
			       "each below 8192";
		}
		at++;
	}
}
