/* SPDX-License-Identifier: Apache-2.0 */
/* The default filter, compiled by the library at build time, as a file. */
#include "filter_file.h"

#include "base/cleanup.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int filter_file_read(const char *path, struct sock_filter *instructions)
{
	const size_t room = FILTER_FILE_MAX * sizeof(*instructions);
	_cleanup_close_ int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = 0;

	if (fd < 0) {
		return -errno;
	}
	n = read(fd, instructions, room);
	if (n < 0) {
		return -errno;
	}
	if (n == 0 || (size_t)n % sizeof(*instructions) != 0) {
		return -EINVAL;
	}
	return (int)((size_t)n / sizeof(*instructions));
}
