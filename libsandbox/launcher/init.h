/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sandbox's init: pid 1, in the guard user namespace, never executed,
 * never dumpable but for one window, and without any capability once the
 * payload runs.
 */
#ifndef SANDBOX_LAUNCHER_INIT_H
#define SANDBOX_LAUNCHER_INIT_H

#include "launcher/launcher.h"

#include <stddef.h>

__attribute__((noreturn)) void init_main(struct launch *launch);

/* root.c: the tree of the sandbox.  On failure *step and *index say where. */
int root_build(struct launch *launch, unsigned int *step, uint16_t *index);

/* landlock.c: of init and all that come from it; scopes alone. */
int landlock_scope(const struct plan *plan);

/* sysctl.c: writes one digit; the number that is in force then, or -errno. */
long sysctl_set(int proc, const char *path, const char *digit);
long sysctl_get(int proc, const char *path);
/* All of the plan, each read back; counts those that were left out. */
int sysctls_write(struct launch *launch, uint16_t *index);

/*
 * clocks.c: a time namespace for the main process, before that is cloned; init
 * stays on the host's clocks.  *index is 0 for the monotonic clock and 1 for
 * the time since boot.
 */
int clocks_prepare(struct launch *launch, uint16_t *index);
/* Of the payload: it is where it should be, or -EPERM. */
int clocks_verify(const struct launch *launch);
/* Of the payload: CLOCK_MONOTONIC as the host has it. */
uint64_t clocks_now_ns(const struct launch *launch);

/* network.c */
struct network {
	const struct launch *launch;
	int pid;      /* of the helper, 0 = there is none to be made */
	int result;   /* the namespace, or -errno */
	int loopback; /* how bringing it up went, once it is reaped */
	uint32_t done;
	_Alignas(16) char stack[2048];
};

/* The loopback of this network namespace up, and seen to be up. */
int network_loopback_up(void);

/* Begins to make the sandbox's network namespace. */
int network_start(struct launch *launch, struct network *network);
/* Waits until it is made, and enters it. */
int network_join(struct network *network);
/* Reaps the helper, which had init's capabilities: the loopback is up. */
int network_finish(const struct network *network);

/*
 * payload.c: the first process, in its own user namespace.  Until it executes
 * the program it shares init's memory, but has a stack of its own, so nothing
 * is copied for it.  It reads this and writes nothing but its own stack.
 */
struct payload {
	const struct launch *launch;
	int go;     /* eventfd: written when the ids are mapped */
	int lookup; /* pipe to init: the ids its user name stands for, or -1 */
};

/* What the payload found in the sandbox's own passwd and group files. */
struct payload_ids {
	uint32_t uid;
	uint32_t gid;
};

/* @argument: struct payload, valid until init is told of the exec or end. */
void payload_main(void *argument);

/* What payload_main() needs at most, with room to spare. */
#define PAYLOAD_STACK_SIZE (56 * 1024)

/* cgroup.c: puts @pid into the groups; *index says which refused it. */
int group_enter(const struct launch *launch, int pid, uint16_t *index);

/* What tells of a shortage of memory; negative where there is none. */
struct group_watch {
	int events; /* a file with the counts, POLLPRI in version 2 */
	int signal; /* version 1: an eventfd */
};
struct group_watch group_watch(const struct launch *launch);
/* How many processes the kernel has killed for it. */
uint64_t group_oom_kills(const struct group_watch *watch);
/* Whether a process that ended with @status was one of them. */
bool group_oom_victim(const struct group_watch *watch, int status);

/* user.c: below "/", as any process of the sandbox would see it. */
int user_find(const char *user, const char *group, struct payload_ids *ret);

/* Memory that init gives back when the payload has left it. */
struct scratch {
	char *start;
	size_t size;
	/* The kernel clears it when the payload executes or ends. */
	uint32_t in_use;
};

/* supervise.c: until the sandbox has ended; the answer is init's last word. */
__attribute__((noreturn)) void supervise(const struct launch *launch,
					 int main_pid, struct scratch *scratch);

/* init.c: id of the guard namespace that an id inside stands for. */
uint32_t guard_uid(const struct launch *launch, uint32_t inside);
uint32_t guard_gid(const struct launch *launch, uint32_t inside);

/*
 * attributes.c: what only the launcher of root may ask for, set on init @pid
 * before it clones the main process, which inherits it; and given back.
 */
int scheduling_lend(const struct launch *launch, int pid);
int scheduling_return(const struct launch *launch);

/*
 * descriptors.c: closes all from @first on but @keep, of which it changes the
 * order; a negative one is none.
 */
int descriptors_close_but(unsigned int first, int *keep, size_t count);

#endif
