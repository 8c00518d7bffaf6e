/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ids, capabilities, securebits, seccomp, prctl.  Raw, so each acts on the
 * calling thread alone: in launcher, init and payload there is no other.
 */
#ifndef SANDBOX_KERNEL_CREDENTIALS_H
#define SANDBOX_KERNEL_CREDENTIALS_H

#include "kernel/syscall.h"

#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/keyctl.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>

static inline int kernel_setresuid(uint32_t uid)
{
	return (int)kernel_call3(SYS_setresuid, uid, uid, uid);
}

static inline int kernel_setresgid(uint32_t gid)
{
	return (int)kernel_call3(SYS_setresgid, gid, gid, gid);
}

static inline int kernel_setgroups(size_t count, const uint32_t *gids)
{
	return (int)kernel_call2(SYS_setgroups, count, gids);
}

static inline int kernel_prctl(int option, unsigned long a, unsigned long b)
{
	return (int)kernel_call5(SYS_prctl, option, a, b, 0, 0);
}

static inline int kernel_capset(uint64_t effective, uint64_t permitted,
				uint64_t inheritable)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct data[2] = {
		{ (uint32_t)effective, (uint32_t)permitted,
		  (uint32_t)inheritable },
		{ (uint32_t)(effective >> 32), (uint32_t)(permitted >> 32),
		  (uint32_t)(inheritable >> 32) },
	};

	return (int)kernel_call2(SYS_capset, &header, data);
}

static inline int kernel_capget(uint64_t *effective, uint64_t *permitted,
				uint64_t *inheritable)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct data[2] = { { 0 } };
	int r = (int)kernel_call2(SYS_capget, &header, data);

	*effective = data[0].effective | (uint64_t)data[1].effective << 32;
	*permitted = data[0].permitted | (uint64_t)data[1].permitted << 32;
	*inheritable = data[0].inheritable | (uint64_t)data[1].inheritable
						     << 32;
	return r;
}

static inline int kernel_seccomp_load(const struct sock_fprog *program,
				      unsigned int flags)
{
	return (int)kernel_call3(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags,
				 program);
}

/* A new, empty, anonymous session keyring. */
static inline int kernel_join_session_keyring(void)
{
	return (int)kernel_call2(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL);
}

#endif
