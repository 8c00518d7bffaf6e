/* SPDX-License-Identifier: Apache-2.0 */
/* Prints the summary of a result; see summary.h. */
#include "summary.h"

#include "cleanup.h"
#include "console.h"
#include "json_tree.h"

#include <errno.h>
#include <inttypes.h>
#include <stdint.h>
#include <string.h>

#define COLUMNS       80
#define LABEL_WIDTH   13
#define FEATURE_WIDTH 25

static const char *const endings[] = {
	[SANDBOX_ENDING_UNSPECIFIED] = "it is not known how",
	[SANDBOX_ENDING_EXITED] = "exited",
	[SANDBOX_ENDING_SIGNALED] = "ended by a signal",
	[SANDBOX_ENDING_OUT_OF_MEMORY] = "memory limit",
	[SANDBOX_ENDING_WALL_TIME] = "time limit",
	[SANDBOX_ENDING_CPU_TIME] = "processor time limit",
	[SANDBOX_ENDING_OUTPUT_LIMIT] = "output limit",
	[SANDBOX_ENDING_IDLE] = "was idle for too long",
	[SANDBOX_ENDING_PIDS_LIMIT] = "process limit",
	[SANDBOX_ENDING_SYSCALL_REFUSED] = "made a refused system call",
	[SANDBOX_ENDING_STOPPED] = "stopped",
	[SANDBOX_ENDING_CONTROLLER_LOST] = "lost its controller",
	[SANDBOX_ENDING_SETUP_FAILED] = "did not start",
	[SANDBOX_ENDING_INIT_LOST] = "lost its init",
};

/* The states a feature can be in, in the order they are shown. */
static const char *const states[] = {
	"enforced",
	"weaker",
	"off",
	"unsupported",
};

static void print_ending(const sandbox_result *result, FILE *stream)
{
	size_t ending = (size_t)sandbox_result_ending(result);
	int signum = sandbox_result_signal(result);
	const char *name = signum > 0 ? sigabbrev_np(signum) : NULL;

	(void)fprintf(stream, "%-*s%s", LABEL_WIDTH, "ended",
		      ending < ARRAY_SIZE(endings) ? endings[ending]
						   : "in an unknown way");
	if (signum > 0) {
		(void)fprintf(stream, ", signal %d (%s)", signum,
			      name == NULL ? "?" : name);
	} else {
		(void)fprintf(stream, ", status %d",
			      sandbox_result_exit_code(result));
	}
	(void)fprintf(stream, "\n");
}

/* A number of the message, which prints 64-bit ones as strings. */
static uint64_t number_of(const struct json_node *object, const char *field)
{
	const char *text = json_text(json_field(object, field));
	uintmax_t number = 0;

	errno = 0;
	number = strtoumax(text, NULL, 10);
	return errno == 0 ? number : 0;
}

static void print_time(FILE *stream, uint64_t us, const char *what)
{
	(void)fprintf(stream, "%" PRIu64 ".%" PRIu64 " ms %s", us / 1000,
		      us % 1000 / 100, what);
}

static void print_usage(const struct json_tree *tree, FILE *stream)
{
	const struct json_node *usage = json_find(tree, "usage");
	uint64_t peak_kib = number_of(usage, "memory_peak_bytes") / 1024;

	(void)fprintf(stream, "%-*s", LABEL_WIDTH, "used");
	print_time(stream, number_of(usage, "wall_us"), "in all, ");
	print_time(stream, number_of(usage, "cpu_user_us"), "user, ");
	print_time(stream, number_of(usage, "cpu_system_us"), "system");
	if (peak_kib > 0) {
		(void)fprintf(stream, ", %" PRIu64 ".%" PRIu64 " MiB",
			      peak_kib / 1024, peak_kib % 1024 * 10 / 1024);
	}
	(void)fprintf(stream, "\n");
}

static void print_feature(const struct json_node *feature, const char *label,
			  FILE *stream)
{
	const char *name = json_text(json_field(feature, "feature"));
	const char *detail = json_text(json_field(feature, "detail"));
	size_t size = strlen(name);
	size_t room = COLUMNS - LABEL_WIDTH - FEATURE_WIDTH;

	(void)fprintf(stream, "%-*s", LABEL_WIDTH, label);
	console_escape(stream, name, size);
	(void)fprintf(stream, "%*s",
		      size < FEATURE_WIDTH ? (int)(FEATURE_WIDTH - size) : 1,
		      "");
	console_escape(stream, detail, strnlen(detail, room));
	(void)fprintf(stream, "\n");
}

static void print_state(const struct json_node *features, const char *state,
			FILE *stream)
{
	const struct json_node *feature =
		features == NULL ? NULL : features->first;
	const char *label = state;

	while (feature != NULL) {
		if (strcmp(json_text(json_field(feature, "state")), state) ==
		    0) {
			print_feature(feature, label, stream);
			label = "";
		}
		feature = feature->next;
	}
}

void summary_print(const char *id, const sandbox_result *result, FILE *stream)
{
	_cleanup_(json_tree_done) struct json_tree tree = JSON_TREE_INIT;
	struct complaint complaint = COMPLAINT_INIT;
	const char *text = sandbox_result_json(result);

	(void)fprintf(stream, "\n%-*s", LABEL_WIDTH, "sandbox");
	console_escape(stream, id, strlen(id));
	(void)fprintf(stream, "\n");
	print_ending(result, stream);
	if (text == NULL ||
	    json_tree_parse(&tree, text, strlen(text), &complaint) < 0) {
		(void)fprintf(stream, "no memory for the rest\n");
		return;
	}
	print_usage(&tree, stream);
	for (size_t i = 0; i < ARRAY_SIZE(states); i++) {
		print_state(json_find(&tree, "effective.features"), states[i],
			    stream);
	}
}
