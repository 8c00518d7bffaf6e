/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of what concerns the whole document: labels, the root's kind. */
#include "spec/field_path.h"
#include "spec/grammar.h"
#include "spec/rules.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

void finding_at(struct findings *findings, const char *parent,
		const char *field, const char *format, ...)
{
	char buffer[FIELD_PATH_BYTES] = "";
	struct text path = TEXT_OVER(buffer);
	va_list arguments;

	text_add(&path, "%s%s", parent, field);
	va_start(arguments, format);
	findings_add_list(findings, buffer, format, arguments);
	va_end(arguments);
}

void finding_either(struct findings *findings, const char *parent,
		    const struct either *either)
{
	char field[32];

	if (either->path[0] == '\0' && either->fd == 0) {
		(void)snprintf(field, sizeof(field), ".%s", either->path_field);
		finding_at(findings, parent, field, "is empty; %s %s or %s",
			   either->needs, either->path_field, either->fd_field);
	}
	if (either->path[0] != '\0' && either->fd != 0) {
		(void)snprintf(field, sizeof(field), ".%s", either->fd_field);
		finding_at(findings, parent, field,
			   "is given besides %s; only one may be",
			   either->path_field);
	}
}

static void check_label(const Sandbox__V1__SandboxSpec__LabelsEntry *label,
			struct findings *findings)
{
	const char *key_fault = grammar_label_key(label->key);
	const char *value_fault = grammar_label_value(label->value);
	struct field_path path = { .depth = 1 };
	char buffer[FIELD_PATH_BYTES] = "";
	struct text text = TEXT_OVER(buffer);

	path.steps[0] = (struct path_step){
		.name = "labels",
		.key = label->key,
		.index = NO_INDEX,
	};
	field_path_render(&path, &text);
	if (key_fault != NULL) {
		findings_add(findings, buffer, "the key %s", key_fault);
	}
	if (value_fault != NULL) {
		findings_add_value(findings, buffer, label->value, value_fault);
	}
}

void rules_labels(const Sandbox__V1__SandboxSpec *spec,
		  struct findings *findings)
{
	for (size_t i = 0; i < spec->n_labels; i++) {
		check_label(spec->labels[i], findings);
	}
}

void rules_root(const Sandbox__V1__SandboxSpec *spec, struct findings *findings)
{
	const Sandbox__V1__Root *root = spec->root;

	bool layers =
		root != NULL && root->kind == SANDBOX__V1__ROOT__KIND__OVERLAY;

	if (root == NULL ||
	    (!layers && root->kind != SANDBOX__V1__ROOT__KIND__DIRECTORY)) {
		return;
	}
	finding_either(findings, "root",
		       &(const struct either){
			       .needs = layers ? "kind OVERLAY needs"
					       : "kind DIRECTORY needs",
			       .path_field = "path",
			       .path = root->path,
			       .fd_field = "fd",
			       .fd = root->fd });
}
