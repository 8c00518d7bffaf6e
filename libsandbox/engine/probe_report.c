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
	bool is_needed;     /* by every sandbox */
};

static const struct item_words words[] = {
	[PROBE_USER_NAMESPACE] = { "user-namespaces",
				   "user namespaces can be made",
				   "use a kernel with CONFIG_USER_NS", true },
	[PROBE_ID_MAP] = { "id-map", "an id can be mapped",
			   "allow this process to write its own uid_map",
			   true },
	[PROBE_CAPABILITIES] = { "mount-in-user-namespace",
				 "a user namespace can mount a tmpfs",
				 "allow capabilities in user namespaces",
				 true },
	[PROBE_NESTED] = { "nested-user-namespaces",
			   "user namespaces can be nested, as each sandbox's"
			   " guard needs",
			   "raise user.max_user_namespaces", true },
	[PROBE_NAMESPACES] = { "namespaces",
			       "mount, pid, ipc, uts and cgroup namespaces",
			       "raise the limits of /proc/sys/user", true },
	[PROBE_NETWORK] = { "network-namespace",
			    "a network namespace with its loopback up",
			    "raise user.max_net_namespaces", true },
	[PROBE_MOUNT_API] = { "mount-api",
			      "trees can be cloned and made read-only"
			      " recursively",
			      "use Linux 5.12 or newer", true },
	[PROBE_PROC] = { "proc", "a new /proc can be mounted",
			 "show all of /proc to this process", true },
	[PROBE_DEVPTS] = { "devpts", "a new devpts can be mounted",
			   "use a kernel with CONFIG_UNIX98_PTYS", true },
	[PROBE_DEVICES] = { "devices", "the nodes of /dev can be shown",
			    "make /dev/null, zero, full, random, urandom and"
			    " tty in /dev",
			    true },
	[PROBE_PIVOT_ROOT] = { "pivot-root", "the root can be replaced",
			       "do not run from an initramfs without a root"
			       " file system",
			       true },
	[PROBE_SECCOMP] = { "seccomp",
			    "system-call filters can be loaded after"
			    " no_new_privs",
			    "use a kernel with CONFIG_SECCOMP_FILTER", true },
	[PROBE_IDMAP] = { "id-mapped-mounts",
			  "mounts can be shown through other ids",
			  "run the engine as root, on Linux 5.12 or newer",
			  false },
	[PROBE_LANDLOCK] = { "landlock", "Landlock",
			     "add landlock to lsm= on the kernel's command"
			     " line",
			     false },
	[PROBE_TIME_NAMESPACE] = { "time-namespace",
				   "time namespaces can be made",
				   "use a kernel with CONFIG_TIME_NS", false },
	[PROBE_OVERLAY] = { "overlay", "a user namespace can mount overlayfs",
			    "load the module overlay; use Linux 5.11 or"
			    " newer",
			    false },
	[PROBE_KEYRING] = { "keyring", "session keyrings can be left",
			    "none is needed: without keyrings there is none to"
			    " leave",
			    false },
	[PROBE_DESCRIPTORS] = { "descriptors",
				"processes and paths can be held by"
				" descriptors",
				"use Linux 5.14 or newer, and allow pidfd_open,"
				" openat2 and close_range where a filter"
				" refuses them",
				true },
	[PROBE_MEMFD_EXEC] = { "memfd-exec",
			       "the embedded launcher can be executed",
			       "install the launcher (meson install)", false },
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
		       " container: allow clone, clone3, unshare, setns and the"
		       " calls that mount there (docker: --security-opt"
		       " seccomp=FILE)";
	}
	return NULL;
}

/* Whether @error says "you may not", and not "there is none here". */
static bool is_refusal(int error, const struct probe_host *host)
{
	switch (error) {
	case EPERM:
	case EACCES:
	case ENOSPC: /* user.max_*_namespaces */
	case EUSERS: /* the same, and 32 levels */
		return true;
	case ENOSYS:
		/* What a filter says for a call it does not know. */
		return host->has_seccomp;
	default:
		return false;
	}
}

static const char *exact_remedy(enum probe_item item, int error,
				const struct probe_host *host)
{
	if (item == PROBE_MEMFD_EXEC && host->memfd_noexec > 1) {
		return "vm.memfd_noexec is 2: install the launcher (meson"
		       " install), which is then executed from its file";
	}
	if (item == PROBE_PROC && error == EPERM && host->proc_is_covered) {
		return "parts of /proc are covered, as in a container, and"
		       " then no new one may be mounted: show all of it"
		       " (docker: --security-opt systempaths=unconfined)";
	}
	if (item == PROBE_MEMFD_EXEC || item == PROBE_IDMAP ||
	    item == PROBE_LANDLOCK || item == PROBE_KEYRING ||
	    !is_refusal(error, host)) {
		return NULL;
	}
	return userns_remedy(host);
}

bool probe_is_needed(enum probe_item item)
{
	return words[item].is_needed;
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
