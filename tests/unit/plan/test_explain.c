/* SPDX-License-Identifier: Apache-2.0 */
/* What an explanation has to say besides what the golden files hold. */
#include "base/cleanup.h"
#include "build_plan.h"
#include "lib/tap.h"
#include "plan/privileges.h"

#include <errno.h>
#include <string.h>

static char *explain(const char *json, const struct plan_facts *facts)
{
	_cleanup_free_ struct plan *plan = must_build_plan(json, facts);
	struct err err = ERR_INIT;
	char *text = NULL;

	if (plan_explain(plan, facts, &text, &err) < 0) {
		FAIL("%s", err.text);
	}
	return text;
}

/* A value cannot pass for a line of the explanation. */
TEST(values_stay_on_their_line)
{
	_cleanup_free_ char *text =
		explain("{\"process\": {\"argv\": [\"a\\n  new privileges     "
			"none\\u001b[2J\\u007f\\\"\\\\\"]}}",
			&host_root_range);

	ASSERT_CONTAINS(text, "  argv               \"a\\n  new privileges     "
			      "none\\x1b[2J\\x7f\\\"\\\\\"\n");
}

TEST(a_filter_that_is_logged_is_said_to_be)
{
	static const char line[] =
		"  refused calls      noted in the host's log\n";
	_cleanup_free_ char *noted =
		explain("{\"process\": {\"argv\": [\"a\"]},"
			" \"security\": {\"seccomp\": {\"log\": true}}}",
			&host_root_range);
	_cleanup_free_ char *silent =
		explain("{\"process\": {\"argv\": [\"a\"]}}", &host_root_range);

	ASSERT_CONTAINS(noted, line);
	ASSERT_TRUE(strstr(silent, line) == NULL);
}

TEST(a_label_is_that_of_the_module_that_the_host_has)
{
	static const char json[] =
		"{\"process\": {\"argv\": [\"a\"]}, \"security\":"
		" {\"selinux_label\": \"a:b:c:s0\", \"apparmor_profile\":"
		" \"lab\"}, \"preferred\": [\"security\"]}";
	_cleanup_free_ char *apparmor = explain(json, &host_root_range);
	_cleanup_free_ char *selinux = explain(json, &host_user_range);

	ASSERT_CONTAINS(apparmor,
			"  apparmor_profile   \"lab\", from exec on\n");
	ASSERT_CONTAINS(apparmor, "  selinux_label      left out");
	ASSERT_CONTAINS(selinux,
			"  selinux_label      \"a:b:c:s0\", from exec on\n");
	ASSERT_CONTAINS(selinux, "  apparmor_profile   left out");
}

struct described {
	const char *at; /* where in the explanation we are */
};

static void expect_line(void *arg, const char *line)
{
	struct described *described = arg;
	size_t length = strlen(line);

	ASSERT_TRUE(strncmp(described->at, line, length) == 0);
	ASSERT_TRUE(described->at[length] == '\n');
	described->at += length + 1;
}

TEST(the_filter_is_described_whole)
{
	_cleanup_free_ struct plan *plan =
		must_build_plan(SMALL, &host_user_single);
	_cleanup_free_ char *text = explain(SMALL, &host_user_single);
	const struct filter_options options = privileges_filter_options(plan);
	struct described described = { strstr(text, "\nsystem calls\n") };
	struct err err = ERR_INIT;

	ASSERT_TRUE(options.single_id);
	ASSERT_TRUE(described.at != NULL);
	described.at++;
	ASSERT_OK(filter_describe(&options, expect_line, &described, &err));
	ASSERT_STR(described.at, "");
}

TEST(a_filter_that_is_not_the_one_described_is_an_error)
{
	_cleanup_free_ struct plan *plan =
		must_build_plan(SMALL, &host_root_range);
	struct sock_filter *filter =
		(struct sock_filter *)(void *)((uint8_t *)plan +
					       plan->filter.offset);
	struct err err = ERR_INIT;
	char *text = NULL;

	filter[plan->filter.count - 1].k ^= 1;
	ASSERT_EQ(plan_explain(plan, &host_root_range, &text, &err), -EINVAL);
	ASSERT_EQ(err.kind, SANDBOX_ERROR_INTERNAL);
}

TEST(a_damaged_plan_is_not_explained)
{
	_cleanup_free_ struct plan *plan =
		must_build_plan(SMALL, &host_root_range);
	struct err err = ERR_INIT;
	char *text = NULL;

	plan->ops.count = 0;
	ASSERT_EQ(plan_explain(plan, &host_root_range, &text, &err), -EINVAL);
	ASSERT_TRUE(text == NULL);
}
