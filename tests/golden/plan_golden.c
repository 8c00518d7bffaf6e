/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Specifications in, explained plans out, compared with the texts beside this
 * file; with --update the texts are written anew, to be read before they are
 * committed.  What the filter allows is left out: it has golden files of its
 * own and depends on the architecture.
 */
#include "base/cleanup.h"
#include "golden/hosts.h"
#include "lib/tap.h"
#include "plan/build.h"
#include "plan/check.h"
#include "spec/spec.h"

#include <stdio.h>
#include <string.h>

#define FILTER_BEGINS "\nsystem calls\n"

static bool update;

static char *read_file(const char *path)
{
	FILE *file = fopen(path, "re");
	char *text = NULL;
	size_t size = 0;

	if (file == NULL) {
		return NULL;
	}
	if (getdelim(&text, &size, '\0', file) < 0) {
		free(text);
		text = NULL;
	}
	(void)fclose(file);
	return text;
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "we");

	ASSERT_TRUE(file != NULL);
	ASSERT_TRUE(fputs(text, file) >= 0);
	ASSERT_EQ(fclose(file), 0);
}

static char *explain(const char *json, const struct plan_facts *facts)
{
	_cleanup_(spec_freep) struct spec *spec = NULL;
	_cleanup_free_ struct plan *plan = NULL;
	struct err err = ERR_INIT;
	char *text = NULL;
	char *filter;

	if (spec_decode_json(json, strlen(json), &spec, &err) < 0 ||
	    plan_build(spec, facts, &plan, &err) < 0 ||
	    plan_explain(plan, facts, &text, &err) < 0) {
		FAIL("%s", err.text);
	}
	ASSERT_OK(plan_check(plan, plan->size));
	filter = strstr(text, FILTER_BEGINS);
	ASSERT_TRUE(filter != NULL);
	*filter = '\0';
	return text;
}

static void compare(const char *name, const char *host,
		    const struct plan_facts *facts)
{
	_cleanup_free_ char *json = NULL;
	_cleanup_free_ char *expected = NULL;
	_cleanup_free_ char *text = NULL;
	char path[1024];

	(void)snprintf(path, sizeof(path), "%s/%s.json", GOLDEN_DIR, name);
	json = read_file(path);
	ASSERT_TRUE(json != NULL);
	text = explain(json, facts);
	(void)snprintf(path, sizeof(path), "%s/%s.%s.plan", GOLDEN_DIR, name,
		       host);
	if (update) {
		write_file(path, text);
	}
	expected = read_file(path);
	ASSERT_TRUE(expected != NULL);
	ASSERT_STR(text, expected);
}

#define PLAN_OF(spec, host)                          \
	TEST(plan_of_##spec##_on_##host)             \
	{                                            \
		compare(#spec, #host, &host_##host); \
	}

PLAN_OF(default, root_range)
PLAN_OF(default, root_single)
PLAN_OF(default, user_range)
PLAN_OF(default, user_single)
PLAN_OF(mounts, root_range)
PLAN_OF(mounts, user_range)
PLAN_OF(made, root_range)
PLAN_OF(shown, root_range)
PLAN_OF(shown, user_single)
PLAN_OF(devices, root_range)
PLAN_OF(directory, root_range)
PLAN_OF(directory, user_range)
PLAN_OF(layers, root_range)
PLAN_OF(layers, user_range)
PLAN_OF(writable, root_range)
PLAN_OF(writable, user_range)
PLAN_OF(privileges, root_range)
PLAN_OF(oci, root_range)
PLAN_OF(labels, root_range)
PLAN_OF(labels, user_range)
PLAN_OF(labels, user_single)
PLAN_OF(limits, root_range)
PLAN_OF(limits, root_single)
PLAN_OF(guards, root_range)
PLAN_OF(guards, user_range)
PLAN_OF(maps, root_range)
PLAN_OF(names, root_range)
PLAN_OF(nesting, root_range)
PLAN_OF(settings, root_range)
PLAN_OF(settings, user_single)
PLAN_OF(caller, root_range)
PLAN_OF(preferred, user_single)
PLAN_OF(preferred, user_range)

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "--update") == 0) {
		update = true;
		argv[1] = argv[0];
		argv++;
		argc--;
	}
	return tap_main(argc, argv);
}
