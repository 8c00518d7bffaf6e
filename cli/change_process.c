/* SPDX-License-Identifier: Apache-2.0 */
/* Options about the process: environment, labels, streams, limits. */
#include "cleanup.h"
#include "quantity.h"
#include "spec_draft.h"

#include <string.h>
#include <strings.h>
#include <unistd.h>

#define UMASK_MAX 0777

/* The part of "KEY=VALUE" before the sign; complains where there is none. */
static int split_key(const char *value, char **ret_key, const char **ret_value,
		     struct complaint *complaint)
{
	const char *sign = strchr(value, '=');

	if (sign == NULL || sign == value) {
		return complain(complaint, "\"%.200s\" is not KEY=VALUE",
				value);
	}
	*ret_key = strndup(value, (size_t)(sign - value));
	if (*ret_key == NULL) {
		return complain_memory(complaint);
	}
	*ret_value = sign + 1;
	return 0;
}

/* The element of process.env that sets the variable that @setting sets. */
static struct json_node *find_setting(const struct json_node *list,
				      const char *setting)
{
	size_t size = strcspn(setting, "=") + 1;
	struct json_node *node = list->first;

	while (node != NULL && strncmp(json_text(node), setting, size) != 0) {
		node = node->next;
	}
	return node;
}

static void set_variable(struct spec_draft *draft, const char *setting)
{
	struct json_node *list = json_array_at(&draft->tree, "process.env");

	if (list == NULL) {
		return;
	}
	json_remove(find_setting(list, setting));
	(void)json_append(&draft->tree, list, JSON_STRING, NULL, setting);
}

/* A variable of the command itself. */
static const char *find_mine(const char *name)
{
	size_t size = strlen(name);

	for (char *const *setting = environ; *setting != NULL; setting++) {
		if (strncmp(*setting, name, size) == 0 &&
		    (*setting)[size] == '=') {
			return *setting;
		}
	}
	return NULL;
}

int change_env(struct spec_draft *draft, const struct option *option,
	       const char *value, struct complaint *complaint)
{
	const char *setting = value;

	(void)option;
	if (value[0] == '\0' || value[0] == '=') {
		return complain(complaint, "\"%.200s\" has no name", value);
	}
	if (strchr(value, '=') == NULL) {
		setting = find_mine(value);
	}
	if (setting == NULL) {
		return complain(complaint, "\"%.200s\" is not set here", value);
	}
	set_variable(draft, setting);
	return 0;
}

int change_label(struct spec_draft *draft, const struct option *option,
		 const char *value, struct complaint *complaint)
{
	_cleanup_free_ char *key = NULL;
	struct json_node *labels = NULL;
	const char *text = NULL;
	int r = split_key(value, &key, &text, complaint);

	(void)option;
	if (r < 0) {
		return r;
	}
	labels = json_object_at(&draft->tree, "labels");
	if (labels != NULL) {
		json_remove(json_member(labels, key));
		(void)json_append(&draft->tree, labels, JSON_STRING, key, text);
	}
	return 0;
}

int change_umask(struct spec_draft *draft, const struct option *option,
		 const char *value, struct complaint *complaint)
{
	uint64_t mask = 0;
	int r = quantity_octal(value, UMASK_MAX, &mask, complaint);

	(void)option;
	if (r == 0) {
		draft_set_number(draft, "process.umask_plus1", mask + 1);
	}
	return r;
}

/* "nofile" in "nofile", "RLIMIT_NOFILE": as the library takes the names. */
static const char *bare_name(const char *name)
{
	static const char prefix[] = "RLIMIT_";
	size_t size = sizeof(prefix) - 1;

	return strncasecmp(name, prefix, size) == 0 ? name + size : name;
}

static struct json_node *find_rlimit(const struct json_node *list,
				     const char *name)
{
	struct json_node *node = list->first;

	while (node != NULL &&
	       strcasecmp(bare_name(json_text(json_field(node, "name"))),
			  bare_name(name)) != 0) {
		node = node->next;
	}
	return node;
}

/* One of the two values of a limit. */
static int add_limit(struct spec_draft *draft, struct json_node *rlimit,
		     const char *field, const char *value,
		     struct complaint *complaint)
{
	uint64_t number = 0;
	int r = 0;

	if (strcmp(value, "unlimited") == 0) {
		(void)json_append(&draft->tree, rlimit, JSON_LITERAL,
				  strcmp(field, "soft") == 0 ? "unlimited_soft"
							     : "unlimited_hard",
				  "true");
		return 0;
	}
	r = quantity_size(value, &number, complaint);
	if (r == 0) {
		draft_add_number(draft, rlimit, field, number);
	}
	return r;
}

int change_rlimit(struct spec_draft *draft, const struct option *option,
		  const char *value, struct complaint *complaint)
{
	_cleanup_free_ char *name = NULL;
	_cleanup_free_ char *soft = NULL;
	struct json_node *list = NULL;
	struct json_node *rlimit = NULL;
	const char *values = "";
	const char *hard = NULL;
	int r = split_key(value, &name, &values, complaint);

	(void)option;
	if (r < 0 || name == NULL) {
		return r;
	}
	soft = strndup(values, strcspn(values, ":"));
	list = json_array_at(&draft->tree, "process.rlimits");
	if (soft == NULL || list == NULL) {
		return soft == NULL ? complain_memory(complaint) : 0;
	}
	hard = values[strlen(soft)] == ':' ? values + strlen(soft) + 1 : soft;
	json_remove(find_rlimit(list, name));
	rlimit = json_append(&draft->tree, list, JSON_OBJECT, NULL, NULL);
	(void)json_append(&draft->tree, rlimit, JSON_STRING, "name", name);
	r = add_limit(draft, rlimit, "soft", soft, complaint);
	return r < 0 ? r : add_limit(draft, rlimit, "hard", hard, complaint);
}

static const char *stream_kind(const char *word)
{
	if (strcmp(word, "inherit") == 0) {
		return "INHERIT";
	}
	return strcmp(word, "null") == 0 ? "NULL_DEVICE" : NULL;
}

static int set_stream(struct spec_draft *draft, const char *field,
		      const char *value, struct complaint *complaint)
{
	const char *kind = stream_kind(value);
	struct json_node *stream = NULL;

	if (kind == NULL) {
		return complain(complaint,
				"\"%.200s\" is neither inherit nor null",
				value);
	}
	/* Whatever else the specification says of another kind goes. */
	json_set(&draft->tree, field, JSON_OBJECT, NULL);
	stream = json_object_at(&draft->tree, field);
	if (stream != NULL) {
		(void)json_append(&draft->tree, stream, JSON_STRING, "kind",
				  kind);
	}
	return 0;
}

int change_stream(struct spec_draft *draft, const struct option *option,
		  const char *value, struct complaint *complaint)
{
	return set_stream(draft, option->field, value, complaint);
}

int change_all_streams(struct spec_draft *draft, const struct option *option,
		       const char *value, struct complaint *complaint)
{
	int r = set_stream(draft, "process.stdio.in", value, complaint);

	(void)option;
	if (r == 0) {
		r = set_stream(draft, "process.stdio.out", value, complaint);
	}
	return r < 0 ? r
		     : set_stream(draft, "process.stdio.err", value, complaint);
}
