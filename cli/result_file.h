/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The file that a result is written to.  It is chosen before anything runs,
 * so that a place that cannot be written to is found in time, and so that
 * nothing a sandbox does to its own writable directories can lead the command
 * elsewhere; it is written after the end, and then whole or not at all.
 */
#ifndef SANDBOX_CLI_RESULT_FILE_H
#define SANDBOX_CLI_RESULT_FILE_H

#include "complaint.h"

struct result_file {
	const char *path; /* as it was given; borrowed */
	int stream;       /* a pipe, a device, something of /proc; else -1 */
	int folder;       /* the directory of a regular file; else -1 */
	char *name;       /* in @folder */
};

#define RESULT_FILE_INIT                                  \
	{                                                 \
		.stream = -1, .folder = -1, .name = NULL, \
	}

int result_file_open(const char *path, struct result_file *ret,
		     struct complaint *complaint);

/* @text and a line feed. */
int result_file_write(const struct result_file *file, const char *text,
		      struct complaint *complaint);

void result_file_done(struct result_file *file);

#endif
