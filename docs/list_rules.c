/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Prints the table of what this build implements of the schema, as JSON: the
 * manual and the check of coverage are made from it.
 */
#include "base/array.h"
#include "spec/field_rules.h"
#include "spec/grammar.h"

#include <stdio.h>
#include <stdlib.h>

static const struct {
	const char *(*grammar)(const char *text);
	const char *name;
} grammars[] = {
	{ grammar_id, "id" },
	{ grammar_path, "path" },
	{ grammar_path_below_root, "path_below_root" },
	{ grammar_environment, "environment" },
	{ grammar_hostname, "hostname" },
	{ grammar_domain, "domain" },
	{ grammar_address, "address" },
	{ grammar_user, "user" },
	{ grammar_capability, "capability" },
	{ grammar_cpus, "cpus" },
	{ grammar_profile, "profile" },
	{ grammar_context, "context" },
	{ grammar_landlock_access, "landlock_access" },
	{ grammar_rlimit, "rlimit" },
};

/* NULL for a grammar that this list lacks, which ends the build. */
static const char *grammar_name(const struct field_rule *rule)
{
	for (size_t i = 0; i < ARRAY_SIZE(grammars); i++) {
		if (grammars[i].grammar == rule->grammar) {
			return grammars[i].name;
		}
	}
	return rule->grammar == NULL ? "" : NULL;
}

static const char *or_empty(const char *text)
{
	return text == NULL ? "" : text;
}

int main(void)
{
	const struct field_rule *rule;

	for (size_t i = 0; (rule = field_rule_at(i)) != NULL; i++) {
		const char *grammar = grammar_name(rule);

		if (grammar == NULL) {
			(void)fprintf(stderr, "%s: a grammar without a name\n",
				      rule->path);
			return EXIT_FAILURE;
		}
		/* Nothing in the table takes an escape. */
		printf("%s{\"path\": \"%s\", \"values\": \"%s\", "
		       "\"only\": \"%s\", \"grammar\": \"%s\", "
		       "\"most\": %llu, \"most_elements\": %zu}",
		       i == 0 ? "[" : ",\n", rule->path, or_empty(rule->values),
		       or_empty(rule->only), grammar,
		       (unsigned long long)rule->most, rule->most_elements);
	}
	printf("]\n");
	return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
