/* SPDX-License-Identifier: Apache-2.0 */
/* The program itself: found in the sandbox's own PATH, and executed. */
#include "kernel/file.h"
#include "kernel/process.h"
#include "launcher/payload.h"
#include "launcher/text.h"

/* Offsets become pointers on the stack of a process about to be replaced. */
static void fill_pointers(const struct plan *plan, struct plan_list list,
			  const char **ret)
{
	const plan_offset *offsets = plan_at(plan, list.offset);

	for (size_t i = 0; i < list.count; i++) {
		ret[i] = plan_at(plan, offsets[i]);
	}
	ret[list.count] = NULL;
}

static bool has_slash(const char *text)
{
	for (size_t i = 0; text[i] != '\0'; i++) {
		if (text[i] == '/') {
			return true;
		}
	}
	return false;
}

static const char *search_path(const struct plan *plan, const char *const *env)
{
	for (size_t i = 0; env[i] != NULL; i++) {
		if (memcmp(env[i], "PATH=",
			   text_length(env[i]) < 5 ? text_length(env[i]) : 5) ==
			    0 &&
		    text_length(env[i]) >= 5) {
			return env[i] + 5;
		}
	}
	return plan_string(plan, plan->default_path);
}

/*
 * As execvp(3): the first directory that has it wins, one that may not be
 * executed is remembered but does not end the search.
 */
static int search_and_execute(const char *path, const char *const *argv,
			      const char *const *env)
{
	char buffer[4096];
	int result = -ENOENT;

	while (*path != '\0') {
		struct text candidate = TEXT_IN(buffer);
		size_t length = 0;
		int r = 0;

		while (path[length] != '\0' && path[length] != ':') {
			length++;
		}
		text_add_bytes(&candidate, path, length);
		text_add(&candidate, length == 0 ? "./" : "/");
		text_add(&candidate, argv[0]);
		path += length + (path[length] == ':');
		if (candidate.full) {
			continue;
		}
		r = (int)kernel_call3(SYS_execve, buffer, argv, env);
		if (r == -EACCES) {
			result = r;
		} else if (r != -ENOENT && r != -ENOTDIR) {
			return r;
		}
	}
	return result;
}

int program_execute(const struct plan *plan, int program)
{
	const char *argv[PLAN_MAX_STRINGS + 1];
	const char *env[PLAN_MAX_STRINGS + 1];

	if (plan->argv.count == 0 || plan->argv.count > PLAN_MAX_STRINGS ||
	    plan->env.count > PLAN_MAX_STRINGS) {
		return -E2BIG;
	}
	fill_pointers(plan, plan->argv, argv);
	fill_pointers(plan, plan->env, env);
	if (program >= 0) {
		return (int)kernel_call5(SYS_execveat, program, "", argv, env,
					 AT_EMPTY_PATH);
	}
	if (has_slash(argv[0])) {
		return (int)kernel_call3(SYS_execve, argv[0], argv, env);
	}
	return search_and_execute(search_path(plan, env), argv, env);
}
