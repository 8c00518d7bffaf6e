/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes the library's default filter for the contenders that are not the
 * library, so that all of them run behind the same rules:
 *
 *	filter-export bpf FILE    the instructions that the library loads, for
 *	                          the floor and bubblewrap
 *	filter-export oci FILE    the same model as the "seccomp" object of an
 *	                          OCI configuration, for crun and runc
 *
 * OCI rules only add to a refusal, so a call that is allowed but for some
 * arguments (ioctl) is allowed there with all of them: the peers' filters are
 * never the stricter ones.
 */
#include "base/cleanup.h"
#include "policy/filter.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static int write_bpf(const struct filter_options *options, FILE *out)
{
	struct filter filter = FILTER_INIT;
	int r = filter_compile(options, &filter, NULL);

	if (r < 0) {
		return r;
	}
	if (fwrite(filter.instructions, sizeof(*filter.instructions),
		   filter.length, out) != filter.length) {
		r = -EIO;
	}
	filter_done(&filter);
	return r;
}

static void write_names(const struct filter_model *model, FILE *out)
{
	const char *separator = "";

	(void)fprintf(out, "{\"names\": [");
	for (size_t i = 0; i < model->call_count; i++) {
		const struct filter_call *call = &model->calls[i];

		if (call->otherwise == FILTER_ALLOW) {
			(void)fprintf(out, "%s\"%s\"", separator,
				      syscall_name(model->arch, call->number));
			separator = ",\n";
		}
	}
	(void)fprintf(out, "], \"action\": \"SCMP_ACT_ALLOW\"}");
}

static void write_rule(const char *name, const struct filter_rule *rule,
		       FILE *out)
{
	(void)fprintf(out,
		      ",\n{\"names\": [\"%s\"], \"action\": "
		      "\"SCMP_ACT_ALLOW\", \"args\": [",
		      name);
	for (size_t i = 0; i < rule->test_count; i++) {
		const struct filter_test *test = &rule->tests[i];

		(void)fprintf(out,
			      "%s{\"index\": %u, \"value\": %" PRIu64
			      ", \"valueTwo\": %" PRIu64
			      ", \"op\": \"SCMP_CMP_MASKED_EQ\"}",
			      i > 0 ? ", " : "", (unsigned int)test->argument,
			      test->mask, test->value);
	}
	(void)fprintf(out, "]}");
}

/* Whether OCI has words for a rule of a refused call. */
static int is_expressible(const struct filter_rule *rule)
{
	for (size_t i = 0; i < rule->test_count; i++) {
		if (rule->tests[i].comparison != FILTER_MASKED_EQ) {
			return 0;
		}
	}
	return rule->verdict == FILTER_ALLOW;
}

/* The rules of one refused call that let some arguments through. */
static int write_exceptions(const char *name, const struct filter_call *call,
			    FILE *out)
{
	for (size_t i = 0; i < call->rule_count; i++) {
		if (!is_expressible(&call->rules[i])) {
			return -ENOTSUP;
		}
		write_rule(name, &call->rules[i], out);
	}
	return 0;
}

static int write_oci(const struct filter_options *options, FILE *out)
{
	_cleanup_free_ struct filter_model *model = filter_model_new(options);
	int r = 0;

	if (!model) {
		return -ENOMEM;
	}
	(void)fprintf(out, "{\"defaultAction\": \"SCMP_ACT_ERRNO\", "
			   "\"syscalls\": [\n");
	write_names(model, out);
	for (size_t i = 0; r == 0 && i < model->call_count; i++) {
		const struct filter_call *call = &model->calls[i];

		if (call->otherwise != FILTER_ALLOW) {
			r = write_exceptions(
				syscall_name(model->arch, call->number), call,
				out);
		}
	}
	(void)fprintf(out, "\n]}\n");
	return r;
}

int main(int argc, char **argv)
{
	struct filter_options options = FILTER_OPTIONS_INIT;
	FILE *out = NULL;
	int r = -EINVAL;

	if (argc != 3) {
		(void)fprintf(stderr, "usage: filter-export bpf|oci FILE\n");
		return 2;
	}
	out = fopen(argv[2], "we");
	if (!out) {
		r = -errno;
	} else if (strcmp(argv[1], "bpf") == 0) {
		r = write_bpf(&options, out);
	} else if (strcmp(argv[1], "oci") == 0) {
		r = write_oci(&options, out);
	}
	if (out && fclose(out) != 0 && r == 0) {
		r = -errno;
	}
	if (r < 0) {
		(void)fprintf(stderr, "filter-export: %s\n", strerror(-r));
		return 1;
	}
	return 0;
}
