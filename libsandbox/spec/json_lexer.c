/* SPDX-License-Identifier: Apache-2.0 */
/* Cuts JSON text into tokens; knows nothing of messages. */
#include "spec/json_lexer.h"

#include "base/array.h"
#include "spec/utf8.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static const struct word {
	const char *text;
	enum json_kind kind;
} words[] = {
	{ "true", JSON_TRUE },
	{ "false", JSON_FALSE },
	{ "null", JSON_NULL },
};

static const char *const kind_words[] = {
	[JSON_END] = "the end of the text",
	[JSON_OBJECT_OPEN] = "an object",
	[JSON_OBJECT_CLOSE] = "'}'",
	[JSON_ARRAY_OPEN] = "an array",
	[JSON_ARRAY_CLOSE] = "']'",
	[JSON_COLON] = "':'",
	[JSON_COMMA] = "','",
	[JSON_STRING] = "a string",
	[JSON_NUMBER] = "a number",
	[JSON_TRUE] = "a boolean",
	[JSON_FALSE] = "a boolean",
	[JSON_NULL] = "null",
};

const char *json_kind_words(enum json_kind kind)
{
	return kind_words[kind];
}

static int fail(struct json_lexer *lexer, const char *at, const char *fault)
{
	lexer->fault_at = at;
	lexer->fault = fault;
	return -EINVAL;
}

static int hex_value(char digit)
{
	if (digit >= '0' && digit <= '9') {
		return digit - '0';
	}
	if (digit >= 'a' && digit <= 'f') {
		return digit - 'a' + 10;
	}
	if (digit >= 'A' && digit <= 'F') {
		return digit - 'A' + 10;
	}
	return -1;
}

/* Reads what follows "\u"; false if it is no four hexadecimal digits. */
static bool read_hex4(struct json_lexer *lexer, uint32_t *ret)
{
	uint32_t value = 0;

	if (lexer->end - lexer->at < 4) {
		return false;
	}
	for (int i = 0; i < 4; i++) {
		int digit = hex_value(lexer->at[i]);

		if (digit < 0) {
			return false;
		}
		value = value << 4 | (uint32_t)digit;
	}
	lexer->at += 4;
	*ret = value;
	return true;
}

/* The second half of a surrogate pair, after a first half. */
static bool read_low_surrogate(struct json_lexer *lexer, uint32_t *code)
{
	uint32_t low;

	if (lexer->end - lexer->at < 2 || lexer->at[0] != '\\' ||
	    lexer->at[1] != 'u') {
		return false;
	}
	lexer->at += 2;
	if (!read_hex4(lexer, &low) || low < 0xdc00 || low > 0xdfff) {
		return false;
	}
	*code = 0x10000 + ((*code - 0xd800) << 10) + (low - 0xdc00);
	return true;
}

/* After "\u": adds the character, or the pair, at *@out. */
static int read_unicode(struct json_lexer *lexer, const char *escape,
			char **out)
{
	uint32_t code;

	if (!read_hex4(lexer, &code)) {
		return fail(lexer, escape, "invalid \\u escape");
	}
	if (code >= 0xd800 && code <= 0xdbff) {
		if (!read_low_surrogate(lexer, &code)) {
			return fail(lexer, escape, "unpaired surrogate");
		}
	} else if (code >= 0xdc00 && code <= 0xdfff) {
		return fail(lexer, escape, "unpaired surrogate");
	}
	if (code == 0) {
		return fail(lexer, escape, "NUL in a string");
	}
	*out += utf8_encode(code, *out);
	return 0;
}

/* At a backslash: adds what the escape stands for at *@out. */
static int read_escape(struct json_lexer *lexer, char **out)
{
	static const char letters[] = "\"\\/bfnrt";
	static const char meanings[] = "\"\\/\b\f\n\r\t";
	const char *escape = lexer->at;
	const char *letter;

	if (lexer->end - lexer->at < 2) {
		return fail(lexer, escape, "unterminated string");
	}
	lexer->at += 2;
	if (escape[1] == 'u') {
		return read_unicode(lexer, escape, out);
	}
	letter = memchr(letters, escape[1], strlen(letters));
	if (letter == NULL) {
		return fail(lexer, escape, "invalid escape");
	}
	*(*out)++ = meanings[letter - letters];
	return 0;
}

/* One character or escape of a string. */
static int read_character(struct json_lexer *lexer, char **out)
{
	size_t length;

	if (*lexer->at == '\\') {
		return read_escape(lexer, out);
	}
	if ((unsigned char)*lexer->at < 0x20) {
		return fail(lexer, lexer->at, "control character in a string");
	}
	length = utf8_length(lexer->at, lexer->end);
	if (length == 0) {
		return fail(lexer, lexer->at, "invalid UTF-8");
	}
	memcpy(*out, lexer->at, length);
	*out += length;
	lexer->at += length;
	return 0;
}

/* Bytes up to the closing quote, which no escape makes longer. */
static size_t string_room(const struct json_lexer *lexer)
{
	const char *at = lexer->at;

	while (at < lexer->end && *at != '"') {
		at += *at == '\\' && lexer->end - at > 1 ? 2 : 1;
	}
	return at < lexer->end ? (size_t)(at - lexer->at) : SIZE_MAX;
}

/* At an opening quote. */
static int read_string(struct json_lexer *lexer, struct json_token *token)
{
	size_t room;
	char *out;

	lexer->at++;
	room = string_room(lexer);
	if (room == SIZE_MAX) {
		return fail(lexer, token->at, "unterminated string");
	}
	out = arena_alloc(lexer->arena, room + 1);
	if (out == NULL) {
		return -ENOMEM;
	}
	token->kind = JSON_STRING;
	token->text = out;
	while (*lexer->at != '"') {
		int r = read_character(lexer, &out);

		if (r < 0) {
			return r;
		}
	}
	lexer->at++;
	*out = '\0';
	token->size = (size_t)(out - token->text);
	return 0;
}

static bool at_digit(const struct json_lexer *lexer)
{
	return lexer->at < lexer->end && *lexer->at >= '0' && *lexer->at <= '9';
}

static bool accept(struct json_lexer *lexer, const char *any_of)
{
	if (lexer->at < lexer->end && *lexer->at != '\0' &&
	    strchr(any_of, *lexer->at) != NULL) {
		lexer->at++;
		return true;
	}
	return false;
}

/* At least one digit. */
static bool read_digits(struct json_lexer *lexer)
{
	bool any = at_digit(lexer);

	while (at_digit(lexer)) {
		lexer->at++;
	}
	return any;
}

static bool scan_number(struct json_lexer *lexer)
{
	(void)accept(lexer, "-");
	if (!accept(lexer, "0") && !read_digits(lexer)) {
		return false;
	}
	if (accept(lexer, ".") && !read_digits(lexer)) {
		return false;
	}
	if (accept(lexer, "eE")) {
		(void)accept(lexer, "+-");
		return read_digits(lexer);
	}
	return true;
}

static bool at_word_character(const struct json_lexer *lexer)
{
	char c = lexer->at < lexer->end ? *lexer->at : ' ';

	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '.';
}

static int read_number(struct json_lexer *lexer, struct json_token *token)
{
	if (!scan_number(lexer) || at_word_character(lexer)) {
		return fail(lexer, token->at, "malformed number");
	}
	token->kind = JSON_NUMBER;
	token->text = token->at;
	token->size = (size_t)(lexer->at - token->at);
	return 0;
}

static int read_word(struct json_lexer *lexer, struct json_token *token)
{
	size_t size;

	while (at_word_character(lexer)) {
		lexer->at++;
	}
	size = (size_t)(lexer->at - token->at);
	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		if (strlen(words[i].text) == size &&
		    memcmp(words[i].text, token->at, size) == 0) {
			token->kind = words[i].kind;
			return 0;
		}
	}
	return fail(lexer, token->at, "unexpected character");
}

static void skip_space(struct json_lexer *lexer)
{
	while (accept(lexer, " \t\n\r")) {
	}
}

int json_next(struct json_lexer *lexer, struct json_token *ret)
{
	static const char punctuation[] = "{}[]:,";
	static const enum json_kind kinds[] = {
		JSON_OBJECT_OPEN, JSON_OBJECT_CLOSE, JSON_ARRAY_OPEN,
		JSON_ARRAY_CLOSE, JSON_COLON,        JSON_COMMA,
	};
	const char *mark;

	skip_space(lexer);
	*ret = (struct json_token){ .kind = JSON_END, .at = lexer->at };
	if (lexer->at == lexer->end) {
		return 0;
	}
	if (*lexer->at == '"') {
		return read_string(lexer, ret);
	}
	mark = memchr(punctuation, *lexer->at, strlen(punctuation));
	if (mark != NULL) {
		lexer->at++;
		ret->kind = kinds[mark - punctuation];
		return 0;
	}
	if (*lexer->at == '-' || at_digit(lexer)) {
		return read_number(lexer, ret);
	}
	return read_word(lexer, ret);
}
