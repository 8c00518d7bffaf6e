/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of what a namespace owns.  It says what the kernel keeps apart for
 * each namespace, and all else is the host's: a path that is not here is
 * refused, so that a mistake in the table refuses too much and not too little.
 */
#include "spec/sysctl_names.h"

#include "base/array.h"

#include <stdbool.h>
#include <string.h>

/* A path; with a slash at its end, all that is below it. */
static const struct {
	const char *path;
	enum sysctl_owner owner;
	const char *rule;
} owners[] = {
	{ "net/", SYSCTL_NETWORK, NULL },
	{ "fs/mqueue/", SYSCTL_IPC, NULL },
	{ "kernel/msgmax", SYSCTL_IPC, NULL },
	{ "kernel/msgmnb", SYSCTL_IPC, NULL },
	{ "kernel/msgmni", SYSCTL_IPC, NULL },
	{ "kernel/sem", SYSCTL_IPC, NULL },
	{ "kernel/shm_rmid_forced", SYSCTL_IPC, NULL },
	{ "kernel/shmall", SYSCTL_IPC, NULL },
	{ "kernel/shmmax", SYSCTL_IPC, NULL },
	{ "kernel/shmmni", SYSCTL_IPC, NULL },
	{ "kernel/hostname", SYSCTL_FOREIGN, "is set by the field hostname" },
	{ "kernel/domainname", SYSCTL_FOREIGN,
	  "cannot be set: a sandbox has no NIS domain" },
	{ "user/", SYSCTL_FOREIGN,
	  "cannot be set: the sandbox's guards set it" },
};

static bool is_at(const char *path, const char *row)
{
	size_t size = strlen(row);

	return row[size - 1] == '/' ? strncmp(path, row, size) == 0
				    : strcmp(path, row) == 0;
}

enum sysctl_owner sysctl_owner(const char *path, const char **ret_rule)
{
	*ret_rule = "belongs to no namespace that a sandbox has of its own; "
		    "those below net and fs.mqueue do, and kernel.msg*, "
		    "kernel.sem and kernel.shm*";
	for (size_t i = 0; i < ARRAY_SIZE(owners); i++) {
		if (is_at(path, owners[i].path)) {
			*ret_rule = owners[i].rule;
			return owners[i].owner;
		}
	}
	return SYSCTL_FOREIGN;
}

/* Empty ones, "." and ".." are none. */
static bool components_ok(const char *path)
{
	while (*path != '\0') {
		size_t size = strcspn(path, "/");

		if (size == 0 || (size == 1 && path[0] == '.') ||
		    (size == 2 && path[0] == '.' && path[1] == '.')) {
			return false;
		}
		path += size;
		if (*path == '/' && *++path == '\0') {
			return false;
		}
	}
	return true;
}

const char *sysctl_path(const char *key, char ret[SYSCTL_PATH_BYTES])
{
	bool dotted = key[strcspn(key, "./")] == '.';
	size_t length = strlen(key);

	if (length == 0 || length >= SYSCTL_PATH_BYTES) {
		return "is empty or longer than 255 bytes";
	}
	for (size_t i = 0; i <= length; i++) {
		char c = key[i];

		if (i < length && (c <= ' ' || c > '~')) {
			return "has another character than printable ASCII";
		}
		if (dotted && c == '.') {
			c = '/';
		} else if (dotted && c == '/') {
			c = '.';
		}
		ret[i] = c;
	}
	return components_ok(ret)
		       ? NULL
		       : "has an empty component, or one that is \".\" or "
			 "\"..\"";
}
