/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the command writes: its answers to one stream, its complaints to
 * another, each line as "sandbox: MESSAGE".  What comes from files, from
 * arguments or from a sandbox never reaches a terminal as control characters.
 */
#ifndef SANDBOX_CLI_CONSOLE_H
#define SANDBOX_CLI_CONSOLE_H

#include <stdio.h>

struct console {
	FILE *out;
	FILE *err;
};

/* Prints @text with control characters and bytes that are no UTF-8 as \xHH. */
void console_escape(FILE *stream, const char *text, size_t size);

/* One line to the error stream, after "sandbox: ", whatever is in @message. */
void console_complain(const struct console *console, const char *message);

/* The same for each line of a message of the library. */
void console_complain_lines(const struct console *console, const char *message);

/* The lines of @text to the output, escaped; the last gets a line feed. */
void console_lines(const struct console *console, const char *text);

#endif
