/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The launcher's own state: a single-threaded fork server without a C
 * library, one per engine.  It keeps no descriptor of any sandbox, so its
 * table stays small and each child's copy is private from birth (a shared
 * table, CLONE_FILES, would have to be unshared before anything else).
 */
#ifndef SANDBOX_LAUNCHER_LAUNCHER_H
#define SANDBOX_LAUNCHER_LAUNCHER_H

#include "launcher/protocol.h"
#include "launcher/steps.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How many user namespaces for id-mapped mounts are kept for reuse. */
#define IDMAP_CACHE_SIZE 16

/* As many processors as Debian's kernels are built for. */
#define LAUNCHER_CPU_WORDS (8192 / 64)

struct idmap_entry {
	int fd; /* a user namespace, 0 = the entry is empty */
	uint32_t first;
	uint32_t count;
};

struct launcher {
	bool privileged;
	bool deny_setgroups;    /* the engine's namespace may not */
	int socket;             /* the engine */
	int controller;         /* pidfd of the host */
	int proc;               /* the host's /proc, O_PATH */
	bool sysctls_read_only; /* its sys/ cannot be written */
	int host_root;          /* rootless: the caller's tree; else NO */
	int tokens[2];          /* pipe of LAUNCHER_TOKENS bytes */
	/*
	 * How many launches have their guard maps written.  In memory that is
	 * shared with every init: init N goes on when the word has reached N.
	 */
	const struct plan *plan; /* mapped last, or NULL */
	uint64_t plan_dev;
	uint64_t plan_ino;
	uint32_t *mapped;
	uint32_t launches;
	uint64_t cpus[LAUNCHER_CPU_WORDS]; /* the caller's affinity */
	size_t cpus_size;                  /* bytes of it that count */
	uint32_t next_idmap;               /* entry to replace next */
	struct idmap_entry idmaps[IDMAP_CACHE_SIZE];
};

/* One launch, on the launcher's stack and, by fork, on init's. */
struct launch {
	struct launcher *launcher;
	struct launch_request request;
	const struct plan *plan;
	int *fds; /* LAUNCH_MAX_FDS, by LAUNCH_FD_*; -1 = none; caller closes */
	uint32_t number;        /* of struct launcher.mapped */
	uint32_t plain_sources; /* shown without an id map after all */
	uint32_t memfd_noexec;  /* vm.memfd_noexec + 1, 0 = not asked for */
	uint32_t left_sysctls;  /* preferred ones that could not be set */
	uint32_t left_clocks;   /* preferred, and the kernel cannot */
	uint64_t clocks; /* inode of the payload's time namespace, or 0 */
	uint64_t clone_ns;
	uint64_t root_ns;
	uint64_t release_ns;
	int proc;    /* init: the sandbox's own /proc */
	int sysctls; /* init: a /proc whose sys/ can be written */
	/*
	 * A pipe where the payload has a memory of its own: its end says that
	 * the payload has executed the program, or has died.  Else -1.
	 */
	int executed[2];
};

/* setup.c: becomes what the engine asked for.  0, or -errno and the stage. */
int launcher_set_up(struct launcher *launcher,
		    const struct launcher_setup *setup, uint32_t *stage);

/*
 * setup.c: a detached tmpfs of 64 inodes and 64 KiB, mode 0755, for the
 * launcher's own skeletons.  @attributes: MOUNT_ATTR_*.
 */
int small_tmpfs(unsigned int attributes);

/*
 * affinity.c: a launch is a chain of processes that mostly wait for one
 * another.  Spread over processors it queues behind other work on each of
 * them, so the chain stays on one until the program runs.
 */
void affinity_remember(struct launcher *launcher);
void affinity_stay(const struct launcher *launcher);
void affinity_restore(const struct launcher *launcher);

/* probe.c: reports what works here. */
__attribute__((noreturn)) void probe_main(int socket,
					  const struct launcher_setup *setup);

/* mapper.c: writes the maps of the engine's namespace with newuidmap. */
struct mapper {
	int pid;
	int go; /* write a byte: the namespace exists */
};
int mapper_start(const struct launcher_setup *setup, struct mapper *ret);
int mapper_finish(struct mapper *mapper);

/* dev.c: the template of /dev, on the directory @mount_point. */
int dev_template_make(int host_dev, int mount_point);

/* launch.c: serves one request; failures go to the request's own socket. */
void launch_serve(struct launcher *launcher, const struct launch_request *r,
		  int *fds);

/* lend.c: what init @pid must have and may not take; inherited from it. */
int launch_lend(const struct launch *launch, int pid, int pidfd,
		unsigned int *step, uint16_t *index);

/* source.c: turns what the host passed into trees that init may attach. */
int sources_prepare(struct launch *launch, uint16_t *index);
int sources_map_ids(struct launch *launch, uint16_t *index);

/* Where the launcher was before it joined what a sandbox is to be in. */
struct joined {
	int back[PLAN_MAX_JOINS];
	uint32_t count;
};

/* join.c: into the plan's namespaces; leave also after a failure. */
int join_enter(const struct launch *launch, struct joined *joined);
void join_leave(const struct joined *joined);

/* idmap.c: a user namespace that maps 0.. to @first.., borrowed. */
int idmap_namespace(struct launcher *launcher, uint32_t first, uint32_t count);
/* Writes "0 FIRST COUNT"-like maps of the process whose /proc is @dir. */
int idmap_write(int proc_dir, const char *file, uint32_t inside,
		uint32_t outside, uint32_t count);

/*
 * idmap.c: as many lines as the list has; @first goes before them, if it is
 * not NULL.  The kernel takes a map only in one write.
 */
int idmap_write_list(int proc_dir, const char *file,
		     const struct plan_id_map *first, const struct plan *plan,
		     struct plan_list list);

#endif
