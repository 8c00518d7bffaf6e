/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a fuzz target over the files of its corpus, without a fuzzer.
 *
 * usage: PROGRAM FOLDER
 */
#include "base/cleanup.h"
#include "fuzz.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void close_filep(FILE **file)
{
	if (*file != NULL) {
		(void)fclose(*file);
	}
}

static void close_folderp(DIR **folder)
{
	if (*folder != NULL) {
		(void)closedir(*folder);
	}
}

/* A copy of the exact size, so that a sanitizer sees a read behind it. */
static int run_file(const char *path)
{
	_cleanup_(close_filep) FILE *file = fopen(path, "rbe");
	_cleanup_free_ uint8_t *bytes = NULL;
	struct stat status;
	size_t size;

	if (file == NULL || fstat(fileno(file), &status) < 0) {
		return -errno;
	}
	size = (size_t)status.st_size;
	bytes = malloc(size > 0 ? size : 1);
	if (bytes == NULL) {
		return -ENOMEM;
	}
	if (fread(bytes, 1, size, file) != size) {
		return -EIO;
	}
	return LLVMFuzzerTestOneInput(bytes, size);
}

static int run_folder(const char *path)
{
	_cleanup_(close_folderp) DIR *folder = opendir(path);
	int count = 0;

	if (folder == NULL) {
		return -errno;
	}
	for (;;) {
		/* The only thread. NOLINTNEXTLINE(concurrency-mt-unsafe) */
		struct dirent *entry = readdir(folder);
		char file[4096];
		int r;

		if (entry == NULL) {
			return count;
		}
		if (entry->d_name[0] == '.') {
			continue;
		}
		(void)snprintf(file, sizeof(file), "%s/%s", path,
			       entry->d_name);
		r = run_file(file);
		if (r < 0) {
			(void)fprintf(stderr, "%s: errno %d\n", file, -r);
			return r;
		}
		count++;
	}
}

int main(int argc, char **argv)
{
	int count = argc == 2 ? run_folder(argv[1]) : -EINVAL;

	if (count <= 0) {
		(void)fprintf(stderr, "nothing was run\n");
		return EXIT_FAILURE;
	}
	(void)printf("%d inputs\n", count);
	return EXIT_SUCCESS;
}
