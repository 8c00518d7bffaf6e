/* SPDX-License-Identifier: Apache-2.0 */
/* Reading protobuf bytes, those of an enemy above all. */
#include "base/array.h"
#include "base/cleanup.h"
#include "lib/tap.h"
#include "spec/codec.h"
#include "spec_case.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Bytes as a string literal, with NUL in it. */
#define BYTES(literal) (literal), sizeof(literal) - 1

/* process { argv: "a" } */
#define PROGRAM            \
	"\x32\x03\x12\x01" \
	"a"

struct row {
	const char *bytes;
	size_t size;
	const char *subject;
	const char *fault;
};

static const struct row rows[] = {
	/* Field 99, varint; field 1 of a label besides key and value. */
	{ BYTES("\x98\x06\x01"), "",
	  "unknown field number 99 of sandbox.v1.SandboxSpec" },
	{ BYTES("\x1a\x03\x98\x06\x01"), "root",
	  "root: unknown field number 99 of sandbox.v1.Root" },
	/* Tags: none, cut, number 0, more than 32 bits, overlong. */
	{ BYTES("\x80"), "", "malformed field tag" },
	{ BYTES("\x00\x00"), "",
	  "unknown field number 0 of sandbox.v1.SandboxSpec" },
	{ BYTES("\xff\xff\xff\xff\xff\x01"), "", "malformed field tag" },
	{ BYTES("\x8a\x80\x80\x80\x80\x00\x01"
		"a"),
	  "", "malformed field tag" },
	/* id as varint, as 64 bits, as a group. */
	{ BYTES("\x08\x01"), "id", "id: wrong wire type" },
	{ BYTES("\x09"
		"12345678"),
	  "id", "id: wrong wire type" },
	{ BYTES("\x0b\x0c"), "id", "id: wrong wire type" },
	/* root.kind with bytes: no list, so not packed either. */
	{ BYTES("\x1a\x03\x0a\x01\x01"), "root.kind",
	  "root.kind: wrong wire type" },
	/* Lengths that run over the end, one near 2^64. */
	{ BYTES("\x0a\x05"
		"abcd"),
	  "id", "id: truncated" },
	{ BYTES("\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), "id",
	  "id: truncated" },
	{ BYTES("\x0a"), "id", "id: truncated" },
	/* A message whose field runs over its own end, not the buffer's. */
	{ BYTES("\x1a\x02\x12\x03"
		"abc"),
	  "root.path", "root.path: truncated" },
	/* Text. */
	{ BYTES("\x0a\x03"
		"a\0b"),
	  "id", "id: invalid UTF-8 or NUL" },
	{ BYTES("\x0a\x01\xff"), "id", "id: invalid UTF-8 or NUL" },
	{ BYTES("\x6a\x01"
		"a"
		"\x6a\x01\xff"),
	  "preferred[1]", "preferred[1]: invalid UTF-8 or NUL" },
	/* Given twice. */
	{ BYTES("\x0a\x01"
		"a"
		"\x0a\x01"
		"b"),
	  "id", "id: given more than once" },
	{ BYTES("\x1a\x00\x1a\x00"), "root", "root: given more than once" },
	/* root.kind 77; 2^32; a varint of eleven bytes; one that is cut. */
	{ BYTES("\x1a\x02\x08\x4d"), "root.kind",
	  "root.kind: unknown enum value" },
	{ BYTES("\x1a\x06\x08\x80\x80\x80\x80\x10"), "root.kind",
	  "root.kind: number out of range" },
	{ BYTES("\x1a\x0c\x08\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"),
	  "root.kind", "root.kind: malformed or truncated number" },
	{ BYTES("\x1a\x02\x08\x80"), "root.kind",
	  "root.kind: malformed or truncated number" },
	/* root.writable 2. */
	{ BYTES("\x1a\x02\x40\x02"), "root.writable",
	  "root.writable: number out of range" },
	/* process.extra_gids packed, the third of them 2^32; and cut. */
	{ BYTES("\x32\x09\x32\x07\x01\x02\x80\x80\x80\x80\x10"),
	  "process.extra_gids[2]",
	  "process.extra_gids[2]: number out of range" },
	{ BYTES("\x32\x04\x32\x02\x01\x80"), "process.extra_gids[1]",
	  "process.extra_gids[1]: malformed or truncated number" },
	/* Two labels with one key. */
	{ BYTES("\x12\x03\x0a\x01"
		"k"
		"\x12\x03\x0a\x01"
		"k"),
	  "labels", "labels[\"k\"]: duplicate key" },
};

TEST(hostile_bytes_are_refused_with_a_reason)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(spec_freep) struct spec *spec = NULL;
		struct err err = ERR_INIT;
		int r = spec_decode_bytes(rows[i].bytes, rows[i].size, &spec,
					  &err);

		if (r != -EINVAL || err.kind != SANDBOX_ERROR_SPEC ||
		    strcmp(err.subject, rows[i].subject) != 0 ||
		    strcmp(err.text, rows[i].fault) != 0) {
			FAIL("row %zu: %d [%s] %s\nwant [%s] %s", i, r,
			     err.subject, err.text, rows[i].subject,
			     rows[i].fault);
		}
	}
}

TEST(a_small_message_is_read)
{
	_cleanup_(spec_freep) struct spec *spec = NULL;
	struct err err = ERR_INIT;

	ASSERT_OK(spec_decode_bytes(BYTES(PROGRAM), &spec, &err));
	ASSERT_EQ(spec->message->process->n_argv, 1U);
	ASSERT_STR(spec->message->process->argv[0], "a");
	ASSERT_STR(spec->message->id, "");
}

TEST(every_prefix_of_a_message_is_refused_or_read)
{
	static const char bytes[] = PROGRAM "\x0a\x02"
					    "id"
					    "\x12\x06\x0a\x01"
					    "k"
					    "\x12\x01"
					    "v";
	int read = 0;

	for (size_t size = 0; size < sizeof(bytes); size++) {
		_cleanup_(spec_freep) struct spec *spec = NULL;
		struct err err = ERR_INIT;
		/* A copy of that size, so that a sanitizer sees the end. */
		_cleanup_free_ char *copy = malloc(size > 0 ? size : 1);

		ASSERT_TRUE(copy != NULL);
		memcpy(copy, bytes, size);
		read += spec_decode_bytes(copy, size, &spec, &err) == 0;
	}
	/* After the program, after the id, and the whole. */
	ASSERT_EQ(read, 3);
}

TEST(empty_submessages_do_not_blow_memory_up)
{
	size_t size = 130000;
	_cleanup_free_ char *bytes = malloc(size);
	_cleanup_(spec_freep) struct spec *spec = NULL;
	struct err err = ERR_INIT;

	ASSERT_TRUE(bytes != NULL);
	for (size_t i = 0; i < size; i += 2) {
		memcpy(bytes + i, "\x22\x00", 2);
	}
	ASSERT_EQ(spec_decode_bytes(bytes, size, &spec, &err), -EINVAL);
	ASSERT_STR(err.subject, "mounts");
	ASSERT_CONTAINS(err.text, "mounts: has 65000 elements, more than 128");
}

TEST(the_number_of_values_on_the_wire_is_bounded)
{
	size_t size = 131074;
	_cleanup_free_ char *bytes = malloc(size);
	struct err err = ERR_INIT;

	ASSERT_TRUE(bytes != NULL);
	for (size_t i = 0; i < size; i += 2) {
		memcpy(bytes + i, "\x6a\x00", 2);
	}
	ASSERT_OK(wire_check(&sandbox__v1__sandbox_spec__descriptor, bytes,
			     size - 2, &err));
	ASSERT_EQ(wire_check(&sandbox__v1__sandbox_spec__descriptor, bytes,
			     size, &err),
		  -EINVAL);
	ASSERT_STR(err.subject, "preferred[65536]");
}

TEST(an_error_may_go_unread)
{
	_cleanup_(spec_freep) struct spec *spec = NULL;

	ASSERT_EQ(spec_decode_bytes(BYTES("\x80"), &spec, NULL), -EINVAL);
	ASSERT_EQ(spec_decode_json(BYTES("{"), &spec, NULL), -EINVAL);
	ASSERT_EQ(spec_decode_json(BYTES("{}"), &spec, NULL), -EINVAL);
	ASSERT_TRUE(spec == NULL);
}
