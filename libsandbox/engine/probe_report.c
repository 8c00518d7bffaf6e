/* SPDX-License-Identifier: Apache-2.0 */
/* The probe's answers in words; see probe_report.h. */
#include "engine/probe_report.h"

#include "base/array.h"
#include "base/err.h"

#include <errno.h>
#include <stdio.h>

struct item_words {
	const char *feature;
	const char *what;   /* what works when it works */
	const char *remedy; /* when nothing more exact is known */
};

static const struct item_words words[] = {
	[PROBE_USER_NAMESPACE] = { "user-namespaces",
				   "user namespaces can be made",
				   "use a kernel with CONFIG_USER_NS" },
	[PROBE_ID_MAP] = { "id-map", "an id can be mapped",
			   "allow this process to write its own uid_map" },
	[PROBE_CAPABILITIES] = { "mount-in-user-namespace",
				 "a user namespace can mount a tmpfs",
				 "allow capabilities in user namespaces" },
	[PROBE_NESTED] = { "nested-user-namespaces",
			   "user namespaces can be nested, as each sandbox's"
			   " guard needs",
			   "raise user.max_user_namespaces" },
	[PROBE_NAMESPACES] = { "namespaces",
			       "mount, pid, ipc, uts and cgroup namespaces",
			       "raise the limits of /proc/sys/user" },
	[PROBE_NETWORK] = { "network-namespace",
			    "a network namespace with its loopback up",
			    "raise user.max_net_namespaces" },
	[PROBE_MOUNT_API] = { "mount-api",
			      "trees can be cloned and made read-only"
			      " recursively",
			      "use Linux 5.12 or newer" },
	[PROBE_PROC] = { "proc", "a new /proc can be mounted",
			 "show all of /proc to this process" },
	[PROBE_DEVPTS] = { "devpts", "a new devpts can be mounted",
			   "use a kernel with CONFIG_UNIX98_PTYS" },
	[PROBE_DEVICES] = { "devices", "the nodes of /dev can be shown",
			    "make /dev/null, zero, full, random, urandom and"
			    " tty in /dev" },
	[PROBE_PIVOT_ROOT] = { "pivot-root", "the root can be replaced",
			       "do not run from an initramfs without a root"
			       " file system" },
	[PROBE_SECCOMP] = { "seccomp",
			    "system-call filters can be loaded after"
			    " no_new_privs",
			    "use a kernel with CONFIG_SECCOMP_FILTER" },
	[PROBE_IDMAP] = { "id-mapped-mounts",
			  "mounts can be shown through other ids",
			  "run the engine as root, on Linux 5.12 or newer" },
	[PROBE_LANDLOCK] = { "landlock", "Landlock",
			     "add landlock to lsm= on the kernel's command"
			     " line" },
	[PROBE_TIME_NAMESPACE] = { "time-namespace",
				   "time namespaces can be made",
				   "use a kernel with CONFIG_TIME_NS" },
	[PROBE_OVERLAY] = { "overlay", "a user namespace can mount overlayfs",
			    "load the module overlay; use Linux 5.11 or"
			    " newer" },
	[PROBE_KEYRING] = { "keyring", "session keyrings can be left",
			    "none is needed: without keyrings there is none to"
			    " leave" },
	[PROBE_DESCRIPTORS] = { "descriptors",
				"processes and paths can be held by"
				" descriptors",
				"use Linux 5.14 or newer, and allow pidfd_open,"
				" openat2 and close_range where a filter"
				" refuses them" },
	[PROBE_MEMFD_EXEC] = { "memfd-exec",
			       "the embedded launcher can be executed",
			       "install the launcher (meson install)" },
};

_Static_assert(ARRAY_SIZE(words) == PROBE_COUNT, "one row an item");

/* What on this host refuses user namespaces, if it can be told. */
static const char *userns_remedy(const struct probe_host *host)
{
	if (host->max_user_namespaces == 0) {
		return "user.max_user_namespaces is 0: set it to 15000 or more"
		       " (sysctl -w user.max_user_namespaces=15000)";
	}
	if (host->unprivileged_userns_clone == 0) {
		return "kernel.unprivileged_userns_clone is 0: set it to 1"
		       " (sysctl -w kernel.unprivileged_userns_clone=1)";
	}
	if (host->apparmor_restrict_userns == 1) {
		return "AppArmor restricts user namespaces"
		       " (kernel.apparmor_restrict_unprivileged_userns is 1):"
		       " give the installed sandbox-launcher a profile with"
		       " \"userns,\" or set the sysctl to 0";
	}
	if (host->has_seccomp) {
		return "a system-call filter lies on this process, as in a"
		       " container: allow clone, unshare, mount and setns there"
		       " (docker: --security-opt seccomp=FILE)";
	}
	return NULL;
}

static const char *exact_remedy(enum probe_item item, int error,
				const struct probe_host *host)
{
	switch (item) {
	case PROBE_USER_NAMESPACE:
	case PROBE_ID_MAP:
	case PROBE_CAPABILITIES:
	case PROBE_NESTED:
	case PROBE_NAMESPACES:
	case PROBE_NETWORK:
		return userns_remedy(host);
	case PROBE_PROC:
		if (error == EPERM && host->proc_is_covered) {
			return "parts of /proc are covered, as in a container,"
			       " and then no new one may be mounted: show all"
			       " of it (docker: --security-opt"
			       " systempaths=unconfined)";
		}
		return userns_remedy(host);
	case PROBE_MOUNT_API:
	case PROBE_DEVPTS:
	case PROBE_DEVICES:
	case PROBE_PIVOT_ROOT:
	case PROBE_OVERLAY:
	case PROBE_TIME_NAMESPACE:
		return error == EPERM ? userns_remedy(host) : NULL;
	case PROBE_MEMFD_EXEC:
		return host->memfd_noexec > 1
			       ? "vm.memfd_noexec is 2: install the launcher"
				 " (meson install), which is then executed"
				 " from its file"
			       : NULL;
	case PROBE_SECCOMP:
	case PROBE_IDMAP:
	case PROBE_LANDLOCK:
	case PROBE_KEYRING:
	case PROBE_DESCRIPTORS:
	case PROBE_COUNT:
	default:
		return NULL;
	}
}

void probe_explain(enum probe_item item, int error, unsigned int detail,
		   const struct probe_host *host, struct probe_feature *ret)
{
	const struct item_words *row = &words[item];
	const char *remedy = exact_remedy(item, error, host);

	*ret = (struct probe_feature){ .feature = row->feature,
				       .available = error == 0 };
	if (error != 0) {
		(void)snprintf(ret->detail, sizeof(ret->detail),
			       "tried and refused: %s", err_errno_name(error));
		(void)snprintf(ret->remedy, sizeof(ret->remedy), "%s",
			       remedy != NULL ? remedy : row->remedy);
	} else if (item == PROBE_LANDLOCK) {
		(void)snprintf(ret->detail, sizeof(ret->detail), "%s ABI %u",
			       row->what, detail);
	} else {
		(void)snprintf(ret->detail, sizeof(ret->detail), "%s",
			       row->what);
	}
}
