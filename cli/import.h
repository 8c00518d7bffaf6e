/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Configurations of other programs as specifications.  What cannot be carried
 * over is never left out silently: each such field is listed with the reason.
 *
 * A protection that the foreign configuration does not speak of stays as it is
 * here by default: an import may be stronger than the original, not weaker.
 */
#ifndef SANDBOX_CLI_IMPORT_H
#define SANDBOX_CLI_IMPORT_H

#include "spec_draft.h"

#include <stdbool.h>

struct import {
	struct spec_draft
		draft;         /* its cwd: what relative host paths are below */
	struct json_tree lost; /* an array of {"field", "why"} */
	struct json_tree names; /* an array of the fields that nodes came of */
	struct complaint *complaint;
};

/* A field of the foreign configuration, in a tree that has its values. */
struct import_row;
typedef void import_field(struct import *import, const struct import_row *row,
			  const char *field, const struct json_node *node);

/* What becomes of a member: one of the three. */
struct import_row {
	const char *name;
	import_field *take;
	const char *to; /* for @take: the field of ours */
	const char *why;
};

/*
 * Each member by the row of its name; one without a row is lost.  @prefix is
 * the path of @object in messages, "" for the top.
 */
void import_members(struct import *import, const char *prefix,
		    const struct json_node *object,
		    const struct import_row *table);

/* Usual things to do with a member. */
import_field import_text;   /* the text as it is */
import_field import_number; /* an unsigned number, as it is */
import_field import_bool;
import_field import_texts;  /* a list of texts */
import_field import_append; /* one more element of a list of texts */
import_field import_map;    /* an object of texts */
import_field import_nothing;

/* One line: @field is lost. */
__attribute__((format(printf, 3, 4))) void import_lose(struct import *import,
						       const char *field,
						       const char *why, ...);

/* Says a field of the foreign configuration, as "PREFIX.NAME". */
struct import_name {
	char text[160];
};
struct import_name import_name(const char *prefix, const char *name);

/* The ids inside, numbers; NULL: that of the caller, as it is now. */
void import_set_user(struct import *import, const char *uid, const char *gid);

/* Sets or appends; paths as json_set() has them. */
void import_set_text(struct import *import, const char *path, const char *text);
void import_set_word(struct import *import, const char *path, const char *word);
void import_add_text(struct import *import, const char *path, const char *text);
struct json_node *import_add_object(struct import *import, const char *path);
void import_put_text(struct import *import, struct json_node *object,
		     const char *field, const char *text);
void import_put_word(struct import *import, struct json_node *object,
		     const char *field, const char *word);

/* All three standard streams are those of the caller. */
void import_streams(struct import *import);

/*
 * One more mount; NULL where it is none, and then said so if it is lost: /proc
 * and /dev are the sandbox's own, and a device is no mount here.
 */
struct json_node *import_mount(struct import *import, const char *field,
			       const char *kind, const char *target);
struct json_node *import_bind(struct import *import, const char *field,
			      const char *source, const char *target,
			      bool writable);

/* Whether it is in every /dev. */
bool import_is_default_device(const char *path);

/* The last mount at @target, or NULL. */
struct json_node *import_find_mount(struct import *import, const char *target);

/* Whether the text is an unsigned decimal number; then *ret is it. */
bool import_read_number(const char *text, uint64_t *ret);

/* What was added to the document since is made of that field of theirs. */
void import_mark(struct import *import, const struct json_node *since,
		 const char *field);

/* Takes out what this build refuses, and tells it as lost. */
void import_settle(struct import *import);

/* Prints what there is; returns the exit status. */
struct console;
int import_report(struct import *import, const struct console *console,
		  bool json, bool strict);

/* The front ends: -EINVAL with a complaint where there is nothing to import. */
int import_bwrap(struct import *import, char **words);
int import_oci(struct import *import, char **words);
int import_nsjail(struct import *import, char **words);

#endif
