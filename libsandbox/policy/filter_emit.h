/* SPDX-License-Identifier: Apache-2.0 */
/* From a filter graph to the instructions of classic BPF. */
#ifndef SANDBOX_POLICY_FILTER_EMIT_H
#define SANDBOX_POLICY_FILTER_EMIT_H

#include "base/err.h"
#include "policy/filter.h"
#include "policy/filter_graph.h"

/* The program that begins at @root; -E2BIG if it has too many instructions. */
int filter_emit(const struct graph *graph, unsigned short root,
		struct filter *ret, struct err *err);

#endif
