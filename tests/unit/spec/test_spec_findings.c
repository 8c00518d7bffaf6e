/* SPDX-License-Identifier: Apache-2.0 */
/* How findings come out, and the rules that take a large document to break. */
#include "base/cleanup.h"
#include "lib/tap.h"
#include "spec/findings.h"
#include "spec_case.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_BYTES (1U << 20)

TEST(all_findings_are_reported)
{
	_cleanup_(spec_freep) struct spec *spec = NULL;
	struct err err = ERR_INIT;

	ASSERT_EQ(spec_case_decode("{'id':'A','hostname':'_',"
				   "'limits':{'cpu_ms':1}}",
				   &spec, &err),
		  -EINVAL);
	ASSERT_STR(err.subject, "id");
	ASSERT_STR(err.text,
		   "id: \"A\" has a character that is none of a-z 0-9 . _ -\n"
		   "limits.cpu_ms: not implemented in this build\n"
		   "hostname: \"_\" has a character that is none of "
		   "A-Z a-z 0-9 . -\n"
		   "process.argv: is empty; a program is needed");
}

TEST(findings_that_do_not_fit_are_counted)
{
	_cleanup_(arena_done) struct arena arena = ARENA_INIT(ARENA_BYTES);
	struct findings findings = { .arena = &arena };
	struct err err = ERR_INIT;
	char more[32];
	int shown = 0;

	for (int i = 0; i < 100; i++) {
		char path[32];

		(void)snprintf(path, sizeof(path), "mounts[%d].target", i);
		findings_add(&findings, path, "is empty");
		if (i < 64) {
			findings_add(&findings, path, "is something else");
		}
	}
	ASSERT_EQ(findings_report(&findings, &err), -EINVAL);
	ASSERT_STR(err.subject, "mounts[0].target");
	for (const char *c = err.text; *c != '\0'; c++) {
		shown += *c == '\n';
	}
	ASSERT_TRUE(shown > 30);
	(void)snprintf(more, sizeof(more), "\n... and %d more", 100 - shown);
	ASSERT_CONTAINS(err.text, more);
}

TEST(findings_count_without_memory)
{
	_cleanup_(arena_done) struct arena arena = ARENA_INIT(0);
	struct findings findings = { .arena = &arena };
	struct err err = ERR_INIT;

	findings_add(&findings, "id", "is wrong");
	ASSERT_EQ(findings_report(&findings, &err), -EINVAL);
	ASSERT_STR(err.text, "... and 1 more");
}

/* A document with many members of process: NAME: [ELEMENT, ...]. */
static int decode_many(const char *name, const char *format, int count,
		       struct err *err)
{
	_cleanup_(spec_freep) struct spec *spec = NULL;
	_cleanup_free_ char *text = malloc(1U << 18);
	char *at = text;

	ASSERT_TRUE(text != NULL);
	at += sprintf(at, "{\"process\":{%s\"%s\":[",
		      strcmp(name, "argv") == 0 ? "" : "\"argv\":[\"a\"],",
		      name);
	for (int i = 0; i < count; i++) {
		at += sprintf(at, "%s\"%s%d=\"", i > 0 ? "," : "", format, i);
	}
	(void)sprintf(at, "]}}");
	return spec_decode_json(text, strlen(text), &spec, err);
}

TEST(the_program_has_limits_of_size)
{
	char name[201];
	struct err err = ERR_INIT;

	ASSERT_OK(decode_many("argv", "", 1024, &err));
	ASSERT_EQ(decode_many("argv", "", 1025, &err), -EINVAL);
	ASSERT_STR(err.text, "process.argv: has 1025 elements, more than 1024");
	ASSERT_OK(decode_many("env", "V", 1024, &err));
	ASSERT_EQ(decode_many("env", "V", 1025, &err), -EINVAL);
	ASSERT_STR(err.text, "process.env: has 1025 elements, more than 1024");
	memset(name, 'V', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	ASSERT_OK(decode_many("env", name, 600, &err));
	ASSERT_EQ(decode_many("env", name, 700, &err), -EINVAL);
	ASSERT_STR(err.subject, "process");
	ASSERT_CONTAINS(err.text, "bytes, more than 131072");
}

TEST(paths_have_a_limit_of_length)
{
	_cleanup_free_ char *text = malloc(8192);
	char *at = text;
	_cleanup_(spec_freep) struct spec *spec = NULL;
	struct err err = ERR_INIT;

	ASSERT_TRUE(text != NULL);
	at += sprintf(at, "{\"process\":{\"argv\":[\"a\"],\"cwd\":\"/");
	memset(at, 'a', 4094);
	memcpy(at + 4094, "\"}}", 4);
	ASSERT_OK(spec_decode_json(text, strlen(text), &spec, &err));
	spec_freep(&spec);
	spec = NULL;
	memcpy(at + 4094, "a\"}}", 5);
	ASSERT_EQ(spec_decode_json(text, strlen(text), &spec, &err), -EINVAL);
	ASSERT_CONTAINS(err.text, "is longer than 4095 bytes");
}
