/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Settings of the kernel's below /proc/sys: how they are named, and to which
 * namespace they belong.
 */
#ifndef SANDBOX_SPEC_SYSCTL_NAMES_H
#define SANDBOX_SPEC_SYSCTL_NAMES_H

#define SYSCTL_PATH_BYTES 256

/* In what a setting is. */
enum sysctl_owner {
	SYSCTL_FOREIGN, /* the host's, or held by a field or a guard */
	SYSCTL_NETWORK,
	SYSCTL_IPC,
};

/*
 * The path below /proc/sys of @key, which is "net.ipv4.ip_forward" or
 * "net/ipv4/ip_forward": where the first separator is a dot, dots and slashes
 * change places, as sysctl.d(5) has it.  NULL, or what is wrong with @key.
 */
const char *sysctl_path(const char *key, char ret[SYSCTL_PATH_BYTES]);

/* Whose the setting at @path is; where FOREIGN, *ret_rule says why. */
enum sysctl_owner sysctl_owner(const char *path, const char **ret_rule);

#endif
