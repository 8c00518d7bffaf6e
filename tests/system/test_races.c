/* SPDX-License-Identifier: Apache-2.0 */
/* Somebody changes what is being looked at, or does the same at once. */
#include "census.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	EXCHANGES = 300,
	THREADS = 4,
	LAUNCHES_OF_A_THREAD = 25,
	LIVE_AT_A_TIME = 24
};

static struct outcome outcome;

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "we");

	ASSERT_TRUE(file != NULL && fputs(text, file) >= 0 &&
		    fclose(file) == 0);
}

static void make_folder(const char *name)
{
	ASSERT_OK(mkdir(launch_folder(name), 0755));
}

/* A process that exchanges two entries as fast as it can. */
static pid_t exchange(const char *one, const char *other)
{
	char first[512];
	char second[512];
	pid_t pid = 0;

	(void)snprintf(first, sizeof(first), "%s", launch_folder(one));
	(void)snprintf(second, sizeof(second), "%s", launch_folder(other));
	pid = fork();
	if (pid == 0) {
		/* A test that is interrupted must not leave it at work. */
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		while (renameat2(AT_FDCWD, first, AT_FDCWD, second,
				 RENAME_EXCHANGE) == 0) {
		}
		_exit(errno);
	}
	ASSERT_TRUE(pid > 0);
	return pid;
}

/* It must not have stopped by itself: that would have been no race. */
static void end_exchange(pid_t pid)
{
	int status = 0;

	ASSERT_OK(kill(pid, SIGKILL));
	ASSERT_EQ(waitpid(pid, &status, 0), pid);
	ASSERT_TRUE(WIFSIGNALED(status));
}

struct tally {
	int one;
	int other;
	int refused;
};

/* Starts @request again and again; what it prints is "one" or "other". */
static struct tally launch_often(const struct request *request,
				 const char *subject)
{
	struct tally tally = { 0 };

	for (int i = 0; i < EXCHANGES; i++) {
		launch(request, &outcome);
		if (outcome.started < 0) {
			ASSERT_EQ(outcome.started, -ESTALE);
			ASSERT_STR(outcome.step, "open the source");
			ASSERT_STR(outcome.subject, subject);
			tally.refused++;
		} else if (strcmp(outcome.out, "one") == 0) {
			tally.one++;
		} else {
			ASSERT_STR(outcome.out, "other");
			tally.other++;
		}
	}
	return tally;
}

/*
 * Opened once by root, it is what it was then.  Without privileges it has to
 * be resolved twice; then it is the same twice, or it is refused.
 */
static void check_tally(const struct tally *tally)
{
	ASSERT_TRUE(tally->one > 0 && tally->other > 0);
	if (launch_mode() == MODE_ROOT) {
		ASSERT_EQ(tally->refused, 0);
	} else {
		ASSERT_TRUE(tally->refused > 0);
	}
}

TEST(a_link_exchanged_under_a_source_shows_one_of_its_files_or_none)
{
	sandbox_engine *engine = launch_engine();
	char mounts[1024];
	struct request request = { .probe = "text /shown/name",
				   .mounts = mounts,
				   .engine = engine };
	struct tally tally;
	pid_t pid = 0;

	make_folder("one");
	make_folder("other");
	write_file(launch_folder("one/name"), "one");
	write_file(launch_folder("other/name"), "other");
	ASSERT_OK(symlink("one", launch_folder("here")));
	ASSERT_OK(symlink("other", launch_folder("there")));
	(void)snprintf(mounts, sizeof(mounts),
		       "{ \"source\": \"%s\", \"target\": \"/shown\" }",
		       launch_folder("here"));
	pid = exchange("here", "there");
	tally = launch_often(&request, "mounts[1].source");
	end_exchange(pid);
	check_tally(&tally);
	sandbox_engine_close(engine);
}

/* What a root of a directory needs to be one; "name" in it has @text. */
static void make_root(const char *name, const char *text)
{
	static const char *const folders[] = { "",     "/proc", "/dev", "/tmp",
					       "/etc", "/run",  "/mnt" };
	char path[64];

	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		(void)snprintf(path, sizeof(path), "%s%s", name, folders[i]);
		make_folder(path);
	}
	(void)snprintf(path, sizeof(path), "%s/probe", name);
	write_file(launch_folder(path), "");
	(void)snprintf(path, sizeof(path), "%s/name", name);
	write_file(launch_folder(path), text);
}

static void root_document(char *document, size_t size, const char *name)
{
	(void)snprintf(document, size,
		       "\"root\": { \"kind\": \"DIRECTORY\", \"path\":"
		       " \"%s\" }",
		       launch_folder(name));
}

TEST(a_root_that_is_exchanged_is_one_of_both_or_none)
{
	sandbox_engine *engine = launch_engine();
	char document[1024];
	struct request request = { .probe = "text /name",
				   .document = document,
				   .engine = engine };
	struct tally tally;
	pid_t pid = 0;

	make_root("first", "one");
	make_root("second", "other");
	root_document(document, sizeof(document), "first");
	pid = exchange("first", "second");
	tally = launch_often(&request, "root.path");
	end_exchange(pid);
	check_tally(&tally);
	sandbox_engine_close(engine);
}

/*
 * A directory in a hostile root turns into a link that leads out, and back.
 * What is mounted there is mounted in the sandbox, or the launch fails, but
 * what the link names on the host is neither covered nor shown nor changed.
 */
TEST(a_target_exchanged_for_a_link_leads_nowhere_else)
{
	sandbox_engine *engine = launch_engine();
	char document[1024];
	char link[1024];
	struct request request = {
		.probe = "list /mnt",
		.mounts = "{ \"kind\": \"TMPFS\", \"target\": \"/mnt\" }",
		.document = document,
		.engine = engine
	};
	struct stat before;
	struct stat after;
	int started = 0;
	pid_t pid = 0;

	make_root("root", "");
	make_folder("victim");
	write_file(launch_folder("victim/secret"), "secret");
	ASSERT_OK(stat(launch_folder("victim"), &before));
	(void)snprintf(link, sizeof(link), "/../../../../../../../..%s",
		       launch_folder("victim"));
	ASSERT_OK(symlink(link, launch_folder("root/away")));
	root_document(document, sizeof(document), "root");
	pid = exchange("root/mnt", "root/away");
	for (int i = 0; i < EXCHANGES; i++) {
		launch(&request, &outcome);
		if (outcome.started < 0) {
			ASSERT_STR(outcome.subject, "mounts[1].target");
			continue;
		}
		started++;
		ASSERT_TRUE(strstr(outcome.out, "secret") == NULL);
	}
	end_exchange(pid);
	ASSERT_TRUE(started > 0 && started < EXCHANGES);
	ASSERT_OK(stat(launch_folder("victim"), &after));
	ASSERT_EQ(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
	ASSERT_EQ(before.st_dev, after.st_dev);
	ASSERT_OK(access(launch_folder("victim/secret"), R_OK));
	sandbox_engine_close(engine);
}

struct starter {
	pthread_t thread;
	sandbox_engine *engine;
	int number;
	int wrong; /* launches that were not what they should be */
	struct outcome outcome;
};

static void *start_many(void *argument)
{
	struct starter *starter = argument;
	char words[64];
	char wanted[64];
	struct request request = { .probe = words, .engine = starter->engine };

	for (int i = 0; i < LAUNCHES_OF_A_THREAD; i++) {
		(void)snprintf(words, sizeof(words), "say %d.%d",
			       starter->number, i);
		(void)snprintf(wanted, sizeof(wanted), "out: %d.%d\n",
			       starter->number, i);
		launch(&request, &starter->outcome);
		if (starter->outcome.started < 0 ||
		    starter->outcome.ending != SANDBOX_ENDING_EXITED ||
		    strcmp(starter->outcome.out, wanted) != 0) {
			starter->wrong++;
		}
	}
	return NULL;
}

TEST(launches_of_several_threads_do_not_mix)
{
	static struct starter starters[THREADS];
	sandbox_engine *engine = launch_engine();

	for (int i = 0; i < THREADS; i++) {
		starters[i].engine = engine;
		starters[i].number = i;
		ASSERT_EQ(pthread_create(&starters[i].thread, NULL, start_many,
					 &starters[i]),
			  0);
	}
	for (int i = 0; i < THREADS; i++) {
		ASSERT_EQ(pthread_join(starters[i].thread, NULL), 0);
		ASSERT_EQ(starters[i].wrong, 0);
	}
	sandbox_engine_close(engine);
}

static int count_of(const unsigned int *ids, int n, unsigned int id)
{
	int count = 0;

	for (int i = 0; i < n; i++) {
		count += ids[i] == id ? 1 : 0;
	}
	return count;
}

/* All at once, none with the ids of another that lives. */
TEST(no_two_living_sandboxes_share_an_id)
{
	static struct running running[LIVE_AT_A_TIME];
	unsigned int ids[LIVE_AT_A_TIME];
	sandbox_engine *engine = NULL;
	char path[64];
	struct stat file;

	if (launch_mode() == MODE_SINGLE) {
		SKIP("there is one id for all of them");
	}
	engine = launch_engine();
	for (int i = 0; i < LIVE_AT_A_TIME; i++) {
		BEGIN(&running[i], .probe = "wait", .engine = engine);
		(void)snprintf(path, sizeof(path), "/proc/%d",
			       sandbox_pid(running[i].sb));
		ASSERT_OK(stat(path, &file));
		ids[i] = file.st_uid;
		ASSERT_EQ(count_of(ids, i, ids[i]), 0);
	}
	for (int i = 0; i < LIVE_AT_A_TIME; i++) {
		launch_drop(&running[i]);
	}
	sandbox_engine_close(engine);
}

/* Whoever comes first decides; the end is told in any case. */
TEST(a_stop_that_meets_the_end_tells_one_of_both)
{
	sandbox_engine *engine = launch_engine();
	struct census before = census_take();
	struct running running;

	for (int i = 0; i < 100; i++) {
		BEGIN(&running, .probe = "exit 3", .engine = engine);
		(void)usleep((unsigned int)(i % 10) * 100);
		ASSERT_OK(sandbox_stop(running.sb, 0, NULL));
		launch_finish(&running, &outcome);
		if (outcome.ending == SANDBOX_ENDING_EXITED) {
			ASSERT_EQ(outcome.exit_code, 3);
		} else {
			ASSERT_EQ(outcome.ending, SANDBOX_ENDING_STOPPED);
		}
	}
	CENSUS_CHECK(&before);
	sandbox_engine_close(engine);
}
