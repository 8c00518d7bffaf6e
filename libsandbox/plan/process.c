/* SPDX-License-Identifier: Apache-2.0 */
/* The main process: what it runs, with which words, where and from what. */
#include "base/cleanup.h"
#include "plan/draft.h"

#include <errno.h>
#include <string.h>

#define PATH_NAME "PATH="
#define PATH_DEFAULT \
	"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
#define UMASK_DEFAULT 022U

/* The value of PATH in the spec's environment, or NULL. */
static const char *path_of(const Sandbox__V1__Process *process)
{
	for (size_t i = 0; i < process->n_env; i++) {
		if (strncmp(process->env[i], PATH_NAME, strlen(PATH_NAME)) ==
		    0) {
			return process->env[i] + strlen(PATH_NAME);
		}
	}
	return NULL;
}

/* Nothing is inherited; what is not in the spec is PATH, if it is not. */
static int decide_environment(struct draft *draft)
{
	const Sandbox__V1__Process *process = draft->process;
	struct plan *head = &draft->builder->head;
	const char *path = path_of(process);
	size_t count = process->n_env;
	_cleanup_free_ const char **env = calloc(count + 1, sizeof(*env));

	if (env == NULL) {
		return err_set(draft->err, SANDBOX_ERROR_RESOURCE, ENOMEM,
			       "out of memory");
	}
	for (size_t i = 0; i < count; i++) {
		env[i] = process->env[i];
	}
	if (path == NULL) {
		path = PATH_DEFAULT;
		env[count++] = PATH_NAME PATH_DEFAULT;
	}
	head->default_path = builder_string(draft->builder, path);
	head->env = builder_strings(draft->builder, env, count);
	return 0;
}

static struct plan_stdio stream(const Sandbox__V1__StdioEnd *end)
{
	struct plan_stdio stdio = { .kind = PLAN_STDIO_NULL };

	if (end == NULL) {
		return stdio;
	}
	if (end->kind == SANDBOX__V1__STDIO_END__KIND__INHERIT) {
		stdio.kind = PLAN_STDIO_INHERIT;
	}
	if (end->kind == SANDBOX__V1__STDIO_END__KIND__FD) {
		stdio.kind = PLAN_STDIO_FD;
		stdio.fd_index = end->fd;
	}
	return stdio;
}

/* What this build does not know must not become the null device unseen. */
static int check_stream(const struct draft *draft, const char *field,
			const Sandbox__V1__StdioEnd *end)
{
	if (end == NULL || (int)end->kind <= SANDBOX__V1__STDIO_END__KIND__FD) {
		return 0;
	}
	return draft_refuse(draft, SANDBOX_ERROR_UNSUPPORTED, field,
			    "%d is not implemented in this build",
			    (int)end->kind);
}

static int decide_stdio(struct draft *draft)
{
	const Sandbox__V1__Stdio *stdio = draft->process->stdio;
	struct plan *head = &draft->builder->head;
	int r;

	if (stdio == NULL) {
		return 0;
	}
	r = check_stream(draft, "process.stdio.in.kind", stdio->in);
	if (r >= 0) {
		r = check_stream(draft, "process.stdio.out.kind", stdio->out);
	}
	if (r >= 0) {
		r = check_stream(draft, "process.stdio.err.kind", stdio->err);
	}
	if (r < 0) {
		return r;
	}
	head->stdio[0] = stream(stdio->in);
	head->stdio[1] = stream(stdio->out);
	head->stdio[2] = stream(stdio->err);
	return 0;
}

int decide_process(struct draft *draft)
{
	const Sandbox__V1__Process *process = draft->process;
	struct builder *builder = draft->builder;
	struct plan *head = &builder->head;
	int r;

	if (process->n_argv == 0 || process->argv[0][0] == '\0') {
		return draft_refuse(draft, SANDBOX_ERROR_SPEC, "process.argv",
				    "names no program");
	}
	head->argv = builder_strings(
		builder, (const char *const *)process->argv, process->n_argv);
	head->cwd = builder_string(builder,
				   *process->cwd == '\0' ? "/" : process->cwd);
	head->umask = process->umask_plus1 == 0 ? UMASK_DEFAULT
						: process->umask_plus1 - 1;
	r = decide_environment(draft);
	return r < 0 ? r : decide_stdio(draft);
}
