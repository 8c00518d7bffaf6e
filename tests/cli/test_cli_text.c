/* SPDX-License-Identifier: Apache-2.0 */
/* Paths, numbers, and what is shown of text that is not plain. */
#include "cleanup.h"
#include "console.h"
#include "lib/tap.h"
#include "paths.h"
#include "quantity.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

TEST(paths_become_absolute_and_plain)
{
	static const char *const rows[][3] = {
		{ "/w", "/", "/" },
		{ "/w", "/a/b", "/a/b" },
		{ "/w", "//a///b//", "/a/b" },
		{ "/w", "/a/./b/.", "/a/b" },
		{ "/w", "/a/../b", "/b" },
		{ "/w", "/../..", "/" },
		{ "/w", "/a/b/..", "/a" },
		{ "/w", "/...", "/..." },
		{ "/w", "/a/..b", "/a/..b" },
		{ "/w", ".", "/w" },
		{ "/w", "..", "/" },
		{ "/w/x", "../y", "/w/y" },
		{ "/", "a", "/a" },
		{ "/w", "a b", "/w/a b" },
		{ "", "/a", "/a" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct complaint complaint = COMPLAINT_INIT;
		_cleanup_free_ char *path = NULL;

		ASSERT_OK(path_on_host(rows[i][0], rows[i][1], &path,
				       &complaint));
		ASSERT_STR(path, rows[i][2]);
	}
}

TEST(a_relative_path_needs_a_working_directory)
{
	struct complaint complaint = COMPLAINT_INIT;
	char *path = NULL;

	ASSERT_EQ(path_on_host("", "a", &path, &complaint), -EINVAL);
	ASSERT_STR(complaint.text,
		   "\"a\" is relative, and the working directory has no path");
	ASSERT_EQ(path_on_host("/w", "", &path, &complaint), -EINVAL);
	ASSERT_STR(complaint.text, "a path is empty");
}

typedef int quantity(const char *text, uint64_t *ret,
		     struct complaint *complaint);

static int read_mode(const char *text, uint64_t *ret,
		     struct complaint *complaint)
{
	return quantity_octal(text, 0777, ret, complaint);
}

TEST(numbers_are_read_to_their_end)
{
	static const struct row {
		quantity *read;
		const char *text;
		int result;
		uint64_t value;
	} rows[] = {
		{ quantity_milli, "2", 0, 2000 },
		{ quantity_milli, "0.5", 0, 500 },
		{ quantity_milli, "1.025", 0, 1025 },
		{ quantity_milli, "1.0001", -EINVAL, 0 },
		{ quantity_milli, "0.0", -EINVAL, 0 },
		{ quantity_milli, "1.", -EINVAL, 0 },
		{ quantity_milli, ".5", -EINVAL, 0 },
		{ quantity_milli, "-1", -EINVAL, 0 },
		{ quantity_milli, "18446744073709551615", -EINVAL, 0 },
		{ quantity_count, "1", 0, 1 },
		{ quantity_count, "18446744073709551615", 0, UINT64_MAX },
		{ quantity_count, "18446744073709551616", -EINVAL, 0 },
		{ quantity_count, "", -EINVAL, 0 },
		{ quantity_count, "+1", -EINVAL, 0 },
		{ quantity_count, " 1", -EINVAL, 0 },
		{ quantity_count, "0x1", -EINVAL, 0 },
		{ quantity_count, "1K", -EINVAL, 0 },
		{ quantity_size, "0", 0, 0 },
		{ quantity_size, "3", 0, 3 },
		{ quantity_size, "3K", 0, 3072 },
		{ quantity_size, "3M", 0, 3145728 },
		{ quantity_size, "3G", 0, UINT64_C(3221225472) },
		{ quantity_size, "3T", 0, UINT64_C(3298534883328) },
		{ quantity_size, "3k", -EINVAL, 0 },
		{ quantity_size, "3KB", -EINVAL, 0 },
		{ quantity_size, "K", -EINVAL, 0 },
		{ quantity_size, "16777216T", -EINVAL, 0 },
		{ quantity_duration_ms, "1ms", 0, 1 },
		{ quantity_duration_ms, "2s", 0, 2000 },
		{ quantity_duration_ms, "2m", 0, 120000 },
		{ quantity_duration_ms, "2h", 0, 7200000 },
		{ quantity_duration_ms, "1m30s", -EINVAL, 0 },
		{ quantity_duration_ms, "0ms", -EINVAL, 0 },
		{ read_mode, "0", 0, 0 },
		{ read_mode, "0027", 0, 027 },
		{ read_mode, "777", 0, 0777 },
		{ read_mode, "1000", -EINVAL, 0 },
		{ read_mode, "8", -EINVAL, 0 },
		{ read_mode, "-1", -EINVAL, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct complaint complaint = COMPLAINT_INIT;
		uint64_t value = 0;
		int r = rows[i].read(rows[i].text, &value, &complaint);

		if (r != rows[i].result || (r == 0 && value != rows[i].value)) {
			FAIL("\"%s\": %d %" PRIu64, rows[i].text, r, value);
		}
		ASSERT_EQ(complaint.text[0] != '\0', r != 0);
	}
}

TEST(only_printable_text_is_printed)
{
	static const char *const rows[][2] = {
		{ "plain text", "plain text" },
		{ "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80",
		  "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80" },
		{ "\t\r\n\033[0m\x7f", "\\x09\\x0d\\x0a\\x1b[0m\\x7f" },
		{ "\xc2\x9b\xc2\xa0", "\\xc2\\x9b\xc2\xa0" },
		{ "\xff\xc0\x80", "\\xff\\xc0\\x80" },
		{ "\xe2\x82", "\\xe2\\x82" },
		{ "\xe2\x82x", "\\xe2\\x82x" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_free_ char *text = NULL;
		size_t size = 0;
		FILE *stream = open_memstream(&text, &size);

		console_escape(stream, rows[i][0], strlen(rows[i][0]));
		ASSERT_EQ(fclose(stream), 0);
		ASSERT_STR(text, rows[i][1]);
	}
}
