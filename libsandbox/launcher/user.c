/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A user and group by name, from the sandbox's own passwd and group files.
 * Those may be hostile: they are read by the main process itself, before it
 * has any id, are opened without following a last link or blocking on a FIFO,
 * must be regular files, are read up to a bound, and give no more than two
 * numbers that must be in the map anyway.
 */
#include "kernel/file.h"
#include "launcher/init.h"
#include "launcher/text.h"

#define DATABASE_MAX_BYTES (1U << 20)
#define ID_MAX             4294967294U

struct line_reader {
	int fd;
	size_t total;
	size_t length; /* bytes in the buffer */
	size_t next;   /* of them, read so far */
	char buffer[2048];
};

static int database_open(const char *path, struct line_reader *reader)
{
	struct stat file;
	int r = 0;

	*reader = (struct line_reader){
		/*
		 * No magic link: /etc may be one to what this process still
		 * has open of the host.
		 */
		.fd = kernel_openat2(AT_FDCWD, path,
				     O_RDONLY | O_NOFOLLOW | O_NONBLOCK |
					     O_NOCTTY,
				     RESOLVE_NO_MAGICLINKS),
	};
	if (reader->fd < 0) {
		return reader->fd;
	}
	r = kernel_fstat(reader->fd, &file);
	if (r >= 0 && !S_ISREG(file.st_mode)) {
		r = -EINVAL;
	}
	if (r < 0) {
		kernel_close(reader->fd);
	}
	return r;
}

/* The next byte, or -1 at the end and at the bound. */
static int next_byte(struct line_reader *reader)
{
	if (reader->next == reader->length) {
		long n = 0;

		if (reader->total >= DATABASE_MAX_BYTES) {
			return -1;
		}
		n = kernel_read(reader->fd, reader->buffer,
				sizeof(reader->buffer));
		if (n <= 0) {
			return -1;
		}
		reader->length = (size_t)n;
		reader->total += (size_t)n;
		reader->next = 0;
	}
	return (unsigned char)reader->buffer[reader->next++];
}

/* Fills @line; longer lines are cut and so match nothing.  False at the end. */
static bool next_line(struct line_reader *reader, char *line, size_t size)
{
	size_t length = 0;
	int byte = next_byte(reader);

	if (byte < 0) {
		return false;
	}
	while (byte >= 0 && byte != '\n') {
		if (length < size - 1) {
			line[length++] = (char)byte;
		}
		byte = next_byte(reader);
	}
	line[length] = '\0';
	return true;
}

/* Field @n (0 = the name) of a line of fields between colons, in place. */
static const char *field(const char *line, unsigned int n)
{
	while (n > 0 && *line != '\0') {
		if (*line == ':') {
			n--;
		}
		line++;
	}
	return n == 0 ? line : "";
}

static bool name_is(const char *line, const char *name)
{
	size_t length = text_length(name);

	for (size_t i = 0; i < length; i++) {
		if (line[i] != name[i]) {
			return false;
		}
	}
	return line[length] == ':';
}

/* Decimal, no sign, no blank, ended by ':' or the end of the line. */
static int parse_id(const char *text, uint32_t *ret)
{
	uint64_t value = 0;
	size_t digits = 0;

	while (text[digits] >= '0' && text[digits] <= '9' && digits < 11) {
		value = value * 10 + (uint64_t)(text[digits] - '0');
		digits++;
	}
	if (digits == 0 || value > ID_MAX ||
	    (text[digits] != ':' && text[digits] != '\0')) {
		return -EINVAL;
	}
	*ret = (uint32_t)value;
	return 0;
}

/* Finds @name in @path; its ids are the third field and the fourth. */
static int database_find(const char *path, const char *name, uint32_t *third,
			 uint32_t *fourth)
{
	struct line_reader reader;
	char line[512] = "";
	int r = database_open(path, &reader);

	if (r < 0) {
		return r;
	}
	r = -ENOENT;
	while (r == -ENOENT && next_line(&reader, line, sizeof(line))) {
		if (!name_is(line, name)) {
			continue;
		}
		r = parse_id(field(line, 2), third);
		if (r >= 0 && fourth != NULL) {
			r = parse_id(field(line, 3), fourth);
		}
	}
	kernel_close(reader.fd);
	return r;
}

/* A name, or a number where the other of the two was a name. */
static int find_id(const char *path, const char *name, uint32_t *id,
		   uint32_t *fourth)
{
	if (name[0] >= '0' && name[0] <= '9') {
		return parse_id(name, id);
	}
	return database_find(path, name, id, fourth);
}

int user_find(const char *user, const char *group, struct payload_ids *ret)
{
	int r = find_id("/etc/passwd", user, &ret->uid, &ret->gid);

	if (r >= 0 && group[0] != '\0') {
		r = find_id("/etc/group", group, &ret->gid, NULL);
	}
	return r;
}
