/* SPDX-License-Identifier: Apache-2.0 */
/* Runs command lines within the test process, against the fake library. */
#ifndef SANDBOX_TESTS_CLI_COMMAND_CASE_H
#define SANDBOX_TESTS_CLI_COMMAND_CASE_H

#include <stddef.h>

struct outcome {
	int status;
	char *out;
	char *err;
};

/*
 * The words behind "sandbox", separated by one space each; '' is the empty
 * word.  Fails the test if the command leaves an object of the library behind.
 */
struct outcome command_case(const char *line);
struct outcome command_case_words(const char *const *words);
void outcome_done(struct outcome *outcome);

/* @text with ' for ", from malloc. */
char *double_quotes(const char *text);

/* Writes a file into the test's own directory, which is made the working
 * directory; returns nothing but fails the test. */
void enter_folder(void);
void leave_folder(void);
void make_file(const char *name, const char *text);

/* The whole of a file, from malloc; NULL if there is none. */
char *file_text(const char *name);

/* How many entries the working directory has. */
size_t count_entries(void);

#endif
