/* SPDX-License-Identifier: Apache-2.0 */
/* What every step of reading JSON needs: tokens, frames, lists, complaints. */
#include "spec/json_decoder.h"

#include "spec/codec.h"
#include "spec/text.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

int decoder_fail(struct decoder *decoder, const char *at, const char *format,
		 ...)
{
	char path_buffer[FIELD_PATH_BYTES] = "";
	char buffer[sizeof(decoder->err->text)] = "";
	struct text path = TEXT_OVER(path_buffer);
	struct text text = TEXT_OVER(buffer);
	va_list arguments;

	field_path_render(&decoder->path, &path);
	text_add_position(&text, decoder->start, at);
	if (path.used > 0) {
		text_add(&text, "%s: ", path_buffer);
	}
	va_start(arguments, format);
	text_add_list(&text, format, arguments);
	va_end(arguments);
	return err_at(decoder->err, SANDBOX_ERROR_SPEC, EINVAL, "", path_buffer,
		      "%s", buffer);
}

int decoder_fail_memory(struct decoder *decoder)
{
	return err_set(decoder->err, SANDBOX_ERROR_RESOURCE, ENOMEM,
		       "out of memory for a document, which may take %zu bytes",
		       decoder->arena->limit);
}

int decoder_token(struct decoder *decoder, struct json_token *token)
{
	int r = json_next(&decoder->lexer, token);

	if (r == -ENOMEM) {
		return decoder_fail_memory(decoder);
	}
	if (r < 0) {
		return decoder_fail(decoder, decoder->lexer.fault_at, "%s",
				    decoder->lexer.fault);
	}
	return 0;
}

int decoder_count(struct decoder *decoder, const struct json_token *token)
{
	if (++decoder->values > CODEC_VALUES_MAX) {
		return decoder_fail(decoder, token->at,
				    "more than %d values in all",
				    CODEC_VALUES_MAX);
	}
	return 0;
}

int decoder_push(struct decoder *decoder, const struct json_token *token,
		 const message_type *type, ProtobufCMessage **slot)
{
	ProtobufCMessage *message;

	if (decoder->path.depth == FIELD_PATH_DEPTH) {
		return decoder_fail(decoder, token->at, "nested too deeply");
	}
	message = arena_alloc(decoder->arena, type->sizeof_message);
	if (message == NULL) {
		return decoder_fail_memory(decoder);
	}
	type->message_init(message);
	*slot = message;
	decoder->path.depth++;
	*decoder_step(decoder) = (struct path_step){ .index = NO_INDEX };
	*decoder_top(decoder) = (struct frame){
		.type = type,
		.message = message,
		.first = true,
	};
	return 0;
}

void *decoder_append(struct decoder *decoder, struct frame *frame)
{
	size_t size = field_value_type(frame->field)->size;
	size_t *count = field_list_size(frame->message, frame->field);
	char **items = field_slot(frame->message, frame->field);

	if (*count == frame->capacity) {
		size_t capacity = *count == 0 ? 4 : *count * 2;
		char *grown = arena_alloc(decoder->arena, capacity * size);

		if (grown == NULL) {
			return NULL;
		}
		if (*count > 0) {
			memcpy(grown, *items, *count * size);
		}
		*items = grown;
		frame->capacity = capacity;
	}
	return *items + (*count)++ * size;
}
