/* SPDX-License-Identifier: Apache-2.0 */
/* Writes for people; see console.h. */
#include "console.h"

#include <stdbool.h>
#include <string.h>

#define PREFIX "sandbox: "

/* The length that a first byte of UTF-8 announces; 0 if it is none. */
static size_t announced_length(unsigned char first)
{
	if (first < 0x80) {
		return 1;
	}
	if (first >= 0xc2 && first <= 0xdf) {
		return 2;
	}
	if (first >= 0xe0 && first <= 0xef) {
		return 3;
	}
	return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

/* The bytes of the printable character at @text, or 0. */
static size_t printable_length(const unsigned char *text, size_t size)
{
	size_t length = announced_length(text[0]);

	if (length == 0 || length > size || text[0] < 0x20 || text[0] == 0x7f) {
		return 0;
	}
	for (size_t i = 1; i < length; i++) {
		if ((text[i] & 0xc0) != 0x80) {
			return 0;
		}
	}
	/* U+0080 to U+009F are control characters as well. */
	if (text[0] == 0xc2 && text[1] < 0xa0) {
		return 0;
	}
	return length;
}

void console_escape(FILE *stream, const char *text, size_t size)
{
	const unsigned char *bytes = (const unsigned char *)text;

	for (size_t i = 0; i < size;) {
		size_t length = printable_length(bytes + i, size - i);

		if (length == 0) {
			(void)fprintf(stream, "\\x%02x",
				      (unsigned int)bytes[i]);
			length = 1;
		} else {
			(void)fwrite(bytes + i, 1, length, stream);
		}
		i += length;
	}
}

static void print_lines(FILE *stream, const char *prefix, const char *text)
{
	do {
		size_t size = strcspn(text, "\n");

		(void)fputs(prefix, stream);
		console_escape(stream, text, size);
		(void)fputc('\n', stream);
		text += size + (text[size] == '\n' ? 1 : 0);
	} while (*text != '\0');
}

void console_complain(const struct console *console, const char *message)
{
	(void)fputs(PREFIX, console->err);
	console_escape(console->err, message, strlen(message));
	(void)fputc('\n', console->err);
}

void console_complain_lines(const struct console *console, const char *message)
{
	print_lines(console->err, PREFIX, message);
}

void console_lines(const struct console *console, const char *text)
{
	print_lines(console->out, "", text);
}
