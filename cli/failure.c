/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the result of what never ran; see failure.h. */
#include "failure.h"

#include "cleanup.h"

#include <errno.h>
#include <string.h>

static const char *const kinds[] = {
	[SANDBOX_ERROR_SPEC] = "spec",
	[SANDBOX_ERROR_UNSUPPORTED] = "unsupported",
	[SANDBOX_ERROR_PERMISSION] = "permission",
	[SANDBOX_ERROR_RESOURCE] = "resource",
	[SANDBOX_ERROR_SETUP] = "setup",
	[SANDBOX_ERROR_PROGRAM] = "program",
	[SANDBOX_ERROR_STATE] = "state",
	[SANDBOX_ERROR_INTERNAL] = "internal",
};

/* The fields of the message, by their JSON names; 64-bit ones are strings. */
static const char *const usage_fields[] = {
	"wallUs",           "cpuUserUs",    "cpuSystemUs",   "memoryPeakBytes",
	"pidsPeak",         "ioReadBytes",  "ioWriteBytes",  "oomKills",
	"outputBytes",      "throttledUs",  "pidsLimitHits", "pressureCpuUs",
	"pressureMemoryUs", "pressureIoUs",
};

static const char *const timing_fields[] = {
	"planUs",    "cloneUs", "rootUs",     "networkUs",
	"releaseUs", "execUs",  "teardownUs",
};

struct failure failure_of_error(const sandbox_error *error)
{
	return (struct failure){
		.kind = sandbox_error_kind(error),
		.sys = sandbox_error_errno(error),
		.step = sandbox_error_step(error),
		.subject = sandbox_error_subject(error),
		.message = sandbox_error_message(error),
	};
}

struct failure failure_of_complaint(const char *message)
{
	return (struct failure){
		.kind = SANDBOX_ERROR_SPEC,
		.sys = EINVAL,
		.step = "",
		.subject = "",
		.message = message,
	};
}

static void add_member(struct buffer *buffer, const char *name,
		       const char *text, const char *end)
{
	buffer_addf(buffer, "    \"%s\": ", name);
	buffer_add_quoted(buffer, text);
	buffer_add(buffer, end);
}

static void add_error(const struct failure *failure, struct buffer *buffer)
{
	bool known =
		failure->kind > 0 && (size_t)failure->kind < ARRAY_SIZE(kinds);
	const char *name = strerrorname_np(failure->sys);

	buffer_add(buffer, "  \"error\": {\n");
	add_member(buffer, "kind", known ? kinds[failure->kind] : "", ",\n");
	add_member(buffer, "step", failure->step, ",\n");
	add_member(buffer, "subject", failure->subject, ",\n");
	buffer_addf(buffer, "    \"sysErrno\": %d,\n", failure->sys);
	add_member(buffer, "sysErrnoName", name == NULL ? "" : name, ",\n");
	add_member(buffer, "message", failure->message, "\n  },\n");
}

static void add_zeros(struct buffer *buffer, const char *name,
		      const char *const *fields, size_t count)
{
	buffer_addf(buffer, "  \"%s\": {\n", name);
	for (size_t i = 0; i < count; i++) {
		add_member(buffer, fields[i], "0",
			   i + 1 < count ? ",\n" : "\n");
	}
	buffer_add(buffer, "  },\n");
}

void failure_print(const struct failure *failure, struct buffer *buffer)
{
	buffer_add(buffer, "{\n"
			   "  \"ending\": \"SETUP_FAILED\",\n"
			   "  \"exitCode\": 0,\n"
			   "  \"signal\": 0,\n"
			   "  \"coreDumped\": false,\n"
			   "  \"syscall\": \"\",\n");
	add_error(failure, buffer);
	add_zeros(buffer, "usage", usage_fields, ARRAY_SIZE(usage_fields));
	add_zeros(buffer, "timings", timing_fields, ARRAY_SIZE(timing_fields));
	buffer_add(buffer, "  \"effective\": {\n"
			   "    \"features\": []\n"
			   "  }\n"
			   "}");
}
