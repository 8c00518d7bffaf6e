/* SPDX-License-Identifier: Apache-2.0 */
/* What all deciding parts share: preferences and refusals. */
#include "plan/draft.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/*
 * Whether the path @preferred leads to @field or to what contains it.  A list
 * without an index stands for all of its elements: "process.rlimits.hard" is
 * that of each.
 */
static bool covers(const char *preferred, const char *field)
{
	while (*preferred != '\0') {
		if (*field == '[' && *preferred != '[') {
			field += strcspn(field, "]");
			field += *field == ']';
			continue;
		}
		if (*field != *preferred) {
			return false;
		}
		field++;
		preferred++;
	}
	return *field == '\0' || *field == '.' || *field == '[';
}

bool draft_prefers(const struct draft *draft, const char *field)
{
	for (size_t i = 0; i < draft->spec->n_preferred; i++) {
		if (covers(draft->spec->preferred[i], field)) {
			return true;
		}
	}
	return false;
}

int draft_refuse(const struct draft *draft, enum sandbox_error_kind kind,
		 const char *field, const char *format, ...)
{
	char message[768];
	va_list arguments;
	int sys = kind == SANDBOX_ERROR_SPEC ? EINVAL : EOPNOTSUPP;

	va_start(arguments, format);
	(void)vsnprintf(message, sizeof(message), format, arguments);
	va_end(arguments);
	return err_at(draft->err, kind, sys, "", field, "%s: %s", field,
		      message);
}

int draft_check_mapped(const struct draft *draft, const char *field,
		       enum id_kind kind, uint32_t id)
{
	const struct plan *head = &draft->builder->head;

	if (draft_is_mapped(draft, kind, id)) {
		return 0;
	}
	if (head->identity != PLAN_IDENTITY_RANGE) {
		return draft_refuse(draft, SANDBOX_ERROR_SPEC, field,
				    "%u is not mapped: it is not in "
				    "identity.%s_maps",
				    id, kind == ID_OF_USER ? "uid" : "gid");
	}
	return draft_refuse(draft, SANDBOX_ERROR_SPEC, field,
			    "%u is not mapped: the sandbox has the ids 0 to %u",
			    id, head->range_count - 1);
}
