/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The buffer as such: equal input gives equal bytes, it can be moved, and no
 * damage to it gets past plan_check().
 */
#include "base/array.h"
#include "base/cleanup.h"
#include "build_plan.h"
#include "lib/tap.h"
#include "plan/builder.h"
#include "plan/check.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const char rich[] =
	"{\"hostname\": \"h\", \"mounts\": [{\"source\": \"/s\", \"target\": "
	"\"/t\"}, {\"source_fd\": 2, \"target\": \"/u\"}], \"process\": "
	"{\"argv\": [\"a\", \"b\"], \"env\": [\"A=1\"], \"stdio\": {\"in\": "
	"{\"kind\": \"FD\", \"fd\": 1}}}}";

static struct plan *rich_plan(void)
{
	return must_build_plan(rich, &host_root_range);
}

TEST(equal_input_gives_equal_bytes)
{
	_cleanup_free_ struct plan *one = rich_plan();
	_cleanup_free_ char *noise = malloc(12345);
	_cleanup_free_ struct plan *two = NULL;

	ASSERT_TRUE(noise != NULL);
	memset(noise, 0xa5, 12345);
	two = rich_plan();
	ASSERT_EQ(one->size, two->size);
	ASSERT_TRUE(memcmp(one, two, one->size) == 0);
}

/* At the end of a page with nothing behind it, and far from where it was. */
TEST(a_plan_can_be_moved)
{
	_cleanup_free_ struct plan *plan = rich_plan();
	_cleanup_free_ char *before = NULL;
	_cleanup_free_ char *after = NULL;
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	size_t pages = (plan->size + page - 1) / page * page;
	struct err err = ERR_INIT;
	struct plan *moved;
	uint8_t *map;

	ASSERT_OK(plan_explain(plan, &host_root_range, &before, &err));
	map = mmap(NULL, pages + page, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ASSERT_TRUE(map != MAP_FAILED);
	ASSERT_EQ(mprotect(map + pages, page, PROT_NONE), 0);
	moved = (struct plan *)(void *)(map + pages - plan->size);
	memcpy(moved, plan, plan->size);
	memset(plan, 0xff, moved->size);
	ASSERT_EQ(mprotect(map, pages, PROT_READ), 0);
	ASSERT_OK(plan_check(moved, moved->size));
	ASSERT_OK(plan_explain(moved, &host_root_range, &after, &err));
	ASSERT_STR(after, before);
	ASSERT_EQ(munmap(map, pages + page), 0);
}

TEST(every_list_is_aligned_and_every_offset_inside)
{
	_cleanup_free_ struct plan *plan = rich_plan();
	const struct plan_list lists[] = {
		plan->argv,    plan->env,    plan->ops,     plan->sources,
		plan->rlimits, plan->filter, plan->uid_map, plan->gid_map,
	};

	ASSERT_OK(plan_check(plan, plan->size));
	ASSERT_EQ(plan->size % 8, 0);
	for (size_t i = 0; i < ARRAY_SIZE(lists); i++) {
		ASSERT_TRUE(lists[i].count > 0);
		ASSERT_EQ(lists[i].offset % 8, 0);
		ASSERT_TRUE(lists[i].offset >= sizeof(struct plan));
		ASSERT_TRUE(lists[i].offset < plan->size);
	}
}

/* Members of the head, and a value that none of them may have. */
#define HEAD(member, value)                                      \
	{                                                        \
#member, offsetof(struct plan, member), (value), \
			sizeof(((struct plan *)0)->member)       \
	}

static const struct damage {
	const char *what;
	size_t offset;
	uint32_t value;
	size_t size;
} damages[] = {
	HEAD(magic, 0),
	HEAD(size, 1),
	HEAD(identity, 2),
	HEAD(identity, PLAN_IDENTITY_SINGLE),
	HEAD(range_count, 0),
	HEAD(flags, PLAN_USER_BY_NAME),
	HEAD(user_name, 0x7fffffff),
	HEAD(group_name, 0x7fffffff),
	HEAD(hostname, 8),
	HEAD(hostname, 0xffffffff),
	HEAD(cwd, 0),
	HEAD(default_path, 0),
	HEAD(argv.count, 0),
	HEAD(argv.count, 0x40000000),
	HEAD(argv.offset, 0xfffffff8),
	HEAD(argv.offset, 0),
	HEAD(env.offset, 4),
	HEAD(env.count, 0xffffffff),
	HEAD(ops.count, 0),
	HEAD(ops.count, PLAN_MAX_OPS + 1),
	HEAD(ops.offset, 0xfffffff0),
	HEAD(sources.count, 0),
	HEAD(sources.count, PLAN_MAX_SOURCES + 1),
	HEAD(sources.offset, 0x10),
	HEAD(rlimits.count, 17),
	HEAD(rlimits.offset, 0x10),
	HEAD(filter.count, 0),
	HEAD(filter.count, 4097),
	HEAD(filter.offset, 0xfffffff8),
	HEAD(uid_map.count, 0),
	HEAD(uid_map.count, 0x20000000),
	HEAD(gid_map.count, 0),
	HEAD(gid_map.offset, 4),
	HEAD(stdio[0].kind, 3),
	HEAD(stdio[0].fd_index, 0),
	HEAD(stdio[1].fd_index, 1),
};

TEST(damage_to_the_head_is_found)
{
	for (size_t i = 0; i < ARRAY_SIZE(damages); i++) {
		const struct damage *damage = &damages[i];
		_cleanup_free_ struct plan *plan = rich_plan();
		size_t size = plan->size;

		ASSERT_EQ(damage->size, sizeof(damage->value));
		memcpy((uint8_t *)plan + damage->offset, &damage->value,
		       sizeof(damage->value));
		if (plan_check(plan, size) != -EINVAL) {
			FAIL("%s = %u is accepted", damage->what,
			     damage->value);
		}
	}
}

/* A plan whose op @i is open to writing. */
static struct plan_op *op_of(struct plan *plan, uint32_t i)
{
	return (struct plan_op *)(void *)((uint8_t *)plan + plan->ops.offset) +
	       i;
}

static struct plan_source *source_of(struct plan *plan, uint32_t i)
{
	return (struct plan_source *)(void *)((uint8_t *)plan +
					      plan->sources.offset) +
	       i;
}

static void kind_unknown(struct plan *plan)
{
	op_of(plan, 3)->kind = PLAN_OP_LAST + 1;
}

static void second_root(struct plan *plan)
{
	op_of(plan, plan->ops.count - 1)->kind = PLAN_OP_ROOT_TMPFS;
}

static void no_root(struct plan *plan)
{
	op_of(plan, 0)->kind = PLAN_OP_DIRECTORY;
}

static void target_relative(struct plan *plan)
{
	char *target = (char *)plan + op_of(plan, 1)->target;

	*target = 'u';
}

static void target_outside(struct plan *plan)
{
	op_of(plan, 1)->target = plan->size;
}

static void target_missing(struct plan *plan)
{
	op_of(plan, 1)->target = 0;
}

static void source_missing(struct plan *plan)
{
	op_of(plan, 1)->source = -1;
}

static void source_too_high(struct plan *plan)
{
	op_of(plan, 1)->source = (int16_t)plan->sources.count;
}

static void source_of_another_op(struct plan *plan)
{
	op_of(plan, 1)->source = 1;
}

static void source_without_need(struct plan *plan)
{
	op_of(plan, 0)->source = 0;
}

static void source_points_nowhere(struct plan *plan)
{
	source_of(plan, 0)->op = plan->ops.count;
}

static void source_without_a_path(struct plan *plan)
{
	source_of(plan, 0)->path = 0;
}

static void source_with_both(struct plan *plan)
{
	source_of(plan, 0)->fd_index = 1;
}

static void link_without_text(struct plan *plan)
{
	op_of(plan, 2)->text = 0;
}

static void content_too_long(struct plan *plan)
{
	op_of(plan, 6)->text_size = plan->size;
}

static void string_without_end(struct plan *plan)
{
	/* The last string becomes one that runs to the end of the buffer. */
	memset((char *)plan + plan->ops.offset, 'x',
	       plan->size - plan->ops.offset);
}

static void soft_above_hard(struct plan *plan)
{
	struct plan_rlimit *rlimit =
		(struct plan_rlimit *)(void *)((uint8_t *)plan +
					       plan->rlimits.offset);

	rlimit->soft = rlimit->hard + 1;
}

static void resource_unknown(struct plan *plan)
{
	struct plan_rlimit *rlimit =
		(struct plan_rlimit *)(void *)((uint8_t *)plan +
					       plan->rlimits.offset);

	rlimit->resource = 16;
}

static void (*const inner_damages[])(struct plan *plan) = {
	kind_unknown,        second_root,           no_root,
	target_relative,     target_outside,        target_missing,
	source_missing,      source_too_high,       source_of_another_op,
	source_without_need, source_points_nowhere, source_without_a_path,
	source_with_both,    link_without_text,     content_too_long,
	string_without_end,  soft_above_hard,       resource_unknown,
};

TEST(damage_to_the_lists_is_found)
{
	for (size_t i = 0; i < ARRAY_SIZE(inner_damages); i++) {
		_cleanup_free_ struct plan *plan = rich_plan();

		ASSERT_EQ(op_of(plan, 1)->kind, PLAN_OP_BIND);
		ASSERT_EQ(op_of(plan, 2)->kind, PLAN_OP_SYMLINK);
		ASSERT_EQ(op_of(plan, 6)->kind, PLAN_OP_FILE);
		inner_damages[i](plan);
		if (plan_check(plan, plan->size) != -EINVAL) {
			FAIL("damage %zu is accepted", i);
		}
	}
}

TEST(a_cut_plan_is_no_plan)
{
	_cleanup_free_ struct plan *plan = rich_plan();
	uint32_t size = plan->size;

	for (uint32_t cut = 0; cut < size; cut += 8) {
		ASSERT_EQ(plan_check(plan, cut), -EINVAL);
	}
	/* The whole chain of a claim to be shorter. */
	plan->size = size - 8;
	ASSERT_EQ(plan_check(plan, size - 8), -EINVAL);
}

/* Random words: no verdict is expected, only that nothing outside is read. */
TEST(no_damage_makes_the_check_read_outside)
{
	_cleanup_free_ struct plan *plan = rich_plan();
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	size_t pages = (plan->size + page - 1) / page * page;
	uint8_t *map = mmap(NULL, pages + page, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct plan *copy;
	uint64_t seed = 42;
	int refused = 0;

	ASSERT_TRUE(map != MAP_FAILED);
	ASSERT_EQ(mprotect(map + pages, page, PROT_NONE), 0);
	copy = (struct plan *)(void *)(map + pages - plan->size);
	for (int i = 0; i < 20000; i++) {
		uint32_t words = (uint32_t)(i % 2 == 0 ? sizeof(*plan) / 4
						       : plan->size / 4);
		uint32_t *target = (uint32_t *)(void *)copy;

		memcpy(copy, plan, plan->size);
		seed = seed * 6364136223846793005U + 1442695040888963407U;
		target[(seed >> 33) % words] ^= 1U << (seed >> 59);
		refused += plan_check(copy, plan->size) == -EINVAL;
	}
	ASSERT_TRUE(refused > 1000);
	ASSERT_EQ(munmap(map, pages + page), 0);
}

/* What never comes from a spec of at most a megabyte. */
TEST(the_builder_refuses_what_is_too_large)
{
	_cleanup_(builder_freep) struct builder *builder = builder_new();
	_cleanup_free_ char *text = malloc(PLAN_MAX_SIZE);
	struct plan *plan = NULL;

	ASSERT_TRUE(builder != NULL && text != NULL);
	memset(text, 'x', PLAN_MAX_SIZE - 1);
	text[PLAN_MAX_SIZE - 1] = '\0';
	ASSERT_EQ(builder_string(builder, text), 0);
	ASSERT_EQ(builder_string(builder, "short"), 0);
	ASSERT_EQ(builder_finish(builder, &plan), -E2BIG);
	ASSERT_TRUE(plan == NULL);
}

TEST(the_builder_refuses_too_many_ops)
{
	_cleanup_(builder_freep) struct builder *builder = builder_new();
	struct plan *plan = NULL;

	ASSERT_TRUE(builder != NULL);
	for (uint32_t i = 0; i < PLAN_MAX_OPS + 3; i++) {
		struct plan_op *op =
			builder_op(builder, PLAN_OP_DIRECTORY, "/a");

		ASSERT_TRUE(op >= builder->ops &&
			    op < builder->ops + PLAN_MAX_OPS);
	}
	ASSERT_EQ(builder_finish(builder, &plan), -E2BIG);
}
