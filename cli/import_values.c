/* SPDX-License-Identifier: Apache-2.0 */
/* Writes values anew; see import_values.h. */
#include "import_values.h"

#include "cleanup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void import_set_user(struct import *import, const char *uid, const char *gid)
{
	char own[2][16];
	char user[64];

	(void)snprintf(own[0], sizeof(own[0]), "%u", getuid());
	(void)snprintf(own[1], sizeof(own[1]), "%u", getgid());
	(void)snprintf(user, sizeof(user), "%.20s:%.20s",
		       uid == NULL ? own[0] : uid, gid == NULL ? own[1] : gid);
	import_set_text(import, "process.user", user);
}

void import_add_base64(const char *bytes, size_t size, struct buffer *ret)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < size; i += 3) {
		uint32_t bits = 0;
		char group[4];

		for (size_t j = 0; j < 3; j++) {
			uint8_t byte = i + j < size ? (uint8_t)bytes[i + j] : 0;

			bits = (bits << 8) | byte;
		}
		for (size_t j = 0; j < 4; j++) {
			group[j] = i + j > size
					   ? '='
					   : digits[bits >> (18 - 6 * j) & 63];
		}
		buffer_add_bytes(ret, group, sizeof(group));
	}
}

bool import_put_memory_option(struct import *import, struct json_node *mount,
			      const char *word)
{
	static const struct {
		const char *name;
		const char *field;
		int base;
	} values[] = {
		{ "size=", "size_bytes", 10 }, { "nr_inodes=", "inodes", 10 },
		{ "mode=", "mode", 8 },        { "uid=", "uid", 10 },
		{ "gid=", "gid", 10 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(values); i++) {
		size_t size = strlen(values[i].name);
		char *end = NULL;
		unsigned long long number = 0;
		static const char units[] = "kmg";
		const char *unit = NULL;
		char text[24];

		if (strncmp(word, values[i].name, size) != 0) {
			continue;
		}
		number = strtoull(word + size, &end, values[i].base);
		unit = *end == '\0' ? NULL : strchr(units, *end | 0x20);
		if (unit != NULL) {
			number <<= 10 * (unit - units + 1);
			end++;
		}
		if (*end != '\0') {
			return false;
		}
		(void)snprintf(text, sizeof(text), "%llu", number);
		import_put_word(import, mount, values[i].field, text);
		return true;
	}
	return false;
}
