/* SPDX-License-Identifier: Apache-2.0 */
/* JSON trees: what is read, what is refused, what is printed again. */
#include "cleanup.h"
#include "command_case.h"
#include "json_tree.h"
#include "lib/tap.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

struct row {
	const char *text;   /* with ' for " */
	const char *wanted; /* likewise: what is printed, or the complaint */
};

static void check_row(const struct row *row, int result)
{
	_cleanup_(json_tree_done) struct json_tree tree = JSON_TREE_INIT;
	_cleanup_(buffer_done) struct buffer buffer = BUFFER_INIT;
	_cleanup_free_ char *text = double_quotes(row->text);
	_cleanup_free_ char *wanted = double_quotes(row->wanted);
	struct complaint complaint = COMPLAINT_INIT;
	int r = json_tree_parse(&tree, text, strlen(text), &complaint);
	const char *got = complaint.text;

	if (r == 0) {
		json_tree_print(&tree, &buffer);
		got = buffer_text(&buffer);
	}
	if (r != result || strcmp(got, wanted) != 0) {
		FAIL("%s\ngot  %d %s\nwant %s", row->text, r, got, wanted);
	}
}

TEST(a_document_is_printed_as_it_was_read)
{
	static const struct row rows[] = {
		{ "{}", "{}" },
		{ " [ ] ", "[]" },
		{ "'a'", "'a'" },
		{ "\t-1.50E+3\r\n", "-1.50E+3" },
		{ "[[],{},[{}],[[[]]]]", "[[],{},[{}],[[[]]]]" },
		{ "{'a':{'b':[1,true,null]},'c':false}",
		  "{'a':{'b':[1,true,null]},'c':false}" },
		{ "{'':{'':''}}", "{'':{'':''}}" },
		{ "['\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0001\\u007f\x7f']",
		  "['\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u007f\\u007f']" },
		{ "['\\u0041\\u00E9\\u20ac\\uD834\\uDD1E']",
		  "['A\xc3\xa9\xe2\x82\xac\xf0\x9d\x84\x9e']" },
		/* Whether text is UTF-8 is for the library to say. */
		{ "['\xff']", "['\xff']" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		check_row(&rows[i], 0);
	}
}

TEST(what_is_no_json_is_refused_with_its_place)
{
	static const struct row rows[] = {
		{ "", "1:1: a value was expected" },
		{ "nul", "1:1: a value was expected" },
		{ "trueish", "1:1: a value was expected" },
		{ "{", "1:2: a string was expected" },
		{ "{'a'}", "1:5: ':' was expected" },
		{ "{'a':}", "1:6: a value was expected" },
		{ "{'a':1,}", "1:8: a string was expected" },
		{ "{'a':1 'b':2}", "1:8: ',' or '}' was expected" },
		{ "{a:1}", "1:2: a string was expected" },
		{ "[1,]", "1:4: a value was expected" },
		{ "[1 2]", "1:4: ',' or ']' was expected" },
		{ "[1", "1:3: ',' or ']' was expected" },
		{ "[}", "1:2: a value was expected" },
		{ "[1]]", "1:4: something behind the document" },
		{ "'a", "1:1: a string without end" },
		{ "'\n'", "1:2: a control character in a string" },
		{ "'\\x'", "1:3: an unknown escape" },
		{ "'\\u12g4'", "1:6: \\u without four hex digits" },
		{ "'\\u12", "1:6: \\u without four hex digits" },
		{ "'\\u0000'", "1:4: a NUL character" },
		{ "'\\ud800'", "1:4: half of a surrogate pair" },
		{ "'\\ud800\\u0041'", "1:4: half of a surrogate pair" },
		{ "'\\udc00'", "1:4: half of a surrogate pair" },
		{ "{'a':1,\n\n 'a':2}",
		  "3:2: a member of this name is there already" },
		{ "{'a':1,'\\u0061':2}",
		  "1:8: a member of this name is there already" },
		/* Columns count characters. */
		{ "['\xc3\xa9',x]", "1:6: a value was expected" },
		{ "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
		  "1:34: nested too deeply" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		check_row(&rows[i], -EINVAL);
	}
}

TEST(a_nul_ends_no_document)
{
	_cleanup_(json_tree_done) struct json_tree tree = JSON_TREE_INIT;
	struct complaint complaint = COMPLAINT_INIT;

	ASSERT_EQ(json_tree_parse(&tree, "{}\0[]", 5, &complaint), -EINVAL);
	ASSERT_STR(complaint.text, "1:3: something behind the document");
}

TEST(fields_are_found_in_either_spelling)
{
	_cleanup_(json_tree_done) struct json_tree tree = JSON_TREE_INIT;
	struct complaint complaint = COMPLAINT_INIT;
	static const char text[] = "{\"aBcD\":{\"e_f\":\"x\"},\"n\":null}";

	ASSERT_OK(json_tree_parse(&tree, text, strlen(text), &complaint));
	ASSERT_STR(json_text(json_find(&tree, "a_bc_d.e_f")), "x");
	ASSERT_TRUE(json_find(&tree, "a_bc_d.ef") == NULL);
	ASSERT_TRUE(json_find(&tree, "n") == NULL);
	ASSERT_TRUE(json_find(&tree, "a_bc_d.e_f.g") == NULL);
}

TEST(a_change_that_cannot_be_made_is_remembered)
{
	_cleanup_(json_tree_done) struct json_tree tree = JSON_TREE_INIT;
	_cleanup_(buffer_done) struct buffer buffer = BUFFER_INIT;
	struct complaint complaint = COMPLAINT_INIT;

	ASSERT_OK(json_tree_parse(&tree, "{\"a\":[]}", 8, &complaint));
	json_set(&tree, "a.b", JSON_LITERAL, "1");
	json_set(&tree, "c", JSON_LITERAL, "2");
	ASSERT_STR(tree.fault, "a is not in an object");
	json_tree_print(&tree, &buffer);
	ASSERT_STR(buffer_text(&buffer), "{\"a\":[]}");
}

TEST(a_field_is_set_whatever_it_was)
{
	_cleanup_(json_tree_done) struct json_tree tree = JSON_TREE_INIT;
	_cleanup_(buffer_done) struct buffer buffer = BUFFER_INIT;

	json_set(&tree, "a.b_c", JSON_LITERAL, "1");
	json_set(&tree, "d", JSON_STRING, "\"");
	json_set(&tree, "a.b_c", JSON_ARRAY, NULL);
	(void)json_append(&tree, json_array_at(&tree, "a.b_c"), JSON_LITERAL,
			  NULL, "true");
	json_tree_print(&tree, &buffer);
	ASSERT_STR(buffer_text(&buffer),
		   "{\"a\":{\"b_c\":[true]},\"d\":\"\\\"\"}");
}
