/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the command line: one verb, then options with values. */
#include "options.h"

#include "base/array.h"
#include "clock.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDS_DEFAULT 300
#define ROUNDS_MAX     100000

static const char *const verbs[] = {
	[VERB_LAUNCH] = "launch",
	[VERB_MEMORY] = "memory",
	[VERB_PREFLIGHT] = "preflight",
	[VERB_HELP] = "help",
};

void options_help(void)
{
	(void)printf(
		"usage: bench launch [OPTION...]   cold launches, interleaved\n"
		"       bench memory               processes of an idle sandbox\n"
		"       bench preflight [--only]   what each contender does\n"
		"  --rounds N     launches of each contender (%d)\n"
		"  --only A,B     these contenders:",
		ROUNDS_DEFAULT);
	for (size_t i = 0; i < CONTENDERS; i++) {
		(void)printf(" %s", contender_name((enum contender_id)i));
	}
	(void)printf("\n  --json FILE    the figures\n"
		     "  --csv FILE     every launch\n"
		     "  --seed N       of the order of turns\n"
		     "  --gate         fail when a goal is missed\n");
}

static int complain(const char *what, const char *value)
{
	(void)fprintf(stderr, "bench: %s \"%s\"; see `bench help`\n", what,
		      value);
	return -EINVAL;
}

static int parse_verb(const char *word, enum verb *ret)
{
	for (size_t i = 0; i < ARRAY_SIZE(verbs); i++) {
		if (strcmp(word, verbs[i]) == 0) {
			*ret = (enum verb)i;
			return 0;
		}
	}
	return complain("no such verb", word);
}

static int parse_number(const char *text, uint64_t max, uint64_t *ret)
{
	char *end = NULL;

	errno = 0;
	*ret = strtoull(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0' || *ret > max) {
		return complain("not a number in range:", text);
	}
	return 0;
}

static int parse_rounds(const char *text, struct run *run)
{
	uint64_t rounds = 0;
	int r = parse_number(text, ROUNDS_MAX, &rounds);

	if (r == 0 && rounds == 0) {
		r = complain("not a number of rounds:", text);
	}
	run->rounds = (size_t)rounds;
	return r;
}

/* In the order of the list of contenders, whatever was typed. */
static int parse_only(const char *text, struct run *run)
{
	int wanted[CONTENDERS] = { 0 };
	const char *name = text;

	while (*name) {
		size_t length = strcspn(name, ",");
		int id = contender_find(name, length);

		if (id < 0) {
			return complain("no such contender in", text);
		}
		wanted[id] = 1;
		name += length;
		name += *name == ',' ? 1 : 0;
	}
	run->contenders = 0;
	for (size_t i = 0; i < CONTENDERS; i++) {
		if (wanted[i]) {
			run->who[run->contenders++] = (enum contender_id)i;
		}
	}
	return run->contenders > 0 ? 0 : complain("no contender in", text);
}

static int parse_option(int letter, struct options *ret)
{
	switch (letter) {
	case 'r':
		return parse_rounds(optarg, &ret->run);
	case 'o':
		return parse_only(optarg, &ret->run);
	case 's':
		return parse_number(optarg, UINT64_MAX, &ret->run.seed);
	case 'j':
		ret->json = optarg;
		return 0;
	case 'c':
		ret->csv = optarg;
		return 0;
	case 'g':
		ret->gate = 1;
		return 0;
	default:
		/* getopt has said why. */
		return -EINVAL;
	}
}

int options_parse(int argc, char **argv, struct options *ret)
{
	static const struct option known[] = {
		{ "rounds", required_argument, NULL, 'r' },
		{ "only", required_argument, NULL, 'o' },
		{ "seed", required_argument, NULL, 's' },
		{ "json", required_argument, NULL, 'j' },
		{ "csv", required_argument, NULL, 'c' },
		{ "gate", no_argument, NULL, 'g' },
		{ NULL, 0, NULL, 0 },
	};
	int letter = 0;
	int r = 0;

	*ret = (struct options){ .verb = VERB_LAUNCH };
	ret->run.rounds = ROUNDS_DEFAULT;
	ret->run.seed = (uint64_t)clock_now_ns();
	ret->run.contenders = CONTENDERS;
	for (size_t i = 0; i < CONTENDERS; i++) {
		ret->run.who[i] = (enum contender_id)i;
	}
	while (r == 0 && letter >= 0) {
		letter = getopt_long(argc, argv, "", known, NULL);
		if (letter >= 0) {
			r = parse_option(letter, ret);
		}
	}
	if (r == 0 && optind < argc) {
		r = parse_verb(argv[optind++], &ret->verb);
	}
	if (r == 0 && optind < argc) {
		r = complain("too many words:", argv[optind]);
	}
	return r;
}
