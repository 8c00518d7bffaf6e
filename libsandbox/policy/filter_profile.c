/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The argument rules of the default profile, and the model that they make
 * together with the groups of syscall_classes.c.
 *
 * The kernel reads these arguments as 32 bits, so only those are compared: a
 * rule on all 64 would be passed by setting a bit that the kernel ignores.
 */
#include "base/array.h"
#include "policy/filter.h"
#include "policy/filter_additions.h"

#include <errno.h>
#include <linux/ioprio.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/socket.h>

#define REFUSED FILTER_ERRNO(EPERM)
#define ABSENT  FILTER_ERRNO(ENOSYS)

/* A 32-bit argument equals a value; some of its bits do. */
#define IS(argument, value) BITS(argument, 0xffffffff, value)
#define BITS(argument, mask, value)                           \
	{                                                     \
		(argument), FILTER_MASKED_EQ, (value), (mask) \
	}
#define ALLOW_IF_1(a)            \
	{                        \
		FILTER_ALLOW, 1, \
		{                \
			a        \
		}                \
	}
#define ALLOW_IF_2(a, b)         \
	{                        \
		FILTER_ALLOW, 2, \
		{                \
			a, b     \
		}                \
	}
#define ALLOW_IF_3(a, b, c)      \
	{                        \
		FILTER_ALLOW, 3, \
		{                \
			a, b, c  \
		}                \
	}

/*
 * Every CLONE_NEW...; CLONE_NEWTIME is part of the exit signal here and no
 * namespace, but no signal has that bit either.
 */
#define NAMESPACES                                                 \
	((uint32_t)(CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | \
		    CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID |  \
		    CLONE_NEWNET | 0x80 /* CLONE_NEWTIME */))

/* The flags in a socket's type are free, the type itself is not. */
#define SOCKET_TYPE_MASK \
	(0xffffffff & ~(uint32_t)(SOCK_NONBLOCK | SOCK_CLOEXEC))
#define FAMILY(family)     IS(0, family)
#define TYPE(type)         BITS(1, SOCKET_TYPE_MASK, type)
#define PROTOCOL(protocol) IS(2, protocol)
#define SOCKET(family, type, protocol) \
	ALLOW_IF_3(FAMILY(family), TYPE(type), PROTOCOL(protocol))

static const struct filter_rule clone_rules[] = {
	ALLOW_IF_1(BITS(0, NAMESPACES, 0)),
};

/*
 * These put characters into a terminal's input, switch consoles, change line
 * disciplines (which loads modules), and redirect the console.
 */
static const struct filter_rule ioctl_rules[] = {
	{ REFUSED, 1, { IS(1, 0x5412) } }, /* TIOCSTI */
	{ REFUSED, 1, { IS(1, 0x541c) } }, /* TIOCLINUX */
	{ REFUSED, 1, { IS(1, 0x541d) } }, /* TIOCCONS */
	{ REFUSED, 1, { IS(1, 0x5423) } }, /* TIOCSETD */
};

/* Nothing that weakens address layout or makes readable memory executable. */
static const struct filter_rule personality_rules[] = {
	ALLOW_IF_1(IS(0, 0)),          /* PER_LINUX */
	ALLOW_IF_1(IS(0, 0x8)),        /* PER_LINUX32 */
	ALLOW_IF_1(IS(0, 0x20000)),    /* UNAME26 */
	ALLOW_IF_1(IS(0, 0x20008)),    /* UNAME26 with PER_LINUX32 */
	ALLOW_IF_1(IS(0, 0xffffffff)), /* only asks */
};

/*
 * Netlink is for routes alone (protocol 0), and its raw type is what the C
 * library's getifaddrs() asks for; it needs no capability.  Raw IP is the
 * first and the last rule, which are left out unless CAP_NET_RAW was granted:
 * there each stands beside its family.
 */
static const struct filter_rule socket_rules[] = {
	ALLOW_IF_2(FAMILY(AF_INET), TYPE(SOCK_RAW)),
	SOCKET(AF_INET, SOCK_STREAM, 0),
	SOCKET(AF_INET, SOCK_STREAM, 6 /* TCP */),
	SOCKET(AF_INET, SOCK_DGRAM, 0),
	SOCKET(AF_INET, SOCK_DGRAM, 17 /* UDP */),
	SOCKET(AF_INET, SOCK_DGRAM, 1 /* ICMP, for ping */),
	ALLOW_IF_2(FAMILY(AF_UNIX), TYPE(SOCK_STREAM)),
	ALLOW_IF_2(FAMILY(AF_UNIX), TYPE(SOCK_DGRAM)),
	ALLOW_IF_2(FAMILY(AF_UNIX), TYPE(SOCK_SEQPACKET)),
	SOCKET(AF_NETLINK, SOCK_RAW, 0),
	SOCKET(AF_NETLINK, SOCK_DGRAM, 0),
	SOCKET(AF_INET6, SOCK_STREAM, 0),
	SOCKET(AF_INET6, SOCK_STREAM, 6 /* TCP */),
	SOCKET(AF_INET6, SOCK_DGRAM, 0),
	SOCKET(AF_INET6, SOCK_DGRAM, 17 /* UDP */),
	SOCKET(AF_INET6, SOCK_DGRAM, 58 /* ICMPv6, for ping */),
	ALLOW_IF_2(FAMILY(AF_INET6), TYPE(SOCK_RAW)),
};

static const struct filter_rule socketpair_rules[] = {
	ALLOW_IF_1(FAMILY(AF_UNIX)),
};

static const struct filter_rule self_rules[] = {
	ALLOW_IF_1(IS(0, 0)),
};

static const struct filter_rule self_priority_rules[] = {
	ALLOW_IF_2(IS(0, 0 /* PRIO_PROCESS */), IS(1, 0)),
};

static const struct filter_rule self_ioprio_rules[] = {
	ALLOW_IF_2(IS(0, IOPRIO_WHO_PROCESS), IS(1, 0)),
};

/* Container engines leave out virtual machines and the kernel's crypto. */
static const struct filter_rule compat_socket_rules[] = {
	{ REFUSED, 1, { IS(0, 38) } }, /* AF_ALG */
	{ REFUSED, 1, { IS(0, 40) } }, /* AF_VSOCK */
};

_Static_assert(ARRAY_SIZE(socket_rules) <= PROFILE_RULES_MAX,
	       "the longest list has room beside additions");

struct group_policy {
	uint32_t otherwise;
	const struct filter_rule *rules;
	size_t rule_count;
};

#define PLAIN(verdict)             \
	{                          \
		(verdict), NULL, 0 \
	}
#define RULES(otherwise, rules)                         \
	{                                               \
		(otherwise), (rules), ARRAY_SIZE(rules) \
	}

static const struct group_policy group_policies[SYSCALL_GROUPS] = {
	[SYSCALL_REFUSED] = PLAIN(REFUSED),
	[SYSCALL_ALLOWED] = PLAIN(FILTER_ALLOW),
	[SYSCALL_ABSENT] = PLAIN(ABSENT),
	[SYSCALL_CLONE] = RULES(REFUSED, clone_rules),
	[SYSCALL_IOCTL] = RULES(FILTER_ALLOW, ioctl_rules),
	[SYSCALL_PERSONALITY] = RULES(REFUSED, personality_rules),
	[SYSCALL_SOCKET] = RULES(REFUSED, socket_rules),
	[SYSCALL_SOCKETPAIR] = RULES(REFUSED, socketpair_rules),
	[SYSCALL_OF_PROCESS] = RULES(REFUSED, self_rules),
	[SYSCALL_PRIORITY] = RULES(REFUSED, self_priority_rules),
	[SYSCALL_IOPRIO] = RULES(REFUSED, self_ioprio_rules),
};

static struct group_policy policy_of(enum syscall_group group,
				     const struct filter_options *options)
{
	struct group_policy policy = group_policies[group];

	if (group >= SYSCALL_OF_PROCESS && !options->single_id) {
		policy = group_policies[SYSCALL_ALLOWED];
	}
	if (group == SYSCALL_SOCKET && !options->allow_net_raw) {
		policy.rules++;
		policy.rule_count -= 2;
	}
	return policy;
}

static struct group_policy compat_policy(const struct syscall_row *row,
					 struct group_policy usual)
{
	static const struct group_policy sockets =
		RULES(FILTER_ALLOW, compat_socket_rules);

	if (row->group == SYSCALL_SOCKET || row->group == SYSCALL_SOCKETPAIR) {
		return sockets;
	}
	return filter_compat_allows(row->name) ? group_policies[SYSCALL_ALLOWED]
					       : usual;
}

/* What the options allow besides, whatever the profile says of it. */
static bool is_allowed(const struct syscall_row *row,
		       const struct filter_options *options)
{
	return (options->allow_namespaces &&
		filter_makes_namespaces(row->name)) ||
	       (options->allow_mounts && filter_mounts(row->name));
}

static struct filter_call call_of(const struct syscall_row *row,
				  const struct filter_options *options)
{
	struct group_policy policy =
		policy_of((enum syscall_group)row->group, options);

	if (options->profile == FILTER_PROFILE_NONE) {
		policy = (struct group_policy)PLAIN(options->otherwise);
	} else if (is_allowed(row, options)) {
		policy = group_policies[SYSCALL_ALLOWED];
	} else if (options->profile == FILTER_PROFILE_STRICT &&
		   filter_strict_refuses(row->name)) {
		policy = group_policies[SYSCALL_REFUSED];
	} else if (options->profile == FILTER_PROFILE_COMPAT) {
		policy = compat_policy(row, policy);
	}
	return (struct filter_call){
		.number = (uint32_t)row->number[options->arch],
		.otherwise = policy.otherwise,
		.rules = policy.rules,
		.rule_count = policy.rule_count,
	};
}

struct filter_model *filter_model_new(const struct filter_options *options)
{
	const struct syscall_list *list = &syscall_by_number[options->arch];
	/* Behind the calls: the rules of those that have additions. */
	struct filter_model *model =
		malloc(sizeof(*model) + list->count * sizeof(model->calls[0]) +
		       filter_additions_room(options));
	struct filter_rule *room;

	if (model == NULL) {
		return NULL;
	}
	model->arch = options->arch;
	model->foreign = FILTER_KILL;
	model->unknown = options->profile == FILTER_PROFILE_NONE
				 ? options->otherwise
				 : ABSENT;
	model->call_count = list->count;
	room = (struct filter_rule *)(void *)&model->calls[list->count];
	for (size_t i = 0; i < list->count; i++) {
		model->calls[i] =
			call_of(&syscall_rows[list->rows[i]], options);
		room = filter_additions_put(options, &model->calls[i], room);
	}
	return model;
}
