/* SPDX-License-Identifier: Apache-2.0 */
/* A rule of the filter, in words. */
#ifndef SANDBOX_POLICY_FILTER_WORDS_H
#define SANDBOX_POLICY_FILTER_WORDS_H

#include "policy/filter_model.h"

/* "refuse with EPERM" */
void filter_say_verdict(char *ret, size_t size, uint32_t verdict);

/*
 * "family is AF_INET and type is SOCK_DGRAM", with what is known about the
 * arguments of the call named @call; "" for a rule without tests.
 */
void filter_say_tests(char *ret, size_t size, const char *call,
		      const struct filter_rule *rule);

/* "AF_INET", or the number. */
void filter_say_value(char *ret, size_t size, const char *call,
		      const struct filter_test *test);

#endif
