/* SPDX-License-Identifier: Apache-2.0 */
/* The option --pass-fd N[:M]; see pass_fds.h. */
#include "pass_fds.h"

#include "spec_draft.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#define INSIDE_MIN 3
#define INSIDE_MAX 255

struct passing {
	unsigned long fd;
	unsigned long inside;
};

/* A number that is not longer than any descriptor's. */
static bool read_number(const char **text, unsigned long *ret)
{
	size_t digits = strspn(*text, "0123456789");

	*ret = strtoul(*text, NULL, 10);
	*text += digits;
	return digits > 0 && digits < 8;
}

static int parse(const char *value, struct passing *ret,
		 struct complaint *complaint)
{
	const char *rest = value;
	bool good = read_number(&rest, &ret->fd);

	ret->inside = ret->fd;
	if (good && *rest == ':') {
		rest++;
		good = read_number(&rest, &ret->inside);
	}
	if (!good || *rest != '\0') {
		return complain(complaint, "\"%.200s\" is not N or N:M", value);
	}
	if (ret->inside < INSIDE_MIN || ret->inside > INSIDE_MAX) {
		return complain(complaint,
				"%lu: its number in the program is from %d to "
				"%d; as N:M, M is that number",
				ret->inside, INSIDE_MIN, INSIDE_MAX);
	}
	return 0;
}

int change_pass_fd(struct spec_draft *draft, const struct option *option,
		   const char *value, struct complaint *complaint)
{
	struct passing passing = { .fd = 0 };
	struct json_node *list = NULL;
	struct json_node *passed = NULL;
	int r = parse(value, &passing, complaint);

	(void)option;
	if (r < 0) {
		return r;
	}
	list = json_array_at(&draft->tree, "process.pass_fds");
	passed = list == NULL ? NULL
			      : json_append(&draft->tree, list, JSON_OBJECT,
					    NULL, NULL);
	if (passed != NULL) {
		draft_add_number(draft, passed, "fd", ++draft->passed);
		draft_add_number(draft, passed, "inside", passing.inside);
	}
	return 0;
}

/* What came with the command is open across execve; its own files are not. */
static int find_one(const char *value, struct passed_fds *ret,
		    struct complaint *complaint)
{
	struct passing passing = { .fd = 0 };
	int r = parse(value, &passing, complaint);
	int flags = r < 0 ? 0 : fcntl((int)passing.fd, F_GETFD);

	if (r == 0 && (flags < 0 || (flags & FD_CLOEXEC) != 0)) {
		r = complain(complaint, "the command has no descriptor %lu",
			     passing.fd);
	}
	if (r == 0 && ret->count == PASSED_MAX) {
		r = complain(complaint, "at most %d can be passed", PASSED_MAX);
	}
	if (r == 0) {
		ret->fds[ret->count++] = (int)passing.fd;
	}
	return r;
}

int passed_fds_find(const struct run_options *options, struct passed_fds *ret,
		    struct complaint *complaint)
{
	for (size_t i = 0; i < options->changes.count; i++) {
		const struct flag *flag = &options->changes.flags[i];
		struct complaint inner = COMPLAINT_INIT;

		if (flag->option->change == change_pass_fd &&
		    find_one(flag->value, ret, &inner) < 0) {
			return complain(complaint, "--pass-fd: %.900s",
					inner.text);
		}
	}
	return 0;
}
