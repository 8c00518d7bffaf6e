/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages of any type of the schema from and to their two forms: protobuf
 * bytes and proto3 JSON.
 *
 * Both readers are strict.  An unknown field, a field given twice, a wrong
 * type, a number out of range, an unknown enum value, text that is not UTF-8
 * or holds NUL, data after the end and too many values are errors that name
 * the field; nothing is skipped, cut or guessed.  They report kind
 * SANDBOX_ERROR_SPEC with the field path as subject.
 */
#ifndef SANDBOX_SPEC_CODEC_H
#define SANDBOX_SPEC_CODEC_H

#include "base/err.h"
#include "spec/arena.h"

#include <stddef.h>

/* Fields and elements that a document may have in all. */
#define CODEC_VALUES_MAX 65536

/* Entries that a map may have. */
#define CODEC_MAP_MAX 256

/*
 * Field names may be lowerCamelCase or those of the schema; null stands for a
 * field that is not given; 64-bit integers may be strings.  The message of an
 * error begins with "LINE:COLUMN: ".
 *
 * @ret is in @arena, and so is all it points to; @text is not kept.
 * Return: 0, -EINVAL, or -ENOMEM.
 */
int json_decode(const ProtobufCMessageDescriptor *type, const char *text,
		size_t size, struct arena *arena, ProtobufCMessage **ret,
		struct err *err);

enum json_flags {
	JSON_ZERO_VALUES = 1 << 0, /* print fields that are not set, too, but
				      for messages */
	JSON_INDENT = 1 << 1,      /* several lines, two spaces a level */
	JSON_SCHEMA_NAMES = 1 << 2 /* field_names, not fieldNames */
};

/*
 * Fields come in the order of their numbers, list elements and map entries in
 * the order they have, so that equal messages give equal text.  Enums are
 * written by name, 64-bit integers as strings.
 *
 * @ret_text is a string from malloc, without a line feed at its end.
 * Return: 0; -ENOMEM; -EINVAL for a message that no reader would have made.
 */
int json_encode(const ProtobufCMessage *message, unsigned int flags,
		char **ret_text);

/*
 * Whether bytes are a message of @type, before protobuf-c sees them: that
 * reader gives no reasons, keeps unknown fields, and takes any bytes for text.
 *
 * Return: 0, or -EINVAL.
 */
int wire_check(const ProtobufCMessageDescriptor *type, const void *bytes,
	       size_t size, struct err *err);

/* wire_check(), then the message; as json_decode(). */
int wire_decode(const ProtobufCMessageDescriptor *type, const void *bytes,
		size_t size, struct arena *arena, ProtobufCMessage **ret,
		struct err *err);

#endif
