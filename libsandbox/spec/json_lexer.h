/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON text (RFC 8259) as a row of tokens.  Strings come decoded, as valid
 * UTF-8 without NUL; numbers come as they are written.
 */
#ifndef SANDBOX_SPEC_JSON_LEXER_H
#define SANDBOX_SPEC_JSON_LEXER_H

#include "spec/arena.h"

#include <stddef.h>

enum json_kind {
	JSON_END,
	JSON_OBJECT_OPEN,
	JSON_OBJECT_CLOSE,
	JSON_ARRAY_OPEN,
	JSON_ARRAY_CLOSE,
	JSON_COLON,
	JSON_COMMA,
	JSON_STRING,
	JSON_NUMBER,
	JSON_TRUE,
	JSON_FALSE,
	JSON_NULL,
};

struct json_token {
	enum json_kind kind;
	const char *at; /* in the text, for messages */
	const char
		*text; /* of a string: decoded, terminated; of a number: raw */
	size_t size;
};

struct json_lexer {
	const char *at;
	const char *end;
	struct arena *arena;  /* keeps the strings */
	const char *fault;    /* in words, after a failure */
	const char *fault_at; /* in the text */
};

/*
 * Return: 0; -EINVAL with @fault and @fault_at set; -ENOMEM when the arena is
 * exhausted.
 */
int json_next(struct json_lexer *lexer, struct json_token *ret);

/* The kind in words, with an article. */
const char *json_kind_words(enum json_kind kind);

#endif
