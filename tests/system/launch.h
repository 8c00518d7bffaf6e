/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What every system test does: put a specification together around the probe,
 * run it through the public interface, and keep all there is to know of how
 * that went.
 */
#ifndef SANDBOX_TESTS_SYSTEM_LAUNCH_H
#define SANDBOX_TESTS_SYSTEM_LAUNCH_H

#include "lib/tap.h"

#include <sandbox/sandbox.h>

#include <stddef.h>

enum {
	LAUNCH_FDS_MAX = 8,
	LAUNCH_OUTPUT_BYTES = 131072
};

/* A specification in parts; what is left out is not in the document. */
struct request {
	const char *probe;       /* arguments of the probe, between blanks */
	const char *argv;        /* or a whole list: "\"/bin/true\", \"-x\"" */
	const char *process;     /* further members of process */
	const char *mounts;      /* further elements of mounts */
	const char *document;    /* further members of the document */
	int fds[LAUNCH_FDS_MAX]; /* passed as number 3 and on: 1 is stdout */
	sandbox_engine *engine;  /* NULL: one for this launch alone */
	bool no_probe;           /* do not show the probe as /probe */
	bool own_stdio;          /* process has a stdio of its own */
};

struct outcome {
	int started; /* what sandbox_start() returned */
	int kind;
	int error;
	char step[128];
	char subject[512];
	char message[2048];
	int ending;
	int exit_code;
	int signal;
	size_t out_size;
	char out[LAUNCH_OUTPUT_BYTES];
	char err[4096];
	char json[16384]; /* the result */
};

/* A sandbox that runs; to be ended with launch_finish(). */
struct running {
	sandbox_engine *engine;
	sandbox *sb;
	int out;
	int err;
	bool own_engine;
};

/* Starts, waits for the end, reads everything.  A failure is in @ret. */
void launch(const struct request *request, struct outcome *ret);

/* LAUNCH(&outcome, .probe = "ids"); must start, end by itself, exit with 0. */
#define LAUNCH(ret, ...) \
	launch_well(TAP_HERE, &(const struct request){ __VA_ARGS__ }, (ret))
void launch_well(struct tap_place place, const struct request *request,
		 struct outcome *ret);

/* SHELL(&outcome, "echo $HOME", ...); a script that says what it sees. */
#define SHELL(ret, script, ...) \
	LAUNCH(ret, .argv = "\"/bin/sh\", \"-c\", \"" script "\"", __VA_ARGS__)

/* LAUNCH_FAILS(&outcome, ...); must not start. */
#define LAUNCH_FAILS(ret, ...) \
	launch_badly(TAP_HERE, &(const struct request){ __VA_ARGS__ }, (ret))
void launch_badly(struct tap_place place, const struct request *request,
		  struct outcome *ret);

/* Starts and returns; fails the test unless it does. */
#define BEGIN(ret, ...) \
	launch_begin(TAP_HERE, &(const struct request){ __VA_ARGS__ }, (ret))
void launch_begin(struct tap_place place, const struct request *request,
		  struct running *ret);

/* Reads the first line that the sandbox prints: it is under way then. */
void launch_await_line(struct running *running, char *line, size_t size);

/* Waits for the end and frees everything. */
void launch_finish(struct running *running, struct outcome *ret);

/* Frees everything; a sandbox that runs is killed. */
void launch_drop(struct running *running);

/* An engine of the address that the mode has, or the end of the test. */
sandbox_engine *launch_engine(void);

/* @text as a specification, or the end of the test. */
sandbox_spec *launch_spec(const char *text);

/* The specification of @request, in memory of its own. */
char *launch_document(const struct request *request);

/* The program that is /probe inside. */
const char *launch_probe_path(void);

/* A directory that this user may fill, with @name appended; static memory. */
const char *launch_folder(const char *name);

enum launch_mode {
	MODE_ROOT,
	MODE_RANGES, /* an ordinary user with subordinate ids */
	MODE_SINGLE  /* and one without */
};
enum launch_mode launch_mode(void);

/* What stands behind "KEY: " in the first such line of @text; static memory. */
const char *answer(const char *text, const char *key);

/* How many lines of @text begin with @start. */
int count_lines(const char *text, const char *start);

#endif
