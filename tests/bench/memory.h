/* SPDX-License-Identifier: Apache-2.0 */
/* The memory of the library's own processes of one idle sandbox. */
#ifndef BENCH_MEMORY_H
#define BENCH_MEMORY_H

#include "workspace.h"

/*
 * Prints the table.  Returns 0 when the goal is met, 1 when it is missed, or a
 * negative errno with a line on stderr.
 */
int memory_measure(const struct workspace *workspace);

#endif
