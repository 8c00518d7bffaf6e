/* SPDX-License-Identifier: Apache-2.0 */
/* What a fuzz target defines, and what calls it: libFuzzer or corpus_main.c. */
#ifndef SANDBOX_TESTS_FUZZ_FUZZ_H
#define SANDBOX_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* libFuzzer's name. NOLINTNEXTLINE(readability-identifier-naming) */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#endif
