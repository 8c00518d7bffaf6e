/* SPDX-License-Identifier: Apache-2.0 */
/* Decisions that a reader of the golden files would not notice. */
#include "base/array.h"
#include "base/cleanup.h"
#include "build_plan.h"
#include "lib/tap.h"
#include "plan/draft.h"

#include <linux/mount.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#define DIRECTORY_ROOT "\"root\": {\"kind\": \"DIRECTORY\", \"path\": \"/i\"}"

static const struct user_case {
	const char *user;
	const char *root;
	uint32_t uid;
	uint32_t gid;
	const char *user_name;
	const char *group_name;
} user_cases[] = {
	{ "", "", 1000, 1000, "", "" },
	{ "0", "", 0, 0, "", "" },
	{ "7", "", 7, 7, "", "" },
	{ "7:8", "", 7, 8, "", "" },
	{ "root", "", 0, 0, "", "" },
	{ "nobody", "", 65534, 65534, "", "" },
	{ "sandbox", "", 1000, 1000, "", "" },
	{ "nobody:tty", "", 65534, 5, "", "" },
	{ "root:9", "", 0, 9, "", "" },
	{ "9:tty", "", 9, 5, "", "" },
	{ "", DIRECTORY_ROOT, 1000, 1000, "", "" },
	{ "7:8", DIRECTORY_ROOT, 7, 8, "", "" },
	{ "app", DIRECTORY_ROOT, 0, 0, "app", "" },
	{ "app:staff", DIRECTORY_ROOT, 0, 0, "app", "staff" },
	{ "app:8", DIRECTORY_ROOT, 0, 0, "app", "8" },
	{ "7:staff", DIRECTORY_ROOT, 0, 0, "7", "staff" },
};

TEST(a_user_is_resolved_now_or_by_name_inside)
{
	for (size_t i = 0; i < ARRAY_SIZE(user_cases); i++) {
		const struct user_case *row = &user_cases[i];
		_cleanup_free_ struct plan *plan = NULL;
		bool by_name = row->user_name[0] != '\0';
		char json[256];

		(void)snprintf(json, sizeof(json),
			       "{%s%s \"process\": {\"argv\": [\"true\"], "
			       "\"user\": \"%s\"}}",
			       row->root, row->root[0] == '\0' ? "" : ",",
			       row->user);
		plan = must_build_plan(json, &host_root_range);
		ASSERT_EQ(plan->uid, row->uid);
		ASSERT_EQ(plan->gid, row->gid);
		ASSERT_EQ((plan->flags & PLAN_USER_BY_NAME) != 0, by_name);
		ASSERT_STR(plan_string(plan, plan->user_name), row->user_name);
		ASSERT_STR(plan_string(plan, plan->group_name),
			   row->group_name);
	}
}

static const struct identity_case {
	const char *json;
	const struct plan_facts *host;
	enum plan_identity identity;
	enum plan_identity_reason reason;
	uint32_t count;
} identity_cases[] = {
	{ SMALL, &host_root_range, PLAN_IDENTITY_RANGE, PLAN_REASON_RANGE_FREE,
	  65536 },
	{ SMALL, &host_root_single, PLAN_IDENTITY_SINGLE, PLAN_REASON_NO_RANGE,
	  0 },
	{ SMALL, &host_user_range, PLAN_IDENTITY_RANGE, PLAN_REASON_RANGE_FREE,
	  65535 },
	{ SMALL, &host_user_single, PLAN_IDENTITY_SINGLE, PLAN_REASON_NO_RANGE,
	  0 },
	{ "{\"identity\": {\"mode\": \"CALLER\"}, " ARGV "}", &host_user_range,
	  PLAN_IDENTITY_SINGLE, PLAN_REASON_ASKED, 0 },
	{ "{\"identity\": {\"mode\": \"RANGE\", \"range_size\": 1}, "
	  "\"process\": {\"argv\": [\"true\"], \"user\": \"0\"}}",
	  &host_user_range, PLAN_IDENTITY_RANGE, PLAN_REASON_ASKED, 1 },
	{ "{\"identity\": {\"mode\": \"RANGE\"}, " ARGV "}", &host_root_range,
	  PLAN_IDENTITY_RANGE, PLAN_REASON_ASKED, 65536 },

	/* Whose files are written, and who can map ids. */
	{ "{\"mounts\": [{\"source_fd\": 1, \"target\": \"/a\", \"writable\": "
	  "true}], " ARGV "}",
	  &host_user_range, PLAN_IDENTITY_SINGLE,
	  PLAN_REASON_WRITES_CALLERS_FILES, 0 },
	{ "{\"mounts\": [{\"source\": \"/a\", \"target\": \"/a\"}], " ARGV "}",
	  &host_user_range, PLAN_IDENTITY_RANGE, PLAN_REASON_RANGE_FREE,
	  65535 },
	{ "{\"mounts\": [{\"kind\": \"TMPFS\", \"target\": \"/a\", "
	  "\"writable\": true}], " ARGV "}",
	  &host_user_range, PLAN_IDENTITY_RANGE, PLAN_REASON_RANGE_FREE,
	  65535 },
	{ "{\"mounts\": [{\"source\": \"/a\", \"target\": \"/a\", "
	  "\"writable\": true}], " ARGV "}",
	  &host_root_range, PLAN_IDENTITY_RANGE, PLAN_REASON_RANGE_FREE,
	  65536 },
	{ "{\"identity\": {\"mode\": \"RANGE\", \"range_size\": 2000}, "
	  "\"mounts\": [{\"source\": \"/a\", \"target\": \"/a\", "
	  "\"writable\": true}], " ARGV "}",
	  &host_user_range, PLAN_IDENTITY_RANGE, PLAN_REASON_ASKED, 2000 },

	/* What is preferred gives way, and only that. */
	{ "{\"identity\": {\"mode\": \"RANGE\"}, \"preferred\": "
	  "[\"identity.mode\"], " ARGV "}",
	  &host_user_single, PLAN_IDENTITY_SINGLE, PLAN_REASON_NO_RANGE, 0 },
	{ "{\"identity\": {\"mode\": \"RANGE\"}, \"preferred\": "
	  "[\"identity.range_size\"], " ARGV "}",
	  &host_user_range, PLAN_IDENTITY_RANGE, PLAN_REASON_RANGE_SMALLER,
	  65535 },
};

/* A list in `preferred` is all of its elements, with or without a field. */
TEST(preferences_are_of_fields_and_of_what_holds_them)
{
	struct {
		char preferred[32];
		const char *field;
		bool covers;
	} rows[] = {
		{ "process.rlimits", "process.rlimits[0].hard", true },
		{ "process.rlimits.hard", "process.rlimits[3].hard", true },
		{ "process.rlimits[3].hard", "process.rlimits[3].hard", true },
		{ "process.rlimits[3]", "process.rlimits[3].hard", true },
		{ "mounts.layers", "mounts[1].layers[2]", true },
		{ "process", "process.rlimits[0].hard", true },
		{ "process.rlimits[1].hard", "process.rlimits[3].hard", false },
		{ "process.rlimits[1]", "process.rlimits[12].hard", false },
		{ "process.rlimits.soft", "process.rlimits[3].hard", false },
		{ "process.rlimits[3].hard", "process.rlimits[3]", false },
		{ "process.rlimit", "process.rlimits[3].hard", false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char *list[] = { rows[i].preferred };
		Sandbox__V1__SandboxSpec spec = SANDBOX__V1__SANDBOX_SPEC__INIT;
		struct draft draft = { .spec = &spec };

		spec.preferred = list;
		spec.n_preferred = 1;
		if (draft_prefers(&draft, rows[i].field) != rows[i].covers) {
			FAIL("row %zu", i);
		}
	}
}

TEST(identity_follows_spec_host_and_preferences)
{
	for (size_t i = 0; i < ARRAY_SIZE(identity_cases); i++) {
		const struct identity_case *row = &identity_cases[i];
		_cleanup_free_ struct plan *plan =
			must_build_plan(row->json, row->host);
		bool denied = row->identity == PLAN_IDENTITY_SINGLE &&
			      !row->host->privileged;

		ASSERT_EQ(plan->identity, row->identity);
		ASSERT_EQ(plan->identity_reason, row->reason);
		ASSERT_EQ(plan->range_count, row->count);
		ASSERT_EQ((plan->flags & PLAN_DENY_SETGROUPS) != 0, denied);
	}
}

/* A target is made on our layers, and never in somebody else's tree. */
static const struct target_case {
	const char *root;
	const char *mounts;
	bool created; /* target of the last of them, which is /x/y */
} target_cases[] = {
	{ "", "", true },
	{ "", "{\"kind\": \"TMPFS\", \"target\": \"/x\"}, ", true },
	{ "", "{\"source\": \"/s\", \"target\": \"/x\"}, ", false },
	{ "", "{\"source\": \"/s\", \"target\": \"/xx\"}, ", true },
	{ "",
	  "{\"kind\": \"TMPFS\", \"target\": \"/x\"}, "
	  "{\"source\": \"/s\", \"target\": \"/x\"}, ",
	  false },
	{ DIRECTORY_ROOT ", ", "", false },
	{ DIRECTORY_ROOT ", ", "{\"kind\": \"TMPFS\", \"target\": \"/x\"}, ",
	  true },
};

TEST(targets_are_made_on_our_layers_only)
{
	for (size_t i = 0; i < ARRAY_SIZE(target_cases); i++) {
		const struct target_case *row = &target_cases[i];
		_cleanup_free_ struct plan *plan = NULL;
		const struct plan_op *op;
		char json[512];

		(void)snprintf(json, sizeof(json),
			       "{%s \"mounts\": [%s{\"source\": \"/s\", "
			       "\"target\": \"/x/y\"}], " ARGV "}",
			       row->root, row->mounts);
		plan = must_build_plan(json, &host_root_range);
		op = find_op(plan, PLAN_OP_BIND, "/x/y");
		ASSERT_TRUE(op != NULL);
		ASSERT_EQ((op->flags & PLAN_OP_CREATE_TARGET) != 0,
			  row->created);
	}
}

/* A second instance of proc must not show what is hidden in the first. */
TEST(every_proc_is_masked)
{
	_cleanup_free_ struct plan *plan = must_build_plan(
		"{\"mounts\": [{\"kind\": \"PROC\", \"target\": \"/p\", "
		"\"hidepid\": \"HIDEPID_INVISIBLE\"}], " ARGV "}",
		&host_root_range);

	ASSERT_EQ(find_op(plan, PLAN_OP_PROC, "/p")->hidepid, 2);
	ASSERT_EQ(find_op(plan, PLAN_OP_PROC, "/proc")->hidepid, 4);
	ASSERT_TRUE(find_op(plan, PLAN_OP_READONLY, "/p/sys") != NULL);
	ASSERT_TRUE(find_op(plan, PLAN_OP_READONLY, "/proc/sys") != NULL);
	ASSERT_TRUE(find_op(plan, PLAN_OP_MASK_FILE, "/p/kallsyms") != NULL);
	ASSERT_TRUE(find_op(plan, PLAN_OP_MASK_FILE, "/proc/kallsyms") != NULL);
}

/* Files of the host's root need a mask where the payload may be that root. */
TEST(closed_files_are_masked_from_the_hosts_root_only)
{
	struct plan_facts confined_root = host_user_single;
	_cleanup_free_ struct plan *range =
		must_build_plan(SMALL, &host_root_range);
	_cleanup_free_ struct plan *root =
		must_build_plan(SMALL, &host_root_single);
	_cleanup_free_ struct plan *user =
		must_build_plan(SMALL, &host_user_single);
	_cleanup_free_ struct plan *confined = NULL;

	confined_root.uid = 0;
	confined = must_build_plan(SMALL, &confined_root);
	ASSERT_TRUE(find_op(range, PLAN_OP_MASK_FILE, "/proc/kcore") == NULL);
	ASSERT_TRUE(find_op(user, PLAN_OP_MASK_FILE, "/proc/kcore") == NULL);
	ASSERT_TRUE(find_op(root, PLAN_OP_MASK_FILE, "/proc/kcore") != NULL);
	ASSERT_TRUE(find_op(confined, PLAN_OP_MASK_FILE, "/proc/kcore") !=
		    NULL);
}

TEST(writable_is_not_executable_unless_asked)
{
	_cleanup_free_ struct plan *plan = must_build_plan(
		"{\"mounts\": ["
		"{\"source\": \"/s\", \"target\": \"/ro\"},"
		"{\"source\": \"/s\", \"target\": \"/rw\", \"writable\": true},"
		"{\"source\": \"/s\", \"target\": \"/rwx\", \"writable\": true,"
		" \"exec\": true},"
		"{\"kind\": \"TMPFS\", \"target\": \"/t\"}], " ARGV "}",
		&host_root_range);
	uint64_t always = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;

	ASSERT_EQ(find_op(plan, PLAN_OP_BIND, "/ro")->attributes,
		  always | MOUNT_ATTR_RDONLY);
	ASSERT_EQ(find_op(plan, PLAN_OP_BIND, "/rw")->attributes,
		  always | MOUNT_ATTR_NOEXEC);
	ASSERT_EQ(find_op(plan, PLAN_OP_BIND, "/rwx")->attributes, always);
	ASSERT_EQ(find_op(plan, PLAN_OP_TMPFS, "/t")->attributes,
		  always | MOUNT_ATTR_NOEXEC | MOUNT_ATTR_RDONLY);
}

/* Plain where the file system refuses an id map, if nothing is written. */
TEST(only_read_only_sources_may_lose_their_id_map)
{
	_cleanup_free_ struct plan *plan = must_build_plan(
		"{\"mounts\": ["
		"{\"source\": \"/s\", \"target\": \"/ro\"},"
		"{\"source\": \"/s\", \"target\": \"/rw\", \"writable\": "
		"true}], " ARGV "}",
		&host_root_range);
	unsigned int mask = PLAN_OP_IDMAP | PLAN_OP_IDMAP_OPTIONAL;

	ASSERT_EQ(find_op(plan, PLAN_OP_BIND, "/ro")->flags & mask, mask);
	ASSERT_EQ(find_op(plan, PLAN_OP_BIND, "/rw")->flags & mask,
		  PLAN_OP_IDMAP);
	ASSERT_EQ(find_op(plan, PLAN_OP_BIND, "/usr")->flags & mask, 0);
}

TEST(a_mount_of_the_spec_takes_the_place_of_ours)
{
	_cleanup_free_ struct plan *plan = must_build_plan(
		"{\"mounts\": [{\"kind\": \"TMPFS\", \"target\": \"/tmp\", "
		"\"size_bytes\": 4096, \"writable\": true}], " ARGV "}",
		&host_root_range);
	const struct plan_op *op = find_op(plan, PLAN_OP_TMPFS, "/tmp");

	ASSERT_EQ(op->mount, 0);
	ASSERT_EQ(op->size_bytes, 4096);
	ASSERT_TRUE(find_op(plan, PLAN_OP_DIRECTORY, "/tmp") != NULL);
}

static const struct plan_rlimit *find_rlimit(const struct plan *plan,
					     uint32_t resource)
{
	const struct plan_rlimit *rlimits = plan_at(plan, plan->rlimits.offset);

	for (uint32_t i = 0; i < plan->rlimits.count; i++) {
		if (rlimits[i].resource == resource) {
			return &rlimits[i];
		}
	}
	FAIL("no limit %u", resource);
}

/* Only what the spec does not name may be cut to what the host allows. */
TEST(named_limits_are_no_defaults)
{
	_cleanup_free_ struct plan *plan = must_build_plan(
		"{\"limits\": {\"pids\": 9}, \"process\": {\"argv\": "
		"[\"true\"], \"rlimits\": [{\"name\": \"nofile\", \"soft\": 3, "
		"\"unlimited_hard\": true}]}}",
		&host_root_range);
	const struct plan_rlimit *nofile = find_rlimit(plan, RLIMIT_NOFILE);

	ASSERT_EQ(nofile->soft, 3);
	ASSERT_TRUE(nofile->hard == RLIM_INFINITY);
	ASSERT_EQ(nofile->flags & PLAN_RLIMIT_DEFAULT, 0);
	ASSERT_EQ(find_rlimit(plan, RLIMIT_NPROC)->hard, 9);
	ASSERT_EQ(find_rlimit(plan, RLIMIT_STACK)->flags, PLAN_RLIMIT_DEFAULT);
}

TEST(a_given_path_is_not_given_twice)
{
	_cleanup_free_ struct plan *plan = must_build_plan(
		"{\"process\": {\"argv\": [\"\\u00e9\", \"\"], \"env\": "
		"[\"PATHS=1\", \"PATH=/b\"]}}",
		&host_root_range);
	const plan_offset *argv = plan_at(plan, plan->argv.offset);

	ASSERT_EQ(plan->env.count, 2);
	ASSERT_STR(plan_string(plan, plan->default_path), "/b");
	ASSERT_EQ(plan->argv.count, 2);
	ASSERT_TRUE(argv[1] != 0);
	ASSERT_STR(plan_string(plan, argv[1]), "");
}
