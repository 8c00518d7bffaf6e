/* SPDX-License-Identifier: Apache-2.0 */
/* One command line of bubblewrap, as it is read. */
#ifndef SANDBOX_CLI_IMPORT_BWRAP_H
#define SANDBOX_CLI_IMPORT_BWRAP_H

#include "import.h"

struct bwrap {
	struct import *import;
	/* Of the option at hand. */
	const char *option;
	const char *to; /* the field or the kind of mount, by its row */
	char **values;
	/* For the next one that makes something. */
	const char *perms;
	const char *size;
	/* In force to the end. */
	struct json_tree layers; /* an array of texts */
	bool network;
	bool clears_env;
	bool drops_all; /* capabilities */
	const char *uid;
	const char *gid;
};

typedef void bwrap_take(struct bwrap *bwrap);

bwrap_take bwrap_bind;
bwrap_take bwrap_ro_bind;
bwrap_take bwrap_dev_bind;
bwrap_take bwrap_bind_try;
bwrap_take bwrap_ro_bind_try;
bwrap_take bwrap_dev_bind_try;
bwrap_take bwrap_new; /* a file system or a directory, kind @to */
bwrap_take bwrap_proc;
bwrap_take bwrap_dev;
bwrap_take bwrap_symlink;
bwrap_take bwrap_remount_ro;
bwrap_take bwrap_chmod;
bwrap_take bwrap_overlay_src;
bwrap_take bwrap_ro_overlay;
bwrap_take bwrap_tmp_overlay;
bwrap_take bwrap_overlay;
bwrap_take bwrap_file; /* from a descriptor, as the next three */
bwrap_take bwrap_bind_data;
bwrap_take bwrap_ro_bind_data;
bwrap_take bwrap_seccomp;

/* Permissions are octal there and a number here. */
void bwrap_put_mode(struct bwrap *bwrap, struct json_node *mount,
		    const char *octal);

#endif
