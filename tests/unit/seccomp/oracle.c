/* SPDX-License-Identifier: Apache-2.0 */
/* Feeds a model to libseccomp and takes its program back. */
#include "oracle.h"

#include "base/cleanup.h"
#include "lib/tap.h"
#include "simulator.h"

#include <errno.h>
#include <seccomp.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const uint32_t defaults[ORACLE_FILTERS] = { FILTER_ERRNO(ENOSYS),
						   FILTER_ERRNO(EPERM),
						   FILTER_ALLOW };

static size_t filter_of(const struct filter_call *call)
{
	if (call == NULL || call->rule_count == 0) {
		return 0;
	}
	return call->otherwise == FILTER_ALLOW ? 2 : 1;
}

static uint32_t seccomp_arch(enum syscall_arch arch)
{
	return arch == SYSCALL_AARCH64 ? SCMP_ARCH_AARCH64 : SCMP_ARCH_X86_64;
}

/* libseccomp wants the machine's number, whatever the filter's machine is. */
static int oracle_number(const struct filter_model *model, uint32_t number)
{
	if (model->arch == SYSCALL_ARCH_NATIVE) {
		return (int)number;
	}
	return seccomp_syscall_resolve_name(syscall_name(model->arch, number));
}

bool oracle_knows(const struct filter_model *model, uint32_t number)
{
	return oracle_number(model, number) != __NR_SCMP_ERROR;
}

static enum scmp_compare operator_of(const struct filter_test *test)
{
	static const enum scmp_compare operators[] = {
		[FILTER_EQ] = SCMP_CMP_EQ,
		[FILTER_NE] = SCMP_CMP_NE,
		[FILTER_LT] = SCMP_CMP_LT,
		[FILTER_LE] = SCMP_CMP_LE,
		[FILTER_GT] = SCMP_CMP_GT,
		[FILTER_GE] = SCMP_CMP_GE,
		[FILTER_MASKED_EQ] = SCMP_CMP_MASKED_EQ,
	};

	return operators[test->comparison];
}

static void add_rule(scmp_filter_ctx context, int number,
		     const struct filter_rule *rule)
{
	struct scmp_arg_cmp tests[FILTER_ARGUMENTS];

	for (size_t i = 0; i < rule->test_count; i++) {
		const struct filter_test *test = &rule->tests[i];
		bool is_masked = test->comparison == FILTER_MASKED_EQ;

		tests[i] = (struct scmp_arg_cmp){
			.arg = test->argument,
			.op = operator_of(test),
			.datum_a = is_masked ? test->mask : test->value,
			.datum_b = is_masked ? test->value : 0,
		};
	}
	ASSERT_OK(seccomp_rule_add_exact_array(context, rule->verdict, number,
					       rule->test_count, tests));
}

static void add_call(scmp_filter_ctx context, const struct filter_model *model,
		     const struct filter_call *call)
{
	int number = oracle_number(model, call->number);

	if (call->rule_count == 0 && call->otherwise != defaults[0]) {
		const struct filter_rule always = { .verdict =
							    call->otherwise };

		add_rule(context, number, &always);
	}
	for (size_t i = 0; i < call->rule_count; i++) {
		add_rule(context, number, &call->rules[i]);
	}
}

static struct filter take_program(scmp_filter_ctx context)
{
	_cleanup_close_ int fd = memfd_create("filter", MFD_CLOEXEC);
	struct filter filter = FILTER_INIT;
	struct stat stat = { 0 };
	size_t size = 0;

	ASSERT_TRUE(fd >= 0);
	ASSERT_OK(seccomp_export_bpf(context, fd));
	ASSERT_OK(fstat(fd, &stat));
	size = (size_t)stat.st_size;
	filter.instructions = malloc(size);
	ASSERT_TRUE(filter.instructions != NULL);
	ASSERT_EQ(pread(fd, filter.instructions, size, 0), stat.st_size);
	filter.length = (unsigned short)(size / sizeof(struct sock_filter));
	return filter;
}

static struct filter build(const struct filter_model *model, size_t which)
{
	scmp_filter_ctx context = seccomp_init(defaults[which]);
	struct filter filter = FILTER_INIT;

	ASSERT_TRUE(context != NULL);
	ASSERT_OK(seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH,
				   model->foreign));
	if (model->arch != SYSCALL_ARCH_NATIVE) {
		ASSERT_OK(seccomp_arch_add(context, seccomp_arch(model->arch)));
		ASSERT_OK(seccomp_arch_remove(context, SCMP_ARCH_NATIVE));
	}
	for (size_t i = 0; i < model->call_count; i++) {
		const struct filter_call *call = &model->calls[i];

		if (filter_of(call) == which &&
		    oracle_knows(model, call->number)) {
			add_call(context, model, call);
		}
	}
	filter = take_program(context);
	seccomp_release(context);
	return filter;
}

struct oracle oracle_new(const struct filter_model *model)
{
	struct oracle oracle = { .model = model };

	for (size_t i = 0; i < ORACLE_FILTERS; i++) {
		oracle.filters[i] = build(model, i);
	}
	return oracle;
}

void oracle_done(struct oracle *oracle)
{
	for (size_t i = 0; i < ORACLE_FILTERS; i++) {
		filter_done(&oracle->filters[i]);
	}
}

uint32_t oracle_verdict(const struct oracle *oracle,
			const struct seccomp_data *data)
{
	const struct filter_call *call =
		filter_model_call(oracle->model, (uint32_t)data->nr);

	return simulator_run(&oracle->filters[filter_of(call)], data).verdict;
}
