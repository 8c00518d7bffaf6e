/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of the program, its environment and its standard streams. */
#include "base/array.h"
#include "spec/rules.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Arguments and environment together, with their terminators. */
#define STRINGS_BYTES_MAX 131072U

/* More variables than this are refused already. */
#define ENV_MAX 1024

static void check_argv(const Sandbox__V1__Process *process,
		       struct findings *findings)
{
	if (process == NULL || process->n_argv == 0) {
		findings_add(findings, "process.argv",
			     "is empty; a program is needed");
	} else if (process->argv[0][0] == '\0') {
		findings_add(findings, "process.argv[0]", "is empty");
	}
}

/* Whether two variables have the same name. */
static bool same_name(const char *one, const char *other)
{
	while (*one == *other && *one != '=' && *one != '\0') {
		one++;
		other++;
	}
	return *one == '=' && *other == '=';
}

static void check_env_twice(const Sandbox__V1__Process *process, size_t index,
			    struct findings *findings)
{
	const char *variable = process->env[index];
	char path[64];

	for (size_t i = 0; i < index; i++) {
		if (!same_name(process->env[i], variable)) {
			continue;
		}
		(void)snprintf(path, sizeof(path), "process.env[%zu]", index);
		findings_add(findings, path, "sets %.*s again, after env[%zu]",
			     (int)strcspn(variable, "="), variable, i);
		return;
	}
}

static void check_env(const Sandbox__V1__Process *process,
		      struct findings *findings)
{
	if (process->n_env > ENV_MAX) {
		return;
	}
	for (size_t i = 1; i < process->n_env; i++) {
		check_env_twice(process, i, findings);
	}
}

static void check_size(const Sandbox__V1__Process *process,
		       struct findings *findings)
{
	size_t size = 0;

	for (size_t i = 0; i < process->n_argv; i++) {
		size += strlen(process->argv[i]) + 1;
	}
	for (size_t i = 0; i < process->n_env; i++) {
		size += strlen(process->env[i]) + 1;
	}
	if (size > STRINGS_BYTES_MAX) {
		findings_add(findings, "process",
			     "argv and env have %zu bytes, more than %u", size,
			     STRINGS_BYTES_MAX);
	}
}

static void check_stdio_end(const char *name, const Sandbox__V1__StdioEnd *end,
			    struct findings *findings)
{
	if (end == NULL) {
		return;
	}
	if (end->kind == SANDBOX__V1__STDIO_END__KIND__FD && end->fd == 0) {
		finding_at(findings, name, ".fd", "is 0; kind FD needs one");
	}
}

static void check_stdio(const Sandbox__V1__Stdio *stdio,
			struct findings *findings)
{
	const struct {
		const char *name;
		const Sandbox__V1__StdioEnd *end;
	} ends[] = {
		{ "process.stdio.in", stdio->in },
		{ "process.stdio.out", stdio->out },
		{ "process.stdio.err", stdio->err },
	};

	for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
		check_stdio_end(ends[i].name, ends[i].end, findings);
	}
}

void rules_process(const Sandbox__V1__SandboxSpec *spec,
		   struct findings *findings)
{
	const Sandbox__V1__Process *process = spec->process;

	check_argv(process, findings);
	if (process == NULL) {
		return;
	}
	check_env(process, findings);
	check_size(process, findings);
	if (process->stdio != NULL) {
		check_stdio(process->stdio, findings);
	}
}
