/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the other profiles differ from the default one, by name.
 *
 * STRICT is for programs that compute: they are not debugged, do not look into
 * other processes, and need neither the old asynchronous I/O nor what makes a
 * whole file system wait.  COMPAT has what container engines allow by default
 * and ours does not, but for what makes namespaces, mounts and keys: there the
 * sandbox's own protections start.
 */
#include "base/array.h"
#include "policy/filter_additions.h"

#include <string.h>

static const char *const strict[] = {
	"get_robust_list",
	"io_cancel",
	"io_destroy",
	"io_getevents",
	"io_pgetevents",
	"io_setup",
	"io_submit",
	"listmount",
	"name_to_handle_at",
	"process_mrelease",
	"process_vm_readv",
	"process_vm_writev",
	"ptrace",
	"sched_setattr",
	"sched_setparam",
	"sched_setscheduler",
	"statmount",
	"sync",
	"syncfs",
};

static const char *const compat[] = {
	"fanotify_mark",
	"memfd_secret",
	"modify_ldt",
	"remap_file_pages",
	"vmsplice",
	"get_mempolicy",
	"mbind",
	"set_mempolicy",
	"set_mempolicy_home_node",
};

/* clone3 hides its flags in memory, so it is all or nothing. */
static const char *const namespaces[] = {
	"clone",
	"clone3",
	"setns",
	"unshare",
};

/* All of them take a capability over the namespace that they change. */
static const char *const mounts[] = {
	"chroot",      "fsconfig",       "fsmount",       "fsopen",
	"fspick",      "mount",          "mount_setattr", "move_mount",
	"open_tree",   "open_tree_attr", "pivot_root",    "setdomainname",
	"sethostname", "umount",         "umount2",
};

static bool is_in(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(names[i], name) == 0) {
			return true;
		}
	}
	return false;
}

bool filter_strict_refuses(const char *name)
{
	return is_in(name, strict, ARRAY_SIZE(strict));
}

bool filter_compat_allows(const char *name)
{
	return is_in(name, compat, ARRAY_SIZE(compat));
}

bool filter_makes_namespaces(const char *name)
{
	return is_in(name, namespaces, ARRAY_SIZE(namespaces));
}

bool filter_mounts(const char *name)
{
	return is_in(name, mounts, ARRAY_SIZE(mounts));
}
