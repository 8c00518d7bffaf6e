/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A filter in lines that can be compared: one a call, and one an instruction.
 */
#include "base/array.h"
#include "base/cleanup.h"
#include "policy/filter.h"
#include "policy/filter_words.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define NAME_WIDTH 24

struct list_line {
	char text[FILTER_LINE_MAX];
	size_t used;
};

static void add(struct list_line *line, const char *text)
{
	size_t room = sizeof(line->text) - line->used;

	(void)snprintf(line->text + line->used, room, "%s", text);
	line->used += strlen(line->text + line->used);
}

static void add_name(struct list_line *line, const char *name)
{
	char padded[64];

	(void)snprintf(padded, sizeof(padded), "%-*s ", NAME_WIDTH, name);
	line->used = 0;
	add(line, padded);
}

static void add_verdict(struct list_line *line, uint32_t verdict)
{
	char words[64];

	filter_say_verdict(words, sizeof(words), verdict);
	add(line, words);
}

static void add_call(struct list_line *line, const char *name,
		     const struct filter_call *call)
{
	add_name(line, name);
	for (size_t i = 0; i < call->rule_count; i++) {
		char tests[640];

		filter_say_tests(tests, sizeof(tests), name, &call->rules[i]);
		add_verdict(line, call->rules[i].verdict);
		add(line, " if ");
		add(line, tests);
		add(line, "; ");
	}
	add_verdict(line, call->otherwise);
	add(line, call->rule_count > 0 ? " otherwise" : "");
}

static void list_plain(const char *name, uint32_t verdict, filter_line_f print,
		       void *arg)
{
	struct list_line line;

	add_name(&line, name);
	add_verdict(&line, verdict);
	print(arg, line.text);
}

int filter_list(const struct filter_options *options, filter_line_f print,
		void *arg, struct err *err)
{
	_cleanup_free_ struct filter_model *model = filter_model_new(options);
	struct list_line line;

	if (model == NULL) {
		return err_set(err, SANDBOX_ERROR_RESOURCE, ENOMEM,
			       "out of memory for the system-call filter");
	}
	for (size_t i = 0; i < syscall_row_count; i++) {
		const struct syscall_row *row = &syscall_rows[i];

		if (row->number[model->arch] >= 0) {
			uint32_t number = (uint32_t)row->number[model->arch];

			add_call(&line, row->name,
				 filter_model_call(model, number));
			print(arg, line.text);
		}
	}
	list_plain("(other numbers)", model->unknown, print, arg);
	if (model->arch == SYSCALL_X86_64) {
		list_plain("(x32)", FILTER_X32_ANSWER, print, arg);
	}
	list_plain("(other architectures)", model->foreign, print, arg);
	return 0;
}

/* What comparisons ask of the word that was loaded. */
static const char *jump_words(unsigned short code)
{
	switch (BPF_OP(code)) {
	case BPF_JEQ:
		return "==";
	case BPF_JGT:
		return ">";
	case BPF_JGE:
		return ">=";
	default:
		return "&";
	}
}

/* Classic BPF as seccomp takes it; what else there is, as numbers. */
void filter_say_instruction(char *ret, size_t size,
			    const struct sock_filter *at, size_t index)
{
	unsigned int k = at->k;
	char words[64];

	switch (at->code) {
	case BPF_LD | BPF_W | BPF_ABS:
		(void)snprintf(ret, size, "%4zu  load %u", index, k);
		return;
	case BPF_ALU | BPF_AND | BPF_K:
		(void)snprintf(ret, size, "%4zu  and 0x%x", index, k);
		return;
	case BPF_JMP | BPF_JA:
		(void)snprintf(ret, size, "%4zu  go to %zu", index,
			       index + 1 + k);
		return;
	case BPF_RET | BPF_K:
		filter_say_verdict(words, sizeof(words), k);
		(void)snprintf(ret, size, "%4zu  return %s", index, words);
		return;
	default:
		break;
	}
	if (BPF_CLASS(at->code) == BPF_JMP && BPF_SRC(at->code) == BPF_K) {
		(void)snprintf(ret, size, "%4zu  if %s 0x%x go to %zu else %zu",
			       index, jump_words(at->code), k,
			       index + 1 + at->jt, index + 1 + at->jf);
		return;
	}
	(void)snprintf(ret, size, "%4zu  code 0x%02x k 0x%x jt %u jf %u", index,
		       at->code, k, at->jt, at->jf);
}
