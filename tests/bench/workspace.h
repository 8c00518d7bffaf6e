/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The directory of one run of the bench: a root file system with the payloads
 * in it, and room for the contenders' own files.  Gone when the run is over.
 */
#ifndef BENCH_WORKSPACE_H
#define BENCH_WORKSPACE_H

#define WORKSPACE_PATH 256

struct workspace {
	char tools[WORKSPACE_PATH];  /* where our programs were built */
	char top[WORKSPACE_PATH];    /* "" while there is none */
	char rootfs[WORKSPACE_PATH]; /* /bin/{true,pause,probe} and mount
					points */
};

/* Returns 0, or a negative errno with a line on stderr. */
int workspace_create(struct workspace *ret);
void workspace_remove(struct workspace *workspace);

/* Writes the whole of @text to the file @path; 0 or a negative errno. */
int workspace_write(const char *path, const char *text);

#endif
