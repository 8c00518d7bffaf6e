/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether a buffer is a plan: every offset inside it, every string ended,
 * every index in range.  The launcher asks before it follows the first offset,
 * so this compiles without a C library.
 */
#ifndef SANDBOX_PLAN_CHECK_H
#define SANDBOX_PLAN_CHECK_H

#include "plan/plan.h"

#include <stddef.h>

/* Return: 0, or -EINVAL.  Reads nothing outside @size bytes. */
int plan_check(const struct plan *plan, size_t size);

#endif
