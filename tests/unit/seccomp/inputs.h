/* SPDX-License-Identifier: Apache-2.0 */
/* What every filter is asked: architectures, numbers, options. */
#ifndef SANDBOX_TESTS_SECCOMP_INPUTS_H
#define SANDBOX_TESTS_SECCOMP_INPUTS_H

#include "policy/filter.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All that the default profile can be told, for each architecture. */
#define INPUT_OPTIONS 28

/* Of them, the first are those of the default profile. */
#define INPUT_DEFAULT_OPTIONS 8

struct filter_options input_options(size_t i);

extern const uint32_t input_archs[];
extern const size_t input_arch_count;

/* 0 to 1023, then the ends of ranges and the same numbers with x32's bit. */
#define INPUT_NUMBERS (2 * 1024 + 8)

uint32_t input_number(size_t i);

/* Compiled and found well-formed, or the test fails. */
struct filter input_filter(const struct filter_options *options);
struct filter_model *input_model(const struct filter_options *options);

#endif
