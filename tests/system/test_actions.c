/* SPDX-License-Identifier: Apache-2.0 */
/* What sets the actions of rules apart, and what is noted of them. */
#include "control.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct outcome outcome;

#define TRIES 8

/* umask in a thread, which has no lock of the interpreter's meanwhile. */
#define IN_A_THREAD                                          \
	"import ctypes, os, threading, time\\n"              \
	"def f(): ctypes.CDLL(None).umask(0)\\n"             \
	"threading.Thread(target=f, daemon=True).start()\\n" \
	"time.sleep(0.5)\\n"                                 \
	"print('on', flush=True)\\n"                         \
	"os._exit(0)\\n"

/* umask with a handler for what TRAP sends. */
#define WITH_A_HANDLER                                                 \
	"import os, signal\\n"                                         \
	"signal.signal(signal.SIGSYS, lambda *a: print('trapped'))\\n" \
	"os.umask(0)\\n"                                               \
	"print('on')\\n"

static void run_python(const char *script, const char *action)
{
	char argv[1024];
	char document[256];
	struct request request = { .argv = argv, .document = document };

	if (access("/usr/bin/python3", X_OK) < 0) {
		SKIP("no /usr/bin/python3");
	}
	(void)snprintf(argv, sizeof(argv),
		       "\"/usr/bin/python3\", \"-c\", \"%s\"", script);
	(void)snprintf(document, sizeof(document),
		       "\"security\": { \"seccomp\": { \"rules\": [{"
		       " \"names\": [\"umask\"], \"action\": \"%s\" }] } }",
		       action);
	launch(&request, &outcome);
	ASSERT_EQ(outcome.started, 0);
}

TEST(killing_a_thread_leaves_the_others)
{
	run_python(IN_A_THREAD, "ALLOW");
	ASSERT_STR(outcome.out, "on\n");
	run_python(IN_A_THREAD, "KILL_THREAD");
	ASSERT_STR(outcome.out, "on\n");
	ASSERT_EQ(outcome.signal, 0);
	run_python(IN_A_THREAD, "KILL_PROCESS");
	ASSERT_STR(outcome.out, "");
	ASSERT_EQ(outcome.signal, SIGSYS);
}

TEST(a_trap_can_be_handled_and_a_kill_cannot)
{
	run_python(WITH_A_HANDLER, "TRAP");
	ASSERT_STR(outcome.out, "trapped\non\n");
	run_python(WITH_A_HANDLER, "KILL_PROCESS");
	ASSERT_STR(outcome.out, "");
	ASSERT_EQ(outcome.signal, SIGSYS);
	run_python(WITH_A_HANDLER, "ALLOW");
	ASSERT_STR(outcome.out, "on\n");
}

/* The kernel's log from here on; one record is read at a time. */
static int open_log(void)
{
	char logged[256] = "";
	FILE *file = fopen("/proc/sys/kernel/seccomp/actions_logged", "re");
	int fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (file != NULL) {
		(void)fread(logged, 1, sizeof(logged) - 1, file);
		(void)fclose(file);
	}
	if (strstr(logged, "errno") == NULL || strstr(logged, "log") == NULL) {
		SKIP("this host notes no refused calls: actions_logged");
	}
	if (fd < 0 || lseek(fd, 0, SEEK_END) < 0) {
		SKIP("the kernel's log cannot be read: %s", strerror(errno));
	}
	return fd;
}

/* Whether a record of the kernel's is about program @exe and this verdict. */
static bool is_noted(int log, const char *exe, const char *code)
{
	char record[8192];
	bool found = false;

	for (;;) {
		ssize_t n = read(log, record, sizeof(record) - 1);

		if (n < 0 && errno == EPIPE) {
			continue; /* overwritten by newer ones */
		}
		if (n <= 0) {
			return found;
		}
		record[n] = '\0';
		found = found || (strstr(record, "type=1326") != NULL &&
				  strstr(record, exe) != NULL &&
				  strstr(record, code) != NULL);
	}
}

/*
 * Runs the probe under a name that no other program has, and looks for it.  The
 * kernel drops records when there are many, so where one is expected it gets
 * several chances.
 */
static bool leaves_note(const char *seccomp, const char *code, int tries)
{
	int log = open_log();
	bool found = false;

	for (int i = 0; i < tries && !found; i++) {
		char name[64];
		char argv[256];
		char mounts[512];
		char document[512];
		struct request request = { .argv = argv,
					   .mounts = mounts,
					   .document = document,
					   .no_probe = true };

		(void)snprintf(name, sizeof(name), "/noted-%d-%d", getpid(), i);
		(void)snprintf(argv, sizeof(argv),
			       "\"%s\", \"try\", \"call\", \"vmsplice\"", name);
		(void)snprintf(mounts, sizeof(mounts),
			       "{ \"source\": \"%s\", \"target\": \"%s\" }",
			       launch_probe_path(), name);
		(void)snprintf(document, sizeof(document),
			       "\"security\": { \"seccomp\": { %s } }",
			       seccomp);
		launch(&request, &outcome);
		ASSERT_EQ(outcome.started, 0);
		(void)usleep(300000); /* the record is written by a thread */
		found = is_noted(log, name, code);
		if (!found && i + 1 < tries) {
			(void)sleep(2);
		}
	}
	(void)close(log);
	return found;
}

#define ERRNO_CODE "code=0x50000"
#define LOG_CODE   "code=0x7ffc0000"
#define LOG_RULE                                   \
	"\"rules\": [{ \"names\": [\"vmsplice\"]," \
	" \"action\": \"LOG\" }]"

TEST(a_refused_call_is_noted_when_the_document_says_so)
{
	ASSERT_TRUE(leaves_note("\"log\": true", ERRNO_CODE, TRIES));
	ASSERT_CONTAINS(outcome.out, "call vmsplice: EPERM");
	ASSERT_TRUE(!leaves_note("\"log\": false", ERRNO_CODE, 1));
	ASSERT_CONTAINS(outcome.out, "call vmsplice: EPERM");
}

TEST(what_is_only_noted_is_allowed)
{
	ASSERT_TRUE(leaves_note(LOG_RULE, LOG_CODE, TRIES));
	ASSERT_TRUE(strstr(outcome.out, "EPERM") == NULL);
}
