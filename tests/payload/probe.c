/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A static program to run inside a sandbox: tells what it sees, and tries what
 * it should not be able to do.
 *
 *	probe VERB [ARGUMENT...]
 *
 * It is as well the positive control of every test: outside, where nothing
 * holds it back, the same attempt succeeds.
 */
#include "probe.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int answer_of(long result)
{
	return result < 0 ? -errno : 0;
}

long number_of(const char *text, long otherwise)
{
	return text == NULL ? otherwise : strtol(text, NULL, 10);
}

static const struct verb *find_verb(const char *name)
{
	static const struct verb *const tables[] = { state_verbs, load_verbs };

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		for (const struct verb *v = tables[i]; v->name != NULL; v++) {
			if (strcmp(v->name, name) == 0) {
				return v;
			}
		}
	}
	return NULL;
}

int main(int argc, char **argv)
{
	const struct verb *verb = NULL;

	if (argc < 2) {
		(void)fprintf(stderr, "usage: probe VERB [ARGUMENT...]\n");
		return 2;
	}
	if (strcmp(argv[1], "try") == 0) {
		return try_all(argv + 2);
	}
	verb = find_verb(argv[1]);
	if (verb == NULL) {
		(void)fprintf(stderr, "probe: no verb \"%s\"\n", argv[1]);
		return 2;
	}
	return verb->run(argv + 2);
}
