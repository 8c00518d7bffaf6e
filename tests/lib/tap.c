/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs the tests that registered themselves, one child process each, and
 * prints TAP.  Knows nothing of sandboxes.
 */
#include "lib/tap.h"

#include "lib/fdcheck.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	SHOWN_OUTPUT = 32 * 1024,
	EXIT_SKIPPED = 77
};

/* What the child tells the parent; shared memory. */
struct tap_page {
	bool finished; /* the test returned: exit(0) alone proves nothing */
	char reason[512];
};

/* Constructors run before main() and can only leave things here. */
static struct tap_test *first_test;
static struct tap_test **last_link = &first_test;
static struct tap_page *page;

void tap_register(struct tap_test *test)
{
	*last_link = test;
	last_link = &test->next;
}

void tap_skip(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(page->reason, sizeof(page->reason), format, arguments);
	va_end(arguments);
	_exit(EXIT_SKIPPED);
}

/* The child's stdout and stderr are @log, its stdin is empty. */
__attribute__((noreturn)) static void run_child(const struct tap_test *test,
						int log)
{
	struct fd_table *before;
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

	(void)setpgid(0, 0);
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (null < 0 || dup2(null, 0) < 0 || dup2(log, 1) < 0 ||
	    dup2(log, 2) < 0) {
		_exit(EXIT_FAILURE);
	}
	(void)close(null);
	(void)close(log);
	before = fd_table_take();
	test->run();
	fd_table_check(before);
	page->finished = true;
	exit(EXIT_SUCCESS); /* with the leak check of a sanitizer, if any */
}

static int timeout_seconds(void)
{
	const char *text = getenv("TEST_TIMEOUT");
	long seconds = text == NULL ? 0 : strtol(text, NULL, 10);

	return seconds > 0 && seconds <= 3600 ? (int)seconds : 60;
}

/* Waits for the child and sweeps its group; true if it was in time. */
static bool wait_child(pid_t pid, siginfo_t *ending)
{
	struct pollfd watch = { .fd = pidfd_open(pid, 0), .events = POLLIN };
	int ready = poll(&watch, 1, timeout_seconds() * 1000);

	/* While the child is unreaped, no other group can have its number. */
	if (ready == 1) {
		(void)waitid(P_PID, (id_t)pid, ending, WEXITED | WNOWAIT);
	}
	(void)kill(-pid, SIGKILL);
	(void)close(watch.fd);
	(void)waitid(P_PID, (id_t)pid, ending, WEXITED);
	return ready == 1;
}

/* Prints the end of what the child wrote, a comment a line. */
static void print_log(int log)
{
	off_t size = lseek(log, 0, SEEK_END);
	off_t start = size > SHOWN_OUTPUT ? size - SHOWN_OUTPUT : 0;
	bool line_start = true;
	unsigned char byte;

	for (; pread(log, &byte, 1, start) == 1; start++) {
		(void)fputs(line_start ? "# " : "", stdout);
		line_start = byte == '\n';
		putchar(isprint(byte) || byte == '\n' ? byte : '?');
	}
	(void)fputs(line_start ? "" : "\n", stdout);
}

/* Prints the verdict on test @number; true unless it failed. */
static bool print_verdict(const struct tap_test *test, int number, bool in_time,
			  const siginfo_t *ending)
{
	bool exited = in_time && ending->si_code == CLD_EXITED;

	if (exited && ending->si_status == 0 && page->finished) {
		printf("ok %d %s\n", number, test->name);
		return true;
	}
	if (exited && ending->si_status == EXIT_SKIPPED && page->reason[0]) {
		printf("ok %d %s # SKIP %s\n", number, test->name,
		       page->reason);
		return true;
	}
	printf("not ok %d %s\n", number, test->name);
	if (!in_time) {
		printf("# still running after %d s\n", timeout_seconds());
	} else if (!exited) {
		printf("# ended by SIG%s\n", sigabbrev_np(ending->si_status));
	} else {
		printf("# exit status %d%s\n", ending->si_status,
		       ending->si_status == 0 ? " before its end" : "");
	}
	return false;
}

static bool run_test(const struct tap_test *test, int number)
{
	int log = memfd_create("output", MFD_CLOEXEC);
	siginfo_t ending = { 0 };
	bool in_time;
	bool passed;
	pid_t pid;

	(void)fcntl(log, F_SETFL, O_APPEND);
	*page = (struct tap_page){ .finished = false };
	(void)fflush(stdout);
	pid = fork();
	if (pid == 0) {
		run_child(test, log);
	}
	if (pid < 0 || log < 0) {
		printf("Bail out! cannot start a test: %s\n", strerror(errno));
		exit(EXIT_FAILURE);
	}
	(void)setpgid(pid, pid);
	in_time = wait_child(pid, &ending);
	passed = print_verdict(test, number, in_time, &ending);
	if (!passed) {
		print_log(log);
	}
	(void)close(log);
	return passed;
}

static bool is_wanted(const struct tap_test *test, int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], test->name) == 0) {
			return true;
		}
	}
	return argc == 1;
}

int tap_main(int argc, char **argv)
{
	int wanted = 0;
	int number = 0;
	bool passed = true;

	page = mmap(NULL, sizeof(*page), PROT_READ | PROT_WRITE,
		    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	for (struct tap_test *t = first_test; t != NULL; t = t->next) {
		wanted += is_wanted(t, argc, argv) ? 1 : 0;
	}
	if (page == MAP_FAILED || wanted == 0 ||
	    (argc > 1 && wanted != argc - 1)) {
		printf("Bail out! no memory, or no such test\n");
		return EXIT_FAILURE;
	}
	printf("TAP version 13\n1..%d\n", wanted);
	for (struct tap_test *t = first_test; t != NULL; t = t->next) {
		if (is_wanted(t, argc, argv)) {
			passed = run_test(t, ++number) && passed;
		}
	}
	return passed ? EXIT_SUCCESS : EXIT_FAILURE;
}
