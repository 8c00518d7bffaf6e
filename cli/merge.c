/* SPDX-License-Identifier: Apache-2.0 */
/* Lays documents over each other; see merge.h. */
#include "merge.h"

#include "node_path.h"

/* One member of @later, which is not an object that goes into another. */
static void take_member(struct json_node *earlier, struct json_node *existing,
			struct json_node *member)
{
	json_remove(member);
	if (json_is_null(member)) {
		json_remove(existing);
	} else if (existing != NULL) {
		json_replace(existing, member);
	} else {
		json_attach(earlier, member);
	}
}

void merge_objects(struct json_node *earlier, struct json_node *later)
{
	const struct json_node *top = later;

	/* Without recursion: an object whose members are all taken is empty,
	 * and then goes itself. */
	for (;;) {
		struct json_node *member = later->first;
		struct json_node *existing = NULL;

		if (member == NULL && later == top) {
			return;
		}
		if (member == NULL) {
			struct json_node *parent = later->parent;

			json_remove(later);
			later = parent;
			earlier = earlier->parent;
			continue;
		}
		existing = node_member(earlier, member->name);
		if (existing != NULL && existing->kind == JSON_OBJECT &&
		    member->kind == JSON_OBJECT) {
			earlier = existing;
			later = member;
		} else {
			take_member(earlier, existing, member);
		}
	}
}
