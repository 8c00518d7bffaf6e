/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Settings of the sandbox's own namespaces: the document's, and those that
 * take the place of capabilities.  A payload's capabilities are void over its
 * network namespace, which the guard owns; so for who may have
 * CAP_NET_BIND_SERVICE no port is privileged, and for who may have CAP_NET_RAW
 * all groups of the sandbox may open a socket for ping.
 */
#include "plan/draft.h"
#include "spec/sysctl_names.h"

#include <errno.h>
#include <linux/capability.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELD      "security.sysctls"
#define PORT_START "sys/net/ipv4/ip_unprivileged_port_start"
#define PING_GROUP "sys/net/ipv4/ping_group_range"
#define ID_MAX     4294967294U

struct setting {
	char path[SYSCTL_PATH_BYTES + 4];
	const char *key; /* NULL: one of ours */
	const char *value;
};

struct settings {
	size_t count;
	struct setting list[PLAN_MAX_SYSCTLS];
	char ping[32]; /* a value as init has to write it */
};

static int compare_paths(const void *a, const void *b)
{
	const struct setting *one = a;
	const struct setting *other = b;

	return strcmp(one->path, other->path);
}

static bool is_named(const struct settings *settings, const char *path)
{
	for (size_t i = 0; i < settings->count; i++) {
		if (strcmp(settings->list[i].path, path) == 0) {
			return true;
		}
	}
	return false;
}

static bool parse_number(const char **at, uint64_t *ret)
{
	char *end = NULL;

	*at += strspn(*at, " \t");
	if (**at < '0' || **at > '9') {
		return false;
	}
	*ret = strtoull(*at, &end, 10);
	*at = end;
	return true;
}

static int parse_groups(const char *at, uint64_t *low, uint64_t *high)
{
	bool good = parse_number(&at, low) && parse_number(&at, high) &&
		    at[strspn(at, " \t")] == '\0';

	return good ? 0 : -EINVAL;
}

/* As many as the kernel lets the setting have. */
static bool are_all_groups(uint64_t low, uint64_t high)
{
	return low == 0 && high >= INT32_MAX;
}

/*
 * The kernel takes groups as the writer sees them, who is in the guard; the
 * document means those inside.  Groups that the sandbox has not are left out:
 * no process of it can have them.  1: no group is left, as in any new
 * namespace, so there is nothing to write.
 */
static int translate_ping(const struct draft *draft, struct setting *setting,
			  char *text, size_t size)
{
	const struct plan *head = &draft->builder->head;
	/* Those of EXPLICIT are one run in the guard, too. */
	bool range = head->identity == PLAN_IDENTITY_RANGE ||
		     head->identity == PLAN_IDENTITY_EXPLICIT;
	uint64_t low = 0;
	uint64_t high = 0;

	if (parse_groups(setting->value, &low, &high) < 0) {
		return draft_refuse(draft, SANDBOX_ERROR_SPEC, FIELD,
				    "%s: \"%s\" is not two group ids",
				    setting->key, setting->value);
	}
	if (low > high) {
		return 1;
	}
	if (head->identity == PLAN_IDENTITY_EXPLICIT &&
	    !are_all_groups(low, high)) {
		return draft_refuse(draft, SANDBOX_ERROR_SPEC, FIELD,
				    "%s: only \"0 2147483647\" goes with "
				    "identity.mode EXPLICIT",
				    setting->key);
	}
	if (range && low >= head->range_count) {
		return 1;
	}
	if (range) {
		high = high < head->range_count ? high : head->range_count - 1;
		(void)snprintf(text, size, "%llu %llu",
			       (unsigned long long)low + 1,
			       (unsigned long long)high + 1);
	} else if ((head->flags & PLAN_USER_BY_NAME) != 0 &&
		   !are_all_groups(low, high)) {
		return draft_refuse(draft, SANDBOX_ERROR_SPEC, FIELD,
				    "%s: with a single id, only "
				    "\"0 2147483647\" goes with a process.user "
				    "by name",
				    setting->key);
	} else if ((head->flags & PLAN_USER_BY_NAME) == 0 &&
		   (head->gid < low || head->gid > high)) {
		return 1;
	} else {
		(void)snprintf(text, size, "0 0");
	}
	setting->value = text;
	return 0;
}

static int take_named(struct draft *draft, struct settings *ret)
{
	const Sandbox__V1__Security *security = draft->security;

	for (size_t i = 0; i < security->n_sysctls; i++) {
		struct setting *setting = &ret->list[ret->count];
		char path[SYSCTL_PATH_BYTES];
		int r = 0;

		setting->key = security->sysctls[i]->key;
		setting->value = security->sysctls[i]->value;
		if (ret->count == PLAN_MAX_SYSCTLS - 2 ||
		    sysctl_path(setting->key, path) != NULL) {
			return draft_refuse(draft, SANDBOX_ERROR_SPEC, FIELD,
					    "\"%s\" is none, or one too many",
					    setting->key);
		}
		(void)snprintf(setting->path, sizeof(setting->path), "sys/%s",
			       path);
		if (strcmp(setting->path, PING_GROUP) == 0) {
			r = translate_ping(draft, setting, ret->ping,
					   sizeof(ret->ping));
		}
		if (r < 0) {
			return r;
		}
		ret->count += r == 0 ? 1 : 0;
	}
	return 0;
}

static bool names_ping(const Sandbox__V1__Security *security)
{
	for (size_t i = 0; i < security->n_sysctls; i++) {
		char path[SYSCTL_PATH_BYTES];

		if (sysctl_path(security->sysctls[i]->key, path) == NULL &&
		    strcmp(path, PING_GROUP + strlen("sys/")) == 0) {
			return true;
		}
	}
	return false;
}

static struct setting *add_ours(struct settings *ret, const char *path,
				const char *value)
{
	struct setting *setting = &ret->list[ret->count++];

	(void)snprintf(setting->path, sizeof(setting->path), "%s", path);
	setting->key = NULL;
	setting->value = value;
	return setting;
}

/* What the document says of the same setting comes before ours. */
static void take_ours(const struct draft *draft, struct settings *ret)
{
	const struct plan *head = &draft->builder->head;
	uint64_t permitted = head->capabilities.permitted;

	/* Over a network that it owns itself, they are not void. */
	if ((head->namespaces & ~head->own_namespaces & CLONE_NEWNET) == 0) {
		return;
	}
	if ((permitted >> CAP_NET_BIND_SERVICE & 1) != 0 &&
	    !is_named(ret, PORT_START)) {
		add_ours(ret, PORT_START, "0");
	}
	if ((permitted >> CAP_NET_RAW & 1) != 0 &&
	    !names_ping(draft->security)) {
		/* All groups: that cannot fail. */
		(void)translate_ping(draft,
				     add_ours(ret, PING_GROUP, "0 2147483647"),
				     ret->ping, sizeof(ret->ping));
	}
}

int decide_sysctls(struct draft *draft)
{
	struct builder *builder = draft->builder;
	struct settings *settings = calloc(1, sizeof(*settings));
	struct plan_sysctl list[PLAN_MAX_SYSCTLS];
	bool optional = draft_prefers(draft, FIELD);
	int r = 0;

	if (settings == NULL) {
		return err_set(draft->err, SANDBOX_ERROR_RESOURCE, ENOMEM,
			       "out of memory");
	}
	r = take_named(draft, settings);
	if (r >= 0) {
		take_ours(draft, settings);
		/* A map has no order of its own, and "all" comes first so. */
		qsort(settings->list, settings->count,
		      sizeof(settings->list[0]), compare_paths);
	}
	for (size_t i = 0; r >= 0 && i < settings->count; i++) {
		const struct setting *setting = &settings->list[i];

		list[i] = (struct plan_sysctl){
			.path = builder_string(builder, setting->path),
			.value = builder_string(builder, setting->value),
			.key = builder_optional(builder, setting->key),
			.flags = setting->key == NULL ? PLAN_SYSCTL_OURS
				 : optional           ? PLAN_SYSCTL_OPTIONAL
						      : 0,
		};
	}
	if (r >= 0) {
		builder->head.sysctls = builder_list(
			builder, list, settings->count, sizeof(list[0]));
	}
	free(settings);
	return r;
}
