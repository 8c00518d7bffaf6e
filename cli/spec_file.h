/* SPDX-License-Identifier: Apache-2.0 */
/* A specification as it stands in a file. */
#ifndef SANDBOX_CLI_SPEC_FILE_H
#define SANDBOX_CLI_SPEC_FILE_H

#include "buffer.h"
#include "complaint.h"

#include <sandbox/spec.h>

struct spec_file {
	const char *path;
	struct buffer content;
};

/* Reads @path whole, or stdin for "-". */
int spec_file_read(const char *path, struct spec_file *ret,
		   struct complaint *complaint);
void spec_file_done(struct spec_file *file);

/* Whether it holds protobuf bytes: its name ends in .pb or .binpb. */
bool spec_file_is_bytes(const struct spec_file *file);

/* As the library's own parsers, by the form that the file has. */
int spec_file_parse(const struct spec_file *file, sandbox_spec **ret,
		    sandbox_error **err);

#endif
