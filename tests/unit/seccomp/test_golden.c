/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The default profile as documents for review, in golden/: what happens to
 * every number, which sockets may be made, the text that users see, and what
 * the program costs.  With GOLDEN_UPDATE=1 in the environment they are written
 * anew; the difference is then for a person to read.
 */
#include "base/cleanup.h"
#include "inputs.h"
#include "lib/tap.h"
#include "simulator.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct document {
	char *text;
	size_t size;
	FILE *stream;
};

static void open_document(struct document *document)
{
	document->stream = open_memstream(&document->text, &document->size);
	ASSERT_TRUE(document->stream != NULL);
}

static void write_golden(const char *path, const char *text)
{
	FILE *file = fopen(path, "we");

	ASSERT_TRUE(file != NULL);
	ASSERT_TRUE(fputs(text, file) >= 0);
	ASSERT_EQ(fclose(file), 0);
}

static char *read_golden(const char *path)
{
	char *text = NULL;
	size_t room = 0;
	FILE *file = fopen(path, "re");

	if (file == NULL) {
		FAIL("there is no %s", path);
	}
	/* There is no zero byte in a text, so this is all of it. */
	ASSERT_TRUE(getdelim(&text, &room, '\0', file) > 0);
	ASSERT_EQ(fclose(file), 0);
	return text;
}

static void close_document(struct document *document, const char *name,
			   enum syscall_arch arch)
{
	_cleanup_free_ char *path = NULL;
	_cleanup_free_ char *golden = NULL;

	ASSERT_EQ(fclose(document->stream), 0);
	ASSERT_TRUE(asprintf(&path, "%s/%s.%s.txt", GOLDEN_DIR, name,
			     syscall_arch_name(arch)) > 0);
	if (getenv("GOLDEN_UPDATE") != NULL) {
		write_golden(path, document->text);
	}
	golden = read_golden(path);
	ASSERT_STR(document->text, golden);
	free(document->text);
}

static const char *verdict_word(const struct filter_model *model,
				const struct filter *filter, uint32_t number)
{
	const struct filter_call *call = filter_model_call(model, number);
	struct seccomp_data data = {
		.nr = (int)number,
		.arch = syscall_audit_arch(model->arch),
	};

	if (call != NULL && call->rule_count > 0) {
		return "ARGS";
	}
	switch (simulator_run(filter, &data).verdict) {
	case FILTER_ALLOW:
		return "ALLOW";
	case FILTER_ERRNO(EPERM):
		return "EPERM";
	case FILTER_ERRNO(ENOSYS):
		return "ENOSYS";
	case FILTER_KILL:
		return "KILL";
	default:
		return "other";
	}
}

static void check_classes(enum syscall_arch arch)
{
	struct filter_options options = { .arch = arch };
	_cleanup_(filter_done) struct filter filter = input_filter(&options);
	_cleanup_free_ struct filter_model *model = input_model(&options);
	struct document document = { 0 };

	open_document(&document);
	for (uint32_t number = 0; number <= 600; number++) {
		const char *name = syscall_name(arch, number);

		(void)fprintf(document.stream, "%-3u %-6s %s\n", number,
			      verdict_word(model, &filter, number),
			      name == NULL ? "-" : name);
	}
	close_document(&document, "calls", arch);
}

static bool may_make(const struct filter *filter, enum syscall_arch arch,
		     const unsigned int arguments[3])
{
	struct seccomp_data data = {
		.nr = syscall_number(arch, "socket"),
		.arch = syscall_audit_arch(arch),
		.args = { arguments[0], arguments[1], arguments[2] },
	};

	return simulator_run(filter, &data).verdict == FILTER_ALLOW;
}

/* The allowed protocols of one family and type, as ranges. */
static void print_protocols(FILE *stream, const struct filter *filter,
			    enum syscall_arch arch, unsigned int arguments[3])
{
	for (unsigned int protocol = 0; protocol < 300; protocol++) {
		unsigned int first = protocol;

		arguments[2] = protocol;
		while (protocol < 300 && may_make(filter, arch, arguments)) {
			arguments[2] = ++protocol;
		}
		if (protocol > first) {
			(void)fprintf(stream,
				      "family %u type 0x%x protocol %u to %u\n",
				      arguments[0], arguments[1], first,
				      protocol - 1);
		}
	}
}

/* With every type there is, and with flags that sockets have or have not. */
static void check_sockets(enum syscall_arch arch)
{
	struct filter_options options = { .arch = arch };
	_cleanup_(filter_done) struct filter filter = input_filter(&options);
	struct document document = { 0 };

	open_document(&document);
	for (unsigned int i = 0; i < 64 * 4 * 16; i++) {
		static const unsigned int flags[] = { 0, 0x800, 0x80800,
						      0x100000 };
		unsigned int arguments[3] = {
			i / 64,
			i % 16 | flags[i / 16 % 4],
			0,
		};

		print_protocols(document.stream, &filter, arch, arguments);
	}
	close_document(&document, "sockets", arch);
}

static void print_line(void *arg, const char *line)
{
	(void)fprintf(arg, "%s\n", line);
}

static void check_text(enum syscall_arch arch, const char *name,
		       struct filter_options options)
{
	struct document document = { 0 };

	options.arch = arch;
	open_document(&document);
	ASSERT_OK(filter_describe(&options, print_line, document.stream, NULL));
	close_document(&document, name, arch);
}

/* How far allowed calls without rules go, and the whole. */
static void print_figures(FILE *stream, const struct filter_options *options)
{
	_cleanup_(filter_done) struct filter filter = input_filter(options);
	_cleanup_free_ struct filter_model *model = input_model(options);
	unsigned int worst = 0;
	unsigned int sum = 0;
	unsigned int count = 0;

	for (size_t i = 0; i < model->call_count; i++) {
		struct seccomp_data data = {
			.nr = (int)model->calls[i].number,
			.arch = syscall_audit_arch(options->arch),
		};
		unsigned int steps = simulator_run(&filter, &data).steps;

		if (model->calls[i].rule_count == 0 &&
		    model->calls[i].otherwise == FILTER_ALLOW) {
			worst = steps > worst ? steps : worst;
			sum += steps;
			count++;
		}
	}
	ASSERT_TRUE(count > 0);
	(void)fprintf(stream,
		      "net_raw %d single_id %d: %d instructions, an allowed "
		      "call runs %u.%u, at most %u\n",
		      options->allow_net_raw, options->single_id, filter.length,
		      sum / count, sum * 10 / count % 10, worst);
}

TEST(what_happens_to_every_number_is_as_reviewed)
{
	check_classes(SYSCALL_X86_64);
	check_classes(SYSCALL_AARCH64);
}

TEST(the_sockets_that_may_be_made_are_as_reviewed)
{
	check_sockets(SYSCALL_X86_64);
	check_sockets(SYSCALL_AARCH64);
}

TEST(the_text_of_the_filter_is_as_reviewed)
{
	const struct filter_options plain = { 0 };
	const struct filter_options all = { .allow_net_raw = true,
					    .single_id = true };

	check_text(SYSCALL_X86_64, "text", plain);
	check_text(SYSCALL_AARCH64, "text", plain);
	check_text(SYSCALL_X86_64, "text-net-raw-single-id", all);
}

TEST(the_cost_of_the_filter_is_as_reviewed)
{
	struct document document = { 0 };

	for (size_t i = 0; i < INPUT_DEFAULT_OPTIONS; i++) {
		struct filter_options options = input_options(i);

		if (i % 4 == 0) {
			open_document(&document);
		}
		print_figures(document.stream, &options);
		if (i % 4 == 3) {
			close_document(&document, "figures", options.arch);
		}
	}
}
