/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Processors as the kernel lists them: "0-3,7" (cpuset(7), "List format",
 * without strides).
 */
#ifndef SANDBOX_SPEC_CPU_LIST_H
#define SANDBOX_SPEC_CPU_LIST_H

#include <stdint.h>

/* As many as a kernel can be built for (NR_CPUS). */
#define CPU_LIST_MAX   8192
#define CPU_LIST_WORDS (CPU_LIST_MAX / 64)

/*
 * Sets the bit of each processor in @words, CPU_LIST_WORDS of them, which the
 * caller has cleared; NULL only checks.  NULL, or what is wrong with @text.
 */
const char *cpu_list_parse(const char *text, uint64_t *words);

#endif
