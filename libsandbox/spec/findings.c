/* SPDX-License-Identifier: Apache-2.0 */
/* Collects what is wrong with a document and puts it into an error. */
#include "spec/findings.h"

#include "spec/text.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

/*
 * Findings that are kept; more than fit into an error's text.  Those after them
 * are counted without a look at whether their field has one already.
 */
#define KEPT_MAX 64

/* Room that is kept for "... and N more". */
#define MORE_BYTES 40

static const char *keep(struct findings *findings, const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = arena_alloc(findings->arena, size);

	return copy == NULL ? NULL : memcpy(copy, text, size);
}

static bool has(const struct findings *findings, const char *path)
{
	for (const struct finding *finding = findings->first; finding != NULL;
	     finding = finding->next) {
		if (strcmp(finding->path, path) == 0) {
			return true;
		}
	}
	return false;
}

static struct finding *finding_new(struct findings *findings, const char *path,
				   const char *text)
{
	struct finding *finding;

	if (findings->count >= KEPT_MAX) {
		return NULL;
	}
	finding = arena_alloc(findings->arena, sizeof(*finding));
	if (finding == NULL) {
		return NULL;
	}
	finding->path = keep(findings, path);
	finding->text = keep(findings, text);
	if (finding->path == NULL || finding->text == NULL) {
		return NULL;
	}
	return finding;
}

void findings_add_list(struct findings *findings, const char *path,
		       const char *format, va_list arguments)
{
	char buffer[512] = "";
	struct text text = TEXT_OVER(buffer);
	struct finding *finding;

	if (has(findings, path)) {
		return;
	}
	text_add(&text, "%s: ", path);
	text_add_list(&text, format, arguments);
	/* A finding is one line, whatever a value holds. */
	for (char *c = buffer; *c != '\0'; c++) {
		if ((unsigned char)*c < 0x20 || *c == 0x7f) {
			*c = '?';
		}
	}
	finding = finding_new(findings, path, buffer);
	/* Counted in any case: a document with a finding never passes. */
	findings->count++;
	if (finding == NULL) {
		return;
	}
	if (findings->last == NULL) {
		findings->first = finding;
	} else {
		findings->last->next = finding;
	}
	findings->last = finding;
}

void findings_add(struct findings *findings, const char *path,
		  const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	findings_add_list(findings, path, format, arguments);
	va_end(arguments);
}

void findings_add_value(struct findings *findings, const char *path,
			const char *value, const char *rule)
{
	char buffer[256] = "";
	struct text quoted = TEXT_OVER(buffer);

	text_add_quoted(&quoted, value, strlen(value));
	findings_add(findings, path, "%s %s", buffer, rule);
}

int findings_report(const struct findings *findings, struct err *err)
{
	char buffer[sizeof(err->text)] = "";
	struct text text = TEXT_OVER(buffer);
	const struct finding *finding = findings->first;
	const char *subject = finding == NULL ? "" : finding->path;
	size_t shown = 0;

	if (findings->count == 0) {
		return 0;
	}
	while (finding != NULL &&
	       text.used + strlen(finding->text) + MORE_BYTES <
		       sizeof(buffer)) {
		text_add(&text, "%s%s", shown > 0 ? "\n" : "", finding->text);
		finding = finding->next;
		shown++;
	}
	if (shown < findings->count) {
		text_add(&text, "%s... and %zu more", shown > 0 ? "\n" : "",
			 findings->count - shown);
	}
	return err_at(err, SANDBOX_ERROR_SPEC, EINVAL, "", subject, "%s",
		      buffer);
}
