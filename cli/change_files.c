/* SPDX-License-Identifier: Apache-2.0 */
/* Options about the root and what is mounted in it. */
#include "cleanup.h"
#include "paths.h"
#include "quantity.h"
#include "spec_draft.h"

#include <string.h>

int change_rootfs(struct spec_draft *draft, const struct option *option,
		  const char *value, struct complaint *complaint)
{
	_cleanup_free_ char *path = NULL;
	int r = path_on_host(draft->cwd, value, &path, complaint);

	(void)option;
	if (r < 0) {
		return r;
	}
	/* The specification may have passed its root as a descriptor. */
	json_remove(json_find(&draft->tree, "root.fd"));
	json_set(&draft->tree, "root.kind", JSON_STRING, "DIRECTORY");
	json_set(&draft->tree, "root.path", JSON_STRING, path);
	return 0;
}

/* One more element of `mounts`. */
static struct json_node *add_mount(struct spec_draft *draft, const char *kind,
				   const char *target)
{
	struct json_tree *tree = &draft->tree;
	struct json_node *mounts = json_array_at(tree, "mounts");
	struct json_node *mount = NULL;

	if (mounts == NULL) {
		return NULL;
	}
	mount = json_append(tree, mounts, JSON_OBJECT, NULL, NULL);
	if (mount == NULL) {
		return NULL;
	}
	(void)json_append(tree, mount, JSON_STRING, "kind", kind);
	(void)json_append(tree, mount, JSON_STRING, "target", target);
	return mount;
}

/*
 * "FIRST:SECOND" into a copy.  With more colons it is not plain where to cut,
 * and what a reader took for an option behind the last one would be a path.
 */
static int split(const char *value, char **ret_first, char **ret_second,
		 struct complaint *complaint)
{
	char *first = strdup(value);
	char *colon = NULL;

	if (first == NULL) {
		return complain_memory(complaint);
	}
	*ret_first = first;
	colon = strchr(first, ':');
	if (colon == NULL) {
		*ret_second = NULL;
		return 0;
	}
	if (strchr(colon + 1, ':') != NULL) {
		return complain(complaint,
				"\"%.200s\" has more than one colon; such "
				"paths can be given in a --spec file",
				value);
	}
	*colon = '\0';
	*ret_second = colon + 1;
	return 0;
}

static int add_bind(struct spec_draft *draft, const char *value,
		    const char *writable, struct complaint *complaint)
{
	_cleanup_free_ char *first = NULL;
	_cleanup_free_ char *source = NULL;
	_cleanup_free_ char *target = NULL;
	struct json_node *mount = NULL;
	char *second = NULL;
	int r = split(value, &first, &second, complaint);

	if (r == 0 && second == NULL) {
		r = complain(complaint, "\"%.200s\" is not SRC:DST", value);
	}
	if (r == 0) {
		r = path_on_host(draft->cwd, first, &source, complaint);
	}
	if (r == 0) {
		r = path_inside(second, &target, complaint);
	}
	if (r < 0) {
		return r;
	}
	mount = add_mount(draft, "BIND", target);
	if (mount != NULL) {
		(void)json_append(&draft->tree, mount, JSON_STRING, "source",
				  source);
		(void)json_append(&draft->tree, mount, JSON_LITERAL, "writable",
				  writable);
	}
	return 0;
}

int change_bind(struct spec_draft *draft, const struct option *option,
		const char *value, struct complaint *complaint)
{
	(void)option;
	return add_bind(draft, value, "false", complaint);
}

int change_bind_rw(struct spec_draft *draft, const struct option *option,
		   const char *value, struct complaint *complaint)
{
	(void)option;
	return add_bind(draft, value, "true", complaint);
}

int change_tmpfs(struct spec_draft *draft, const struct option *option,
		 const char *value, struct complaint *complaint)
{
	_cleanup_free_ char *first = NULL;
	_cleanup_free_ char *target = NULL;
	struct json_node *mount = NULL;
	char *size_text = NULL;
	uint64_t size = 0;
	int r = split(value, &first, &size_text, complaint);

	(void)option;
	if (r == 0) {
		r = path_inside(first, &target, complaint);
	}
	if (r == 0 && size_text != NULL) {
		r = quantity_size(size_text, &size, complaint);
	}
	if (r < 0) {
		return r;
	}
	mount = add_mount(draft, "TMPFS", target);
	if (mount != NULL) {
		(void)json_append(&draft->tree, mount, JSON_LITERAL, "writable",
				  "true");
	}
	if (mount != NULL && size > 0) {
		draft_add_number(draft, mount, "size_bytes", size);
	}
	return 0;
}

int change_hidepid(struct spec_draft *draft, const struct option *option,
		   const char *value, struct complaint *complaint)
{
	static const struct mode {
		const char *word;
		const char *name;
	} modes[] = {
		{ "ptraceable", "HIDEPID_PTRACEABLE" },
		{ "invisible", "HIDEPID_INVISIBLE" },
		{ "off", "HIDEPID_OFF" },
	};

	(void)option;
	for (size_t i = 0; i < ARRAY_SIZE(modes); i++) {
		struct json_node *mount = NULL;

		if (strcmp(modes[i].word, value) != 0) {
			continue;
		}
		mount = add_mount(draft, "PROC", "/proc");
		if (mount != NULL) {
			(void)json_append(&draft->tree, mount, JSON_STRING,
					  "hidepid", modes[i].name);
		}
		return 0;
	}
	return complain(complaint,
			"\"%.200s\" is none of ptraceable, invisible, off",
			value);
}
