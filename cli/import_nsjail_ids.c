/* SPDX-License-Identifier: Apache-2.0 */
/* Whose ids a configuration of nsjail asks for; see import_nsjail.h. */
#include "cleanup.h"
#include "import_nsjail.h"

#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* One kind of ids: users or groups. */
struct ids {
	const char *theirs;
	const char *ours;
	bool groups;
	uint64_t own; /* of the caller */
	/* What comes out. */
	uint64_t first; /* the program's, inside */
	bool several;   /* there are ids besides the caller's own */
	bool lost;
};

/* A name is one of the host's, as it is now. */
static bool find_name(const struct ids *ids, const char *name, uint64_t *ret)
{
	char room[4096];
	struct passwd user;
	struct passwd *found_user = NULL;
	struct group group;
	struct group *found_group = NULL;

	if (ids->groups) {
		(void)getgrnam_r(name, &group, room, sizeof(room),
				 &found_group);
		*ret = found_group == NULL ? 0 : found_group->gr_gid;
		return found_group != NULL;
	}
	(void)getpwnam_r(name, &user, room, sizeof(room), &found_user);
	*ret = found_user == NULL ? 0 : found_user->pw_uid;
	return found_user != NULL;
}

/* "" is the caller's own. */
static bool read_id(struct import *import, struct ids *ids, const char *word,
		    uint64_t *ret)
{
	*ret = ids->own;
	if (word[0] == '\0' || import_read_number(word, ret) ||
	    find_name(ids, word, ret)) {
		return true;
	}
	import_lose(import, ids->theirs,
		    "\"%.60s\" is neither a number nor a name of the host's",
		    word);
	ids->lost = true;
	return false;
}

static void put_number(struct import *import, struct json_node *map,
		       const char *name, uint64_t number)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%llu", (unsigned long long)number);
	import_put_word(import, map, name, text);
}

static void add_run(struct import *import, const struct ids *ids,
		    uint64_t inside, uint64_t outside, uint64_t count)
{
	struct json_node *map = import_add_object(import, ids->ours);

	put_number(import, map, "inside", inside);
	put_number(import, map, "outside", outside);
	put_number(import, map, "count", count);
}

static void take_map(struct import *import, struct ids *ids, size_t index,
		     const struct json_node *map)
{
	uint64_t inside = 0;
	uint64_t outside = 0;
	uint64_t count = 1;

	if (!read_id(import, ids, json_text(json_member(map, "inside_id")),
		     &inside) ||
	    !read_id(import, ids, json_text(json_member(map, "outside_id")),
		     &outside)) {
		return;
	}
	(void)import_read_number(json_text(json_member(map, "count")), &count);
	ids->first = index == 0 ? inside : ids->first;
	ids->several =
		ids->several || index > 0 || count > 1 || outside != ids->own;
	if (outside == 0 && ids->several) {
		import_lose(import, ids->theirs,
			    "id 0 of the host is given to nobody besides "
			    "others");
		ids->lost = true;
	}
	add_run(import, ids, inside, outside, count);
}

static void take_ids(struct import *import, struct ids *ids,
		     const struct json_node *config)
{
	size_t index = 0;

	for (const struct json_node *one = config->first; one != NULL;
	     one = one->next) {
		if (strcmp(one->name, ids->theirs) == 0) {
			take_map(import, ids, index, one);
			index++;
		}
	}
	if (index == 0) {
		add_run(import, ids, ids->own, ids->own, 1);
	}
}

/* The host's root is in no map of the document's. */
static bool needs_root(struct import *import, struct ids *ids, bool explicit)
{
	if (explicit && !ids->several && !ids->lost && ids->own == 0) {
		import_lose(import, ids->theirs,
			    "the other kind has ids besides the caller's own, "
			    "and id 0 of the host has no map then");
		return true;
	}
	return false;
}

void nsjail_identity(struct import *import, const struct json_node *config)
{
	struct ids users = { .theirs = "uidmap",
			     .ours = "identity.uid_maps",
			     .own = getuid(),
			     .first = getuid() };
	struct ids groups = { .theirs = "gidmap",
			      .ours = "identity.gid_maps",
			      .groups = true,
			      .own = getgid(),
			      .first = getgid() };
	bool maps = false;
	char uid[24];
	char gid[24];

	take_ids(import, &users, config);
	take_ids(import, &groups, config);
	maps = users.several || groups.several;
	maps = maps && !users.lost && !groups.lost &&
	       !needs_root(import, &users, maps) &&
	       !needs_root(import, &groups, maps);
	if (!maps) {
		json_remove(json_find(&import->draft.tree, "identity"));
	}
	import_set_text(import, "identity.mode", maps ? "EXPLICIT" : "CALLER");
	(void)snprintf(uid, sizeof(uid), "%llu",
		       (unsigned long long)users.first);
	(void)snprintf(gid, sizeof(gid), "%llu",
		       (unsigned long long)groups.first);
	import_set_user(import, uid, gid);
}
