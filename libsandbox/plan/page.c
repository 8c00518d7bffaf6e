/* SPDX-License-Identifier: Apache-2.0 */
/* Grows a string; see page.h. */
#include "plan/page.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for @size bytes and a NUL behind the text, or NULL. */
static char *reserve(struct page *page, size_t size)
{
	size_t capacity = page->capacity == 0 ? 4096 : page->capacity;
	char *text;

	if (page->failure != 0) {
		return NULL;
	}
	while (capacity < page->length + size + 1) {
		capacity *= 2;
	}
	if (capacity != page->capacity) {
		text = realloc(page->text, capacity);
		if (text == NULL) {
			page->failure = -ENOMEM;
			return NULL;
		}
		page->text = text;
		page->capacity = capacity;
	}
	return page->text + page->length;
}

static void add(struct page *page, const char *bytes, size_t size)
{
	char *to = reserve(page, size);

	if (to != NULL) {
		memcpy(to, bytes, size);
		to[size] = '\0';
		page->length += size;
	}
}

void page_print(struct page *page, const char *format, ...)
{
	va_list arguments;
	char *to;
	int size;

	va_start(arguments, format);
	size = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (size < 0) {
		page->failure = -ENOMEM;
		return;
	}
	to = reserve(page, (size_t)size);
	if (to == NULL) {
		return;
	}
	va_start(arguments, format);
	(void)vsnprintf(to, (size_t)size + 1, format, arguments);
	va_end(arguments);
	page->length += (size_t)size;
}

void page_quote(struct page *page, const char *value)
{
	add(page, "\"", 1);
	for (const char *at = value; *at != '\0'; at++) {
		unsigned char byte = (unsigned char)*at;

		if (byte == '"' || byte == '\\') {
			add(page, "\\", 1);
			add(page, at, 1);
		} else if (byte == '\n') {
			add(page, "\\n", 2);
		} else if (byte < ' ' || byte == 0x7f) {
			page_print(page, "\\x%02x", byte);
		} else {
			add(page, at, 1);
		}
	}
	add(page, "\"", 1);
}

int page_finish(struct page *page, char **ret)
{
	add(page, "", 0);
	if (page->failure != 0) {
		return page->failure;
	}
	*ret = page->text;
	*page = (struct page)PAGE_INIT;
	return 0;
}

void page_done(struct page *page)
{
	free(page->text);
	*page = (struct page)PAGE_INIT;
}
