/* SPDX-License-Identifier: Apache-2.0 */
/* What the library says of a filter is what a program meets. */
#include "control.h"

#include <sandbox/sandbox.h>

#include <errno.h>
#include <linux/filter.h>
#include <string.h>

#define SPEC(rules)                                \
	"{\"process\":{\"argv\":[\"/bin/true\"]}," \
	"\"security\":{\"seccomp\":{\"rules\":[" rules "]}}}"
#define RULE "{\"names\":[\"vmsplice\"],\"errno_value\":28}"

static sandbox_spec *parse(const char *text)
{
	sandbox_spec *spec = NULL;

	ASSERT_EQ(sandbox_spec_parse_json(text, strlen(text), &spec, NULL), 0);
	return spec;
}

static void check_answer(const char *document, const char *arch,
			 const char *call, const char *wanted)
{
	sandbox_spec *spec = parse(document);
	char *text = NULL;
	int r = sandbox_filter_answer(spec, arch, call, &text, NULL);

	if (wanted == NULL) {
		ASSERT_EQ(r, -EINVAL);
	} else {
		ASSERT_EQ(r, 0);
		ASSERT_STR(text, wanted);
	}
	sandbox_string_free(text);
	sandbox_spec_free(spec);
}

TEST(an_answer_is_what_a_program_meets)
{
	static struct outcome outcome;

	LAUNCH(&outcome, .probe = "try call vmsplice");
	ASSERT_CONTAINS(outcome.out, "call vmsplice: EPERM");
	check_answer(SPEC(""), NULL, "vmsplice", "refuse with EPERM\n");
	LAUNCH(&outcome, .probe = "try call vmsplice",
	       .document = "\"security\": { \"seccomp\": { \"rules\": [" RULE
			   "] } }");
	ASSERT_CONTAINS(outcome.out, "call vmsplice: ENOSPC");
	check_answer(SPEC(RULE), NULL, "vmsplice,0x10", "refuse with ENOSPC\n");
}

TEST(an_answer_looks_at_arguments_and_architecture)
{
	check_answer(SPEC(""), "x86_64", "socket,2,1", "allow\n");
	check_answer(SPEC(""), "x86_64", "socket,40,1", "refuse with EPERM\n");
	check_answer(SPEC(""), "x86_64", "16,0,0x5412", "refuse with EPERM\n");
	check_answer(SPEC(""), "x86_64", "openat,-100", "allow\n");
	check_answer(SPEC(""), "aarch64", "56,-100", "allow\n");
	check_answer(SPEC(RULE), "aarch64", "vmsplice", "refuse with ENOSPC\n");
	check_answer(SPEC(""), "x86_64", "2000", "refuse with ENOSYS\n");
	check_answer(SPEC(""), "aarch64", "open", NULL);
	check_answer(SPEC(""), "sparc", "read", NULL);
	check_answer(SPEC(""), NULL, "read,x", NULL);
	check_answer(SPEC(""), NULL, "read,1,2,3,4,5,6,7", NULL);
	check_answer(SPEC(""), NULL, "read,", NULL);
	check_answer(SPEC(""), NULL, "", NULL);
}

TEST(what_is_not_filtered_has_no_lines)
{
	sandbox_spec *spec = parse(
		"{\"process\":{\"argv\":[\"a\"]},"
		"\"security\":{\"seccomp\":{\"profile\":\"UNCONFINED\"}}}");
	char *text = NULL;
	size_t size = 1;

	ASSERT_EQ(sandbox_filter(spec, NULL, SANDBOX_FILTER_CALLS, &text, &size,
				 NULL),
		  0);
	ASSERT_STR(text, "");
	ASSERT_EQ((int)size, 0);
	sandbox_string_free(text);
	ASSERT_EQ(sandbox_filter(spec, NULL, 4, &text, NULL, NULL), -EINVAL);
	sandbox_spec_free(spec);
}

TEST(the_bytes_are_as_many_as_the_lines_of_the_listing)
{
	sandbox_spec *spec = parse(SPEC(RULE));
	char *bytes = NULL;
	char *listing = NULL;
	size_t size = 0;
	size_t lines = 0;

	ASSERT_EQ(sandbox_filter(spec, NULL, SANDBOX_FILTER_BYTES, &bytes,
				 &size, NULL),
		  0);
	ASSERT_EQ(sandbox_filter(spec, NULL, SANDBOX_FILTER_LISTING, &listing,
				 NULL, NULL),
		  0);
	for (const char *at = listing; *at != '\0'; at++) {
		lines += *at == '\n';
	}
	ASSERT_EQ((int)(size / sizeof(struct sock_filter)), (int)lines - 1);
	ASSERT_CONTAINS(listing, "return refuse with ENOSPC");
	sandbox_string_free(bytes);
	sandbox_string_free(listing);
	sandbox_spec_free(spec);
}
