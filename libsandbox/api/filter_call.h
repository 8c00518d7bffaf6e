/* SPDX-License-Identifier: Apache-2.0 */
/* One system call with its arguments, as text. */
#ifndef SANDBOX_API_FILTER_CALL_H
#define SANDBOX_API_FILTER_CALL_H

#include "base/err.h"
#include "policy/filter_model.h"

struct filter_question {
	uint32_t number;
	uint64_t arguments[FILTER_ARGUMENTS];
};

/* Reads "NAME,ARGUMENT,..." or "NUMBER,..."; -EINVAL with @err set. */
int filter_question_read(const char *text, enum syscall_arch arch,
			 struct filter_question *ret, struct err *err);

#endif
