/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of a document before those of its profile; and what profiles name. */
#ifndef SANDBOX_POLICY_FILTER_ADDITIONS_H
#define SANDBOX_POLICY_FILTER_ADDITIONS_H

#include "policy/filter.h"

#include <stdbool.h>
#include <stddef.h>

/* No profile has a call with more rules of its own. */
#define PROFILE_RULES_MAX 32

/* Bytes that the model needs for calls that have additions. */
size_t filter_additions_room(const struct filter_options *options);

/*
 * Gives @call its additions before the rules that it has, in @room if there
 * are any; returns what is left of the room.
 */
struct filter_rule *filter_additions_put(const struct filter_options *options,
					 struct filter_call *call,
					 struct filter_rule *room);

/* filter_profiles.c: where STRICT and COMPAT differ from DEFAULT. */
bool filter_strict_refuses(const char *name);
bool filter_compat_allows(const char *name);

/* filter_profiles.c: what two of the options are about. */
bool filter_makes_namespaces(const char *name);
bool filter_mounts(const char *name);

#endif
