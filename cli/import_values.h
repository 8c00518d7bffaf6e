/* SPDX-License-Identifier: Apache-2.0 */
/* Values that more than one front end has to write anew. */
#ifndef SANDBOX_CLI_IMPORT_VALUES_H
#define SANDBOX_CLI_IMPORT_VALUES_H

#include "import.h"

/* Bytes as JSON has them. */
void import_add_base64(const char *bytes, size_t size, struct buffer *ret);

/* "size=64k" and its like as a field of a mount in memory; false: is none. */
bool import_put_memory_option(struct import *import, struct json_node *mount,
			      const char *word);

#endif
