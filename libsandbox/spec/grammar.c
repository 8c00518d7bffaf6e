/* SPDX-License-Identifier: Apache-2.0 */
/* Checks single strings; knows nothing of where they stand. */
#include "spec/grammar.h"

#include "spec/capability_names.h"
#include "spec/cpu_list.h"
#include "spec/landlock_names.h"
#include "spec/rlimit_names.h"
#include "spec/user_name.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <string.h>

#define DIGITS "0123456789"
#define LOWER  "abcdefghijklmnopqrstuvwxyz"
#define UPPER  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

#define PATH_BYTES_MAX     4095
#define LABEL_BYTES_MAX    1024
#define HOSTNAME_BYTES_MAX 64
#define HOST_LABEL_MAX     63
#define PROFILE_BYTES_MAX  255
#define CONTEXT_BYTES_MAX  4096
#define DOMAIN_BYTES_MAX   253 /* that a query can hold */

/* Whether all characters of a non-empty text are in @set. */
static bool made_of(const char *text, const char *set)
{
	return *text != '\0' && text[strspn(text, set)] == '\0';
}

static bool begins_with_any(const char *text, const char *set)
{
	return *text != '\0' && strchr(set, *text) != NULL;
}

static bool has_control(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f) {
			return true;
		}
	}
	return false;
}

const char *grammar_id(const char *text)
{
	if (!made_of(text, LOWER DIGITS "._-")) {
		return "has a character that is none of a-z 0-9 . _ -";
	}
	if (!begins_with_any(text, LOWER DIGITS)) {
		return "does not begin with a letter or a digit";
	}
	return strlen(text) > 63 ? "is longer than 63 characters" : NULL;
}

const char *grammar_label_key(const char *text)
{
	size_t size = strlen(text);

	if (!made_of(text, LOWER UPPER DIGITS "._/-")) {
		return size == 0 ? "is empty"
				 : "has a character that is none of "
				   "A-Z a-z 0-9 . _ / -";
	}
	if (!begins_with_any(text, LOWER UPPER DIGITS) ||
	    !begins_with_any(text + size - 1, LOWER UPPER DIGITS)) {
		return "does not begin and end with a letter or a digit";
	}
	return size > 128 ? "is longer than 128 characters" : NULL;
}

const char *grammar_label_value(const char *text)
{
	size_t size = strlen(text);

	if (size > LABEL_BYTES_MAX) {
		return "is longer than 1024 bytes";
	}
	return has_control(text, size) ? "has a control character" : NULL;
}

/* Whether the @size bytes between two slashes name nothing new. */
static const char *component_fault(const char *component, size_t size)
{
	if (size == 0) {
		return "has an empty component";
	}
	if (size == 1 && component[0] == '.') {
		return "has a component \".\"";
	}
	if (size == 2 && component[0] == '.' && component[1] == '.') {
		return "has a component \"..\"";
	}
	return NULL;
}

const char *grammar_path(const char *text)
{
	if (*text != '/') {
		return "is not absolute";
	}
	if (strlen(text) > PATH_BYTES_MAX) {
		return "is longer than 4095 bytes";
	}
	if (text[1] == '\0') {
		return NULL;
	}
	for (const char *at = text; *at == '/';) {
		size_t size = strcspn(at + 1, "/");
		const char *fault = component_fault(at + 1, size);

		if (fault != NULL && size == 0 && at[1] == '\0') {
			return "ends with a slash";
		}
		if (fault != NULL) {
			return fault;
		}
		at += 1 + size;
	}
	return NULL;
}

const char *grammar_path_below_root(const char *text)
{
	if (strcmp(text, "/") == 0) {
		return "is the root itself";
	}
	return grammar_path(text);
}

const char *grammar_environment(const char *text)
{
	const char *equals = strchr(text, '=');

	if (equals == NULL) {
		return "is not NAME=VALUE";
	}
	if (equals == text) {
		return "has an empty name";
	}
	if (has_control(text, (size_t)(equals - text))) {
		return "has a control character in its name";
	}
	return NULL;
}

static const char *host_label_fault(const char *label, size_t size)
{
	if (size == 0) {
		return "has an empty label";
	}
	if (size > HOST_LABEL_MAX) {
		return "has a label of more than 63 characters";
	}
	if (label[0] == '-' || label[size - 1] == '-') {
		return "has a label that begins or ends with a hyphen";
	}
	return NULL;
}

static const char *host_labels_fault(const char *text)
{
	if (!made_of(text, LOWER UPPER DIGITS ".-")) {
		return "has a character that is none of A-Z a-z 0-9 . -";
	}
	for (const char *at = text;;) {
		size_t size = strcspn(at, ".");
		const char *fault = host_label_fault(at, size);

		if (fault != NULL || at[size] == '\0') {
			return fault;
		}
		at += size + 1;
	}
}

const char *grammar_hostname(const char *text)
{
	return strlen(text) > HOSTNAME_BYTES_MAX ? "is longer than 64 bytes"
						 : host_labels_fault(text);
}

const char *grammar_domain(const char *text)
{
	if (*text == '\0') {
		return "is empty";
	}
	return strlen(text) > DOMAIN_BYTES_MAX ? "is longer than 253 bytes"
					       : host_labels_fault(text);
}

const char *grammar_address(const char *text)
{
	struct in6_addr address;

	if (inet_pton(AF_INET, text, &address) == 1 ||
	    inet_pton(AF_INET6, text, &address) == 1) {
		return NULL;
	}
	return "is not an IPv4 or IPv6 address";
}

const char *grammar_user(const char *text)
{
	struct user_name user;

	return user_name_parse(text, &user);
}

const char *grammar_capability(const char *text)
{
	return capability_number(text) < 0 ? "is not a capability" : NULL;
}

const char *grammar_rlimit(const char *text)
{
	return rlimit_number(text) < 0 ? "is not a resource limit" : NULL;
}

const char *grammar_cpus(const char *text)
{
	return cpu_list_parse(text, NULL);
}

/* The kernel takes blanks off both ends, so another name would be meant. */
static const char *module_label_fault(const char *text, size_t size)
{
	if (*text == ' ' || text[size - 1] == ' ') {
		return "begins or ends with a blank";
	}
	return has_control(text, size) ? "has a control character" : NULL;
}

const char *grammar_profile(const char *text)
{
	size_t size = strlen(text);

	if (size == 0) {
		return "is empty";
	}
	return size > PROFILE_BYTES_MAX ? "is longer than 255 bytes"
					: module_label_fault(text, size);
}

const char *grammar_context(const char *text)
{
	size_t size = strlen(text);

	if (size == 0) {
		return "is empty";
	}
	return size > CONTEXT_BYTES_MAX ? "is longer than 4096 bytes"
					: module_label_fault(text, size);
}

const char *grammar_landlock_access(const char *text)
{
	return landlock_access(text) != 0
		       ? NULL
		       : "is none of read, write, execute and the kernel's own "
			 "names";
}
