/* SPDX-License-Identifier: Apache-2.0 */
/* The table of resource limits; a host's hard limits may be lower still. */
#include "policy/rlimits.h"

#include "base/array.h"

#include <strings.h>
#include <sys/resource.h>

#define PREFIX        "rlimit_"
#define PREFIX_LENGTH (sizeof(PREFIX) - 1)

#define KIB(count) ((uint64_t)(count) << 10)
#define MIB(count) ((uint64_t)(count) << 20)

#define INHERITED       false, 0, 0
#define SET(soft, hard) true, (soft), (hard)

/*
 * A core limit of 1 byte, unlike 0, also keeps the kernel from starting the
 * host's handler of a piped core pattern: it means "no recursion" there, and
 * is too little for a file.  The number of processes comes from limits.pids.
 */
/* clang-format off */
const struct policy_rlimit policy_rlimits[] = {
	{ "as", RLIMIT_AS, INHERITED },
	{ "core", RLIMIT_CORE, SET(1, 1) },
	{ "cpu", RLIMIT_CPU, INHERITED },
	{ "data", RLIMIT_DATA, INHERITED },
	{ "fsize", RLIMIT_FSIZE, INHERITED },
	{ "locks", RLIMIT_LOCKS, INHERITED },
	{ "memlock", RLIMIT_MEMLOCK, SET(KIB(64), KIB(64)) },
	{ "msgqueue", RLIMIT_MSGQUEUE, SET(KIB(64), KIB(64)) },
	{ "nice", RLIMIT_NICE, SET(0, 0) },
	{ "nofile", RLIMIT_NOFILE, SET(1024, 4096) },
	{ "nproc", RLIMIT_NPROC, INHERITED },
	{ "rss", RLIMIT_RSS, INHERITED },
	{ "rtprio", RLIMIT_RTPRIO, SET(0, 0) },
	{ "rttime", RLIMIT_RTTIME, INHERITED },
	{ "sigpending", RLIMIT_SIGPENDING, SET(4096, 4096) },
	{ "stack", RLIMIT_STACK, SET(MIB(8), MIB(64)) },
};
/* clang-format on */

const size_t policy_rlimit_count = ARRAY_SIZE(policy_rlimits);

_Static_assert(ARRAY_SIZE(policy_rlimits) == RLIM_NLIMITS, "all have names");

const struct policy_rlimit *policy_rlimit_find(const char *name)
{
	if (strncasecmp(name, PREFIX, PREFIX_LENGTH) == 0) {
		name += PREFIX_LENGTH;
	}
	for (size_t i = 0; i < policy_rlimit_count; i++) {
		if (strcasecmp(name, policy_rlimits[i].name) == 0) {
			return &policy_rlimits[i];
		}
	}
	return NULL;
}
