/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rules of the five capability sets: those of the kernel, which would refuse
 * to set them otherwise (capabilities(7)), and that a process has never more
 * than the sandbox.
 */
#include "base/array.h"
#include "spec/capability_names.h"
#include "spec/rules.h"

#include <stdint.h>
#include <stdio.h>

enum set {
	EFFECTIVE,
	PERMITTED,
	INHERITABLE,
	BOUNDING,
	AMBIENT,
	ALL_SETS,
	SETS,
};

static const char *const set_names[SETS] = {
	"effective", "permitted", "inheritable",
	"bounding",  "ambient",   "all_sets",
};

/* One set as the message has it, by names. */
struct names {
	size_t count;
	char **names;
};

/* Capabilities as bits, and the message they are from. */
struct sets {
	const char *path;
	struct names names[SETS];
	uint64_t bits[SETS]; /* with those of all_sets */
};

static const struct containment {
	enum set inner;
	enum set outer;
} containments[] = {
	{ EFFECTIVE, PERMITTED },
	{ INHERITABLE, BOUNDING },
	{ AMBIENT, PERMITTED },
	{ AMBIENT, INHERITABLE },
};

static uint64_t bits_of(const struct names *names)
{
	uint64_t bits = 0;

	for (size_t i = 0; i < names->count; i++) {
		int number = capability_number(names->names[i]);

		bits |= number < 0 ? 0 : (uint64_t)1 << number;
	}
	return bits;
}

static struct sets sets_of(const char *path,
			   const Sandbox__V1__Capabilities *message)
{
	struct sets sets = { .path = path };

	if (message == NULL) {
		return sets;
	}
	sets.names[EFFECTIVE] =
		(struct names){ message->n_effective, message->effective };
	sets.names[PERMITTED] =
		(struct names){ message->n_permitted, message->permitted };
	sets.names[INHERITABLE] =
		(struct names){ message->n_inheritable, message->inheritable };
	sets.names[BOUNDING] =
		(struct names){ message->n_bounding, message->bounding };
	sets.names[AMBIENT] =
		(struct names){ message->n_ambient, message->ambient };
	sets.names[ALL_SETS] =
		(struct names){ message->n_all_sets, message->all_sets };
	for (size_t i = 0; i < SETS; i++) {
		sets.bits[i] = bits_of(&sets.names[i]) |
			       bits_of(&sets.names[ALL_SETS]);
	}
	return sets;
}

/* Complains of each name in a set that is not among the bits of @outer. */
static void check_within(const struct sets *sets, enum set set, uint64_t outer,
			 const char *outer_name, struct findings *findings)
{
	const struct names *names = &sets->names[set];

	for (size_t i = 0; i < names->count; i++) {
		int number = capability_number(names->names[i]);
		char path[96];

		if (number < 0 || (outer >> number & 1) != 0) {
			continue;
		}
		(void)snprintf(path, sizeof(path), "%s.%s[%zu]", sets->path,
			       set_names[set], i);
		findings_add(findings, path, "\"%s\" is not in %s",
			     names->names[i], outer_name);
	}
}

static void check_sets(const struct sets *sets, struct findings *findings)
{
	for (size_t i = 0; i < ARRAY_SIZE(containments); i++) {
		const struct containment *rule = &containments[i];

		check_within(sets, rule->inner, sets->bits[rule->outer],
			     set_names[rule->outer], findings);
	}
}

/* What is in every set of @ceiling. */
static uint64_t in_all_sets(const struct sets *ceiling)
{
	uint64_t bits = UINT64_MAX;

	for (size_t i = 0; i < ALL_SETS; i++) {
		bits &= ceiling->bits[i];
	}
	return bits;
}

static void check_ceiling(const struct sets *process,
			  const struct sets *ceiling, struct findings *findings)
{
	for (enum set set = EFFECTIVE; set < ALL_SETS; set++) {
		char outer[64];

		(void)snprintf(outer, sizeof(outer), "%s.%s", ceiling->path,
			       set_names[set]);
		check_within(process, set, ceiling->bits[set], outer, findings);
	}
	check_within(process, ALL_SETS, in_all_sets(ceiling),
		     "every set of security.capabilities", findings);
}

void rules_capabilities(const Sandbox__V1__SandboxSpec *spec,
			struct findings *findings)
{
	struct sets ceiling = sets_of(
		"security.capabilities",
		spec->security == NULL ? NULL : spec->security->capabilities);
	struct sets process = sets_of(
		"process.capabilities",
		spec->process == NULL ? NULL : spec->process->capabilities);

	check_sets(&ceiling, findings);
	check_sets(&process, findings);
	check_ceiling(&process, &ceiling, findings);
}
