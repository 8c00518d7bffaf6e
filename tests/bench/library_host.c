/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The host of the contender that is our library, through its C API and
 * nothing else:
 *
 *	library-host RESIDENT_MIB RUN_DIRECTORY SPEC_FILE
 *
 * RESIDENT_MIB of memory are touched first, in small pages: a library that
 * forked its host would copy the page tables of all of it at each launch.
 */
#include "base/cleanup.h"
#include "serve.h"

#include <sandbox/sandbox.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

struct library_host {
	sandbox_engine *engine;
	sandbox_spec *spec;
	sandbox *held;
};

/* Hands the words of @error to the bench and frees it. */
static int tell(int r, sandbox_error *error, char *text, size_t size)
{
	(void)snprintf(text, size, "%s",
		       error ? sandbox_error_message(error) : strerror(-r));
	sandbox_error_free(error);
	return r;
}

/* The ending in the form of waitpid(). */
static int wait_status(const sandbox_result *result, char *text, size_t size)
{
	int ending = sandbox_result_ending(result);

	if (ending == SANDBOX_ENDING_EXITED) {
		return sandbox_result_exit_code(result) << 8;
	}
	if (ending == SANDBOX_ENDING_SIGNALED) {
		return sandbox_result_signal(result);
	}
	(void)snprintf(text, size, "ended otherwise: %s",
		       sandbox_result_json(result));
	return -EIO;
}

static int launch(void *state, char *text, size_t size)
{
	struct library_host *host = state;
	sandbox_error *error = NULL;
	sandbox_result *result = NULL;
	sandbox *sb = NULL;
	int r = 0;

	r = sandbox_start(host->engine, host->spec, NULL, 0, &sb, &error);
	if (r < 0) {
		return tell(r, error, text, size);
	}
	r = sandbox_wait(sb, -1, &result, &error);
	if (r < 0) {
		sandbox_free(sb);
		return tell(r, error, text, size);
	}
	r = wait_status(result, text, size);
	sandbox_result_free(result);
	sandbox_free(sb);
	return r;
}

static int hold(void *state, char *text, size_t size)
{
	struct library_host *host = state;
	sandbox_error *error = NULL;
	int r = 0;

	if (host->held) {
		return -EBUSY;
	}
	r = sandbox_start(host->engine, host->spec, NULL, 0, &host->held,
			  &error);
	return r < 0 ? tell(r, error, text, size) : 0;
}

static int touch_memory(const char *mebibytes)
{
	size_t size = strtoul(mebibytes, NULL, 10) << 20;
	void *memory = NULL;

	if (size == 0) {
		return 0;
	}
	memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	/* Small pages are the harder case: 512 times the page table. */
	if (memory == MAP_FAILED ||
	    madvise(memory, size, MADV_NOHUGEPAGE) < 0) {
		return -errno;
	}
	memset(memory, 1, size);
	return 0;
}

static int read_spec(const char *path, sandbox_spec **ret,
		     sandbox_error **error)
{
	char text[4096];
	_cleanup_close_ int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof(text));

	if (n < 0) {
		return -errno;
	}
	return sandbox_spec_parse_json(text, (size_t)n, ret, error);
}

static int open_host(struct library_host *host, char **argv)
{
	char address[512];
	char text[1024];
	sandbox_error *error = NULL;
	int r = touch_memory(argv[1]);

	if (r == 0) {
		(void)snprintf(address, sizeof(address), "local:%s", argv[2]);
		r = read_spec(argv[3], &host->spec, &error);
	}
	if (r == 0) {
		r = sandbox_engine_open(address, &host->engine, &error);
	}
	if (r < 0) {
		(void)tell(r, error, text, sizeof(text));
		(void)fprintf(stderr, "library-host: %s\n", text);
	}
	return r;
}

int main(int argc, char **argv)
{
	struct library_host state = { .engine = NULL };
	struct serve_host host = {
		.state = &state,
		.launch = launch,
		.hold = hold,
	};
	int r = 0;

	if (argc != 4) {
		(void)fprintf(stderr, "usage: library-host RESIDENT_MIB "
				      "RUN_DIRECTORY SPEC_FILE\n");
		return 2;
	}
	r = open_host(&state, argv);
	if (r == 0) {
		r = serve(&host);
	}
	sandbox_free(state.held);
	sandbox_engine_close(state.engine);
	sandbox_spec_free(state.spec);
	return r < 0 ? 125 : 0;
}
