/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The host's half: an engine, and the sandboxes that were started in it.
 * Knows nothing of the public types; api/ wraps these.
 */
#ifndef SANDBOX_ENGINE_ENGINE_H
#define SANDBOX_ENGINE_ENGINE_H

#include "base/cleanup.h"
#include "engine/compiled.h"
#include "engine/facts.h"
#include "engine/groups.h"
#include "engine/identity.h"
#include "engine/launcher_process.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/types.h>

struct engine {
	pid_t owner; /* the process that opened it */
	struct identity identity;
	struct facts_store facts;
	int run_dir; /* O_PATH, or NO_FD: then there are no leases */
	struct groups *groups;
	int null_device; /* for streams that are to be empty */
	uint64_t namespaces[SANDBOX_NAMESPACES]; /* ours, to compare with */
	pthread_mutex_t lock;                    /* of what follows */
	struct launcher_process launcher;
};

/* @run_dir: a path, or NULL for the user's own. */
int engine_open(const char *run_dir, struct engine **ret, struct err *err);
void engine_close(struct engine *engine);

/* The launcher's pidfd, borrowed; another after the next revival. */
int engine_health_fd(struct engine *engine);

/*
 * Sends one request to the launcher, which is started again if it has died.
 * Any thread.
 */
int engine_send(struct engine *engine, const struct launch_request *request,
		const int *fds, size_t n_fds, struct err *err);

/* Descriptors that a spec refers to by index + 1; the caller's. */
struct passed_fds {
	const int *fds;
	size_t count;
};

/* The one that a document calls @index, from 1; -EBADF if there is none. */
static inline int passed_fd(const struct passed_fds *passed, uint32_t index)
{
	return index >= 1 && index <= passed->count ? passed->fds[index - 1]
						    : -EBADF;
}

/* Sources that are less than they were preferred to be. */
struct source_notes {
	struct source_set absent;
	struct source_set nodev;  /* by the host's mount */
	struct source_set nosuid; /* likewise */
};

/* How a launch is told from its socket. */
struct live {
	pid_t owner;
	char id[LAUNCH_ID_SIZE];
	struct compiled *compiled;
	int control;    /* to init; its end kills the sandbox */
	int init_pidfd; /* or NO_FD as long as it has not been received */
	pid_t pid;      /* main process as this process sees it, 0 = unknown */
	uid_t kernel_uid; /* of the main process, as this process sees it */
	struct ready ready;
	struct source_notes notes;
	uint64_t namespaces[SANDBOX_NAMESPACES]; /* of the host */
	uint64_t start_ns;
	struct sandbox_group group;
	struct group_usage usage; /* when it has ended */
	bool executed;            /* init says so */
	bool struck;              /* by the host's own wall clock */
	bool has_ended;           /* `ended` is there */
	bool finished;            /* init has gone */
	struct ended ended;
	uint64_t finished_ns;
};

/*
 * Launches @compiled.  @passed is what its sources and streams may
 * refer to.  Blocks until the program is executed or a step has failed, and
 * then nothing is left.
 */
int live_start(struct engine *engine, struct compiled *compiled, const char *id,
	       const struct passed_fds *passed, struct live **ret,
	       struct err *err);

/* From the moment that init has said its last word, or lost its host. */
#define LIVE_GONE_TIMEOUT_MS 10000

/* 0 when it has ended, -ETIMEDOUT, -EINTR.  Negative: no limit. */
int live_wait(struct live *live, int timeout_ms);

/* Whether init has said that the program is executed, or has ended. */
bool live_is_under_way(struct live *live);

/* The last resort for an init that does not act, frozen or stopped. */
void live_kill_init(struct live *live);

int live_command(struct live *live, uint32_t kind, uint32_t value);

void live_free(struct live *live);

/* sources.c: what the plan shows of the host, one descriptor a source. */
/* source_mount.c: whether the host's mount lets the source be what it is to be.
 */
int source_check_mount(const struct plan *plan, size_t i, int fd,
		       struct source_notes *notes, struct err *err);
/* source_device.c: whether it is the device that it is to be. */
int source_check_device(const struct plan *plan, size_t i, int fd,
			struct err *err);
int sources_open(const struct engine *engine, const struct plan *plan,
		 const struct passed_fds *passed, int *ret,
		 struct source_notes *notes, struct err *err);

static inline void fds_close(int *fds, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		close_fdp(&fds[i]);
	}
}

/*
 * passed.c: puts the descriptors that the program gets into @ret, borrowed:
 * those of process.pass_fds, then that of process.exec_fd,
 * then the socket for a listener.  -errno where one
 * is not there or would lead out of the sandbox.
 */
int passed_choose(const struct plan *plan, const struct passed_fds *passed,
		  int *ret, struct err *err);

/* joins.c: the namespaces that the plan joins, into @ret. */
int joins_open(const struct plan *plan, const struct passed_fds *passed,
	       int *ret, struct err *err);

/* failure.c: the launch that reported 8 bytes, in words.  Returns -errno. */
int failure_explain(const struct plan *plan, const struct report *report,
		    struct err *err);

#endif
