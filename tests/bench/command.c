/* SPDX-License-Identifier: Apache-2.0 */
/* Words of a command line in one buffer. */
#include "command.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void command_add(struct command *command, const char *format, ...)
{
	char *word = command->bytes + command->used;
	size_t room = sizeof(command->bytes) - command->used;
	va_list arguments;
	int n = 0;

	va_start(arguments, format);
	n = vsnprintf(word, room, format, arguments);
	va_end(arguments);
	if (n < 0 || (size_t)n >= room || command->words == COMMAND_WORDS) {
		abort();
	}
	command->argv[command->words++] = word;
	command->argv[command->words] = NULL;
	command->used += (size_t)n + 1;
}

void command_add_all(struct command *command, const char *const *words)
{
	for (; *words; words++) {
		command_add(command, "%s", *words);
	}
}

int command_add_program(struct command *command, const char *name)
{
	const char *path = getenv("PATH");
	char places[2048];
	char *rest = places;
	char *place = NULL;

	(void)snprintf(places, sizeof(places), "%s:/usr/sbin:/sbin:/usr/bin",
		       path ? path : "");
	for (place = strsep(&rest, ":"); place; place = strsep(&rest, ":")) {
		char candidate[512];

		(void)snprintf(candidate, sizeof(candidate), "%s/%s", place,
			       name);
		if (place[0] == '/' && access(candidate, X_OK) == 0) {
			command_add(command, "%s", candidate);
			return 0;
		}
	}
	return -ENOENT;
}
