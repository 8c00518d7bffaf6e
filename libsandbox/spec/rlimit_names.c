/* SPDX-License-Identifier: Apache-2.0 */
/* The resource limits of Linux, by number. */
#include "spec/rlimit_names.h"

#include "base/array.h"
#include "spec/ascii.h"

#include <stddef.h>
#include <sys/resource.h>

#define PREFIX "rlimit_"

static const char *const names[] = {
	[RLIMIT_CPU] = "cpu",           [RLIMIT_FSIZE] = "fsize",
	[RLIMIT_DATA] = "data",         [RLIMIT_STACK] = "stack",
	[RLIMIT_CORE] = "core",         [RLIMIT_RSS] = "rss",
	[RLIMIT_NPROC] = "nproc",       [RLIMIT_NOFILE] = "nofile",
	[RLIMIT_MEMLOCK] = "memlock",   [RLIMIT_AS] = "as",
	[RLIMIT_LOCKS] = "locks",       [RLIMIT_SIGPENDING] = "sigpending",
	[RLIMIT_MSGQUEUE] = "msgqueue", [RLIMIT_NICE] = "nice",
	[RLIMIT_RTPRIO] = "rtprio",     [RLIMIT_RTTIME] = "rttime",
};

_Static_assert(ARRAY_SIZE(names) == RLIMIT_NLIMITS, "every limit has a name");

int rlimit_number(const char *name)
{
	name = ascii_skip_prefix(name, PREFIX);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (ascii_is(name, names[i])) {
			return (int)i;
		}
	}
	return -1;
}

const char *rlimit_name(int number)
{
	if (number < 0 || (size_t)number >= ARRAY_SIZE(names)) {
		return NULL;
	}
	return names[number];
}
