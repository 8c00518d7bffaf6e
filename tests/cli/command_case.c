/* SPDX-License-Identifier: Apache-2.0 */
/* Runs command lines and keeps what they print; see command_case.h. */
#include "command_case.h"

#include "fake_sandbox.h"
#include "lib/tap.h"
#include "verbs.h"

#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WORDS_MAX 64

static char folder[64];

struct outcome command_case_words(const char *const *words)
{
	struct outcome outcome = { .status = -1 };
	char *copies[WORDS_MAX + 1] = { NULL };
	struct console console = { NULL, NULL };
	size_t out_size = 0;
	size_t err_size = 0;
	size_t count = 0;

	while (words[count] != NULL) {
		ASSERT_TRUE(count < WORDS_MAX);
		copies[count] = strdup(words[count]);
		count++;
	}
	console.out = open_memstream(&outcome.out, &out_size);
	console.err = open_memstream(&outcome.err, &err_size);
	outcome.status = command_run(&console, copies);
	(void)fclose(console.out);
	(void)fclose(console.err);
	for (size_t i = 0; i < count; i++) {
		free(copies[i]);
	}
	ASSERT_EQ(fake.alive, 0);
	return outcome;
}

struct outcome command_case(const char *line)
{
	const char *words[WORDS_MAX + 1] = { NULL };
	char *copy = strdup(line);
	char *rest = copy;
	size_t count = 0;
	struct outcome outcome;

	while (rest != NULL && *rest != '\0') {
		char *word = strsep(&rest, " ");

		ASSERT_TRUE(count < WORDS_MAX);
		words[count++] = strcmp(word, "''") == 0 ? "" : word;
	}
	outcome = command_case_words(words);
	free(copy);
	return outcome;
}

void outcome_done(struct outcome *outcome)
{
	free(outcome->out);
	free(outcome->err);
	free(fake.document);
	free(fake.address);
	fake.document = NULL;
	fake.address = NULL;
}

char *double_quotes(const char *text)
{
	char *copy = strdup(text);

	ASSERT_TRUE(copy != NULL);
	for (char *c = copy; *c != '\0'; c++) {
		if (*c == '\'') {
			*c = '"';
		}
	}
	return copy;
}

void enter_folder(void)
{
	(void)snprintf(folder, sizeof(folder), "/tmp/sandbox-cli-XXXXXX");
	ASSERT_TRUE(mkdtemp(folder) != NULL);
	ASSERT_EQ(chdir(folder), 0);
}

static int remove_entry(const char *path, const struct stat *status, int type,
			struct FTW *walk)
{
	(void)status;
	(void)type;
	(void)walk;
	return remove(path);
}

void leave_folder(void)
{
	ASSERT_EQ(chdir("/"), 0);
	ASSERT_EQ(nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS), 0);
}

void make_file(const char *name, const char *text)
{
	FILE *file = fopen(name, "we");

	ASSERT_TRUE(file != NULL);
	ASSERT_TRUE(fputs(text, file) >= 0);
	ASSERT_EQ(fclose(file), 0);
}

char *file_text(const char *name)
{
	FILE *file = fopen(name, "re");
	char *text = NULL;
	size_t size = 0;

	if (file == NULL) {
		return NULL;
	}
	if (getdelim(&text, &size, '\0', file) < 0) {
		free(text);
		text = strdup("");
	}
	(void)fclose(file);
	return text;
}

size_t count_entries(void)
{
	DIR *directory = opendir(".");
	size_t count = 0;

	ASSERT_TRUE(directory != NULL);
	while (readdir(directory) != NULL) {
		count++;
	}
	(void)closedir(directory);
	return count - 2;
}
