/* SPDX-License-Identifier: Apache-2.0 */
/* How processes and their disk accesses are scheduled, by number. */
#include "spec/scheduling_names.h"

#include "base/array.h"

#include <sched.h>
#include <stddef.h>
#include <string.h>

/* There are numbers between these that have no name. */
static const char *const policies[] = {
	[SCHED_OTHER] = "other", [SCHED_FIFO] = "fifo", [SCHED_RR] = "rr",
	[SCHED_BATCH] = "batch", [SCHED_IDLE] = "idle",
};

static const char *const io_classes[] = {
	[IO_CLASS_NONE] = "none",
	[IO_CLASS_REALTIME] = "realtime",
	[IO_CLASS_BEST_EFFORT] = "best-effort",
	[IO_CLASS_IDLE] = "idle",
};

static int number_of(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (names[i] != NULL && strcmp(names[i], name) == 0) {
			return (int)i;
		}
	}
	return -1;
}

static const char *name_of(int number, const char *const *names, size_t count)
{
	return number < 0 || (size_t)number >= count ? NULL : names[number];
}

int scheduling_policy_number(const char *name)
{
	return number_of(name, policies, ARRAY_SIZE(policies));
}

const char *scheduling_policy_name(int number)
{
	return name_of(number, policies, ARRAY_SIZE(policies));
}

int io_class_number(const char *name)
{
	return number_of(name, io_classes, ARRAY_SIZE(io_classes));
}

const char *io_class_name(int number)
{
	return name_of(number, io_classes, ARRAY_SIZE(io_classes));
}
