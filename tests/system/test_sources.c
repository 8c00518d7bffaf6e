/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A source that is given as a descriptor, and targets below links: what is
 * shown, and where, is what was asked for, whoever exchanges names meanwhile.
 */
#include "census.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	STARTS = 150
};

static struct outcome outcome;

/* A directory with a file that says what it is. */
static void make_directory(const char *name, const char *text)
{
	char path[600];
	FILE *file = NULL;

	ASSERT_OK(mkdir(launch_folder(name), 0755) < 0 ? -errno : 0);
	(void)snprintf(path, sizeof(path), "%s/which", launch_folder(name));
	file = fopen(path, "we");
	ASSERT_TRUE(file != NULL && fprintf(file, "which: %s\n", text) > 0 &&
		    fclose(file) == 0);
}

/* Exchanges the two names until it is killed, in a process of its own. */
static pid_t begin_exchange(const char *one, const char *other)
{
	pid_t pid = fork();

	if (pid == 0) {
		for (;;) {
			(void)renameat2(AT_FDCWD, one, AT_FDCWD, other,
					RENAME_EXCHANGE);
		}
	}
	ASSERT_TRUE(pid > 0);
	return pid;
}

static void end_exchange(pid_t pid)
{
	ASSERT_OK(kill(pid, SIGKILL));
	ASSERT_EQ(waitpid(pid, NULL, 0), pid);
}

struct tally {
	int right;
	int wrong;
	int refused;
};

/* One start: what /data/which says, or that it is not the same file. */
static void start_once(const struct request *request, struct tally *tally)
{
	const char *which = NULL;

	launch(request, &outcome);
	if (outcome.started < 0) {
		tally->refused++;
		ASSERT_TRUE(outcome.error == ESTALE || outcome.error == ENOENT);
		ASSERT_CONTAINS(outcome.subject, "mounts[1].source");
		return;
	}
	which = answer(outcome.out, "which");
	tally->right += strcmp(which, "good") == 0 ? 1 : 0;
	tally->wrong += strcmp(which, "good") == 0 ? 0 : 1;
}

/*
 * The descriptor of a directory decides, whatever is at its name by then.
 * Root clones the descriptor; any other looks the name up again, and refuses
 * what is not the same file.
 */
TEST(a_descriptor_is_never_another_directory)
{
	struct census before = census_take();
	sandbox_engine *engine = launch_engine();
	int fd = -1;
	struct request request = {
		.probe = "text /data/which",
		.mounts = "{ \"sourceFd\": 3, \"target\": \"/data\" }",
		.engine = engine,
	};
	struct tally tally = { 0, 0, 0 };
	pid_t attacker = 0;

	make_directory("held", "good");
	make_directory("other", "bad");
	fd = open(launch_folder("held"), O_PATH | O_DIRECTORY | O_CLOEXEC);
	ASSERT_TRUE(fd > 0);
	request.fds[0] = fd;
	attacker =
		begin_exchange(launch_folder("held"), launch_folder("other"));
	for (int i = 0; i < STARTS; i++) {
		start_once(&request, &tally);
	}
	end_exchange(attacker);
	ASSERT_EQ(tally.wrong, 0);
	ASSERT_TRUE(tally.right > 0);
	if (launch_mode() == MODE_ROOT) {
		ASSERT_EQ(tally.refused, 0);
	}
	sandbox_engine_close(engine);
	(void)close(fd);
	CENSUS_CHECK(&before);
}

/* Targets lie in the sandbox's own tree; a link in it leads nowhere else. */
TEST(a_target_below_a_link_stays_inside)
{
	static const char *const links[] = { "/etc", "../../../../../../etc",
					     "/proc/self/root/etc",
					     "/proc/1/root/etc", "link" };
	char document[700];
	char root[600];
	struct census before;

	(void)snprintf(root, sizeof(root), "%s", launch_folder("image"));
	ASSERT_OK(mkdir(root, 0755));
	for (int i = 0; i < 7; i++) {
		static const char *const folders[] = { "proc", "dev", "tmp",
						       "run",  "etc", "usr",
						       "data" };
		char path[700];

		(void)snprintf(path, sizeof(path), "%s/%s", root, folders[i]);
		ASSERT_OK(mkdir(path, 0755));
	}
	ASSERT_TRUE(fclose(fopen(launch_folder("image/probe"), "we")) == 0);
	make_directory("shown", "good");
	(void)snprintf(
		document, sizeof(document),
		"\"root\": { \"kind\": \"DIRECTORY\", \"path\": \"%s\" }",
		root);
	before = census_take();
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		const char *link = launch_folder("image/link");
		char mounts[1024];
		struct request request = { .probe = "text /link/which",
					   .mounts = mounts,
					   .document = document };

		(void)unlink(link);
		ASSERT_OK(symlink(links[i], link));
		(void)snprintf(mounts, sizeof(mounts),
			       "{ \"source\": \"%s\", \"target\": \"/link\" }",
			       launch_folder("shown"));
		launch(&request, &outcome);
		if (outcome.started < 0) {
			ASSERT_STR(outcome.subject, "mounts[1].target");
		}
		/* Nothing was mounted on the host's /etc, nor made there. */
		ASSERT_TRUE(access("/etc/which", F_OK) < 0);
		ASSERT_TRUE(access("/etc/passwd", F_OK) == 0);
	}
	CENSUS_CHECK(&before);
}
