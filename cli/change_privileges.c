/* SPDX-License-Identifier: Apache-2.0 */
/* Options about whose ids a sandbox gets, and what it may. */
#include "cleanup.h"
#include "quantity.h"
#include "spec_draft.h"

#include <string.h>
#include <strings.h>

static const char *const ceilings[] = {
	"security.capabilities",
	"process.capabilities",
};

static const char *const sets[] = {
	"effective", "permitted", "inheritable",
	"bounding",  "ambient",   "all_sets",
};

int change_identity(struct spec_draft *draft, const struct option *option,
		    const char *value, struct complaint *complaint)
{
	static const char range[] = "range=";
	const char *mode = NULL;
	uint64_t size = 0;
	int r = 0;

	(void)option;
	if (strncmp(value, range, strlen(range)) == 0) {
		r = quantity_count(value + strlen(range), &size, complaint);
		mode = "RANGE";
	} else if (strcmp(value, "range") == 0) {
		mode = "RANGE";
	} else if (strcmp(value, "auto") == 0) {
		mode = "AUTO";
	} else if (strcmp(value, "caller") == 0) {
		mode = "CALLER";
	} else {
		r = complain(complaint,
			     "\"%.200s\" is none of auto, caller, range, "
			     "range=N",
			     value);
	}
	if (r < 0) {
		return r;
	}
	/* Maps and sizes belong to the mode that the specification had. */
	json_set(&draft->tree, "identity", JSON_OBJECT, NULL);
	json_set(&draft->tree, "identity.mode", JSON_STRING, mode);
	if (size > 0) {
		draft_set_number(draft, "identity.range_size", size);
	}
	return 0;
}

/* "net_raw" in "net_raw", "CAP_NET_RAW": as the library takes the names. */
static const char *bare_name(const char *name)
{
	return strncasecmp(name, "CAP_", 4) == 0 ? name + 4 : name;
}

int change_cap_add(struct spec_draft *draft, const struct option *option,
		   const char *value, struct complaint *complaint)
{
	struct json_tree *tree = &draft->tree;

	(void)option;
	(void)complaint;
	(void)json_append(tree,
			  json_array_at(tree, "security.capabilities.all_sets"),
			  JSON_STRING, NULL, value);
	/* Where the process has sets of its own, those of the sandbox are only
	 * their ceiling. */
	if (json_find(tree, "process.capabilities") != NULL) {
		(void)json_append(
			tree,
			json_array_at(tree, "process.capabilities.all_sets"),
			JSON_STRING, NULL, value);
	}
	return 0;
}

/* Takes a capability out of one list; how often it was in it. */
static size_t drop_from(const struct json_node *list, const char *name)
{
	struct json_node *node = list == NULL ? NULL : list->first;
	size_t count = 0;

	while (node != NULL) {
		struct json_node *next = node->next;

		if (strcasecmp(bare_name(json_text(node)), bare_name(name)) ==
		    0) {
			json_remove(node);
			count++;
		}
		node = next;
	}
	return count;
}

int change_cap_drop(struct spec_draft *draft, const struct option *option,
		    const char *value, struct complaint *complaint)
{
	size_t count = 0;

	(void)option;
	for (size_t i = 0; i < ARRAY_SIZE(ceilings); i++) {
		const struct json_node *object =
			json_find(&draft->tree, ceilings[i]);

		for (size_t j = 0; j < ARRAY_SIZE(sets); j++) {
			count += drop_from(json_field(object, sets[j]), value);
		}
	}
	/* A name with a typing mistake must not pass for one that is gone. */
	if (count == 0) {
		return complain(complaint,
				"\"%.200s\" is not in any set; a sandbox has "
				"no capability that is not named",
				value);
	}
	return 0;
}
