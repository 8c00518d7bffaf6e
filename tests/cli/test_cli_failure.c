/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The result that the command writes where the library has none is, to the
 * letter, what the library's writer makes of that message.
 */
#include "cleanup.h"
#include "failure.h"
#include "lib/tap.h"
#include "sandbox/v1/spec.pb-c.h"
#include "spec/codec.h"

#include <errno.h>
#include <string.h>

static char *copy(const char *text)
{
	char *copied = strdup(text);

	ASSERT_TRUE(copied != NULL);
	return copied;
}

TEST(a_failure_is_written_as_the_message_is)
{
	_cleanup_(buffer_done) struct buffer buffer = BUFFER_INIT;
	_cleanup_free_ char *wanted = NULL;
	const struct failure failure = { SANDBOX_ERROR_PERMISSION, EACCES,
					 "a \"step\"", "mounts[0].source",
					 "line\nfeed \\ \t\x01\x7f\xc3\xa9" };
	Sandbox__V1__Result result;
	Sandbox__V1__Failure error;
	Sandbox__V1__Usage usage;
	Sandbox__V1__Timings timings;
	Sandbox__V1__Effective effective;
	char *texts[] = { copy("permission"), copy(failure.step),
			  copy(failure.subject), copy("EACCES"),
			  copy(failure.message) };

	sandbox__v1__result__init(&result);
	sandbox__v1__failure__init(&error);
	sandbox__v1__usage__init(&usage);
	sandbox__v1__timings__init(&timings);
	sandbox__v1__effective__init(&effective);
	error.kind = texts[0];
	error.step = texts[1];
	error.subject = texts[2];
	error.sys_errno = EACCES;
	error.sys_errno_name = texts[3];
	error.message = texts[4];
	result.ending = SANDBOX__V1__ENDING__SETUP_FAILED;
	result.error = &error;
	result.usage = &usage;
	result.timings = &timings;
	result.effective = &effective;
	ASSERT_OK(json_encode(&result.base, JSON_ZERO_VALUES | JSON_INDENT,
			      &wanted));
	failure_print(&failure, &buffer);
	ASSERT_STR(buffer_text(&buffer), wanted);
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		free(texts[i]);
	}
}
