/* SPDX-License-Identifier: Apache-2.0 */
/* The lists of inputs, and filters made for a test. */
#include "inputs.h"

#include "base/array.h"
#include "lib/tap.h"
#include "simulator.h"

#include <linux/audit.h>

const uint32_t input_archs[] = {
	AUDIT_ARCH_X86_64,
	AUDIT_ARCH_I386,
	AUDIT_ARCH_AARCH64,
	AUDIT_ARCH_ARM,
	AUDIT_ARCH_RISCV64,
	AUDIT_ARCH_S390X,
	0,
};

const size_t input_arch_count = ARRAY_SIZE(input_archs);

struct filter_options input_options(size_t i)
{
	/* The last four: what lets namespaces be made, and mounts. */
	if (i >= 24) {
		return (struct filter_options){
			.arch = (i & 2) != 0 ? SYSCALL_AARCH64 : SYSCALL_X86_64,
			.allow_namespaces = true,
			.allow_mounts = (i & 1) != 0,
		};
	}
	return (struct filter_options){
		.arch = (i & 4) != 0 ? SYSCALL_AARCH64 : SYSCALL_X86_64,
		.allow_net_raw = (i & 2) != 0,
		.single_id = (i & 1) != 0,
		.profile = (enum filter_profile)(i / 8),
	};
}

uint32_t input_number(size_t i)
{
	static const uint32_t ends[] = {
		0x3fffffff, 0x7fffffff, 0x80000000, 0x80000001,
		0xbfffffff, 0xfffffffe, 0xffffffff, 65536,
	};

	if (i < 1024) {
		return (uint32_t)i;
	}
	if (i < 2048) {
		return 0x40000000 + (uint32_t)(i - 1024);
	}
	return ends[i - 2048];
}

struct filter input_filter(const struct filter_options *options)
{
	struct filter filter = FILTER_INIT;
	struct err err = ERR_INIT;
	const char *fault = NULL;

	ASSERT_OK(filter_compile(options, &filter, &err));
	fault = simulator_fault(&filter);
	if (fault != NULL) {
		FAIL("%s", fault);
	}
	return filter;
}

struct filter_model *input_model(const struct filter_options *options)
{
	struct filter_model *model = filter_model_new(options);

	ASSERT_TRUE(model != NULL);
	return model;
}
