/* SPDX-License-Identifier: Apache-2.0 */
/* One scalar of a message from one JSON token, as proto3 JSON maps it. */
#ifndef SANDBOX_SPEC_JSON_VALUE_H
#define SANDBOX_SPEC_JSON_VALUE_H

#include "spec/arena.h"
#include "spec/json_lexer.h"
#include "spec/schema.h"
#include "spec/text.h"

/*
 * Stores the value of @token in @slot, a member or an element of @field's
 * type, which is not a message.
 *
 * Return: 0; -EINVAL with the reason in @fault; -ENOMEM when the arena is
 * exhausted.
 */
int json_value_read(const field_type *field, const struct json_token *token,
		    struct arena *arena, void *slot, struct text *fault);

/* The complaint that @token is not what @field takes; -EINVAL. */
int json_value_mismatch(const field_type *field, const struct json_token *token,
			struct text *fault);

#endif
