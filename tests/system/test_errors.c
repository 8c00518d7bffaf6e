/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Starts that fail: each says which step, about what, and why, and leaves
 * nothing.  The harness counts descriptors, the census the rest.
 */
#include "census.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

static struct outcome outcome;

struct failure {
	struct request request;
	int error;
	int kind;
	const char *step;
	const char *subject;
};

/* The message names the subject, in words or by its path. */
static void check_failure(struct tap_place place, const struct failure *failure)
{
	struct census before = census_take();

	launch_badly(place, &failure->request, &outcome);
	if (outcome.error != failure->error || outcome.kind != failure->kind ||
	    strcmp(outcome.step, failure->step) != 0 ||
	    strcmp(outcome.subject, failure->subject) != 0) {
		tap_fail(place, "step \"%s\", subject \"%s\", %s, kind %d: %s",
			 outcome.step, outcome.subject,
			 strerrorname_np(outcome.error), outcome.kind,
			 outcome.message);
	}
	if (strstr(outcome.message, strerrorname_np(outcome.error)) == NULL ||
	    strchr(outcome.message, '\n') != NULL) {
		tap_fail(place, "not one line with the error: %s",
			 outcome.message);
	}
	census_check(place, &before);
}

#define FAILS(...) check_failure(TAP_HERE, &(struct failure){ __VA_ARGS__ })

/* An empty file of the test's with @mode, and as the second mount. */
static const char *bind_file(const char *name, const char *text, mode_t mode)
{
	static char mount[1024];
	const char *path = launch_folder(name);
	FILE *file = fopen(path, "we");

	ASSERT_TRUE(file != NULL && fputs(text, file) >= 0 &&
		    fclose(file) == 0 && chmod(path, mode) == 0);
	(void)snprintf(mount, sizeof(mount),
		       "{ \"source\": \"%s\", \"target\": \"/program\" }",
		       path);
	return mount;
}

TEST(a_program_that_is_missing)
{
	FAILS({ .argv = "\"/no/such/program\"" }, ENOENT, SANDBOX_ERROR_PROGRAM,
	      "execute the program", "/no/such/program");
	FAILS({ .argv = "\"no-such-program\", \"x\"" }, ENOENT,
	      SANDBOX_ERROR_PROGRAM, "execute the program", "no-such-program");
}

TEST(a_program_that_cannot_be_executed)
{
	FAILS({ .argv = "\"/etc/passwd\"" }, EACCES, SANDBOX_ERROR_PROGRAM,
	      "execute the program", "/etc/passwd");
	FAILS({ .argv = "\"/usr\"" }, EACCES, SANDBOX_ERROR_PROGRAM,
	      "execute the program", "/usr");
	FAILS({ .argv = "\"/program\"",
		.mounts = bind_file("closed", "#!/bin/sh\n", 0600) },
	      EACCES, SANDBOX_ERROR_PROGRAM, "execute the program", "/program");
	FAILS({ .argv = "\"/program\"",
		.mounts = bind_file("text", "not a program", 0755) },
	      ENOEXEC, SANDBOX_ERROR_PROGRAM, "execute the program",
	      "/program");
	FAILS({ .argv = "\"/program\"",
		.mounts = bind_file("lost", "#!/no/such/shell\n", 0755) },
	      ENOENT, SANDBOX_ERROR_PROGRAM, "execute the program", "/program");
}

TEST(a_working_directory_that_cannot_be_entered)
{
	FAILS({ .probe = "ids", .process = "\"cwd\": \"/no/where\"" }, ENOENT,
	      SANDBOX_ERROR_SETUP, "enter the working directory",
	      "process.cwd");
	FAILS({ .probe = "ids", .process = "\"cwd\": \"/etc/passwd\"" },
	      ENOTDIR, SANDBOX_ERROR_SETUP, "enter the working directory",
	      "process.cwd");
}

TEST(a_source_that_does_not_exist)
{
	FAILS({ .probe = "ids",
		.mounts = "{ \"source\": \"/no/such/source\","
			  " \"target\": \"/data\" }" },
	      ENOENT, SANDBOX_ERROR_SETUP, "open the source",
	      "mounts[1].source");
	ASSERT_CONTAINS(outcome.message, "/no/such/source");
	FAILS({ .probe = "ids",
		.document = "\"root\": { \"kind\": \"DIRECTORY\","
			    " \"path\": \"/no/such/root\" }" },
	      ENOENT, SANDBOX_ERROR_SETUP, "open the source", "root.path");
	FAILS({ .probe = "ids",
		.document = "\"root\": { \"kind\":"
			    " \"DIRECTORY\","
			    " \"path\": \"/etc/passwd\" }" },
	      ENOTDIR, SANDBOX_ERROR_SETUP, "open the source", "root.path");
}

TEST(a_source_behind_a_door_that_is_closed)
{
	char mounts[1024];
	const char *closed = launch_folder("door");
	const char *behind = launch_folder("door/behind");

	if (launch_mode() == MODE_ROOT) {
		SKIP("no door is closed to root");
	}
	ASSERT_OK(mkdir(closed, 0700) + mkdir(behind, 0777));
	ASSERT_OK(chmod(closed, 0));
	(void)snprintf(mounts, sizeof(mounts),
		       "{ \"source\": \"%s\", \"target\": \"/data\" }", behind);
	FAILS({ .probe = "ids", .mounts = mounts }, EACCES,
	      SANDBOX_ERROR_PERMISSION, "open the source", "mounts[1].source");
	ASSERT_OK(chmod(closed, 0700) + rmdir(behind) + rmdir(closed));
}

TEST(a_target_that_is_not_there)
{
	FAILS({ .probe = "ids",
		.mounts = "{ \"source\": \"/usr\", \"target\": \"/none\","
			  " \"createTargetOff\": true }" },
	      ENOENT, SANDBOX_ERROR_SETUP, "build the root",
	      "mounts[1].target");
	/* In a tree of somebody else's nothing is made, asked or not. */
	FAILS({ .probe = "ids",
		.mounts = "{ \"source\": \"/usr\", \"target\":"
			  " \"/usr/no-such-target\" }" },
	      ENOENT, SANDBOX_ERROR_SETUP, "build the root",
	      "mounts[1].target");
	ASSERT_CONTAINS(outcome.message, "/usr/no-such-target");
	ASSERT_TRUE(access("/usr/no-such-target", F_OK) < 0);
}

/* A directory onto a file: the kernel calls that an invalid argument. */
TEST(a_target_of_the_other_kind)
{
	FAILS({ .probe = "ids",
		.mounts = "{ \"source\": \"/usr\", \"target\":"
			  " \"/etc/passwd\" }" },
	      EINVAL, SANDBOX_ERROR_SETUP, "build the root",
	      "mounts[1].target");
}

/* What becomes of engine_open() at @path; keeps the error like launch(). */
static int open_engine(const char *path, sandbox_engine **ret)
{
	char address[600];
	sandbox_error *error = NULL;
	int r = 0;

	(void)snprintf(address, sizeof(address), "local:%s", path);
	r = sandbox_engine_open(address, ret, &error);
	if (r < 0) {
		outcome.error = sandbox_error_errno(error);
		(void)snprintf(outcome.step, sizeof(outcome.step), "%s",
			       sandbox_error_step(error));
		(void)snprintf(outcome.subject, sizeof(outcome.subject), "%s",
			       sandbox_error_subject(error));
		sandbox_error_free(error);
	}
	return r;
}

TEST(a_run_directory_that_others_may_change)
{
	sandbox_engine *engine = NULL;
	const char *path = launch_folder("open");
	struct census before = census_take();

	ASSERT_OK(mkdir(path, 0777) + chmod(path, 0777));
	ASSERT_EQ(open_engine(path, &engine), -EPERM);
	ASSERT_STR(outcome.step, "open the run directory");
	ASSERT_STR(outcome.subject, path);
	ASSERT_OK(chmod(path, 0700));
	ASSERT_OK(open_engine(path, &engine));
	sandbox_engine_close(engine);
	ASSERT_OK(symlink(path, launch_folder("link")));
	ASSERT_TRUE(open_engine(launch_folder("link"), &engine) < 0);
	ASSERT_STR(outcome.step, "open the run directory");
	CENSUS_CHECK(&before);
}

/* A file system of @options on a directory of the test's, and no room left. */
static const char *mount_full(const char *name, const char *options, int files)
{
	const char *path = launch_folder(name);
	char file[600];

	ASSERT_OK(mkdir(path, 0700));
	ASSERT_OK(mount("none", path, "tmpfs", 0, options) < 0 ? -errno : 0);
	for (int i = 0; i < files; i++) {
		(void)snprintf(file, sizeof(file), "%s/run", path);
		ASSERT_OK(mkdir(file, 0700) < 0 ? -errno : 0);
	}
	return path;
}

TEST(a_file_system_without_room_for_the_run_directory)
{
	sandbox_engine *engine = NULL;
	char path[600];
	const char *full = NULL;
	struct census before;

	if (launch_mode() != MODE_ROOT) {
		SKIP("only root can make a full file system");
	}
	full = mount_full("full", "nr_inodes=1", 0);
	before = census_take();
	(void)snprintf(path, sizeof(path), "%s/run", full);
	ASSERT_EQ(open_engine(path, &engine), -ENOSPC);
	ASSERT_STR(outcome.step, "open the run directory");
	ASSERT_STR(outcome.subject, path);
	CENSUS_CHECK(&before);
	ASSERT_OK(umount(full));
}

TEST(a_file_system_without_room_for_a_lease)
{
	sandbox_engine *engine = NULL;
	char path[600];
	const char *full = NULL;
	struct census before;

	if (launch_mode() != MODE_ROOT) {
		SKIP("only root can make a full file system");
	}
	full = mount_full("lease", "nr_inodes=2", 1);
	(void)snprintf(path, sizeof(path), "%s/run", full);
	before = census_take();
	ASSERT_OK(open_engine(path, &engine));
	FAILS({ .probe = "ids", .engine = engine }, ENOSPC,
	      SANDBOX_ERROR_RESOURCE, "lease ids", "ids");
	sandbox_engine_close(engine);
	CENSUS_CHECK(&before);
	ASSERT_OK(umount(full));
}

TEST(a_document_that_breaks_several_rules_tells_all_of_them)
{
	const char *text = "{ \"process\": { \"cwd\": \"x\" }, \"mounts\": [ {"
			   " \"target\": \"tmp\" } ] }";
	sandbox_spec *spec = NULL;
	sandbox_error *error = NULL;

	ASSERT_EQ(sandbox_spec_parse_json(text, strlen(text), &spec, &error),
		  -EINVAL);
	ASSERT_EQ(sandbox_error_kind(error), SANDBOX_ERROR_SPEC);
	ASSERT_CONTAINS(sandbox_error_message(error), "process.argv");
	ASSERT_CONTAINS(sandbox_error_message(error), "process.cwd: \"x\"");
	ASSERT_CONTAINS(sandbox_error_message(error), "mounts[0].target");
	ASSERT_CONTAINS(sandbox_error_message(error), "mounts[0].source");
	sandbox_error_free(error);
}
