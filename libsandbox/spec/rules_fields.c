/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Holds every field that is set against its row in the table, and refuses
 * those that have none.
 */
#include "spec/field_rules.h"
#include "spec/message_walk.h"
#include "spec/rules.h"

#include <string.h>

struct field_check {
	struct walk walk;
	struct visit visit;
	const struct field_rule *rule;
	struct findings *findings;
};

/* The path of the visited field, or of its element @index. */
struct path_text {
	char text[FIELD_PATH_BYTES];
};

static struct path_text path_of(struct field_check *check, size_t index)
{
	struct path_text path = { "" };
	struct text text = TEXT_OVER(path.text);

	walk_path(&check->walk, index, &text);
	return path;
}

/* Whether @word stands in a list of words separated by spaces. */
static bool has_word(const char *words, const char *word)
{
	size_t size = strlen(word);

	while (words != NULL && *words != '\0') {
		size_t length = strcspn(words, " ");

		if (length == size && memcmp(words, word, size) == 0) {
			return true;
		}
		words += length + (words[length] == ' ' ? 1 : 0);
	}
	return false;
}

static const char *enum_name(const field_type *field,
			     const ProtobufCMessage *message)
{
	const ProtobufCEnumValue *value = protobuf_c_enum_descriptor_get_value(
		field->descriptor,
		(int)field_number(field, field_item(message, field, 0)));

	return value == NULL ? "" : value->name;
}

/* The enum by which a message says what it is. */
static const field_type *switch_field(const message_type *type)
{
	const field_type *field = schema_field(type, "kind");

	if (field == NULL || field->type != PROTOBUF_C_TYPE_ENUM) {
		field = schema_field(type, "mode");
	}
	return field;
}

static bool check_implemented(struct field_check *check)
{
	const field_type *field = check->visit.field;
	const char *name;

	if (check->rule == NULL) {
		findings_add(check->findings, path_of(check, NO_INDEX).text,
			     "not implemented in this build");
		return false;
	}
	if (field->type != PROTOBUF_C_TYPE_ENUM) {
		return true;
	}
	name = enum_name(field, check->visit.message);
	if (has_word(check->rule->values, name)) {
		return true;
	}
	findings_add(check->findings, path_of(check, NO_INDEX).text,
		     "%s is not implemented in this build", name);
	return false;
}

/* A field that belongs to another kind is a mistake, not a no-op. */
static bool check_kind(struct field_check *check)
{
	const ProtobufCMessage *message = check->visit.message;
	const field_type *kind = switch_field(message->descriptor);
	const char *name;

	if (check->rule->only == NULL || kind == NULL) {
		return true;
	}
	name = enum_name(kind, message);
	if (has_word(check->rule->only, name)) {
		return true;
	}
	findings_add(check->findings, path_of(check, NO_INDEX).text,
		     "has no meaning with %s %s, only with %s", kind->name,
		     name, check->rule->only);
	return false;
}

static bool check_size(struct field_check *check)
{
	size_t most = check->rule->most_elements;

	if (most == 0 || check->visit.count <= most) {
		return true;
	}
	findings_add(check->findings, path_of(check, NO_INDEX).text,
		     "has %zu elements, more than %zu", check->visit.count,
		     most);
	return false;
}

static void check_number(struct field_check *check)
{
	const field_type *field = check->visit.field;

	for (size_t i = 0; i < check->visit.count; i++) {
		uint64_t value = field_number(
			field, field_item(check->visit.message, field, i));

		if (check->rule->most != ANY_NUMBER &&
		    value > check->rule->most) {
			size_t index = field_is_list(field) ? i : NO_INDEX;

			findings_add(check->findings,
				     path_of(check, index).text,
				     "%llu is more than %llu",
				     (unsigned long long)value,
				     (unsigned long long)check->rule->most);
		}
	}
}

static void check_text(struct field_check *check)
{
	const field_type *field = check->visit.field;

	for (size_t i = 0; i < check->visit.count; i++) {
		const char *const *text =
			field_item(check->visit.message, field, i);
		const char *fault = check->rule->grammar(*text);

		if (fault != NULL) {
			size_t index = field_is_list(field) ? i : NO_INDEX;

			findings_add_value(check->findings,
					   path_of(check, index).text, *text,
					   fault);
		}
	}
}

static void check_field(struct field_check *check)
{
	check->rule = field_rule(check->visit.schema_path);
	if (!check_implemented(check) || !check_kind(check) ||
	    !check_size(check)) {
		walk_skip(&check->walk);
		return;
	}
	if (check->rule->grammar != NULL) {
		check_text(check);
	}
	if (field_value_type(check->visit.field)->class == VALUE_UNSIGNED) {
		check_number(check);
	}
}

void rules_fields(const Sandbox__V1__SandboxSpec *spec,
		  struct findings *findings)
{
	struct field_check check = { .findings = findings };

	walk_begin(&check.walk, &spec->base);
	while (walk_next(&check.walk, &check.visit)) {
		check_field(&check);
	}
}
