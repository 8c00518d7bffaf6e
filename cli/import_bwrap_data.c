/* SPDX-License-Identifier: Apache-2.0 */
/* What bubblewrap reads from descriptors; see import_bwrap.h. */
#include "cleanup.h"
#include "import_bwrap.h"
#include "import_values.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

/* As base64 it has to fit into a document, which is at most 1 MiB. */
#define DATA_MAX ((size_t)512 * 1024)

/* The whole of a descriptor that the command line names, as base64. */
static bool read_data(struct bwrap *bwrap, struct buffer *ret)
{
	_cleanup_(buffer_done) struct buffer data = BUFFER_INIT;
	const char *word = bwrap->values[0];
	uint64_t fd = 0;
	ssize_t size = 0;

	if (!import_read_number(word, &fd) || fd > INT_MAX) {
		import_lose(bwrap->import, bwrap->option,
			    "\"%.60s\" is no descriptor", word);
		return false;
	}
	do {
		char bytes[4096];

		size = read((int)fd, bytes, sizeof(bytes));
		buffer_add_bytes(&data, bytes, size > 0 ? (size_t)size : 0);
	} while (size > 0 && data.used <= DATA_MAX);
	if (size < 0) {
		import_lose(bwrap->import, bwrap->option,
			    "descriptor %.20s cannot be read: %s", word,
			    strerrordesc_np(errno));
		return false;
	}
	if (data.used > DATA_MAX) {
		import_lose(bwrap->import, bwrap->option,
			    "descriptor %.20s has more than %zu bytes", word,
			    DATA_MAX);
		return false;
	}
	if (data.used > 0) {
		import_add_base64(data.data, data.used, ret);
	}
	if (data.failed || ret->failed || buffer_text(ret) == NULL) {
		import_lose(bwrap->import, bwrap->option, "out of memory");
		return false;
	}
	return true;
}

static void put_file(struct bwrap *bwrap, const char *mode)
{
	_cleanup_(buffer_done) struct buffer content = BUFFER_INIT;
	struct import *import = bwrap->import;
	struct json_node *mount = NULL;

	if (!read_data(bwrap, &content)) {
		return;
	}
	mount = import_mount(import, bwrap->option, "FILE", bwrap->values[1]);
	if (mount != NULL) {
		import_put_text(import, mount, "content",
				buffer_text(&content));
		bwrap_put_mode(bwrap, mount,
			       bwrap->perms == NULL ? mode : bwrap->perms);
	}
}

void bwrap_file(struct bwrap *bwrap)
{
	put_file(bwrap, "666");
}

void bwrap_ro_bind_data(struct bwrap *bwrap)
{
	put_file(bwrap, "600");
}

/* There it is a mount that can be written to. */
void bwrap_bind_data(struct bwrap *bwrap)
{
	import_lose(bwrap->import, bwrap->option,
		    "%.200s can be written to only where it lies on a tmpfs",
		    bwrap->values[1]);
	put_file(bwrap, "600");
}

void bwrap_seccomp(struct bwrap *bwrap)
{
	_cleanup_(buffer_done) struct buffer filter = BUFFER_INIT;
	static const char field[] = "security.seccomp.bpf";

	if (json_find(&bwrap->import->draft.tree, field) != NULL) {
		import_lose(bwrap->import, bwrap->option,
			    "there is one filter of the caller's already");
		return;
	}
	if (read_data(bwrap, &filter)) {
		import_set_text(bwrap->import, field, buffer_text(&filter));
	}
}
