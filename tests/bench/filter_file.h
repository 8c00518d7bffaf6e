/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a file of raw BPF instructions, as --seccomp of bubblewrap does. */
#ifndef BENCH_FILTER_FILE_H
#define BENCH_FILTER_FILE_H

#include <linux/filter.h>

#define FILTER_FILE_MAX 4096

/*
 * Fills @instructions, which holds FILTER_FILE_MAX, and returns how many there
 * are, or a negative errno; -EINVAL when the file is not whole instructions.
 */
int filter_file_read(const char *path, struct sock_filter *instructions);

#endif
