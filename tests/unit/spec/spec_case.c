/* SPDX-License-Identifier: Apache-2.0 */
/* Runs tables of documents through the decoder. */
#include "spec_case.h"

#include "base/cleanup.h"
#include "lib/tap.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *spec_case_text(const char *document)
{
	char *text = strdup(document);

	ASSERT_TRUE(text != NULL);
	for (char *c = text; *c != '\0'; c++) {
		if (*c == '\'') {
			*c = '"';
		}
	}
	return text;
}

int spec_case_decode(const char *document, struct spec **ret, struct err *err)
{
	_cleanup_free_ char *text = spec_case_text(document);

	return spec_decode_json(text, strlen(text), ret, err);
}

static void check_case(const struct spec_case *row)
{
	_cleanup_(spec_freep) struct spec *spec = NULL;
	struct err err = ERR_INIT;
	char line[1024];
	int r = spec_case_decode(row->document, &spec, &err);

	if (row->path == NULL) {
		if (r != 0) {
			FAIL("refused: %s\n%s", row->document, err.text);
		}
		return;
	}
	if (r != -EINVAL || err.kind != SANDBOX_ERROR_SPEC) {
		FAIL("result %d, kind %d: %s", r, (int)err.kind, row->document);
	}
	(void)snprintf(line, sizeof(line), "%s: %s", row->path, row->message);
	if (strcmp(err.subject, row->path) != 0 ||
	    strcmp(err.text, line) != 0) {
		FAIL("%s\ngot  [%s] %s\nwant [%s] %s", row->document,
		     err.subject, err.text, row->path, line);
	}
}

void spec_case_check_all(const struct spec_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		check_case(&cases[i]);
	}
}
