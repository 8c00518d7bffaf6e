/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sandbox's control group, through files that the host's half opened: the
 * kernel looks at the right of who opened them, and init has none of its own.
 */
#include "kernel/file.h"
#include "kernel/process.h"
#include "launcher/init.h"
#include "launcher/text.h"

int group_enter(const struct launch *launch, int pid, uint16_t *index)
{
	const int *files = launch->fds + launch_fd_groups(launch->plan);
	char number[16];
	struct text text = TEXT_IN(number);

	text_add_number(&text, (uint64_t)pid);
	for (uint32_t i = 0; i < launch->request.n_groups; i++) {
		long n = kernel_write(files[i], number, text.length);

		if (n != (long)text.length) {
			*index = (uint16_t)i;
			return n < 0 ? (int)n : -EIO;
		}
	}
	return 0;
}

struct group_watch group_watch(const struct launch *launch)
{
	uint32_t first =
		launch_fd_groups(launch->plan) + launch->request.n_groups;

	struct group_watch ret = { .events = -1, .signal = -1 };

	if (launch->request.n_oom != 0) {
		ret.events = launch->fds[first];
	}
	if (launch->request.n_oom == 2) {
		ret.signal = launch->fds[first + 1];
	}
	return ret;
}

/* The number behind "oom_kill ", which both versions have on a line. */
uint64_t group_oom_kills(const struct group_watch *watch)
{
	static const char key[] = "oom_kill ";
	char text[512];
	uint64_t count = 0;
	long n = kernel_call4(SYS_pread64, watch->events, text,
			      sizeof(text) - 1, 0);
	const char *at = text;

	if (n <= 0) {
		return 0;
	}
	text[n] = '\0';
	while (*at != '\0' && memcmp(at, key, sizeof(key) - 1) != 0) {
		while (*at != '\0' && *at != '\n') {
			at++;
		}
		at += *at == '\n';
	}
	if (*at != '\0') {
		at += sizeof(key) - 1;
	}
	for (; *at >= '0' && *at <= '9'; at++) {
		count = count * 10 + (uint64_t)(*at - '0');
	}
	return count;
}

/* They are killed by SIGKILL, as by anybody else. */
bool group_oom_victim(const struct group_watch *watch, int status)
{
	return watch->events >= 0 && (status & 0x7f) == SIGKILL &&
	       group_oom_kills(watch) > 0;
}
