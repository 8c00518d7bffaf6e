/* SPDX-License-Identifier: Apache-2.0 */
/* Reads command lines by tables; see options.h. */
#include "options.h"

#include <stdbool.h>
#include <string.h>

/* Where the text of a help line begins. */
#define HELP_COLUMN 28

static const struct option *find(const struct option *table, const char *name,
				 size_t size)
{
	for (const struct option *option = table; option->name != NULL;
	     option++) {
		if (strlen(option->name) == size &&
		    memcmp(option->name, name, size) == 0) {
			return option;
		}
	}
	return NULL;
}

static void store(const struct option *option, const char *value, void *slots,
		  struct flag_list *flags)
{
	if (option->change == NULL) {
		memcpy((char *)slots + option->slot, &value, sizeof(value));
		return;
	}
	flags->flags[flags->count++] = (struct flag){ option, value };
}

/* The name in "--name" or "--name=VALUE"; NULL where there is none. */
static const char *name_in(const char *word)
{
	if (strcmp(word, "-h") == 0) {
		return "help";
	}
	return strncmp(word, "--", 2) == 0 ? word + 2 : NULL;
}

/* One option, with its value; returns how many words that were. */
static int read_option(const struct option *table, char **words, void *slots,
		       struct flag_list *flags, struct complaint *complaint)
{
	const char *name = name_in(*words);
	size_t size = name == NULL ? 0 : strcspn(name, "=");
	const struct option *option =
		name == NULL ? NULL : find(table, name, size);
	const char *value = NULL;
	int count = 1;

	if (option == NULL) {
		return complain(complaint, "%.200s: there is no such option",
				*words);
	}
	if (name[size] == '=') {
		value = name + size + 1;
	}
	if (option->argument == NULL && value != NULL) {
		return complain(complaint, "--%s: takes no value",
				option->name);
	}
	if (option->argument != NULL && value == NULL) {
		value = words[1];
		count = 2;
	}
	if (option->argument != NULL && value == NULL) {
		return complain(complaint, "--%s: needs a value, %s",
				option->name, option->argument);
	}
	store(option, value == NULL ? "" : value, slots, flags);
	return count;
}

int options_parse(const struct option *table, char **words, void *slots,
		  struct flag_list *flags, char ***rest,
		  struct complaint *complaint)
{
	while (*words != NULL) {
		int count = 0;

		if (strcmp(*words, "--") == 0) {
			words++;
			break;
		}
		if ((*words)[0] != '-' || (*words)[1] == '\0') {
			break;
		}
		count = read_option(table, words, slots, flags, complaint);
		if (count < 0) {
			return count;
		}
		words += count;
	}
	*rest = words;
	return 0;
}

void options_print(const struct option *table, FILE *stream)
{
	for (const struct option *option = table; option->name != NULL;
	     option++) {
		const char *argument =
			option->argument == NULL ? "" : option->argument;
		int used = fprintf(stream, "  --%s%s%s", option->name,
				   argument[0] == '\0' ? "" : " ", argument);

		if (used >= HELP_COLUMN) {
			(void)fprintf(stream, "\n");
			used = 0;
		}
		(void)fprintf(stream, "%*s%s\n", HELP_COLUMN - used, "",
			      option->help);
	}
}
