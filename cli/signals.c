/* SPDX-License-Identifier: Apache-2.0 */
/* Holds signals and reads them one by one; see signals.h. */
#include "signals.h"

#include "cleanup.h"

#include <errno.h>
#include <sys/signalfd.h>

#define INSISTENCE_NS 2000000000U

static const int forwarded[] = {
	SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGWINCH,
};

static bool is_ignored(int signum)
{
	struct sigaction action;

	return sigaction(signum, NULL, &action) == 0 &&
	       action.sa_handler == SIG_IGN;
}

int signals_hold(struct signals *ret)
{
	sigset_t set;
	int fd = -1;

	(void)sigemptyset(&set);
	for (size_t i = 0; i < ARRAY_SIZE(forwarded); i++) {
		if (!is_ignored(forwarded[i])) {
			(void)sigaddset(&set, forwarded[i]);
		}
	}
	fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (fd < 0) {
		return -errno;
	}
	if (pthread_sigmask(SIG_BLOCK, &set, &ret->before) != 0) {
		close_fdp(&fd);
		return -EINVAL;
	}
	ret->fd = fd;
	return 0;
}

int signals_next(const struct signals *signals)
{
	struct signalfd_siginfo info;

	if (read(signals->fd, &info, sizeof(info)) != sizeof(info)) {
		return 0;
	}
	return (int)info.ssi_signo;
}

void signals_release(struct signals *signals)
{
	if (signals->fd < 0) {
		return;
	}
	while (signals_next(signals) != 0) {
	}
	(void)pthread_sigmask(SIG_SETMASK, &signals->before, NULL);
	close_fdp(&signals->fd);
}

bool insistence_note(struct insistence *insistence, int signum, uint64_t now_ns)
{
	uint64_t first = insistence->earlier_ns[0];

	if (signum != SIGINT && signum != SIGTERM) {
		return false;
	}
	insistence->earlier_ns[0] = insistence->earlier_ns[1];
	insistence->earlier_ns[1] = now_ns;
	return first != 0 && now_ns - first <= INSISTENCE_NS;
}
