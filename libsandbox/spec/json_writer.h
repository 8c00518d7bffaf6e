/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON text in a growing buffer: commas, line feeds and escapes are its
 * business.  It knows nothing of messages.  A lack of memory is remembered and
 * told at the end.
 */
#ifndef SANDBOX_SPEC_JSON_WRITER_H
#define SANDBOX_SPEC_JSON_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Brackets that may be open at a time. */
#define JSON_WRITER_DEPTH 64

struct json_writer {
	bool indent;
	bool failed;
	bool after_key; /* a key waits for its value */
	char *buffer;
	size_t size;
	size_t used;
	unsigned int depth;
	bool filled[JSON_WRITER_DEPTH]; /* the bracket has an element */
};

void json_write_open(struct json_writer *writer, char bracket);
void json_write_close(struct json_writer *writer, char bracket);
void json_write_key(struct json_writer *writer, const char *key);
void json_write_string(struct json_writer *writer, const char *text,
		       size_t size);
void json_write_word(struct json_writer *writer, const char *word);
void json_write_integer(struct json_writer *writer, uint64_t value,
			bool is_signed, bool quoted);

/*
 * Ends the text.  With @result 0 hands it out as a string from malloc, else
 * drops it and passes @result on.
 */
int json_writer_done(struct json_writer *writer, int result, char **ret_text);

#endif
