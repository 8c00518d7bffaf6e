/* SPDX-License-Identifier: Apache-2.0 */
/* What a contender has to have done, as a table over the probe's lines. */
#include "base/array.h"
#include "preflight.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum rule {
	IS,          /* the value is the text of the row */
	IS_ZERO_SET, /* a set of capabilities with none in it */
	IS_OWN,      /* a namespace that is not the bench's */
	IS_AT_LEAST, /* a number no smaller than the row's */
	IS_AT_MOST,  /* a number no greater than the row's */
	IS_REFUSED,  /* EPERM or ENOSYS */
};

struct demand {
	const char *key;
	enum rule rule;
	const char *value;
	const char *otherwise;
};

/* clang-format off */
static const struct demand demands[] = {
	{ "ns_user", IS_OWN, "user", "no user namespace" },
	{ "ns_mnt", IS_OWN, "mnt", "no mount namespace" },
	{ "ns_pid", IS_OWN, "pid", "no pid namespace" },
	{ "ns_net", IS_OWN, "net", "no network namespace" },
	{ "ns_ipc", IS_OWN, "ipc", "no ipc namespace" },
	{ "ns_uts", IS_OWN, "uts", "no uts namespace" },
	{ "Seccomp", IS, "2", "no system-call filter" },
	{ "refused_call", IS_REFUSED, "", "keyctl is not refused" },
	{ "NoNewPrivs", IS, "1", "new privileges are possible" },
	{ "CapInh", IS_ZERO_SET, "", "has inheritable capabilities" },
	{ "CapPrm", IS_ZERO_SET, "", "has permitted capabilities" },
	{ "CapEff", IS_ZERO_SET, "", "has effective capabilities" },
	{ "CapBnd", IS_ZERO_SET, "", "has a bounding set" },
	{ "CapAmb", IS_ZERO_SET, "", "has ambient capabilities" },
	{ "root_read_only", IS, "1", "the root is mounted writable" },
	{ "open_new_in_root", IS, "30", "/ does not say EROFS" },
	{ "open_new_in_tmp", IS, "0", "/tmp is not writable" },
	{ "mount:/proc", IS, "proc", "no /proc" },
	{ "mount:/tmp", IS, "tmpfs", "no tmpfs on /tmp" },
	{ "mount:/dev", IS, "tmpfs", "no tmpfs on /dev" },
	{ "mount:/dev/pts", IS, "devpts", "no devpts on /dev/pts" },
	{ "mounts", IS_AT_MOST, "30", "the host's mounts are visible" },
	{ "open_null", IS, "0", "no /dev/null" },
	{ "open_zero", IS, "0", "no /dev/zero" },
	{ "open_full", IS, "0", "no /dev/full" },
	{ "open_random", IS, "0", "no /dev/random" },
	{ "open_urandom", IS, "0", "no /dev/urandom" },
	{ "open_ptmx", IS, "0", "no /dev/ptmx" },
	{ "loopback_up", IS, "1", "the loopback interface is down" },
	{ "hostname", IS, "sandbox", "the hostname is not set" },
	{ "pid", IS_AT_MOST, "9", "the pid is not one of a new namespace" },
	{ "session", IS_AT_LEAST, "1", "no new session" },
	{ "descriptors", IS, "0", "descriptors of the host are open" },
};
/* clang-format on */

/* Copies the value of @key; 0 or -ENOENT. */
static int find_value(const char *probed, const char *key, char *value,
		      size_t size)
{
	size_t n = strlen(key);
	const char *line = probed;

	while (line && *line) {
		if (strncmp(line, key, n) == 0 && line[n] == '=') {
			size_t length = strcspn(line + n + 1, "\n");

			(void)snprintf(value, size, "%.*s", (int)length,
				       line + n + 1);
			return 0;
		}
		line = strchr(line, '\n');
		line += line ? 1 : 0;
	}
	return -ENOENT;
}

static int is_own_namespace(const char *type, const char *value)
{
	char path[64];
	struct stat ours = { .st_ino = 0 };
	unsigned long long theirs = strtoull(value, NULL, 10);

	(void)snprintf(path, sizeof(path), "/proc/self/ns/%s", type);
	return stat(path, &ours) == 0 && theirs != 0 &&
	       theirs != (unsigned long long)ours.st_ino;
}

static int is_met(const struct demand *demand, const char *value)
{
	long number = strtol(value, NULL, 10);
	long limit = strtol(demand->value, NULL, 10);

	switch (demand->rule) {
	case IS:
		return strcmp(value, demand->value) == 0;
	case IS_ZERO_SET:
		return *value != '\0' && strspn(value, "0") == strlen(value);
	case IS_OWN:
		return is_own_namespace(demand->value, value);
	case IS_AT_LEAST:
		return number >= limit;
	case IS_AT_MOST:
		return number <= limit;
	case IS_REFUSED:
		return number == EPERM || number == ENOSYS;
	}
	return 0;
}

int preflight_check(const char *name, const char *probed, FILE *complaints)
{
	int failed = 0;

	for (size_t i = 0; i < ARRAY_SIZE(demands); i++) {
		const struct demand *demand = &demands[i];
		char value[128] = "";

		if (find_value(probed, demand->key, value, sizeof(value)) < 0 ||
		    !is_met(demand, value)) {
			(void)fprintf(complaints,
				      "bench: %s: preflight: %s (%s=%s)\n",
				      name, demand->otherwise, demand->key,
				      value);
			failed++;
		}
	}
	return failed;
}
