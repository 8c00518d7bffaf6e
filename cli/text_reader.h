/* SPDX-License-Identifier: Apache-2.0 */
/* Words and values of the text format, for text_format.c alone. */
#ifndef SANDBOX_CLI_TEXT_READER_H
#define SANDBOX_CLI_TEXT_READER_H

#include "text_format.h"

struct text_reader {
	struct json_tree *tree;
	const char *start;
	const char *at;
	const char *end;
	struct complaint *complaint;
};

/* Complains of what is at @at. */
__attribute__((format(printf, 3, 4))) int text_fail(struct text_reader *reader,
						    const char *at,
						    const char *fault, ...);

/* Blanks and comments. */
void text_skip(struct text_reader *reader);

/* Takes one character with the blanks behind it. */
bool text_take(struct text_reader *reader, char character);

/* The word at hand, which may be empty; not taken. */
size_t text_word(const struct text_reader *reader);

/* One value that is no message, as a member of @parent. */
int text_value(struct text_reader *reader, const struct text_field *field,
	       struct json_node *parent);

/* All literals that stand side by side. */
int text_literals(struct text_reader *reader, struct buffer *ret);

#endif
