/* SPDX-License-Identifier: Apache-2.0 */
/*
 * User namespaces that exist only to be the id map of a mount: 0.. on disk is
 * FIRST.. in the kernel, so that what a payload writes keeps stable ids on
 * disk whichever range it was leased.  Ranges are leased lowest first, so the
 * same few come again and a small cache serves nearly all launches.
 */
#include "kernel/file.h"
#include "kernel/process.h"
#include "launcher/launcher.h"
#include "launcher/text.h"

/* As long as a map may be, with the NUL behind it. */
#define MAP_BYTES 4096

static void add_line(struct text *text, const struct plan_id_map *map)
{
	text_add_number(text, map->inside);
	text_add(text, " ");
	text_add_number(text, map->outside);
	text_add(text, " ");
	text_add_number(text, map->count);
	text_add(text, "\n");
}

int idmap_write_list(int proc_dir, const char *file,
		     const struct plan_id_map *first, const struct plan *plan,
		     struct plan_list list)
{
	const struct plan_id_map *maps = plan_at(plan, list.offset);
	char lines[MAP_BYTES];
	struct text text = TEXT_IN(lines);

	if (first != NULL) {
		add_line(&text, first);
	}
	for (size_t i = 0; i < list.count; i++) {
		add_line(&text, &maps[i]);
	}
	if (text.full) {
		return -E2BIG;
	}
	return kernel_write_file(proc_dir, file, lines, text.length);
}

/* @proc_dir: /proc/PID of a process that waits in the namespace. */
static int write_and_open(int proc_dir, uint32_t first, uint32_t count)
{
	int r = idmap_write(proc_dir, "uid_map", 0, first, count);

	if (r >= 0) {
		r = idmap_write(proc_dir, "gid_map", 0, first, count);
	}
	return r < 0 ? r : kernel_openat(proc_dir, "ns/user", O_RDONLY, 0);
}

static int make_namespace(struct launcher *launcher, uint32_t first,
			  uint32_t count)
{
	struct clone_args fork_args = { .flags = CLONE_NEWUSER,
					.exit_signal = SIGCHLD };
	char name[16];
	struct text text = TEXT_IN(name);
	char byte = 0;
	int ends[2];
	int directory = 0;
	int pid = 0;
	int r = kernel_pipe2(ends, O_CLOEXEC);

	if (r < 0) {
		return r;
	}
	pid = kernel_clone3(&fork_args);
	if (pid == 0) {
		/* Lives until the launcher closes its end, however it ends. */
		kernel_close(ends[1]);
		(void)kernel_read(ends[0], &byte, 1);
		kernel_exit(0);
	}
	kernel_close(ends[0]);
	if (pid < 0) {
		kernel_close(ends[1]);
		return pid;
	}
	text_add_number(&text, (uint64_t)pid);
	directory =
		kernel_openat(launcher->proc, name, O_PATH | O_DIRECTORY, 0);
	r = directory;
	if (r >= 0) {
		r = write_and_open(directory, first, count);
		kernel_close(directory);
	}
	kernel_close(ends[1]);
	return r;
}

int idmap_namespace(struct launcher *launcher, uint32_t first, uint32_t count)
{
	struct idmap_entry *entry = launcher->idmaps;
	int fd = 0;

	for (size_t i = 0; i < IDMAP_CACHE_SIZE; i++, entry++) {
		if (entry->fd > 0 && entry->first == first &&
		    entry->count == count) {
			return entry->fd;
		}
	}
	fd = make_namespace(launcher, first, count);
	if (fd < 0) {
		return fd;
	}
	entry = &launcher->idmaps[launcher->next_idmap];
	launcher->next_idmap = (launcher->next_idmap + 1) % IDMAP_CACHE_SIZE;
	if (entry->fd > 0) {
		kernel_close(entry->fd);
	}
	*entry = (struct idmap_entry){ fd, first, count };
	return fd;
}
