/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The floor as a program: `floor ROOTFS FILTER PROGRAM` launches once and ends
 * as the program ended; with --serve in front it is a host of the bench.
 */
#include "filter_file.h"
#include "floor.h"
#include "serve.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

static int launch(void *state, char *text, size_t size)
{
	struct floor_job *job = state;
	int r = floor_launch(job);

	if (r < 0) {
		(void)snprintf(text, size, "%s: %s", job->failed_step,
			       strerror(job->failed_errno));
	}
	return r;
}

static int launch_once(struct floor_job *job)
{
	char text[256] = "";
	int status = launch(job, text, sizeof(text));

	if (status < 0) {
		(void)fprintf(stderr, "floor: %s\n", text);
		return 125;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int argc, char **argv)
{
	struct floor_job job = { .rootfs = NULL };
	struct serve_host host = { .state = &job, .launch = launch };
	struct sock_filter instructions[FILTER_FILE_MAX];
	int serving = argc > 1 && strcmp(argv[1], "--serve") == 0;
	int r = 0;

	if (argc != 4 + serving) {
		(void)fprintf(stderr,
			      "usage: floor [--serve] ROOTFS FILTER PROGRAM\n");
		return 2;
	}
	argv += serving;
	job.rootfs = argv[1];
	job.program = argv[3];
	job.filter.filter = instructions;
	r = filter_file_read(argv[2], instructions);
	if (r < 0) {
		(void)fprintf(stderr, "floor: %s: %s\n", argv[2], strerror(-r));
		return 125;
	}
	job.filter.len = (unsigned short)r;
	floor_job_set_maps(&job);
	if (!serving) {
		return launch_once(&job);
	}
	return serve(&host) < 0 ? 125 : 0;
}
