/* SPDX-License-Identifier: Apache-2.0 */
/* One document over another. */
#ifndef SANDBOX_CLI_MERGE_H
#define SANDBOX_CLI_MERGE_H

#include "json_tree.h"

/*
 * Lays an object over another of the same tree, as RFC 7396 does: an object
 * goes into the one that is there member by member, null takes away what is
 * there, and everything else takes its place.  @later is used up.
 */
void merge_objects(struct json_node *earlier, struct json_node *later);

#endif
