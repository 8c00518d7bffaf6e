/* SPDX-License-Identifier: Apache-2.0 */
/* Imports configurations; see import_case.h. */
#include "import_case.h"

#include "cleanup.h"
#include "command_case.h"
#include "lib/tap.h"

#include <stdio.h>
#include <string.h>

/* Without blanks and line feeds, which no value of the cases has. */
static void squeeze(char *text)
{
	char *to = text;

	for (const char *from = text; *from != '\0'; from++) {
		if (*from != ' ' && *from != '\n') {
			*to++ = *from;
		}
	}
	*to = '\0';
}

static void check_parts(const struct import_case *row, const char *text)
{
	for (size_t i = 0; i < PARTS_MAX && row->parts[i] != NULL; i++) {
		_cleanup_free_ char *part = double_quotes(row->parts[i]);

		if (strstr(text, part) == NULL) {
			FAIL("%s: no %s in\n%s", row->about, part, text);
		}
	}
}

/* The lines of @err name the fields that are lost, and no others. */
static void check_lost(const struct import_case *row, const char *err)
{
	static const char start[] = "sandbox: lost: ";

	for (size_t i = 0; i < PARTS_MAX && row->lost[i] != NULL; i++) {
		const char *field = err + strlen(start);
		size_t size = strlen(row->lost[i]);

		if (strncmp(err, start, strlen(start)) != 0 ||
		    strncmp(field, row->lost[i], size) != 0 ||
		    strncmp(field + size, ": ", 2) != 0) {
			FAIL("%s: %s is not lost, but\n%s", row->about,
			     row->lost[i], err);
		}
		err += strcspn(err, "\n") + 1;
	}
	if (*err != '\0') {
		FAIL("%s: also lost\n%s", row->about, err);
	}
}

/*
 * The document is a good one, or would be if this build had all fields: nothing
 * else may be said against it.
 */
static void check_document(const struct import_case *row, const char *text)
{
	_cleanup_(outcome_done) struct outcome outcome = { .status = -1 };
	char *rest = NULL;

	make_file("document", text);
	outcome = command_case("check document");
	rest = outcome.out;
	while (outcome.status != 0 && rest != NULL && *rest != '\0') {
		const char *finding = strsep(&rest, "\n");

		if (strstr(finding, "not implemented in this build") == NULL) {
			FAIL("%s: check says %s\n%s", row->about, finding,
			     text);
		}
	}
	if (outcome.err[0] != '\0') {
		FAIL("%s: check says %s\n%s", row->about, outcome.err, text);
	}
}

static void check_import(const struct import_case *row)
{
	_cleanup_(outcome_done) struct outcome outcome = { .status = -1 };
	_cleanup_free_ char *line = NULL;

	if (row->config != NULL) {
		_cleanup_free_ char *config = double_quotes(row->config);

		make_file("c", config);
	}
	ASSERT_TRUE(asprintf(&line, "import %s", row->line) > 0);
	outcome = command_case(line);
	if (outcome.status != (row->lost[0] == NULL ? 0 : 3)) {
		FAIL("%s: status %d\n%s%s", row->about, outcome.status,
		     outcome.out, outcome.err);
	}
	check_lost(row, outcome.err);
	check_document(row, outcome.out);
	squeeze(outcome.out);
	check_parts(row, outcome.out);
}

void check_imports(const struct import_case *cases, size_t count)
{
	enter_folder();
	for (size_t i = 0; i < count; i++) {
		check_import(&cases[i]);
	}
	leave_folder();
}
