/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs attempts, each in a child, since one may end its process or change it
 * for good; what ended it is the answer.
 */
#include "probe.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	ATTEMPT_SECONDS = 10
};

static const struct attempt *const tables[] = {
	file_attempts, mount_attempts,  namespace_attempts, credential_attempts,
	init_attempts, socket_attempts, kernel_attempts,    exec_attempts,
};

static const struct attempt *find_attempt(const char *name)
{
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		const struct attempt *a = tables[i];

		for (; a->name != NULL; a++) {
			if (strcmp(a->name, name) == 0) {
				return a;
			}
		}
	}
	return NULL;
}

static void print_status(int status)
{
	if (WIFSIGNALED(status)) {
		printf("SIG%s\n", sigabbrev_np(WTERMSIG(status)));
	} else if (WEXITSTATUS(status) == 0) {
		printf("ok\n");
	} else {
		const char *name = strerrorname_np(WEXITSTATUS(status));

		printf("%s\n", name == NULL ? "unknown errno" : name);
	}
}

static int try_one(char **arguments)
{
	const struct attempt *attempt = find_attempt(arguments[0]);
	int status = 0;
	pid_t pid = 0;

	if (attempt == NULL) {
		(void)fprintf(stderr, "probe: no attempt \"%s\"\n",
			      arguments[0]);
		return 2;
	}
	for (char **argument = arguments; *argument != NULL; argument++) {
		printf("%s%s", argument == arguments ? "" : " ", *argument);
	}
	printf(": ");
	(void)fflush(stdout);
	pid = fork();
	if (pid == 0) {
		(void)alarm(ATTEMPT_SECONDS);
		_exit(-attempt->run(arguments + 1) & 0xff);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid) {
		printf("not tried\n");
		return 1;
	}
	print_status(status);
	return 0;
}

int try_all(char **arguments)
{
	int worst = 0;

	while (*arguments != NULL) {
		char **end = arguments;
		int r = 0;

		while (*end != NULL && strcmp(*end, "--") != 0) {
			end++;
		}
		if (*end != NULL) {
			*end++ = NULL;
		}
		r = arguments[0] == NULL ? 2 : try_one(arguments);
		worst = r > worst ? r : worst;
		arguments = end;
	}
	return worst;
}
