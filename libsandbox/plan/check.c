/* SPDX-License-Identifier: Apache-2.0 */
/* Bounds of a plan; freestanding: no allocation, no library, no calls. */
#include "plan/check.h"

#include "plan/cgroup_setting.h"

#include <errno.h>
#include <linux/filter.h>
#include <sched.h>
#include <stdbool.h>

/* Numbers of things that the kernel has; a plan never holds a higher one. */
#define RLIMIT_KINDS 16U
#define MAP_EXTENTS  340U

_Static_assert(sizeof(struct plan) % 8 == 0, "what follows is aligned");
_Static_assert(sizeof(struct plan_op) % 8 == 0, "so is the next element");
_Static_assert(sizeof(struct plan_rlimit) % 8 == 0, "so is the next element");

static bool string_ok(const struct plan *plan, plan_offset offset)
{
	const char *bytes = (const char *)plan;

	if (offset < sizeof(*plan) || offset >= plan->size) {
		return false;
	}
	for (uint32_t i = offset; i < plan->size; i++) {
		if (bytes[i] == '\0') {
			return true;
		}
	}
	return false;
}

static bool optional_ok(const struct plan *plan, plan_offset offset)
{
	return offset == 0 || string_ok(plan, offset);
}

static bool absolute_ok(const struct plan *plan, plan_offset offset)
{
	return string_ok(plan, offset) && *plan_string(plan, offset) == '/';
}

static bool bytes_ok(const struct plan *plan, plan_offset offset, uint64_t size)
{
	return offset >= sizeof(*plan) && offset <= plan->size &&
	       size <= plan->size - offset;
}

static bool list_ok(const struct plan *plan, struct plan_list list,
		    uint32_t element_size, uint32_t max)
{
	if (list.count == 0) {
		return list.offset == 0;
	}
	return list.count <= max && list.offset % 8 == 0 &&
	       bytes_ok(plan, list.offset, (uint64_t)list.count * element_size);
}

static bool strings_ok(const struct plan *plan, struct plan_list list)
{
	const plan_offset *offsets = plan_at(plan, list.offset);

	if (!list_ok(plan, list, sizeof(*offsets), PLAN_MAX_STRINGS)) {
		return false;
	}
	for (uint32_t i = 0; i < list.count; i++) {
		if (!string_ok(plan, offsets[i])) {
			return false;
		}
	}
	return true;
}

static bool is_root(uint32_t kind)
{
	return kind == PLAN_OP_ROOT_TMPFS || kind == PLAN_OP_ROOT_TREE ||
	       kind == PLAN_OP_ROOT_OVERLAY;
}

static uint32_t most_sources(uint32_t kind)
{
	switch (kind) {
	case PLAN_OP_BIND:
	case PLAN_OP_ROOT_TREE:
	case PLAN_OP_DEVICE:
	case PLAN_OP_SYSFS:
		return 1;
	case PLAN_OP_ROOT_OVERLAY:
	case PLAN_OP_OVERLAY:
		return PLAN_MAX_SOURCES;
	default:
		return 0;
	}
}

/* A source is where the kind needs one, and only there, and is this op's. */
static bool op_source_ok(const struct plan *plan, uint32_t index)
{
	const struct plan_op *op = &plan_ops(plan)[index];
	uint32_t most = most_sources(op->kind);

	if (most == 0 || op->n_sources == 0) {
		return most == 0 && op->source == -1 && op->n_sources == 0;
	}
	if (op->source < 0 || op->n_sources > most ||
	    (uint32_t)op->source + op->n_sources > plan->sources.count) {
		return false;
	}
	for (uint32_t i = 0; i < op->n_sources; i++) {
		if (plan_sources(plan)[(uint32_t)op->source + i].op != index) {
			return false;
		}
	}
	return true;
}

static bool op_ok(const struct plan *plan, uint32_t index)
{
	const struct plan_op *op = &plan_ops(plan)[index];

	if (op->kind > PLAN_OP_LAST || is_root(op->kind) != (index == 0) ||
	    !absolute_ok(plan, op->target) || !op_source_ok(plan, index)) {
		return false;
	}
	if (op->kind == PLAN_OP_SYMLINK) {
		return string_ok(plan, op->text);
	}
	if (op->kind == PLAN_OP_FILE && op->text_size != 0) {
		return bytes_ok(plan, op->text, op->text_size);
	}
	return op->text == 0 && op->text_size == 0;
}

static bool ops_ok(const struct plan *plan)
{
	if (plan->ops.count == 0 ||
	    !list_ok(plan, plan->ops, sizeof(struct plan_op), PLAN_MAX_OPS) ||
	    !list_ok(plan, plan->sources, sizeof(struct plan_source),
		     PLAN_MAX_SOURCES)) {
		return false;
	}
	for (uint32_t i = 0; i < plan->ops.count; i++) {
		if (!op_ok(plan, i)) {
			return false;
		}
	}
	return true;
}

/* A path or a descriptor, not both. */
static bool sources_ok(const struct plan *plan)
{
	const struct plan_source *sources = plan_sources(plan);

	for (uint32_t i = 0; i < plan->sources.count; i++) {
		bool by_path = sources[i].path != 0;

		if (by_path == (sources[i].fd_index != 0) ||
		    sources[i].op >= plan->ops.count ||
		    (by_path && !absolute_ok(plan, sources[i].path))) {
			return false;
		}
	}
	return true;
}

static bool maps_ok(const struct plan *plan)
{
	bool range = plan->identity == PLAN_IDENTITY_RANGE ||
		     plan->identity == PLAN_IDENTITY_EXPLICIT;
	bool given = plan->identity == PLAN_IDENTITY_EXPLICIT;

	return plan->identity <= PLAN_IDENTITY_EXPLICIT &&
	       list_ok(plan, plan->guard_uid_map, sizeof(struct plan_id_map),
		       MAP_EXTENTS - 1) &&
	       list_ok(plan, plan->guard_gid_map, sizeof(struct plan_id_map),
		       MAP_EXTENTS - 1) &&
	       given == (plan->guard_uid_map.count != 0) &&
	       given == (plan->guard_gid_map.count != 0) &&
	       list_ok(plan, plan->uid_map, sizeof(struct plan_id_map),
		       MAP_EXTENTS) &&
	       list_ok(plan, plan->gid_map, sizeof(struct plan_id_map),
		       MAP_EXTENTS) &&
	       range == (plan->uid_map.count != 0) &&
	       range == (plan->gid_map.count != 0) &&
	       range == (plan->range_count != 0);
}

static bool limits_ok(const struct plan *plan)
{
	const struct plan_rlimit *rlimits = plan_at(plan, plan->rlimits.offset);

	if (!list_ok(plan, plan->rlimits, sizeof(*rlimits), RLIMIT_KINDS)) {
		return false;
	}
	for (uint32_t i = 0; i < plan->rlimits.count; i++) {
		if (rlimits[i].resource >= RLIMIT_KINDS ||
		    rlimits[i].soft > rlimits[i].hard) {
			return false;
		}
	}
	return (plan->filter.count == 0) ==
		       ((plan->flags & PLAN_UNFILTERED) != 0) &&
	       list_ok(plan, plan->filter, sizeof(struct sock_filter),
		       BPF_MAXINSNS) &&
	       list_ok(plan, plan->filter_raw, sizeof(struct sock_filter),
		       BPF_MAXINSNS) &&
	       list_ok(plan, plan->filter_rules, 1, PLAN_MAX_SIZE) &&
	       strings_ok(plan, plan->filter_unknown);
}

static bool stdio_ok(const struct plan *plan)
{
	for (int i = 0; i < 3; i++) {
		const struct plan_stdio *end = &plan->stdio[i];

		if (end->kind > PLAN_STDIO_FD ||
		    (end->kind == PLAN_STDIO_FD) != (end->fd_index != 0)) {
			return false;
		}
	}
	return true;
}

static bool process_ok(const struct plan *plan)
{
	bool by_name = (plan->flags & PLAN_USER_BY_NAME) != 0;

	return plan->argv.count != 0 && strings_ok(plan, plan->argv) &&
	       strings_ok(plan, plan->env) && absolute_ok(plan, plan->cwd) &&
	       string_ok(plan, plan->default_path) &&
	       optional_ok(plan, plan->hostname) &&
	       by_name == (plan->user_name != 0) &&
	       optional_ok(plan, plan->user_name) &&
	       optional_ok(plan, plan->group_name);
}

/* Numbers go up from the first after the streams, so none is there twice. */
static bool passed_ok(const struct plan *plan)
{
	const struct plan_passed *passed = plan_at(plan, plan->passed.offset);
	uint32_t least = 3;

	if (!list_ok(plan, plan->passed, sizeof(*passed), PLAN_MAX_PASSED)) {
		return false;
	}
	for (uint32_t i = 0; i < plan->passed.count; i++) {
		if (passed[i].fd_index == 0 || passed[i].inside < least ||
		    passed[i].inside > PLAN_PASSED_LAST) {
			return false;
		}
		least = passed[i].inside + 1;
	}
	return true;
}

static bool joins_ok(const struct plan *plan)
{
	if (plan->n_joins > PLAN_MAX_JOINS) {
		return false;
	}
	for (uint32_t i = 0; i < plan->n_joins; i++) {
		const struct plan_join *join = &plan->joins[i];

		if ((join->path != 0) == (join->fd_index != 0) ||
		    (join->path != 0 && !absolute_ok(plan, join->path)) ||
		    (plan->namespaces & join->type) != 0) {
			return false;
		}
	}
	return (plan->own_namespaces &
		~(plan->namespaces |
		  ((plan->flags & PLAN_CGROUPNS_LATE) != 0 ? CLONE_NEWCGROUP
							   : 0))) == 0;
}

static bool landlock_ok(const struct plan *plan)
{
	const struct plan_landlock_rule *rules =
		plan_at(plan, plan->landlock.rules.offset);

	if (!list_ok(plan, plan->landlock.rules, sizeof(*rules),
		     PLAN_MAX_LANDLOCK_RULES)) {
		return false;
	}
	for (uint32_t i = 0; i < plan->landlock.rules.count; i++) {
		if (rules[i].path != 0 && !absolute_ok(plan, rules[i].path)) {
			return false;
		}
	}
	return true;
}

static bool sysctls_ok(const struct plan *plan)
{
	const struct plan_sysctl *sysctls = plan_at(plan, plan->sysctls.offset);

	if (!list_ok(plan, plan->sysctls, sizeof(*sysctls), PLAN_MAX_SYSCTLS)) {
		return false;
	}
	for (uint32_t i = 0; i < plan->sysctls.count; i++) {
		if (!string_ok(plan, sysctls[i].path) ||
		    !string_ok(plan, sysctls[i].value) ||
		    !optional_ok(plan, sysctls[i].key)) {
			return false;
		}
	}
	return true;
}

static bool cgroup_ok(const struct plan *plan)
{
	const struct plan_cgroup_setting *settings =
		plan_at(plan, plan->cgroup.offset);

	if (!list_ok(plan, plan->cgroup, sizeof(*settings),
		     PLAN_MAX_CGROUP_SETTINGS)) {
		return false;
	}
	for (uint32_t i = 0; i < plan->cgroup.count; i++) {
		if (!string_ok(plan, settings[i].file) ||
		    !string_ok(plan, settings[i].value) ||
		    !string_ok(plan, settings[i].field)) {
			return false;
		}
	}
	return true;
}

static bool attributes_ok(const struct plan *plan)
{
	return list_ok(plan, plan->groups, sizeof(uint32_t), PLAN_MAX_GROUPS) &&
	       list_ok(plan, plan->scheduling.cpus, sizeof(uint64_t),
		       PLAN_MAX_CPUS);
}

static bool label_ok(const struct plan *plan)
{
	if (plan->label_kind == PLAN_LABEL_NONE) {
		return plan->label == 0 && plan->label_skip == 0;
	}
	return plan->label_kind <= PLAN_LABEL_SELINUX &&
	       string_ok(plan, plan->label) &&
	       string_ok(plan, plan->label + plan->label_skip);
}

int plan_check(const struct plan *plan, size_t size)
{
	if (size < sizeof(*plan) || size > PLAN_MAX_SIZE ||
	    plan->magic != PLAN_MAGIC || plan->size != size) {
		return -EINVAL;
	}
	if (!ops_ok(plan) || !sources_ok(plan) || !maps_ok(plan) ||
	    !limits_ok(plan) || !stdio_ok(plan) || !process_ok(plan) ||
	    !passed_ok(plan) || !attributes_ok(plan) || !joins_ok(plan) ||
	    !landlock_ok(plan) || !sysctls_ok(plan) || !cgroup_ok(plan) ||
	    !label_ok(plan)) {
		return -EINVAL;
	}
	return 0;
}
