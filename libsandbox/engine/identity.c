/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whose ids sandboxes get.  A caller with the capabilities that the launcher
 * needs keeps it in its own user namespace and leases from a pool; any other
 * gets an engine namespace with its own id and its subordinate ids.
 */
#include "engine/identity.h"

#include "base/array.h"
#include "base/cleanup.h"
#include "engine/subid.h"
#include "kernel/credentials.h"
#include "kernel/file.h"
#include "kernel/mount.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

/*
 * Ids that no distribution hands out to users or containers.  They end where
 * systemd's range for images of foreign systems begins.
 */
#define POOL_FIRST    1879048192U /* 0x70000000 */
#define POOL_COUNT    268304384U  /* up to 0x7ffe0000 */
#define POOL_ACCOUNT  "libsandbox"
#define RANGE_DEFAULT 65536U
/* Enough for every id below 1024, so that many fit into 65,536. */
#define ROOTLESS_AUTO 1024U

/* What the launcher of the privileged kind does with its powers. */
static const unsigned int needed_capabilities[] = {
	CAP_SYS_ADMIN,               /* mounts, namespaces */
	CAP_SETUID,                  /* the guard's maps */
	CAP_SETGID,       CAP_CHOWN, /* what it makes belongs to the sandbox */
	CAP_DAC_OVERRIDE, CAP_NET_ADMIN,
};

static bool has_capability(uint64_t effective, unsigned int capability)
{
	/* The launcher is executed, and keeps what root has or is ambient. */
	return (effective >> capability & 1) != 0 &&
	       (geteuid() == 0 ||
		kernel_prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET,
			     capability) == 1);
}

/*
 * Capabilities of a user namespace that the caller was put into alone, as by
 * unshare(1), are none over the mounts it still shares with others, nor over
 * groups where these may not be set.
 */
static bool has_power_over_host(void)
{
	char text[16];
	int tree = kernel_open_tree(AT_FDCWD, "/", OPEN_TREE_CLONE);
	bool may_clone = tree != -EPERM;

	close_fdp(&tree);
	return may_clone && (small_file_read("/proc/self/setgroups", text,
					     sizeof(text)) < 0 ||
			     strncmp(text, "deny", 4) != 0);
}

static int is_privileged(bool *ret)
{
	uint64_t effective = 0;
	uint64_t permitted = 0;
	uint64_t inheritable = 0;
	int r = kernel_capget(&effective, &permitted, &inheritable);

	if (r < 0) {
		return r;
	}
	*ret = true;
	for (size_t i = 0; i < ARRAY_SIZE(needed_capabilities); i++) {
		if (!has_capability(effective, needed_capabilities[i])) {
			*ret = false;
		}
	}
	*ret = *ret && has_power_over_host();
	return 0;
}

/* Whether both maps of our own namespace know the ids. */
static bool are_mapped(uint32_t first, uint32_t count)
{
	static const char *const maps[] = { "/proc/self/uid_map",
					    "/proc/self/gid_map" };

	for (size_t i = 0; i < ARRAY_SIZE(maps); i++) {
		char text[16384]; /* 340 lines, which is the kernel's most */

		if (small_file_read(maps[i], text, sizeof(text)) < 0 ||
		    !idmap_covers(text, first, count)) {
			return false;
		}
	}
	return true;
}

/* The ranges of a registered account, if uids and gids agree; else ours. */
static void choose_pool(struct identity *identity)
{
	struct subid_range uids = { 0, 0 };
	struct subid_range gids = { 0, 0 };
	const uint32_t no_uid = (uint32_t)-1;

	identity->pool_first = POOL_FIRST;
	identity->pool_count = POOL_COUNT;
	if (subid_read("/etc/subuid", POOL_ACCOUNT, no_uid, &uids, 1) == 1 &&
	    subid_read("/etc/subgid", POOL_ACCOUNT, no_uid, &gids, 1) == 1 &&
	    uids.first == gids.first) {
		identity->pool_first = uids.first;
		identity->pool_count =
			uids.count < gids.count ? uids.count : gids.count;
	}
	if (!are_mapped(identity->pool_first, identity->pool_count)) {
		(void)snprintf(identity->reason, sizeof(identity->reason),
			       "ids %u to %u are not mapped in this user"
			       " namespace: map them, or register others for"
			       " \"%s\" in /etc/subuid and /etc/subgid",
			       identity->pool_first,
			       identity->pool_first + identity->pool_count - 1,
			       POOL_ACCOUNT);
		identity->pool_count = 0;
	}
}

static void caller_name(uint32_t uid, char *name, size_t size)
{
	char buffer[4096];
	struct passwd entry;
	struct passwd *found = NULL;

	name[0] = '\0';
	if (getpwuid_r(uid, &entry, buffer, sizeof(buffer), &found) == 0 &&
	    found != NULL && strlen(found->pw_name) < size) {
		memcpy(name, found->pw_name, strlen(found->pw_name) + 1);
	}
}

/* Lays the ranges one after another above the caller's own id, 0. */
static uint32_t stack_ranges(const struct subid_range *from, size_t count,
			     struct launcher_id_range *to)
{
	uint32_t inside = 1;

	for (size_t i = 0; i < count; i++) {
		to[i] = (struct launcher_id_range){
			.inside = inside,
			.outside = from[i].first,
			.count = from[i].count,
		};
		inside += from[i].count;
	}
	return inside - 1;
}

/* One that could do it: setuid, or with capabilities of the file. */
static bool is_map_program(const char *path)
{
	struct stat file;

	return stat(path, &file) == 0 && S_ISREG(file.st_mode) &&
	       access(path, X_OK) == 0 &&
	       ((file.st_mode & S_ISUID) != 0 ||
		getxattr(path, "security.capability", NULL, 0) > 0);
}

static void explain_no_ranges(struct identity *identity, const char *name)
{
	(void)snprintf(identity->reason, sizeof(identity->reason),
		       "no subordinate ids: add \"%.64s:100000:65536\", or a"
		       " range that is free, to /etc/subuid and /etc/subgid",
		       name);
}

static void find_subordinate_ids(struct identity *identity)
{
	struct subid_range uids[LAUNCHER_MAX_RANGES];
	struct subid_range gids[LAUNCHER_MAX_RANGES];
	struct launcher_setup *setup = &identity->setup;
	char name[256];
	size_t n_uids = 0;
	size_t n_gids = 0;
	uint32_t uid_count = 0;
	uint32_t gid_count = 0;

	caller_name(identity->uid, name, sizeof(name));
	if (name[0] == '\0') {
		/* newuidmap(1) works for those only whom it can name. */
		(void)snprintf(identity->reason, sizeof(identity->reason),
			       "no subordinate ids: user %u has no account in"
			       " /etc/passwd",
			       identity->uid);
		return;
	}
	n_uids = subid_read("/etc/subuid", name, identity->uid, uids,
			    LAUNCHER_MAX_RANGES);
	/* Both files name the owner by user, subgid too. */
	n_gids = subid_read("/etc/subgid", name, identity->uid, gids,
			    LAUNCHER_MAX_RANGES);
	n_uids = subid_select(uids, n_uids, identity->uid);
	n_gids = subid_select(gids, n_gids, identity->gid);
	if (n_uids == 0 || n_gids == 0) {
		explain_no_ranges(identity, name);
		return;
	}
	if (!is_map_program("/usr/bin/newuidmap") ||
	    !is_map_program("/usr/bin/newgidmap")) {
		(void)snprintf(identity->reason, sizeof(identity->reason),
			       "newuidmap and newgidmap are not in /usr/bin,"
			       " or have lost their setuid bit:"
			       " install the package uidmap");
		return;
	}
	uid_count = stack_ranges(uids, n_uids, setup->uid_ranges);
	gid_count = stack_ranges(gids, n_gids, setup->gid_ranges);
	setup->n_uid_ranges = (uint32_t)n_uids;
	setup->n_gid_ranges = (uint32_t)n_gids;
	identity->pool_first = 1;
	identity->pool_count = uid_count < gid_count ? uid_count : gid_count;
}

int identity_discover(struct identity *ret, struct err *err)
{
	struct identity identity = { .uid = geteuid(), .gid = getegid() };
	int r = is_privileged(&identity.privileged);

	if (r < 0) {
		return err_set(err, SANDBOX_ERROR_INTERNAL, -r,
			       "read this process's capabilities: %s",
			       err_errno_name(-r));
	}
	identity.setup.mode =
		identity.privileged ? LAUNCHER_PRIVILEGED : LAUNCHER_ROOTLESS;
	identity.setup.uid = identity.uid;
	identity.setup.gid = identity.gid;
	if (identity.privileged) {
		choose_pool(&identity);
	} else {
		find_subordinate_ids(&identity);
	}
	if (identity.pool_count > 0 && identity_range_auto(&identity) == 0) {
		(void)snprintf(identity.reason, sizeof(identity.reason),
			       "at most %u ids for one sandbox, and %u are"
			       " needed: add a larger range to /etc/subuid and"
			       " /etc/subgid",
			       identity_range_max(&identity),
			       identity.privileged ? RANGE_DEFAULT
						   : ROOTLESS_AUTO);
	}
	*ret = identity;
	return 0;
}

/* The next number from @first on whose @count ids are of one range. */
static uint64_t skip_borders(const struct launcher_id_range *ranges,
			     uint32_t n_ranges, uint64_t first, uint32_t count)
{
	for (uint32_t i = 0; i < n_ranges; i++) {
		uint64_t border = (uint64_t)ranges[i].inside + ranges[i].count;

		if (first < border && first + count > border) {
			first = border;
		}
	}
	return first;
}

uint64_t identity_next_room(const struct identity *identity, uint64_t first,
			    uint32_t count)
{
	const struct launcher_setup *setup = &identity->setup;
	uint64_t before = 0;

	do {
		before = first;
		first = skip_borders(setup->uid_ranges, setup->n_uid_ranges,
				     first, count);
		first = skip_borders(setup->gid_ranges, setup->n_gid_ranges,
				     first, count);
	} while (first != before);
	return first;
}

static uint64_t in_common(const struct launcher_id_range *a,
			  const struct launcher_id_range *b)
{
	uint64_t a_end = (uint64_t)a->inside + a->count;
	uint64_t b_end = (uint64_t)b->inside + b->count;
	uint64_t end = a_end < b_end ? a_end : b_end;
	uint64_t first = a->inside > b->inside ? a->inside : b->inside;

	return end > first ? end - first : 0;
}

/* The most ids that two ranges, one of each kind, have in common. */
static uint32_t largest_room(const struct launcher_setup *setup)
{
	uint64_t most = 0;

	for (uint32_t i = 0; i < setup->n_uid_ranges; i++) {
		for (uint32_t j = 0; j < setup->n_gid_ranges; j++) {
			uint64_t room = in_common(&setup->uid_ranges[i],
						  &setup->gid_ranges[j]);

			most = room > most ? room : most;
		}
	}
	return (uint32_t)most;
}

uint32_t identity_range_max(const struct identity *identity)
{
	uint32_t most = identity->pool_count;

	if (!identity->privileged && most > 0) {
		most = largest_room(&identity->setup);
	}
	if (most < 2) {
		return 0;
	}
	most -= 1; /* the guard's own */
	if (identity->privileged && most > RANGE_DEFAULT) {
		return RANGE_DEFAULT;
	}
	return most;
}

uint32_t identity_range_auto(const struct identity *identity)
{
	uint32_t most = identity_range_max(identity);
	uint32_t wanted = identity->privileged ? RANGE_DEFAULT : ROOTLESS_AUTO;

	return most < wanted ? 0 : wanted;
}
