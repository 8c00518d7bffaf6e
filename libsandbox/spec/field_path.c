/* SPDX-License-Identifier: Apache-2.0 */
/* Writes a path into a message down. */
#include "spec/field_path.h"

#include <string.h>

void field_path_render(const struct field_path *path, struct text *text)
{
	for (size_t i = 0; i < path->depth; i++) {
		const struct path_step *step = &path->steps[i];

		if (step->name == NULL) {
			continue;
		}
		text_add(text, "%s%s", text->used > 0 ? "." : "", step->name);
		if (step->index != NO_INDEX) {
			text_add(text, "[%zu]", step->index);
		}
		if (step->key != NULL) {
			text_add(text, "[");
			text_add_quoted(text, step->key, strlen(step->key));
			text_add(text, "]");
		}
	}
}
