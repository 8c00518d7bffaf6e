/* SPDX-License-Identifier: Apache-2.0 */
/* Puts specifications together and takes answers apart. */
#include "launch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *launch_probe_path(void)
{
	const char *path = getenv("SANDBOX_TEST_PROBE");

	if (path == NULL) {
		FAIL("SANDBOX_TEST_PROBE is not set");
	}
	return path;
}

enum launch_mode launch_mode(void)
{
	const char *mode = getenv("SANDBOX_TEST_MODE");

	if (mode == NULL) {
		FAIL("SANDBOX_TEST_MODE is not set");
	}
	if (strcmp(mode, "root") == 0) {
		return MODE_ROOT;
	}
	return strcmp(mode, "ranges") == 0 ? MODE_RANGES : MODE_SINGLE;
}

const char *launch_folder(const char *name)
{
	static char paths[8][512];
	static size_t next;
	char *path = paths[next++ % 8];
	const char *folder = getenv("SANDBOX_TEST_FOLDER");

	if (folder == NULL) {
		FAIL("SANDBOX_TEST_FOLDER is not set");
	}
	(void)snprintf(path, sizeof(paths[0]), "%s%s%s", folder,
		       name[0] == '\0' ? "" : "/", name);
	return path;
}

/* The words of the probe's arguments as elements of a JSON list. */
static void print_words(FILE *text, const char *words)
{
	(void)fputs("\"/probe\"", text);
	while (*words != '\0') {
		size_t size = strcspn(words, " ");

		(void)fprintf(text, ", \"%.*s\"", (int)size, words);
		words += size;
		words += strspn(words, " ");
	}
}

static void print_process(FILE *text, const struct request *request)
{
	(void)fputs("\"process\": { \"argv\": [", text);
	if (request->argv != NULL) {
		(void)fputs(request->argv, text);
	} else {
		print_words(text, request->probe);
	}
	(void)fputs("]", text);
	if (!request->own_stdio) {
		(void)fputs(", \"stdio\": { \"out\": { \"kind\": \"FD\","
			    " \"fd\": 1 }, \"err\": { \"kind\": \"FD\","
			    " \"fd\": 2 } }",
			    text);
	}
	if (request->process != NULL) {
		(void)fprintf(text, ", %s", request->process);
	}
	(void)fputs(" }", text);
}

static void print_mounts(FILE *text, const struct request *request)
{
	(void)fputs(", \"mounts\": [", text);
	if (!request->no_probe) {
		(void)fprintf(text,
			      "{ \"source\": \"%s\", \"target\": \"/probe\" }",
			      launch_probe_path());
	}
	if (request->mounts != NULL) {
		(void)fprintf(text, "%s%s", request->no_probe ? "" : ", ",
			      request->mounts);
	}
	(void)fputs("]", text);
}

char *launch_document(const struct request *request)
{
	char *document = NULL;
	size_t size = 0;
	FILE *text = open_memstream(&document, &size);

	if (text == NULL) {
		FAIL("no memory");
	}
	(void)fputs("{ ", text);
	print_process(text, request);
	print_mounts(text, request);
	if (request->document != NULL) {
		(void)fprintf(text, ", %s", request->document);
	}
	(void)fputs(" }", text);
	if (fclose(text) != 0) {
		FAIL("no memory");
	}
	return document;
}

const char *answer(const char *text, const char *key)
{
	static char values[8][1024];
	static size_t next;
	size_t size = strlen(key);
	char *value = values[next++ % 8];

	for (const char *line = text; line != NULL && *line != '\0';) {
		const char *end = strchrnul(line, '\n');

		if (strncmp(line, key, size) == 0 && line[size] == ':') {
			const char *start = line + size + 1;

			start += strspn(start, " \t");
			(void)snprintf(value, sizeof(values[0]), "%.*s",
				       (int)(end > start ? end - start : 0),
				       start);
			return value;
		}
		line = *end == '\0' ? NULL : end + 1;
	}
	(void)snprintf(value, sizeof(values[0]), "(no line \"%s\")", key);
	return value;
}

int count_lines(const char *text, const char *start)
{
	int count = 0;

	for (const char *line = text; *line != '\0';) {
		const char *end = strchrnul(line, '\n');

		count += strncmp(line, start, strlen(start)) == 0 ? 1 : 0;
		line = *end == '\0' ? end : end + 1;
	}
	return count;
}
