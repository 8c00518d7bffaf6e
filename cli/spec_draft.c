/* SPDX-License-Identifier: Apache-2.0 */
/* Options that set one field of a specification to their value. */
#include "spec_draft.h"

#include "cleanup.h"
#include "paths.h"
#include "quantity.h"

#include <inttypes.h>
#include <stdio.h>

#define NUMBER_BYTES 24

void draft_add_number(struct spec_draft *draft, struct json_node *object,
		      const char *field, uint64_t number)
{
	char text[NUMBER_BYTES];

	(void)snprintf(text, sizeof(text), "%" PRIu64, number);
	(void)json_append(&draft->tree, object, JSON_LITERAL, field, text);
}

void draft_set_number(struct spec_draft *draft, const char *path,
		      uint64_t number)
{
	char text[NUMBER_BYTES];

	(void)snprintf(text, sizeof(text), "%" PRIu64, number);
	json_set(&draft->tree, path, JSON_LITERAL, text);
}

int change_text(struct spec_draft *draft, const struct option *option,
		const char *value, struct complaint *complaint)
{
	/* In the document "" is the default, so it would say nothing. */
	if (value[0] == '\0') {
		return complain(complaint, "is empty");
	}
	json_set(&draft->tree, option->field, JSON_STRING, value);
	return 0;
}

int change_inside_path(struct spec_draft *draft, const struct option *option,
		       const char *value, struct complaint *complaint)
{
	_cleanup_free_ char *path = NULL;
	int r = path_inside(value, &path, complaint);

	if (r == 0) {
		json_set(&draft->tree, option->field, JSON_STRING, path);
	}
	return r;
}

int change_true(struct spec_draft *draft, const struct option *option,
		const char *value, struct complaint *complaint)
{
	(void)value;
	(void)complaint;
	json_set(&draft->tree, option->field, JSON_LITERAL, "true");
	return 0;
}

/* What @read makes of the value, as the option's field. */
static int set_quantity(struct spec_draft *draft, const struct option *option,
			const char *value,
			int (*read)(const char *text, uint64_t *ret,
				    struct complaint *complaint),
			struct complaint *complaint)
{
	uint64_t number = 0;
	int r = read(value, &number, complaint);

	if (r == 0) {
		draft_set_number(draft, option->field, number);
	}
	return r;
}

int change_count(struct spec_draft *draft, const struct option *option,
		 const char *value, struct complaint *complaint)
{
	return set_quantity(draft, option, value, quantity_count, complaint);
}

int change_size(struct spec_draft *draft, const struct option *option,
		const char *value, struct complaint *complaint)
{
	return set_quantity(draft, option, value, quantity_size, complaint);
}

int change_processors(struct spec_draft *draft, const struct option *option,
		      const char *value, struct complaint *complaint)
{
	return set_quantity(draft, option, value, quantity_milli, complaint);
}

int change_duration(struct spec_draft *draft, const struct option *option,
		    const char *value, struct complaint *complaint)
{
	return set_quantity(draft, option, value, quantity_duration_ms,
			    complaint);
}

static void add_text(struct spec_draft *draft, const char *field,
		     const char *text)
{
	struct json_node *list = json_array_at(&draft->tree, field);

	if (list != NULL) {
		(void)json_append(&draft->tree, list, JSON_STRING, NULL, text);
	}
}

int change_add_text(struct spec_draft *draft, const struct option *option,
		    const char *value, struct complaint *complaint)
{
	(void)complaint;
	add_text(draft, option->field, value);
	return 0;
}

int change_add_inside_path(struct spec_draft *draft,
			   const struct option *option, const char *value,
			   struct complaint *complaint)
{
	_cleanup_free_ char *path = NULL;
	int r = path_inside(value, &path, complaint);

	if (r == 0) {
		add_text(draft, option->field, path);
	}
	return r;
}
