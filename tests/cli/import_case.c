/* SPDX-License-Identifier: Apache-2.0 */
/* Imports configurations; see import_case.h. */
#include "import_case.h"

#include "cleanup.h"
#include "command_case.h"
#include "lib/tap.h"

#include <stdbool.h>
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

static const char start[] = "sandbox: lost: ";

/* Takes the line away that says of a field that this build lacks it. */
static bool cut_line(char *err, const char *field)
{
	for (char *line = err; *line != '\0'; line += strcspn(line, "\n") + 1) {
		size_t size = strcspn(line, "\n") + 1;
		const char *why = strstr(line, "not implemented in this build");

		if (strncmp(line, start, strlen(start)) == 0 &&
		    strncmp(line + strlen(start), field, strlen(field)) == 0 &&
		    why != NULL && why < line + size) {
			memmove(line, line + size, strlen(line + size) + 1);
			return true;
		}
	}
	return false;
}

static void check_later(const struct import_case *row, const char *text,
			char *err)
{
	for (size_t i = 0; i < PARTS_MAX && row->later[i].part != NULL; i++) {
		const struct import_later *later = &row->later[i];
		_cleanup_free_ char *part = double_quotes(later->part);

		if ((strstr(text, part) != NULL) ==
		    cut_line(err, later->field)) {
			FAIL("%s: no %s, or it and that it is lost, in\n%s%s",
			     row->about, part, text, err);
		}
	}
}

/* The lines of @err name the fields that are lost, and no others. */
static void check_lost(const struct import_case *row, const char *err)
{
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

/* The document is one that this build takes whole. */
static void check_document(const struct import_case *row, const char *text)
{
	_cleanup_(outcome_done) struct outcome outcome = { .status = -1 };

	make_file("document", text);
	outcome = command_case("check document");
	if (outcome.status != 0) {
		FAIL("%s: check says %s%s\n%s", row->about, outcome.out,
		     outcome.err, text);
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
	if (outcome.status != (outcome.err[0] == '\0' ? 0 : 3)) {
		FAIL("%s: status %d\n%s%s", row->about, outcome.status,
		     outcome.out, outcome.err);
	}
	check_document(row, outcome.out);
	squeeze(outcome.out);
	check_later(row, outcome.out, outcome.err);
	check_lost(row, outcome.err);
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
