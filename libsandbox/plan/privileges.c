/* SPDX-License-Identifier: Apache-2.0 */
/* Capabilities, new privileges and the system-call filter. */
#include "plan/privileges.h"

#include "base/array.h"
#include "plan/draft.h"
#include "spec/capability_names.h"

#include <errno.h>
#include <stdio.h>

#define FIELD_BYTES 64

typedef Sandbox__V1__Capabilities capability_spec;

/* Adds the bits of @names to *set; the name that is none, or NULL. */
static const char *add_names(char *const *names, size_t count, uint64_t *set)
{
	for (size_t i = 0; i < count; i++) {
		int number = capability_number(names[i]);

		if (number < 0) {
			return names[i];
		}
		*set |= (uint64_t)1 << number;
	}
	return NULL;
}

struct named_set {
	const char *name;
	char *const *names;
	size_t count;
	uint64_t *set;
};

/* Each set is what is named for it and what is named for all of them. */
static int read_sets(const struct draft *draft, const char *field,
		     const capability_spec *spec,
		     struct plan_capabilities *sets)
{
	const struct named_set rows[] = {
		{ "effective", spec->effective, spec->n_effective,
		  &sets->effective },
		{ "permitted", spec->permitted, spec->n_permitted,
		  &sets->permitted },
		{ "inheritable", spec->inheritable, spec->n_inheritable,
		  &sets->inheritable },
		{ "bounding", spec->bounding, spec->n_bounding,
		  &sets->bounding },
		{ "ambient", spec->ambient, spec->n_ambient, &sets->ambient },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const char *set = rows[i].name;
		const char *bad =
			add_names(rows[i].names, rows[i].count, rows[i].set);

		if (bad == NULL) {
			set = "all_sets";
			bad = add_names(spec->all_sets, spec->n_all_sets,
					rows[i].set);
		}
		if (bad != NULL) {
			char name[FIELD_BYTES];

			(void)snprintf(name, sizeof(name), "%s.%s", field, set);
			return draft_refuse(draft, SANDBOX_ERROR_SPEC, name,
					    "\"%s\" is not a capability", bad);
		}
	}
	return 0;
}

struct set_rule {
	const char *part;
	const char *whole;
	uint64_t part_set;
	uint64_t whole_set;
};

/* What the kernel will not set, found before it is asked. */
static int check_sets(const struct draft *draft, const char *field,
		      const struct plan_capabilities *sets)
{
	const struct set_rule rules[] = {
		{ "effective", "permitted", sets->effective, sets->permitted },
		{ "inheritable", "bounding", sets->inheritable,
		  sets->bounding },
		{ "ambient", "permitted", sets->ambient, sets->permitted },
		{ "ambient", "inheritable", sets->ambient, sets->inheritable },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		uint64_t extra = rules[i].part_set & ~rules[i].whole_set;
		char name[FIELD_BYTES];

		if (extra == 0) {
			continue;
		}
		(void)snprintf(name, sizeof(name), "%s.%s", field,
			       rules[i].part);
		return draft_refuse(draft, SANDBOX_ERROR_SPEC, name,
				    "\"%s\" is not in %s, too",
				    capability_name(__builtin_ctzll(extra)),
				    rules[i].whole);
	}
	return 0;
}

static int decide_capabilities(struct draft *draft)
{
	struct plan_capabilities *sets = &draft->builder->head.capabilities;
	const capability_spec *spec = draft->security->capabilities;
	const char *field = "security.capabilities";
	int r;

	if (draft->process->capabilities != NULL) {
		spec = draft->process->capabilities;
		field = "process.capabilities";
	}
	if (spec == NULL) {
		return 0;
	}
	r = read_sets(draft, field, spec, sets);
	return r < 0 ? r : check_sets(draft, field, sets);
}

int decide_privileges(struct draft *draft)
{
	struct plan *head = &draft->builder->head;
	int r = decide_capabilities(draft);

	if (draft->security->allow_new_privs) {
		head->flags |= PLAN_ALLOW_NEW_PRIVS;
	}
	if (draft->security->allow_memfd_exec) {
		head->flags |= PLAN_ALLOW_MEMFD_EXEC;
	} else if (draft->facts->memfd_noexec) {
		/* Preferred, not required: no field of the spec names it. */
		head->flags |= PLAN_MEMFD_NOEXEC;
	}
	return r;
}
