/* SPDX-License-Identifier: Apache-2.0 */
/* --set PATH=VALUE: any field of the document. */
#include "cleanup.h"
#include "node_path.h"
#include "spec_draft.h"

#include <string.h>

/* Where --set has come to. */
struct place {
	struct spec_draft *draft;
	struct json_node *node;
	const char *start; /* of the path */
	const char *rest;  /* of it, and "=VALUE" */
	struct complaint *complaint;
};

static int refuse(const struct place *place, const char *end, const char *fault)
{
	return complain(place->complaint, "%.*s: %s", (int)(end - place->start),
			place->start, fault);
}

/*
 * JSON where it begins as such, else text.  A number is text, too: number
 * fields read it from there, and text fields need not be quoted.
 */
static int read_value(const struct place *place, const char *name,
		      struct json_node **ret)
{
	static const char *const words[] = { "true", "false", "null" };
	struct json_tree *tree = &place->draft->tree;
	struct json_node *root = tree->root;
	struct complaint inner = COMPLAINT_INIT;
	const char *value = place->rest + 1;
	enum json_kind kind = JSON_STRING;
	int r = 0;

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		kind = strcmp(value, words[i]) == 0 ? JSON_LITERAL : kind;
	}
	if (value[0] != '\0' && strchr("{[\"", value[0]) != NULL) {
		r = json_tree_parse(tree, value, strlen(value), &inner);
	} else {
		(void)json_append(tree, NULL, kind, NULL, value);
	}
	*ret = tree->root;
	tree->root = root;
	if (r < 0) {
		return complain(place->complaint, "the value: %.900s",
				inner.text);
	}
	if (*ret == NULL || *ret == root) {
		return complain_memory(place->complaint);
	}
	if (name != NULL) {
		(*ret)->name = strdup(name);
	}
	return name == NULL || (*ret)->name != NULL
		       ? 0
		       : complain_memory(place->complaint);
}

/* What the step names; NULL where it is not there. */
static int find(const struct place *place, const struct path_step *step,
		struct json_node **ret)
{
	const struct json_node *node = place->node;

	*ret = NULL;
	if (step->kind == STEP_FIELD) {
		*ret = node_member(node, step->name);
		return node->kind == JSON_OBJECT
			       ? 0
			       : refuse(place, place->rest,
					"is not in an object");
	}
	if (node->kind != JSON_ARRAY) {
		return refuse(place, place->rest, "is not in a list");
	}
	if (step->kind == STEP_INDEX) {
		*ret = node_element(node, step->index);
		return *ret != NULL ? 0
				    : refuse(place, place->rest,
					     "the list has no such element; "
					     "[+] appends one");
	}
	return 0;
}

static int put(const struct place *place, const struct path_step *step,
	       struct json_node *existing)
{
	struct json_node *value = NULL;
	const char *name = step->kind == STEP_FIELD ? step->name : NULL;
	int r = 0;

	if (existing != NULL) {
		name = existing->name;
	}
	r = read_value(place, name, &value);
	if (r < 0) {
		return r;
	}
	if (json_is_null(value)) {
		json_remove(existing);
	} else if (existing != NULL) {
		json_replace(existing, value);
	} else {
		json_attach(place->node, value);
	}
	return 0;
}

/* Into what the step names, which is made where it is missing. */
static int enter(struct place *place, const struct path_step *step,
		 struct json_node *existing)
{
	bool list = place->rest[0] == '[' && place->rest[1] != '"';

	if (existing != NULL && json_is_null(existing)) {
		json_remove(existing);
		existing = NULL;
	}
	if (existing == NULL) {
		existing = json_append(
			&place->draft->tree, place->node,
			list ? JSON_ARRAY : JSON_OBJECT,
			step->kind == STEP_FIELD ? step->name : NULL, NULL);
	}
	place->node = existing;
	return place->node == NULL ? complain_memory(place->complaint) : 0;
}

static int take_step(struct place *place, bool *done)
{
	struct path_step step = path_step(&place->rest);
	struct json_node *existing = NULL;
	int r = 0;

	if (step.kind == STEP_NONE || step.kind == STEP_BAD) {
		return complain(place->complaint,
				"\"%.200s\" is not PATH=VALUE, as "
				"limits.pids=64, mounts[0].writable=true, "
				"process.env[+]=A=B",
				place->start);
	}
	r = find(place, &step, &existing);
	if (r < 0) {
		return r;
	}
	*done = place->rest[0] == '=';
	return *done ? put(place, &step, existing)
		     : enter(place, &step, existing);
}

int change_set(struct spec_draft *draft, const struct option *option,
	       const char *value, struct complaint *complaint)
{
	struct place place = {
		.draft = draft,
		.node = json_object_at(&draft->tree, ""),
		.start = value,
		.rest = value,
		.complaint = complaint,
	};
	bool done = false;
	int r = 0;

	(void)option;
	/* What is wrong with the document is left in the tree. */
	if (place.node == NULL) {
		return 0;
	}
	while (r == 0 && !done) {
		r = take_step(&place, &done);
	}
	return r;
}

/* Documents are read before any option is applied. */
int change_base(struct spec_draft *draft, const struct option *option,
		const char *value, struct complaint *complaint)
{
	(void)draft;
	(void)option;
	(void)value;
	(void)complaint;
	return 0;
}
