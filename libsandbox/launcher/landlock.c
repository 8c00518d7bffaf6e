/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two domains, one in the other.  Init enters the one that has scopes, once the
 * root is built and before it has a child: who is in another one than this
 * cannot be signalled, so all processes of the sandbox share it.  The main
 * process enters the one that has paths and ports, when it has opened what it
 * needs; init, which still writes to /proc, could not live in that.
 */
#include "kernel/landlock.h"

#include "launcher/init.h"
#include "launcher/payload.h"

static int restrict_and_close(int ruleset, int r)
{
	if (r >= 0) {
		r = kernel_landlock_restrict(ruleset);
	}
	kernel_close(ruleset);
	return r;
}

int landlock_scope(const struct plan *plan)
{
	struct kernel_landlock_ruleset set = { .scoped =
						       plan->landlock.scoped };
	int ruleset = 0;

	if (set.scoped == 0) {
		return 0;
	}
	ruleset = kernel_landlock_create(&set);
	return ruleset < 0 ? ruleset : restrict_and_close(ruleset, 0);
}

/* As any process of the sandbox would find it, but for magic links. */
static int add_path(const struct plan *plan, int ruleset,
		    const struct plan_landlock_rule *rule)
{
	struct kernel_landlock_path path = { .access = rule->access };
	struct stat file;
	int r = 0;

	path.fd = kernel_openat2(AT_FDCWD, plan_string(plan, rule->path),
				 O_PATH, RESOLVE_NO_MAGICLINKS);
	if (path.fd < 0) {
		return path.fd;
	}
	r = kernel_fstat(path.fd, &file);
	if (r >= 0 && !S_ISDIR(file.st_mode)) {
		path.access &= KERNEL_LANDLOCK_OF_FILES;
		r = path.access == 0 ? -ENOTDIR : 0;
	}
	if (r >= 0) {
		r = kernel_landlock_add_path(ruleset, &path);
	}
	kernel_close(path.fd);
	return r;
}

static int add_rule(const struct plan *plan, int ruleset,
		    const struct plan_landlock_rule *rule)
{
	struct kernel_landlock_port port = { rule->access, rule->port };

	return rule->path != 0 ? add_path(plan, ruleset, rule)
			       : kernel_landlock_add_port(ruleset, &port);
}

int landlock_enter(const struct plan *plan, uint16_t *index)
{
	const struct plan_landlock_rule *rules =
		plan_at(plan, plan->landlock.rules.offset);
	struct kernel_landlock_ruleset set = { .fs = plan->landlock.fs,
					       .net = plan->landlock.net };
	int ruleset = 0;
	int r = 0;

	if ((set.fs | set.net) == 0) {
		return 0;
	}
	ruleset = kernel_landlock_create(&set);
	if (ruleset < 0) {
		return ruleset;
	}
	for (uint32_t i = 0; i < plan->landlock.rules.count && r >= 0; i++) {
		*index = (uint16_t)i;
		r = add_rule(plan, ruleset, &rules[i]);
	}
	if (r >= 0) {
		*index = PLAN_LANDLOCK_WHOLE;
	}
	return restrict_and_close(ruleset, r);
}
