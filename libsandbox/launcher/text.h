/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The few string and memory functions that a program without a C library
 * needs: bounded, no locale, no allocation.
 */
#ifndef SANDBOX_LAUNCHER_TEXT_H
#define SANDBOX_LAUNCHER_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* memcpy() and its three kin, which the compiler calls by itself, are here. */
#include <string.h>

size_t text_length(const char *text);

/* A buffer that is filled from the left; `full` once something did not fit. */
struct text {
	char *buffer;
	size_t capacity;
	size_t length; /* without the NUL that always follows */
	bool full;
};

#define TEXT_IN(array)                                       \
	{                                                    \
		.buffer = (array), .capacity = sizeof(array) \
	}

void text_add(struct text *text, const char *part);
void text_add_bytes(struct text *text, const char *part, size_t size);
void text_add_number(struct text *text, uint64_t number);
void text_add_signed(struct text *text, int64_t number);
void text_add_octal(struct text *text, uint32_t number);

/* Whether both have the same words, however they are set apart. */
bool text_same_words(const char *one, size_t one_size, const char *other,
		     size_t other_size);

#endif
