/* SPDX-License-Identifier: Apache-2.0 */
/* Writing JSON, and reading it again; base64 by itself. */
#include "base/array.h"
#include "base/cleanup.h"
#include "lib/tap.h"
#include "spec/base64.h"
#include "spec/codec.h"
#include "spec/schema.h"
#include "spec_case.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_BYTES (8U << 20)

static void read_json(const message_type *type, const char *text,
		      struct arena *arena, ProtobufCMessage **ret)
{
	struct err err = ERR_INIT;

	if (json_decode(type, text, strlen(text), arena, ret, &err) < 0) {
		FAIL("%s: %s", text, err.text);
	}
}

TEST(a_result_is_printed_with_its_zero_values)
{
	Sandbox__V1__Failure failure;
	Sandbox__V1__Timings timings;
	Sandbox__V1__Result result;
	_cleanup_free_ char *text = NULL;
	char step[] = "mount \"x\"\n\x7f\xc3\xa9";

	sandbox__v1__failure__init(&failure);
	sandbox__v1__timings__init(&timings);
	sandbox__v1__result__init(&result);
	failure.sys_errno = -5;
	failure.step = step;
	timings.exec_us = UINT64_MAX;
	result.ending = SANDBOX__V1__ENDING__SETUP_FAILED;
	result.error = &failure;
	result.timings = &timings;
	ASSERT_OK(json_encode(&result.base, JSON_ZERO_VALUES, &text));
	ASSERT_STR(text, "{\"ending\":\"SETUP_FAILED\",\"exitCode\":0,"
			 "\"signal\":0,\"coreDumped\":false,\"syscall\":\"\","
			 "\"error\":{\"kind\":\"\",\"step\":\"mount "
			 "\\\"x\\\"\\n\\u007f\xc3\xa9\",\"subject\":\"\","
			 "\"sysErrno\":-5,\"sysErrnoName\":\"\","
			 "\"message\":\"\"},\"timings\":{\"planUs\":\"0\","
			 "\"cloneUs\":\"0\",\"rootUs\":\"0\","
			 "\"networkUs\":\"0\",\"releaseUs\":\"0\","
			 "\"execUs\":\"18446744073709551615\","
			 "\"teardownUs\":\"0\"}}");
}

TEST(text_is_laid_out_on_request)
{
	static const char json[] =
		"{\"labels\":{\"a\":\"1\",\"b\":\"2\"},\"mounts\":[{},"
		"{\"target\":\"/\"}],\"on_controller_exit\":\"KEEP\"}";
	_cleanup_(arena_done) struct arena arena = ARENA_INIT(ARENA_BYTES);
	_cleanup_free_ char *text = NULL;
	ProtobufCMessage *message = NULL;

	read_json(&sandbox__v1__sandbox_spec__descriptor, json, &arena,
		  &message);
	ASSERT_OK(json_encode(message, JSON_INDENT | JSON_SCHEMA_NAMES, &text));
	ASSERT_STR(text, "{\n"
			 "  \"labels\": {\n"
			 "    \"a\": \"1\",\n"
			 "    \"b\": \"2\"\n"
			 "  },\n"
			 "  \"mounts\": [\n"
			 "    {},\n"
			 "    {\n"
			 "      \"target\": \"/\"\n"
			 "    }\n"
			 "  ],\n"
			 "  \"on_controller_exit\": \"KEEP\"\n"
			 "}");
}

/* Every class of value, at its edges. */
static const char full[] =
	"{\"id\":\"\\u0001\\\"\\\\\xf0\x9f\x98\x80\","
	"\"labels\":{\"\":\"x\",\"b\":\"\"},"
	"\"root\":{\"kind\":\"HOST\",\"upperSizeBytes\":\"1\"},"
	"\"mounts\":[{},{\"content\":\"AQID\"},{\"content\":\"AQ==\"}],"
	"\"process\":{\"argv\":[\"\",\"b\"],"
	"\"extraGids\":[0,4294967295],\"oomScoreAdj\":-2147483648},"
	"\"security\":{\"seccomp\":{\"rules\":[{\"names\":[\"x\"],"
	"\"args\":[{\"op\":\"MASKED_EQ\","
	"\"value\":\"18446744073709551615\"}]}]},"
	"\"disableTsc\":true},"
	"\"namespaces\":{\"monotonicOffsetNs\":\"-9223372036854775808\","
	"\"boottimeOffsetNs\":\"9223372036854775807\"}}";

TEST(what_is_written_reads_the_same)
{
	_cleanup_(arena_done) struct arena arena = ARENA_INIT(ARENA_BYTES);
	_cleanup_free_ char *text = NULL;
	ProtobufCMessage *message = NULL;

	read_json(&sandbox__v1__sandbox_spec__descriptor, full, &arena,
		  &message);
	ASSERT_OK(json_encode(message, 0, &text));
	ASSERT_STR(text, full);
}

TEST(json_and_bytes_hold_the_same_message)
{
	_cleanup_(arena_done) struct arena arena = ARENA_INIT(ARENA_BYTES);
	_cleanup_free_ uint8_t *bytes = NULL;
	_cleanup_free_ char *text = NULL;
	ProtobufCMessage *message = NULL;
	ProtobufCMessage *again = NULL;
	struct err err = ERR_INIT;
	size_t size;

	read_json(&sandbox__v1__sandbox_spec__descriptor, full, &arena,
		  &message);
	size = protobuf_c_message_get_packed_size(message);
	bytes = malloc(size);
	ASSERT_TRUE(bytes != NULL);
	ASSERT_EQ(protobuf_c_message_pack(message, bytes), size);
	if (wire_decode(&sandbox__v1__sandbox_spec__descriptor, bytes, size,
			&arena, &again, &err) < 0) {
		FAIL("%s", err.text);
	}
	ASSERT_OK(json_encode(again, 0, &text));
	ASSERT_STR(text, full);
}

TEST(an_enum_value_without_a_name_is_not_written)
{
	Sandbox__V1__Result result;
	char *text = NULL;

	sandbox__v1__result__init(&result);
	result.ending = (Sandbox__V1__Ending)99;
	ASSERT_EQ(json_encode(&result.base, 0, &text), -EINVAL);
	ASSERT_TRUE(text == NULL);
}

struct base64_case {
	const char *text;
	const char *bytes; /* NULL: is refused */
};

static void check_base64(const struct base64_case *row)
{
	uint8_t out[BASE64_DECODED_MAX(8)] = { 0 };
	size_t size = 0;
	int r = base64_decode(row->text, strlen(row->text), out, &size);

	if ((r == 0) != (row->bytes != NULL)) {
		FAIL("\"%s\": %d", row->text, r);
	}
	if (r == 0 && (size != strlen(row->bytes) ||
		       memcmp(out, row->bytes, size) != 0)) {
		FAIL("\"%s\" gives other bytes", row->text);
	}
}

TEST(base64_is_read_strictly)
{
	static const struct base64_case cases[] = {
		{ "", "" },        { "Zg==", "f" },   { "Zg", "f" },
		{ "YWI=", "ab" },  { "YWI", "ab" },   { "Zm9v", "foo" },
		{ "Zh==", NULL },  { "Zg=", NULL },   { "Z", NULL },
		{ "=", NULL },     { "====", NULL },  { "Zm9vZ", NULL },
		{ "Zm=v", NULL },  { "Zm9v=", NULL }, { "Zm9 ", NULL },
		{ "Zg===", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		check_base64(&cases[i]);
	}
}

TEST(base64_has_every_length_and_digit)
{
	uint8_t bytes[256];
	uint8_t again[BASE64_DECODED_MAX(BASE64_ENCODED_SIZE(256))];
	char text[BASE64_ENCODED_SIZE(256)];

	for (size_t i = 0; i < sizeof(bytes); i++) {
		bytes[i] = (uint8_t)(i * 7);
	}
	for (size_t size = 0; size <= sizeof(bytes); size++) {
		size_t back = 0;

		base64_encode(bytes, size, text);
		ASSERT_OK(base64_decode(text, BASE64_ENCODED_SIZE(size), again,
					&back));
		ASSERT_EQ(back, size);
		ASSERT_TRUE(memcmp(again, bytes, size) == 0);
	}
}
