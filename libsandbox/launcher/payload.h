/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the files of the payload's way to exec. */
#ifndef SANDBOX_LAUNCHER_PAYLOAD_H
#define SANDBOX_LAUNCHER_PAYLOAD_H

#include "launcher/init.h"

/* limits.c: what the main process may use and be. */
int userns_forbid(int sysctls, uint32_t *ret_most);
int userns_read(int sysctls, uint32_t *ret_most);

/* own.c: makes those of the plan again, in its user namespace; asks whose. */
int namespaces_own(const struct launch *launch, struct ready *ready);

/* That of descriptors comes when no more of them have to be opened. */
int rlimits_set(const struct plan *plan, bool of_descriptors, uint16_t *index);

/* Descriptors that stay until exec closes them. */
struct kept {
	int report;
	int status;
	int program;  /* -1: the program is found by its name */
	int notify;   /* -1: nobody gets a listener */
	int executed; /* -1: there is no need of it, see launcher.h */
	int label;    /* -1: the program gets none */
};

/*
 * descriptors.c: leaves the streams, those that the plan passes, and @kept,
 * whose members it moves out of the way.
 */
int descriptors_leave(const struct launch *launch, struct kept *kept);

/* attributes.c: each does nothing where the plan does not say so. */
int scheduling_set(const struct plan *plan);
int personality_set(const struct plan *plan);
int tsc_disable(const struct plan *plan);

/* landlock.c: paths and ports; needs no_new_privs. */
int landlock_enter(const struct plan *plan, uint16_t *index);

/*
 * label.c: what exec will give the program.  Opened early, so that no path is
 * needed when it is set; @ret is untouched where the plan has none.
 */
int label_open(const struct launch *launch, int *ret);
int label_set(const struct plan *plan, int fd);

/* privileges.c */
int ids_become(const struct launch *launch, const struct payload_ids *ids);
int bounding_set_limit(uint64_t bounding);
int capabilities_set(const struct plan *plan);
/* The listener where the plan has one, else 0; then the document's own. */
int filter_load(const struct plan *plan);
int filter_load_raw(const struct plan *plan);

/* listener.c: to the caller, who is told @id. */
int listener_send(int socket, int listener, const char *id);

/* verify.c: the cgroup namespace, where it was not made with init. */
int cgroup_namespace_make(const struct launch *launch, struct ready *ret);

/* verify.c: asks the kernel; -EPERM when it is not as the plan says. */
int surroundings_read(const struct launch *launch, struct ready *ret);
int status_open(const struct launch *launch);
int status_read(int fd, struct ready *ret);
int state_verify(const struct launch *launch, const struct payload_ids *ids,
		 const struct ready *ready);

/* exec.c: @program or, if that is -1, argv[0].  Comes back only on failure. */
int program_execute(const struct plan *plan, int program);

#endif
