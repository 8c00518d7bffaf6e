/* SPDX-License-Identifier: Apache-2.0 */
/* A result for people: how the sandbox ended, and what was in force. */
#ifndef SANDBOX_CLI_SUMMARY_H
#define SANDBOX_CLI_SUMMARY_H

#include <sandbox/result.h>

#include <stdio.h>

void summary_print(const char *id, const sandbox_result *result, FILE *stream);

#endif
