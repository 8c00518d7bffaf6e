/* SPDX-License-Identifier: Apache-2.0 */
/* Attempts to become more than one is. */
#include "probe.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* By its number: the C library would ask all threads. */
static int try_setuid(char **arguments)
{
	return answer_of(syscall(SYS_setuid, number_of(arguments[0], 0)));
}

static int try_setgid(char **arguments)
{
	return answer_of(syscall(SYS_setgid, number_of(arguments[0], 0)));
}

static int try_setgroups(char **arguments)
{
	gid_t groups[] = { (gid_t)number_of(arguments[0], 0) };

	return answer_of(syscall(SYS_setgroups, 1, groups));
}

static int try_raise_capabilities(char **arguments)
{
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3,
						   0 };
	const struct __user_cap_data_struct all = { ~0U, ~0U, 0 };
	struct __user_cap_data_struct data[2] = { all, all };

	(void)arguments;
	data[1].effective = 0;
	data[1].permitted = 0;
	data[0].effective = 1U << CAP_SYS_ADMIN;
	data[0].permitted = 1U << CAP_SYS_ADMIN;
	return answer_of(syscall(SYS_capset, &header, data));
}

static int try_ambient(char **arguments)
{
	(void)arguments;
	return answer_of(
		prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_NET_RAW, 0, 0));
}

static int try_securebits(char **arguments)
{
	(void)arguments;
	return answer_of(prctl(PR_SET_SECUREBITS, 1, 0, 0, 0));
}

static int try_forget_no_new_privs(char **arguments)
{
	(void)arguments;
	if (prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0) < 0) {
		return -errno;
	}
	return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0 ? 0 : -EPERM;
}

/* By one more than the hard limit. */
static int try_raise_limit(char **arguments)
{
	int resource = (int)number_of(arguments[0], RLIMIT_NOFILE);
	struct rlimit limit;

	if (getrlimit((__rlimit_resource_t)resource, &limit) < 0) {
		return -errno;
	}
	limit.rlim_max++;
	return answer_of(setrlimit((__rlimit_resource_t)resource, &limit));
}

static int try_raise_priority(char **arguments)
{
	(void)arguments;
	return answer_of(setpriority(PRIO_PROCESS, 0, -1));
}

const struct attempt credential_attempts[] = {
	{ "setuid", try_setuid },
	{ "setgid", try_setgid },
	{ "setgroups", try_setgroups },
	{ "raise_capabilities", try_raise_capabilities },
	{ "ambient", try_ambient },
	{ "securebits", try_securebits },
	{ "forget_no_new_privs", try_forget_no_new_privs },
	{ "raise_limit", try_raise_limit },
	{ "raise_priority", try_raise_priority },
	{ NULL, NULL },
};
