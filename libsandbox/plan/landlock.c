/* SPDX-License-Identifier: Apache-2.0 */
/* Landlock: which domains, by what this kernel's version of it can do. */
#include "base/cleanup.h"
#include "plan/draft.h"
#include "spec/landlock_names.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

#define LANDLOCK_FIELD "security.landlock"

/* Rights in the order of their bits; a version knows the first so many. */
#define ALL_RIGHTS_ABI_3 ((UINT64_C(1) << 15) - 1)
#define RIGHT_IOCTL_DEV  (UINT64_C(1) << 15)
#define BIND_TCP         UINT64_C(1)
#define CONNECT_TCP      UINT64_C(2)
#define SCOPE_ABSTRACT   UINT64_C(1)
#define SCOPE_SIGNAL     UINT64_C(2)

/* A version below which files could still be cut to nothing. */
#define ABI_PATHS  3
#define ABI_PORTS  4
#define ABI_IOCTL  5
#define ABI_SCOPES 6

typedef Sandbox__V1__Landlock landlock_spec;

/* 1: go on; 0: left out, as preferred; or refused. */
static int need_abi(const struct draft *draft, const char *field, uint32_t abi)
{
	uint32_t found = draft->facts->landlock_abi;

	if (found >= abi) {
		return 1;
	}
	if (draft_prefers(draft, field)) {
		draft->builder->head.left_out |= PLAN_LEFT_LANDLOCK;
		return 0;
	}
	if (found == 0) {
		return draft_refuse(draft, SANDBOX_ERROR_UNSUPPORTED, field,
				    "this kernel has no Landlock");
	}
	return draft_refuse(draft, SANDBOX_ERROR_UNSUPPORTED, field,
			    "takes version %u of Landlock, and this kernel has "
			    "%u",
			    abi, found);
}

/* Without the rights that this version does not hold anybody to. */
static uint64_t access_of(const Sandbox__V1__LandlockPath *path,
			  uint64_t handled)
{
	uint64_t access = 0;

	for (size_t i = 0; i < path->n_access; i++) {
		access |= landlock_access(path->access[i]);
	}
	return access & handled;
}

static int add_paths(struct draft *draft, const landlock_spec *spec,
		     struct plan_landlock_rule *rules, size_t *count)
{
	struct plan_landlock *ret = &draft->builder->head.landlock;
	int r = spec->n_paths == 0
			? 0
			: need_abi(draft, LANDLOCK_FIELD ".paths", ABI_PATHS);

	if (r <= 0) {
		return r;
	}
	ret->fs = ALL_RIGHTS_ABI_3;
	if (draft->facts->landlock_abi >= ABI_IOCTL) {
		ret->fs |= RIGHT_IOCTL_DEV;
	}
	for (size_t i = 0; i < spec->n_paths; i++) {
		uint64_t access = access_of(spec->paths[i], ret->fs);

		if (access != 0) {
			rules[(*count)++] = (struct plan_landlock_rule){
				.access = access,
				.path = builder_string(draft->builder,
						       spec->paths[i]->path),
				.element = (uint32_t)i,
			};
		}
	}
	return 0;
}

struct ports {
	const char *field;
	const uint32_t *list;
	size_t count;
	uint64_t right;
};

static int add_ports(struct draft *draft, const struct ports *ports,
		     struct plan_landlock_rule *rules, size_t *count)
{
	const landlock_spec *spec = draft->security->landlock;
	int r = 0;

	if (ports->count == 0 && !spec->restrict_network) {
		return 0;
	}
	r = need_abi(draft, ports->field, ABI_PORTS);
	if (r <= 0) {
		return r;
	}
	draft->builder->head.landlock.net |= ports->right;
	for (size_t i = 0; i < ports->count; i++) {
		rules[(*count)++] = (struct plan_landlock_rule){
			.access = ports->right,
			.port = ports->list[i],
			.element = (uint32_t)i,
		};
	}
	return 0;
}

/* Without scopes the sandbox's own namespaces do the same, where it has them.
 */
static int decide_scopes(struct draft *draft, const landlock_spec *spec)
{
	struct plan *head = &draft->builder->head;
	int r = 0;

	if (!spec->allow_abstract_sockets &&
	    (draft->facts->landlock_abi >= ABI_SCOPES ||
	     (head->namespaces & CLONE_NEWNET) == 0)) {
		r = need_abi(draft, LANDLOCK_FIELD ".allow_abstract_sockets",
			     ABI_SCOPES);
		head->landlock.scoped |= r > 0 ? SCOPE_ABSTRACT : 0;
	}
	if (r >= 0 && !spec->allow_signals_out &&
	    (draft->facts->landlock_abi >= ABI_SCOPES ||
	     (head->namespaces & CLONE_NEWPID) == 0)) {
		r = need_abi(draft, LANDLOCK_FIELD ".allow_signals_out",
			     ABI_SCOPES);
		head->landlock.scoped |= r > 0 ? SCOPE_SIGNAL : 0;
	}
	return r < 0 ? r : 0;
}

static int decide_rules(struct draft *draft, const landlock_spec *spec,
			struct plan_landlock_rule *rules, size_t *count)
{
	const struct ports bind = { LANDLOCK_FIELD ".bind_tcp", spec->bind_tcp,
				    spec->n_bind_tcp, BIND_TCP };
	const struct ports connect = { LANDLOCK_FIELD ".connect_tcp",
				       spec->connect_tcp, spec->n_connect_tcp,
				       CONNECT_TCP };
	int r = add_paths(draft, spec, rules, count);

	if (r >= 0) {
		r = add_ports(draft, &bind, rules, count);
	}
	if (r >= 0) {
		r = add_ports(draft, &connect, rules, count);
	}
	return r < 0 ? r : decide_scopes(draft, spec);
}

int decide_landlock(struct draft *draft)
{
	const landlock_spec *spec = draft->security->landlock;
	_cleanup_free_ struct plan_landlock_rule *rules = NULL;
	size_t count = 0;
	int r = 0;

	if (spec == NULL) {
		return 0;
	}
	r = need_abi(draft, LANDLOCK_FIELD, 1);
	if (r <= 0) {
		return r;
	}
	rules = calloc(spec->n_paths + spec->n_bind_tcp + spec->n_connect_tcp +
			       1,
		       sizeof(*rules));
	if (rules == NULL) {
		return err_set(draft->err, SANDBOX_ERROR_RESOURCE, ENOMEM,
			       "out of memory");
	}
	r = decide_rules(draft, spec, rules, &count);
	draft->builder->head.landlock.abi = draft->facts->landlock_abi;
	draft->builder->head.landlock.rules =
		builder_list(draft->builder, rules, count, sizeof(rules[0]));
	return r;
}
