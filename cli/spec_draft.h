/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A specification in the making: a document, and what the options of
 * `sandbox run` do to it.  Whether the outcome is a good specification is for
 * the library to say; here an option is refused only when its value cannot be
 * put into a field.
 */
#ifndef SANDBOX_CLI_SPEC_DRAFT_H
#define SANDBOX_CLI_SPEC_DRAFT_H

#include "json_tree.h"
#include "options.h"

#include <stdint.h>

struct spec_draft {
	struct json_tree tree;
	const char *cwd; /* of the caller; "" where it has no path */
	uint64_t passed; /* descriptors, by change_pass_fd() */
};

/* Any field, by option->field. */
spec_change change_text;        /* the value as it is */
spec_change change_inside_path; /* an absolute path */
spec_change change_true;        /* the option alone is the value */
spec_change change_count;
spec_change change_duration;
spec_change change_size;
spec_change change_processors; /* 0.5, 2: in thousandths */
spec_change change_add_text;   /* one more element of a list */
spec_change change_add_inside_path;

spec_change change_set;  /* PATH=VALUE */
spec_change change_base; /* does nothing: compose.h reads the documents */

/* The root and what is mounted in it. */
spec_change change_rootfs;
spec_change change_bind;    /* SRC:DST */
spec_change change_bind_rw; /* SRC:DST */
spec_change change_tmpfs;   /* DST[:SIZE] */
spec_change change_hidepid;

/* The process, its streams and limits. */
spec_change change_env;   /* K=V, or K of the caller's environment */
spec_change change_label; /* K=V */
spec_change change_umask;
spec_change change_rlimit; /* NAME=SOFT[:HARD] */
spec_change change_stream; /* inherit, null */
spec_change change_all_streams;
spec_change change_pass_fd; /* N[:M] */

/* Identity and privileges. */
spec_change change_identity; /* auto, caller, range[=N] */
spec_change change_cap_add;
spec_change change_cap_drop;

/* A number as the field at a path. */
void draft_set_number(struct spec_draft *draft, const char *path,
		      uint64_t number);

/* A number as the member of an object. */
void draft_add_number(struct spec_draft *draft, struct json_node *object,
		      const char *field, uint64_t number);

#endif
