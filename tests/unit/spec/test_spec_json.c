/* SPDX-License-Identifier: Apache-2.0 */
/* Reading JSON: what is taken, and each fault with its place. */
#include "base/array.h"
#include "base/cleanup.h"
#include "lib/tap.h"
#include "spec/codec.h"
#include "spec_case.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_BYTES (8U << 20)

struct row {
	const char *text; /* with single quotes for double ones */
	const char *subject;
	const char *fault; /* NULL: is accepted */
};

static int decode(const char *text, size_t size, struct arena *arena,
		  ProtobufCMessage **ret, struct err *err)
{
	return json_decode(&sandbox__v1__sandbox_spec__descriptor, text, size,
			   arena, ret, err);
}

static void check_row(const struct row *row)
{
	_cleanup_free_ char *text = spec_case_text(row->text);
	_cleanup_(arena_done) struct arena arena = ARENA_INIT(ARENA_BYTES);
	struct err err = ERR_INIT;
	ProtobufCMessage *message = NULL;
	int r = decode(text, strlen(text), &arena, &message, &err);

	if (row->fault == NULL) {
		if (r != 0) {
			FAIL("refused: %s\n%s", row->text, err.text);
		}
		return;
	}
	if (r != -EINVAL || strcmp(err.text, row->fault) != 0 ||
	    strcmp(err.subject, row->subject) != 0) {
		FAIL("%s\ngot  %d [%s] %s\nwant [%s] %s", row->text, r,
		     err.subject, err.text, row->subject, row->fault);
	}
}

static void check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		check_row(&rows[i]);
	}
}

TEST(both_spellings_of_names_and_numbers_are_taken)
{
	static const struct row rows[] = {
		{ "{}", NULL, NULL },
		{ " { 'limits' : { 'wallMs' : '5' , 'pids' : 3 } } ", NULL,
		  NULL },
		{ "{'limits':{'wall_ms':18446744073709551615}}", NULL, NULL },
		{ "{'namespaces':{'monotonicOffsetNs':"
		  "'-9223372036854775808'}}",
		  NULL, NULL },
		{ "{'process':{'oom_score_adj':-2147483648}}", NULL, NULL },
		{ "{'process':{'oom_score_adj':-0}}", NULL, NULL },
		{ "{'root':{'kind':1}}", NULL, NULL },
		{ "{'root':null,'mounts':null,'id':null}", NULL, NULL },
		{ "{'security':{'seccomp':{'bpf':'AQI=','oci_json':'_-8'}}}",
		  NULL, NULL },
		{ "{'labels':{'a':'1','b':''}}", NULL, NULL },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}

TEST(structure_faults_have_a_place)
{
	static const struct row rows[] = {
		{ "", "",
		  "1:1: expected an object, found the end of the text" },
		{ "[]", "", "1:1: expected an object, found an array" },
		{ "{", "",
		  "1:2: expected a field name, found the end of the text" },
		{ "{'id'", "id",
		  "1:6: id: expected ':', found the end of the "
		  "text" },
		{ "{'id':}", "id", "1:7: id: expected a string, found '}'" },
		{ "{'id':'a'", "",
		  "1:10: expected ',' or '}', found the end of the text" },
		{ "{'id':'a' 'b'}", "",
		  "1:11: expected ',' or '}', found a string" },
		{ "{'id':'a',}", "", "1:11: expected a field name, found '}'" },
		{ "{'id':'a'} x", "", "1:12: unexpected character" },
		{ "{'id':'a'} {}", "", "1:12: data after the object" },
		{ "{'preferred':['a',]}", "preferred[1]",
		  "1:19: preferred[1]: expected a string, found ']'" },
		{ "{'preferred':['a' 'b']}", "preferred[1]",
		  "1:19: preferred[1]: expected ',' or ']', found a "
		  "string" },
		{ "{'preferred':'a'}", "preferred",
		  "1:14: preferred: expected an array, found a string" },
		{ "{'labels':['a']}", "labels",
		  "1:11: labels: expected an object, found an array" },
		{ "{\n  'mounts': [ {},\n\t{'target': 5} ]\n}",
		  "mounts[1].target",
		  "3:13: mounts[1].target: expected a string, found a "
		  "number" },
		{ "{'network':{'egress':[{},{},{'ports':80}]}}",
		  "network.egress[2].ports",
		  "1:38: network.egress[2].ports: expected a string, found "
		  "a number" },
		{ "{'id':'\xc3\xa9','x':1}", "x",
		  "1:11: x: unknown field \"x\" of sandbox.v1.SandboxSpec" },
		{ "{id:1}", "", "1:2: unexpected character" },
		{ "{'id':'a' /* */}", "", "1:11: unexpected character" },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}

TEST(fields_are_known_and_given_once)
{
	static const struct row rows[] = {
		{ "{'mounts':[{'targets':'/'}]}", "mounts[0].targets",
		  "1:13: mounts[0].targets: unknown field \"targets\" of "
		  "sandbox.v1.Mount" },
		{ "{'a\\nb':1}", "",
		  "1:2: unknown field \"a\\nb\" of "
		  "sandbox.v1.SandboxSpec" },
		{ "{'Id':'a'}", "Id",
		  "1:2: Id: unknown field \"Id\" of "
		  "sandbox.v1.SandboxSpec" },
		{ "{'id':'a','id':'a'}", "id",
		  "1:11: id: given more than once" },
		{ "{'onControllerExit':0,'on_controller_exit':0}",
		  "on_controller_exit",
		  "1:23: on_controller_exit: given more than once" },
		{ "{'id':null,'id':'a'}", "id",
		  "1:12: id: given more than once" },
		{ "{'labels':{'a':'1','a':'2'}}", "labels[\"a\"]",
		  "1:20: labels[\"a\"]: duplicate key" },
		{ "{'labels':{'a':1}}", "labels[\"a\"]",
		  "1:16: labels[\"a\"]: expected a string, found a "
		  "number" },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}

TEST(integers_are_whole_and_in_range)
{
	static const struct row rows[] = {
		{ "{'limits':{'pids':4294967296}}", "limits.pids",
		  "1:19: limits.pids: 4294967296 is out of range, expected "
		  "an unsigned 32-bit integer" },
		{ "{'limits':{'pids':-1}}", "limits.pids",
		  "1:19: limits.pids: -1 is out of range, expected an "
		  "unsigned 32-bit integer" },
		{ "{'limits':{'wall_ms':18446744073709551616}}",
		  "limits.wall_ms",
		  "1:22: limits.wall_ms: 18446744073709551616 is out of "
		  "range, expected an unsigned 64-bit integer" },
		{ "{'process':{'oom_score_adj':2147483648}}",
		  "process.oom_score_adj",
		  "1:29: process.oom_score_adj: 2147483648 is out of range, "
		  "expected a 32-bit integer" },
		{ "{'limits':{'pids':1.0}}", "limits.pids",
		  "1:19: limits.pids: expected an unsigned 32-bit integer, "
		  "found a number" },
		{ "{'limits':{'pids':1e3}}", "limits.pids",
		  "1:19: limits.pids: expected an unsigned 32-bit integer, "
		  "found a number" },
		{ "{'limits':{'pids':' 1'}}", "limits.pids",
		  "1:19: limits.pids: expected an unsigned 32-bit integer, "
		  "found a string" },
		{ "{'limits':{'pids':'01'}}", "limits.pids",
		  "1:19: limits.pids: expected an unsigned 32-bit integer, "
		  "found a string" },
		{ "{'limits':{'pids':01}}", "limits.pids",
		  "1:19: limits.pids: malformed number" },
		{ "{'limits':{'pids':+1}}", "limits.pids",
		  "1:19: limits.pids: unexpected character" },
		{ "{'limits':{'pids':1.}}", "limits.pids",
		  "1:19: limits.pids: malformed number" },
		{ "{'limits':{'pids':true}}", "limits.pids",
		  "1:19: limits.pids: expected an unsigned 32-bit integer, "
		  "found a boolean" },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}

TEST(values_have_the_type_of_their_field)
{
	static const struct row rows[] = {
		{ "{'limits':[]}", "limits",
		  "1:11: limits: expected an object, found an array" },
		{ "{'root':{'writable':1}}", "root.writable",
		  "1:21: root.writable: expected true or false, found a "
		  "number" },
		{ "{'root':{'writable':'true'}}", "root.writable",
		  "1:21: root.writable: expected true or false, found a "
		  "string" },
		{ "{'root':{'writable':True}}", "root.writable",
		  "1:21: root.writable: unexpected character" },
		{ "{'root':{'kind':'TREE'}}", "root.kind",
		  "1:17: root.kind: \"TREE\" is not a value of "
		  "sandbox.v1.Root.Kind" },
		{ "{'root':{'kind':'system'}}", "root.kind",
		  "1:17: root.kind: \"system\" is not a value of "
		  "sandbox.v1.Root.Kind" },
		{ "{'root':{'kind':17}}", "root.kind",
		  "1:17: root.kind: \"17\" is not a value of "
		  "sandbox.v1.Root.Kind" },
		{ "{'root':{'kind':-4294967295}}", "root.kind",
		  "1:17: root.kind: \"-4294967295\" is not a value of "
		  "sandbox.v1.Root.Kind" },
		{ "{'preferred':[null]}", "preferred[0]",
		  "1:15: preferred[0]: expected a string, found null" },
		{ "{'security':{'seccomp':{'bpf':'A*=='}}}",
		  "security.seccomp.bpf",
		  "1:31: security.seccomp.bpf: invalid base64" },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}

TEST(strings_are_text)
{
	static const struct row rows[] = {
		{ "{'id':'\\u00e9\\ud83d\\ude00\\n\\/'}", NULL, NULL },
		{ "{'id':'a", "id", "1:7: id: unterminated string" },
		{ "{'id':'a\\", "id", "1:7: id: unterminated string" },
		{ "{'id':'a\\'", "id", "1:7: id: unterminated string" },
		{ "{'id':'a\\x'}", "id", "1:9: id: invalid escape" },
		{ "{'id':'\\u12'}", "id", "1:8: id: invalid \\u escape" },
		{ "{'id':'\\u12G4'}", "id", "1:8: id: invalid \\u escape" },
		{ "{'id':'\\u0000'}", "id", "1:8: id: NUL in a string" },
		{ "{'id':'\\ud800'}", "id", "1:8: id: unpaired surrogate" },
		{ "{'id':'\\ud800\\u0041'}", "id",
		  "1:8: id: unpaired surrogate" },
		{ "{'id':'\\udc00'}", "id", "1:8: id: unpaired surrogate" },
		{ "{'id':'a\nb'}", "id",
		  "1:9: id: control character in a string" },
		{ "{'id':'\xff'}", "id", "1:8: id: invalid UTF-8" },
		{ "{'id':'\xc0\x80'}", "id", "1:8: id: invalid UTF-8" },
		{ "{'id':'\xed\xa0\x80'}", "id", "1:8: id: invalid UTF-8" },
		{ "{'id':'\xf4\x90\x80\x80'}", "id", "1:8: id: invalid UTF-8" },
		{ "{'id':'\xe2\x82'}", "id", "1:8: id: invalid UTF-8" },
		{ "\xef\xbb\xbf{}", "", "1:1: unexpected character" },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}

TEST(a_nul_byte_is_refused_wherever_it_stands)
{
	static const char in_string[] = "{\"id\":\"a\0b\"}";
	static const char between[] = "{\0}";
	static const char behind[] = "{}\0";
	const struct {
		const char *text;
		size_t size;
	} rows[] = {
		{ in_string, sizeof(in_string) - 1 },
		{ between, sizeof(between) - 1 },
		{ behind, sizeof(behind) - 1 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(arena_done) struct arena arena =
			ARENA_INIT(ARENA_BYTES);
		ProtobufCMessage *message = NULL;
		struct err err = ERR_INIT;

		ASSERT_EQ(decode(rows[i].text, rows[i].size, &arena, &message,
				 &err),
			  -EINVAL);
	}
}

/* "{"NAME":[ELEMENT,ELEMENT,...]}" */
static char *list_text(const char *name, const char *element, size_t count)
{
	size_t size = count * (strlen(element) + 1) + strlen(name) + 16;
	char *text = malloc(size);
	char *at = text;

	ASSERT_TRUE(text != NULL);
	at += sprintf(at, "{\"%s\":[", name);
	for (size_t i = 0; i < count; i++) {
		at += sprintf(at, "%s%s", i > 0 ? "," : "", element);
	}
	(void)sprintf(at, "]}");
	return text;
}

TEST(the_number_of_values_is_bounded)
{
	_cleanup_free_ char *text = list_text("mounts", "{}", 70000);
	_cleanup_(arena_done) struct arena arena = ARENA_INIT(64U << 20);
	ProtobufCMessage *message = NULL;
	struct err err = ERR_INIT;

	ASSERT_EQ(decode(text, strlen(text), &arena, &message, &err), -EINVAL);
	ASSERT_STR(err.subject, "mounts[65535]");
	ASSERT_CONTAINS(err.text, "more than 65536 values in all");
}

TEST(memory_is_bounded)
{
	_cleanup_free_ char *text = list_text("mounts", "{}", 20000);
	_cleanup_(arena_done) struct arena arena = ARENA_INIT(1U << 20);
	ProtobufCMessage *message = NULL;
	struct err err = ERR_INIT;

	ASSERT_EQ(decode(text, strlen(text), &arena, &message, &err), -ENOMEM);
	ASSERT_EQ(err.kind, SANDBOX_ERROR_RESOURCE);
	ASSERT_TRUE(arena.used <= arena.limit);
	ASSERT_TRUE(message == NULL);
}

TEST(a_document_has_a_size_limit)
{
	size_t size = SPEC_MAX_BYTES + 1;
	_cleanup_free_ char *text = malloc(size);
	_cleanup_(spec_freep) struct spec *spec = NULL;
	struct err err = ERR_INIT;

	ASSERT_TRUE(text != NULL);
	memset(text, ' ', size);
	memcpy(text, "{\"process\":{\"argv\":[\"a\"]}}", 26);
	ASSERT_EQ(spec_decode_json(text, size, &spec, &err), -EINVAL);
	ASSERT_STR(err.text, "the document has 1048577 bytes, more than "
			     "1048576");
	ASSERT_OK(spec_decode_json(text, size - 1, &spec, &err));
}

TEST(a_map_has_a_size_limit)
{
	_cleanup_free_ char *text = malloc(16384);
	char *at = text;
	_cleanup_(arena_done) struct arena arena = ARENA_INIT(ARENA_BYTES);
	ProtobufCMessage *message = NULL;
	struct err err = ERR_INIT;

	ASSERT_TRUE(text != NULL);
	at += sprintf(at, "{\"labels\":{");
	for (int i = 0; i < 257; i++) {
		at += sprintf(at, "%s\"k%d\":\"\"", i > 0 ? "," : "", i);
	}
	(void)sprintf(at, "}}");
	ASSERT_EQ(decode(text, strlen(text), &arena, &message, &err), -EINVAL);
	ASSERT_CONTAINS(err.text, "labels[\"k256\"]: more than 256 entries");
}
