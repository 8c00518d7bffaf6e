/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The text of a filter: calls by name under each plain verdict, then the calls
 * whose arguments matter.  It is made from the model, never from a copy of
 * what the model ought to say.
 */
#include "base/cleanup.h"
#include "policy/filter.h"
#include "policy/filter_words.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define WIDTH 76

struct text {
	filter_line_f line;
	void *arg;
	char pending[WIDTH + 1]; /* a line that is not full yet */
};

static void flush(struct text *text)
{
	if (text->pending[0] != '\0') {
		text->line(text->arg, text->pending);
		text->pending[0] = '\0';
	}
}

/* Begins a new line, @indent spaces deep, where the word does not fit. */
static void add_word(struct text *text, int indent, const char *word, int size)
{
	size_t used = strlen(text->pending);

	if (used + 1 + (size_t)size > WIDTH) {
		flush(text);
		used = 0;
	}
	if (used == 0) {
		used = (size_t)snprintf(text->pending, sizeof(text->pending),
					"%*s", indent - 1, "");
	}
	(void)snprintf(text->pending + used, sizeof(text->pending) - used,
		       " %.*s", size, word);
}

/* A sentence as lines of its own; those after the first are indented more. */
static void add_sentence(struct text *text, int indent, const char *sentence)
{
	const char *word = sentence;

	while (word[0] != '\0') {
		size_t size = strcspn(word, " ");

		add_word(text, word == sentence ? indent : indent + 4, word,
			 (int)size);
		word += size;
		word += word[0] == ' ';
	}
	flush(text);
}

static const struct filter_call *call_named(const struct filter_model *model,
					    const struct syscall_row *row)
{
	int number = row->number[model->arch];

	return number < 0 ? NULL : filter_model_call(model, (uint32_t)number);
}

static size_t count_plain(const struct filter_model *model, uint32_t verdict)
{
	size_t count = 0;

	for (size_t i = 0; i < model->call_count; i++) {
		const struct filter_call *call = &model->calls[i];

		count += call->rule_count == 0 && call->otherwise == verdict;
	}
	return count;
}

static void describe_plain(struct text *text, const struct filter_model *model,
			   uint32_t verdict)
{
	char verdict_words[64];
	char heading[WIDTH + 1];

	filter_say_verdict(verdict_words, sizeof(verdict_words), verdict);
	(void)snprintf(heading, sizeof(heading), "  %s (%zu)", verdict_words,
		       count_plain(model, verdict));
	text->line(text->arg, heading);
	for (size_t i = 0; i < syscall_row_count; i++) {
		const struct filter_call *call =
			call_named(model, &syscall_rows[i]);

		if (call != NULL && call->rule_count == 0 &&
		    call->otherwise == verdict) {
			const char *name = syscall_rows[i].name;

			add_word(text, 4, name, (int)strlen(name));
		}
	}
	flush(text);
}

/* Rules that differ in the value of their last test only are one line. */
static bool continues(const struct filter_rule *rule,
		      const struct filter_rule *next)
{
	size_t last = rule->test_count - 1U;
	struct filter_test same = { 0 };

	if (rule->test_count == 0 || next->test_count != rule->test_count ||
	    next->verdict != rule->verdict) {
		return false;
	}
	for (size_t i = 0; i < last; i++) {
		const struct filter_test *a = &rule->tests[i];
		const struct filter_test *b = &next->tests[i];

		if (a->argument != b->argument || a->mask != b->mask ||
		    a->comparison != b->comparison || a->value != b->value) {
			return false;
		}
	}
	same = rule->tests[last];
	return next->tests[last].argument == same.argument &&
	       next->tests[last].comparison == same.comparison &&
	       next->tests[last].mask == same.mask;
}

/* Returns how many rules the line covers. */
static size_t describe_rules(struct text *text, const char *name,
			     const struct filter_call *call, size_t first)
{
	const struct filter_rule *rule = &call->rules[first];
	char verdict[64];
	char tests[640];
	char line[800];
	size_t count = 1;

	filter_say_tests(tests, sizeof(tests), name, rule);
	while (first + count < call->rule_count &&
	       continues(rule, &call->rules[first + count])) {
		const struct filter_rule *next = &call->rules[first + count];
		size_t used = strlen(tests);
		char value[32];

		filter_say_value(value, sizeof(value), name,
				 &next->tests[next->test_count - 1]);
		(void)snprintf(tests + used, sizeof(tests) - used, " or %s",
			       value);
		count++;
	}
	filter_say_verdict(verdict, sizeof(verdict), rule->verdict);
	(void)snprintf(line, sizeof(line), "%s if %s", verdict,
		       tests[0] == '\0' ? "called" : tests);
	add_sentence(text, 6, line);
	return count;
}

static void describe_call(struct text *text, const char *name,
			  const struct filter_call *call)
{
	char verdict[64];
	char line[128];

	(void)snprintf(line, sizeof(line), "    %s", name);
	text->line(text->arg, line);
	for (size_t i = 0; i < call->rule_count;) {
		i += describe_rules(text, name, call, i);
	}
	filter_say_verdict(verdict, sizeof(verdict), call->otherwise);
	(void)snprintf(line, sizeof(line), "      %s otherwise", verdict);
	text->line(text->arg, line);
}

static void describe_arguments(struct text *text,
			       const struct filter_model *model)
{
	text->line(text->arg, "  depends on the arguments");
	for (size_t i = 0; i < syscall_row_count; i++) {
		const struct filter_call *call =
			call_named(model, &syscall_rows[i]);

		if (call != NULL && call->rule_count > 0) {
			describe_call(text, syscall_rows[i].name, call);
		}
	}
}

static void describe_rest(struct text *text, const struct filter_model *model)
{
	char verdict[64];
	char line[128];

	filter_say_verdict(verdict, sizeof(verdict), model->unknown);
	(void)snprintf(line, sizeof(line), "  %s: any other number", verdict);
	text->line(text->arg, line);
	if (model->arch == SYSCALL_X86_64 &&
	    model->unknown != FILTER_X32_ANSWER) {
		filter_say_verdict(verdict, sizeof(verdict), FILTER_X32_ANSWER);
		(void)snprintf(line, sizeof(line), "  %s: any number of x32",
			       verdict);
		text->line(text->arg, line);
	}
	filter_say_verdict(verdict, sizeof(verdict), model->foreign);
	(void)snprintf(line, sizeof(line), "  %s: any architecture but %s",
		       verdict, syscall_arch_name(model->arch));
	text->line(text->arg, line);
}

/* Verdicts that only a document's rules bring, each once, as they come. */
static void describe_others(struct text *text, const struct filter_model *model)
{
	for (size_t i = 0; i < model->call_count; i++) {
		const struct filter_call *call = &model->calls[i];
		bool usual = call->otherwise == FILTER_ALLOW ||
			     call->otherwise == FILTER_ERRNO(EPERM) ||
			     call->otherwise == FILTER_ERRNO(ENOSYS);
		bool said = usual || call->rule_count > 0;

		for (size_t j = 0; j < i && !said; j++) {
			said = model->calls[j].rule_count == 0 &&
			       model->calls[j].otherwise == call->otherwise;
		}
		if (!said) {
			describe_plain(text, model, call->otherwise);
		}
	}
}

int filter_describe(const struct filter_options *options, filter_line_f line,
		    void *arg, struct err *err)
{
	_cleanup_free_ struct filter_model *model = filter_model_new(options);
	struct text text = { .line = line, .arg = arg };

	if (model == NULL) {
		return err_set(err, SANDBOX_ERROR_RESOURCE, ENOMEM,
			       "out of memory for the system-call filter");
	}
	line(arg, "system calls");
	describe_plain(&text, model, FILTER_ALLOW);
	describe_arguments(&text, model);
	describe_plain(&text, model, FILTER_ERRNO(EPERM));
	describe_plain(&text, model, FILTER_ERRNO(ENOSYS));
	describe_others(&text, model);
	describe_rest(&text, model);
	return 0;
}
