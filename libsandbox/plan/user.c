/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who the main process is inside: process.user, by number, by a name of our
 * own passwd, or by a name that only the sandbox's files can tell.
 */
#include "base/cleanup.h"
#include "plan/draft.h"
#include "policy/etc.h"
#include "spec/user_name.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define FIELD "process.user"

/* The third and fourth field of the row @name of a text like passwd's. */
static int find_row(const char *text, const char *name, uint32_t *third,
		    uint32_t *fourth)
{
	size_t length = strlen(name);

	for (const char *row = text; *row != '\0';) {
		const char *end = strchrnul(row, '\n');
		char *rest;

		if (strncmp(row, name, length) == 0 && row[length] == ':') {
			row = strchrnul(row + length + 1, ':') + 1;
			*third = (uint32_t)strtoul(row, &rest, 10);
			*fourth = (uint32_t)strtoul(rest + 1, NULL, 10);
			return 0;
		}
		row = *end == '\0' ? end : end + 1;
	}
	return -ENOENT;
}

static int unknown_name(const struct draft *draft, const char *file,
			const char *name)
{
	return draft_refuse(draft, SANDBOX_ERROR_SPEC, FIELD,
			    "\"%s\" is not in the sandbox's %s", name, file);
}

/* The root is ours, so we know now what its files will say. */
static int resolve_in_our_files(struct draft *draft,
				const struct user_name *name)
{
	static const struct etc_user user = ETC_USER_INIT;
	_cleanup_free_ char *passwd = NULL;
	_cleanup_free_ char *group = NULL;
	struct plan *head = &draft->builder->head;
	uint32_t none = 0;

	if (etc_passwd(&user, &passwd) < 0 || etc_group(&user, &group) < 0) {
		return err_set(draft->err, SANDBOX_ERROR_RESOURCE, ENOMEM,
			       "out of memory");
	}
	if (name->user.name[0] != '\0' &&
	    find_row(passwd, name->user.name, &head->uid, &head->gid) < 0) {
		return unknown_name(draft, "/etc/passwd", name->user.name);
	}
	if (name->group.given && name->group.name[0] == '\0') {
		head->gid = name->group.id;
	}
	if (name->group.name[0] != '\0' &&
	    find_row(group, name->group.name, &head->gid, &none) < 0) {
		return unknown_name(draft, "/etc/group", name->group.name);
	}
	return 0;
}

/* With maps of a single id, that is the only one to be. */
static bool is_explicit(const struct draft *draft)
{
	return draft->identity->mode == SANDBOX__V1__IDENTITY__MODE__EXPLICIT &&
	       draft->builder->head.identity_reason == PLAN_REASON_ASKED;
}

static bool has_id(const struct draft *draft, enum id_kind kind, uint32_t id)
{
	const Sandbox__V1__Identity *identity = draft->identity;

	if (draft->builder->head.identity != PLAN_IDENTITY_SINGLE ||
	    !is_explicit(draft)) {
		return draft_is_mapped(draft, kind, id);
	}
	return id == (kind == ID_OF_USER ? identity->uid_maps[0]->inside
					 : identity->gid_maps[0]->inside);
}

static int must_be_mapped(const struct draft *draft, enum id_kind kind,
			  uint32_t id)
{
	const char *what = kind == ID_OF_USER ? "user" : "group";

	if (has_id(draft, kind, id)) {
		return 0;
	}
	if (is_explicit(draft)) {
		return draft_refuse(draft, SANDBOX_ERROR_SPEC, FIELD,
				    "%s %u is not mapped: it is not in "
				    "identity.%s_maps",
				    what, id,
				    kind == ID_OF_USER ? "uid" : "gid");
	}
	return draft_refuse(draft, SANDBOX_ERROR_SPEC, FIELD,
			    "%s %u is not mapped: the sandbox has the ids 0 to "
			    "%u",
			    what, id, draft->builder->head.range_count - 1);
}

/* Init's payload looks it up; a half that is a number goes as its digits. */
static int resolve_inside(struct draft *draft, const struct user_name *name)
{
	struct plan *head = &draft->builder->head;
	const char *text = draft->process->user;
	char *user = strndup(text, strcspn(text, ":"));

	if (user == NULL) {
		return err_set(draft->err, SANDBOX_ERROR_RESOURCE, ENOMEM,
			       "out of memory");
	}
	head->flags |= PLAN_USER_BY_NAME;
	head->uid = 0;
	head->gid = 0;
	head->user_name = builder_string(draft->builder, user);
	free(user);
	if (name->group.given) {
		head->group_name =
			builder_string(draft->builder, strchr(text, ':') + 1);
	}
	return 0;
}

int decide_user(struct draft *draft)
{
	static const struct etc_user usual = ETC_USER_INIT;
	struct plan *head = &draft->builder->head;
	struct user_name name = { 0 };
	const char *fault = user_name_parse(draft->process->user, &name);
	bool named = name.user.name[0] != '\0' || name.group.name[0] != '\0';
	bool by_name = false;
	bool our_files = draft->root->kind == SANDBOX__V1__ROOT__KIND__SYSTEM;
	int r = 0;

	if (fault != NULL) {
		return draft_refuse(draft, SANDBOX_ERROR_SPEC, FIELD,
				    "\"%s\" %s", draft->process->user, fault);
	}
	/* Without a group it has the one of the same number. */
	head->uid = name.user.given ? name.user.id : usual.uid;
	head->gid = name.group.given ? name.group.id : head->uid;
	if (named && our_files) {
		r = resolve_in_our_files(draft, &name);
	}
	by_name = named && !our_files;
	/* A name is looked up inside, and then its number is held to the map.
	 */
	if (r >= 0 && !(by_name && name.user.name[0] != '\0')) {
		r = must_be_mapped(draft, ID_OF_USER, head->uid);
	}
	if (r >= 0 &&
	    (!by_name || (name.group.given && name.group.name[0] == '\0'))) {
		r = must_be_mapped(draft, ID_OF_GROUP, head->gid);
	}
	if (r >= 0 && by_name) {
		r = resolve_inside(draft, &name);
	}
	return r;
}
