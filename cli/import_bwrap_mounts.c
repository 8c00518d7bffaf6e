/* SPDX-License-Identifier: Apache-2.0 */
/* What bubblewrap mounts; see import_bwrap.h. */
#include "cleanup.h"
#include "import_bwrap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void bind(struct bwrap *bwrap, bool writable, bool dev)
{
	struct import *import = bwrap->import;
	struct json_node *mount =
		import_bind(import, bwrap->option, bwrap->values[0],
			    bwrap->values[1], writable);

	/* bubblewrap lets everything be executed. */
	if (mount != NULL && writable) {
		import_put_word(import, mount, "exec", "true");
	}
	if (mount != NULL && dev) {
		import_put_word(import, mount, "dev", "true");
	}
}

void bwrap_bind(struct bwrap *bwrap)
{
	bind(bwrap, true, false);
}

void bwrap_ro_bind(struct bwrap *bwrap)
{
	bind(bwrap, false, false);
}

void bwrap_dev_bind(struct bwrap *bwrap)
{
	bind(bwrap, true, true);
}

/* Whether the source is there is decided now, which has to be said. */
static bool is_there(struct bwrap *bwrap)
{
	if (access(bwrap->values[0], F_OK) == 0) {
		return true;
	}
	import_lose(bwrap->import, bwrap->option,
		    "%.200s is not there now, so it is left out",
		    bwrap->values[0]);
	return false;
}

void bwrap_bind_try(struct bwrap *bwrap)
{
	if (is_there(bwrap)) {
		bind(bwrap, true, false);
	}
}

void bwrap_ro_bind_try(struct bwrap *bwrap)
{
	if (is_there(bwrap)) {
		bind(bwrap, false, false);
	}
}

void bwrap_dev_bind_try(struct bwrap *bwrap)
{
	if (is_there(bwrap)) {
		bind(bwrap, true, true);
	}
}

void bwrap_put_mode(struct bwrap *bwrap, struct json_node *mount,
		    const char *octal)
{
	char number[24];

	(void)snprintf(number, sizeof(number), "%lu", strtoul(octal, NULL, 8));
	import_put_word(bwrap->import, mount, "mode", number);
}

void bwrap_new(struct bwrap *bwrap)
{
	struct import *import = bwrap->import;
	struct json_node *mount = import_mount(import, bwrap->option, bwrap->to,
					       bwrap->values[0]);
	uint64_t size = 0;

	if (mount == NULL) {
		return;
	}
	if (strcmp(bwrap->to, "TMPFS") == 0) {
		import_put_word(import, mount, "writable", "true");
		import_put_word(import, mount, "exec", "true");
		bwrap_put_mode(bwrap, mount, "755");
	}
	if (bwrap->perms != NULL) {
		bwrap_put_mode(bwrap, mount, bwrap->perms);
	}
	if (bwrap->size != NULL && import_read_number(bwrap->size, &size)) {
		import_put_word(import, mount, "size_bytes", bwrap->size);
	}
}

/* At /proc it is there anyway. */
void bwrap_proc(struct bwrap *bwrap)
{
	if (strcmp(bwrap->values[0], "/proc") != 0) {
		(void)import_mount(bwrap->import, bwrap->option, "PROC",
				   bwrap->values[0]);
	}
}

void bwrap_dev(struct bwrap *bwrap)
{
	if (strcmp(bwrap->values[0], "/dev") != 0) {
		import_lose(bwrap->import, bwrap->option,
			    "the sandbox's devices are at /dev, not at %.200s",
			    bwrap->values[0]);
	}
}

void bwrap_symlink(struct bwrap *bwrap)
{
	struct json_node *mount = import_mount(bwrap->import, bwrap->option,
					       "SYMLINK", bwrap->values[1]);

	import_put_text(bwrap->import, mount, "source", bwrap->values[0]);
}

void bwrap_remount_ro(struct bwrap *bwrap)
{
	struct json_node *mount =
		import_find_mount(bwrap->import, bwrap->values[0]);

	if (strcmp(bwrap->values[0], "/") == 0) {
		json_remove(
			json_find(&bwrap->import->draft.tree, "root.writable"));
		return;
	}
	if (mount == NULL) {
		import_lose(bwrap->import, bwrap->option,
			    "nothing is mounted at %.200s", bwrap->values[0]);
		return;
	}
	json_remove(json_field(mount, "writable"));
	json_remove(json_field(mount, "exec"));
}

void bwrap_chmod(struct bwrap *bwrap)
{
	struct json_node *mount =
		import_find_mount(bwrap->import, bwrap->values[1]);
	const char *kind = json_text(json_field(mount, "kind"));

	if (strcmp(kind, "TMPFS") == 0 || strcmp(kind, "DIRECTORY") == 0) {
		bwrap_put_mode(bwrap, mount, bwrap->values[0]);
	} else {
		import_lose(bwrap->import, bwrap->option,
			    "nothing that the sandbox makes is at %.200s",
			    bwrap->values[1]);
	}
}
