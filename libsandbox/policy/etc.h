/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The /etc of a sandbox on the host's programs: files that we write, and the
 * few of the host's that programs cannot do without.
 */
#ifndef SANDBOX_POLICY_ETC_H
#define SANDBOX_POLICY_ETC_H

#include <stddef.h>
#include <stdint.h>

/* The rows that say who the payload is. */
struct etc_user {
	const char *name;
	const char *home;
	const char *shell;
	uint32_t uid;
	uint32_t gid;
};

#define ETC_USER_INIT                                                  \
	{                                                              \
		.name = "sandbox", .home = "/tmp", .shell = "/bin/sh", \
		.uid = 1000, .gid = 1000                               \
	}

/*
 * The text of /etc/passwd, /etc/group: rows for root and nobody (and the group
 * tty), and one for @user unless its id is among them already.  *ret is
 * heap memory.  -EINVAL if a field of @user cannot stand in such a file,
 * -ENOMEM.
 */
int etc_passwd(const struct etc_user *user, char **ret);
int etc_group(const struct etc_user *user, char **ret);

/* The text of /etc/hosts, with a row for @hostname unless it is NULL. */
int etc_hosts(const char *hostname, char **ret);

/* The text of /etc/nsswitch.conf: files, and DNS for hosts. */
extern const char etc_nsswitch[];

/*
 * What is shown of the host's /etc, files and directories, read-only; each may
 * be absent.  Keys and settings are not among them.
 */
extern const char *const etc_host_paths[];
extern const size_t etc_host_path_count;

#endif
