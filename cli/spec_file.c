/* SPDX-License-Identifier: Apache-2.0 */
/* Reads specifications from files; see spec_file.h. */
#include "spec_file.h"

#include "cleanup.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* The library takes no longer document. */
#define SPEC_BYTES_MAX ((size_t)1 << 20)

static const char *reason(int error)
{
	const char *text = strerrordesc_np(error);

	return text == NULL ? "unknown error" : text;
}

static int read_all(int fd, struct spec_file *file, struct complaint *complaint)
{
	char chunk[16384];

	for (;;) {
		ssize_t size = read(fd, chunk, sizeof(chunk));

		if (size < 0 && errno == EINTR) {
			continue;
		}
		if (size < 0) {
			return complain(complaint, "%.300s: %s", file->path,
					reason(errno));
		}
		if (size == 0) {
			break;
		}
		buffer_add_bytes(&file->content, chunk, (size_t)size);
		if (file->content.used > SPEC_BYTES_MAX) {
			return complain(complaint, "%.300s: more than 1 MiB",
					file->path);
		}
	}
	return file->content.failed ? complain_memory(complaint) : 0;
}

int spec_file_read(const char *path, struct spec_file *ret,
		   struct complaint *complaint)
{
	_cleanup_close_ int opened = -1;
	bool from_stdin = strcmp(path, "-") == 0;

	*ret = (struct spec_file){ .path = from_stdin ? "stdin" : path };
	if (from_stdin) {
		return read_all(STDIN_FILENO, ret, complaint);
	}
	opened = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (opened < 0) {
		return complain(complaint, "%.300s: %s", path, reason(errno));
	}
	return read_all(opened, ret, complaint);
}

void spec_file_done(struct spec_file *file)
{
	buffer_done(&file->content);
}

static bool ends_in(const char *text, const char *ending)
{
	size_t size = strlen(text);
	size_t tail = strlen(ending);

	return size > tail && strcmp(text + size - tail, ending) == 0;
}

bool spec_file_is_bytes(const struct spec_file *file)
{
	return ends_in(file->path, ".pb") || ends_in(file->path, ".binpb");
}

int spec_file_parse(const struct spec_file *file, sandbox_spec **ret,
		    sandbox_error **err)
{
	const char *text = buffer_text(&file->content);

	if (spec_file_is_bytes(file)) {
		return sandbox_spec_parse(text, file->content.used, ret, err);
	}
	return sandbox_spec_parse_json(text, file->content.used, ret, err);
}
