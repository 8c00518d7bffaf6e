/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Maps of the document's.  Two user namespaces stand one in the other, so each
 * run of ids becomes two: from inside to the guard, where they are counted from
 * 1 because 0 is init's alone, and from there to the launcher's namespace.
 * Init's own id is leased from the engine's pool, so that no payload has it.
 */
#include "base/array.h"
#include "plan/draft.h"

#include <stdarg.h>
#include <stdio.h>

/* The kernel takes a map in one write of less than a page. */
#define MAP_BYTES_MAX 4095U

/* The kernel's most is 340, and one of them is init's. */
#define RUNS_MAX 339U

typedef Sandbox__V1__IdMap run_spec;

struct side {
	const char *name; /* "uid" */
	run_spec *const *runs;
	size_t count;
	const struct plan_id_map *host;
	uint32_t n_host;
	uint32_t own; /* the caller's */
	struct plan_id_map inner[RUNS_MAX];
	struct plan_id_map outer[RUNS_MAX];
	uint32_t total;
};

bool draft_is_mapped(const struct draft *draft, enum id_kind kind, uint32_t id)
{
	const struct builder *builder = draft->builder;
	struct plan_list list = kind == ID_OF_USER ? builder->head.uid_map
						   : builder->head.gid_map;
	/* It is still the builder's, and aligned there. */
	const void *maps = builder->bytes + list.offset;

	if (list.count == 0) {
		return true;
	}
	return plan_map_find(maps, list.count, id) != 0;
}

__attribute__((format(printf, 5, 6))) static int refuse(
	const struct draft *draft, const struct side *side, size_t index,
	const char *member, const char *format, ...)
{
	char field[64];
	char message[256];
	va_list arguments;

	(void)snprintf(field, sizeof(field), "identity.%s_maps[%zu].%s",
		       side->name, index, member);
	va_start(arguments, format);
	(void)vsnprintf(message, sizeof(message), format, arguments);
	va_end(arguments);
	return draft_refuse(draft, SANDBOX_ERROR_UNSUPPORTED, field, "%s",
			    message);
}

/* The number that the run has in the launcher's namespace. */
static int translate(const struct draft *draft, const struct side *side,
		     size_t index, uint32_t *ret)
{
	const run_spec *run = side->runs[index];

	if (side->n_host == 0) {
		*ret = run->outside;
		return 0;
	}
	for (uint32_t i = 0; i < side->n_host; i++) {
		const struct plan_id_map *host = &side->host[i];

		if (run->outside >= host->outside &&
		    run->outside - host->outside < host->count &&
		    run->count <=
			    host->count - (run->outside - host->outside)) {
			*ret = host->inside + (run->outside - host->outside);
			return 0;
		}
	}
	return refuse(draft, side, index, "outside",
		      "%u to %u are neither the caller's own id nor in one "
		      "range that /etc/sub%s grants",
		      run->outside, run->outside + (run->count - 1),
		      side->name);
}

static bool overlaps(const run_spec *run, uint32_t first, uint32_t count)
{
	return run->outside < (uint64_t)first + count &&
	       first < (uint64_t)run->outside + run->count;
}

static int check_run(const struct draft *draft, const struct side *side,
		     size_t index)
{
	const struct plan_facts *facts = draft->facts;
	const run_spec *run = side->runs[index];

	if (overlaps(run, 0, 1)) {
		return refuse(draft, side, index, "outside",
			      "0 is the host's root, who needs no map: mode "
			      "CALLER gives its id");
	}
	if (facts->privileged &&
	    overlaps(run, facts->pool_first, facts->pool_count)) {
		return refuse(draft, side, index, "outside",
			      "%u to %u overlap %u to %u, which the library "
			      "leases to other sandboxes",
			      run->outside, run->outside + (run->count - 1),
			      facts->pool_first,
			      facts->pool_first + (facts->pool_count - 1));
	}
	return 0;
}

/* Both maps of one kind; with their size as the kernel reads them. */
static int make_maps(const struct draft *draft, struct side *side)
{
	/* Init's own line of the outer one. */
	size_t inner_bytes = 0;
	size_t outer_bytes = sizeof("0 4294967295 1");

	side->total = 0;
	for (size_t i = 0; i < side->count; i++) {
		const run_spec *run = side->runs[i];
		uint32_t guard = side->total + 1;
		uint32_t outside = 0;
		int r = check_run(draft, side, i);

		if (r >= 0) {
			r = translate(draft, side, i, &outside);
		}
		if (r < 0) {
			return r;
		}
		side->inner[i] =
			(struct plan_id_map){ run->inside, guard, run->count };
		side->outer[i] =
			(struct plan_id_map){ guard, outside, run->count };
		side->total += run->count;
		inner_bytes += (size_t)snprintf(NULL, 0, "%u %u %u ",
						run->inside, guard, run->count);
		outer_bytes += (size_t)snprintf(NULL, 0, "%u %u %u ", guard,
						outside, run->count);
		if (inner_bytes > MAP_BYTES_MAX ||
		    outer_bytes > MAP_BYTES_MAX) {
			return refuse(draft, side, i, "count",
				      "the map takes more than the %u bytes of "
				      "text that the kernel reads",
				      MAP_BYTES_MAX);
		}
	}
	return 0;
}

/* The one map that takes no right: the caller's own id as any other. */
static bool is_own_id(const struct side *side)
{
	return side->count == 1 && side->runs[0]->count == 1 &&
	       side->runs[0]->outside == side->own;
}

/* What the document rules out is not here; this is for whom plans are made. */
static bool has_sides(const struct side sides[2])
{
	return sides[0].count > 0 && sides[0].count <= RUNS_MAX &&
	       sides[1].count > 0 && sides[1].count <= RUNS_MAX;
}

static struct plan_list list_of(struct draft *draft,
				const struct plan_id_map *maps, size_t count)
{
	return builder_list(draft->builder, maps, count, sizeof(*maps));
}

static int take_maps(struct draft *draft, struct side sides[2])
{
	struct plan *head = &draft->builder->head;
	int r = 0;

	for (size_t i = 0; i < 2 && r >= 0; i++) {
		r = make_maps(draft, &sides[i]);
	}
	if (r >= 0 && draft->facts->range_max == 0) {
		return draft_refuse(draft, SANDBOX_ERROR_UNSUPPORTED,
				    "identity.mode",
				    "EXPLICIT: there is no id for the sandbox's"
				    " own first process: %s",
				    draft->facts->range_reason == NULL
					    ? "no range can be had"
					    : draft->facts->range_reason);
	}
	if (r < 0) {
		return r;
	}
	head->identity = PLAN_IDENTITY_EXPLICIT;
	head->identity_reason = PLAN_REASON_ASKED;
	head->range_count = sides[1].total;
	head->uid_map = list_of(draft, sides[0].inner, sides[0].count);
	head->gid_map = list_of(draft, sides[1].inner, sides[1].count);
	head->guard_uid_map = list_of(draft, sides[0].outer, sides[0].count);
	head->guard_gid_map = list_of(draft, sides[1].outer, sides[1].count);
	return 0;
}

int decide_explicit(struct draft *draft)
{
	const Sandbox__V1__Identity *identity = draft->identity;
	const struct plan_facts *facts = draft->facts;
	struct side sides[2] = {
		{ .name = "uid",
		  .runs = identity->uid_maps,
		  .count = identity->n_uid_maps,
		  .host = facts->uids,
		  .n_host = facts->n_uids,
		  .own = facts->uid },
		{ .name = "gid",
		  .runs = identity->gid_maps,
		  .count = identity->n_gid_maps,
		  .host = facts->gids,
		  .n_host = facts->n_gids,
		  .own = facts->gid },
	};

	if (!has_sides(sides)) {
		return draft_refuse(draft, SANDBOX_ERROR_SPEC, "identity.mode",
				    "EXPLICIT needs 1 to %u uid_maps and as "
				    "many gid_maps",
				    RUNS_MAX);
	}
	if (is_own_id(&sides[0]) && is_own_id(&sides[1])) {
		return identity_take_single(draft, PLAN_REASON_ASKED);
	}
	return take_maps(draft, sides);
}
