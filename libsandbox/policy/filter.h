/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The system-call filter of a sandbox: from options to a BPF program that
 * the kernel loads as it is, and to a text that people read.  No side effects;
 * the program belongs into the plan, compiled once for many launches.
 *
 * The default profile answers
 *	a call it names            as the profile says
 *	a known call it does not   EPERM
 *	a number nobody uses yet   ENOSYS, so that callers take older ways
 *	an x32 number              ENOSYS, as a kernel without x32 does: it is
 *	                           above every number in use
 *	another architecture       the process is killed
 */
#ifndef SANDBOX_POLICY_FILTER_H
#define SANDBOX_POLICY_FILTER_H

#include "base/err.h"
#include "policy/filter_model.h"

#include <linux/filter.h>
#include <stdbool.h>

enum filter_profile {
	FILTER_PROFILE_DEFAULT,
	FILTER_PROFILE_STRICT, /* without what debugs, and asks about others */
	FILTER_PROFILE_COMPAT, /* what container engines allow besides */
	FILTER_PROFILE_NONE,   /* additions alone */
};

/* A rule before those of the profile. */
struct filter_addition {
	uint32_t number; /* of the call */
	uint32_t reserved;
	struct filter_rule rule;
};

struct filter_options {
	enum syscall_arch arch;
	enum filter_profile profile;

	/* NONE: what happens to a call that no addition is about. */
	uint32_t otherwise;

	/* In the order in which they are asked; borrowed. */
	const struct filter_addition *additions;
	size_t addition_count;

	/* CAP_NET_RAW was granted: raw IPv4 and IPv6 sockets. */
	bool allow_net_raw;

	/*
	 * The payload's kernel user id is init's.  What changes another
	 * process' scheduling or limits then works on the caller alone, named
	 * as 0: RLIMIT_CPU or SCHED_IDLE would be the end of init.
	 */
	bool single_id;

	/* Namespaces may be made and entered; clone3 is there then. */
	bool allow_namespaces;

	/* What mounts, changes roots and names the host, by whom has a right.
	 */
	bool allow_mounts;
};

#define FILTER_OPTIONS_INIT                 \
	{                                   \
		.arch = SYSCALL_ARCH_NATIVE \
	}

/* BPF_MAXINSNS of the kernel. */
#define FILTER_LENGTH_MAX 4096

struct filter {
	struct sock_filter *instructions;
	unsigned short length;
};

#define FILTER_INIT     \
	{               \
		NULL, 0 \
	}

/* Fills @ret with a program that filter_done() frees; -ENOMEM, -E2BIG. */
int filter_compile(const struct filter_options *options, struct filter *ret,
		   struct err *err);

/* As filter_compile(), from any model. */
int filter_compile_model(const struct filter_model *model, struct filter *ret,
			 struct err *err);

/* Leaves an empty filter; accepts one. */
void filter_done(struct filter *filter);

/* Called with each line of the text, which has no newline. */
typedef void (*filter_line_f)(void *arg, const char *line);

/* Says in stable text what the filter of @options does; -ENOMEM. */
int filter_describe(const struct filter_options *options, filter_line_f line,
		    void *arg, struct err *err);

/* No line of filter_list() is longer; what would be is cut. */
#define FILTER_LINE_MAX 8192

/*
 * Each call in order of name, in one line with all that becomes of it; then
 * what is no call; -ENOMEM.
 */
int filter_list(const struct filter_options *options, filter_line_f print,
		void *arg, struct err *err);

/* The instruction at @index of a program, as one line. */
void filter_say_instruction(char *ret, size_t size,
			    const struct sock_filter *at, size_t index);

#endif
