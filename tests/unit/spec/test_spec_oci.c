/* SPDX-License-Identifier: Apache-2.0 */
/* Profiles of OCI: what is read of them, and what is no profile. */
#include "base/array.h"
#include "lib/tap.h"
#include "spec/oci_reader.h"
#include "spec/oci_seccomp.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct arena arena = ARENA_INIT(OCI_SECCOMP_ARENA);
static struct oci_seccomp profile;
static char fault[256];

/* With ' for ". */
static int read_text(const char *text)
{
	char *copy = strdup(text);
	int r = 0;

	ASSERT_TRUE(copy != NULL);
	for (char *at = copy; *at != '\0'; at++) {
		*at = *at == '\'' ? '"' : *at;
	}
	fault[0] = '\0';
	r = oci_seccomp_read(copy, strlen(copy), &arena, &profile, fault,
			     sizeof(fault));
	free(copy);
	return r;
}

TEST(every_member_is_read)
{
	const struct oci_rule *rule = NULL;

	ASSERT_EQ(
		read_text("{'defaultAction':'SCMP_ACT_ERRNO',"
			  "'defaultErrnoRet':38,'defaultErrno':'ENOSYS',"
			  "'architectures':['SCMP_ARCH_X86_64'],"
			  "'archMap':[{'architecture':'a','subArchitectures':"
			  "[]}],'flags':['SECCOMP_FILTER_FLAG_LOG'],"
			  "'syscalls':[{'names':['read','write'],"
			  "'action':'SCMP_ACT_ALLOW','args':[{'index':2,"
			  "'value':12,'valueTwo':4,'op':'SCMP_CMP_MASKED_EQ'}],"
			  "'comment':'c','includes':{'caps':['CAP_CHOWN'],"
			  "'arches':['amd64'],'minKernel':'4.8'},"
			  "'excludes':{'caps':['CAP_KILL']}},"
			  "{'name':'open','action':'SCMP_ACT_ERRNO',"
			  "'errno':'EINVAL','errnoRet':22,'args':null,"
			  "'includes':null}]}"),
		0);
	rule = profile.rules;
	ASSERT_EQ(profile.default_action, 0);
	ASSERT_EQ((int)profile.default_errno, ENOSYS);
	ASSERT_TRUE(profile.log);
	ASSERT_EQ((int)profile.n_rules, 2);
	ASSERT_STR(rule->names->text, "read");
	ASSERT_STR(rule->names->next->text, "write");
	ASSERT_EQ((int)rule->args[0].index, 2);
	ASSERT_EQ((int)rule->args[0].mask, 12);
	ASSERT_EQ((int)rule->args[0].value, 4);
	ASSERT_EQ((int)rule->includes.capabilities, 1);
	ASSERT_EQ((int)rule->excludes.capabilities, 32);
	ASSERT_STR(rule->includes.arches->text, "amd64");
	ASSERT_EQ((int)rule->includes.min_kernel, 4 << 16 | 8);
	ASSERT_STR(rule->next->names->text, "open");
	ASSERT_EQ((int)rule->next->rule.errno_value, EINVAL);
	arena_done(&arena);
}

#define PROFILE(rest)  "{'defaultAction':'SCMP_ACT_ALLOW'" rest "}"
#define RULE(members)  PROFILE(",'syscalls':[{" members "}]")
#define NAMED(members) RULE("'names':['read']," members)
#define ARG(members)   NAMED("'action':'SCMP_ACT_KILL','args':[{" members "}]")

TEST(what_is_no_profile_has_a_line_and_a_column)
{
	static const struct {
		const char *text;
		const char *fault;
	} rows[] = {
		{ "{}", "1:2: there is no \"defaultAction\"" },
		{ "[]", "1:1: an array in place of an object" },
		{ "{'defaultAction':'ALLOW'}",
		  "1:18: \"ALLOW\" is no action of this build" },
		{ "{\n 'defaultAction': 'SCMP_ACT_TRACE'}",
		  "2:19: \"SCMP_ACT_TRACE\" is no action of this build" },
		{ PROFILE(",\n'x':1"), "2:1: \"x\" is no member" },
		{ PROFILE(",'defaultAction':'SCMP_ACT_LOG'"),
		  "\"defaultAction\" stands there twice" },
		{ PROFILE(",'listenerPath':'/s'"), "given as notify_fd" },
		{ PROFILE(",'flags':['SECCOMP_FILTER_FLAG_SPEC_ALLOW']"),
		  "is no flag of this build" },
		{ PROFILE(",'defaultErrnoRet':4096"),
		  "4096 is more than 4095" },
		{ PROFILE(",'defaultErrnoRet':0"), "0 is no errno" },
		{ PROFILE(",'defaultErrno':'EFOO'"), "\"EFOO\" is no errno" },
		{ PROFILE("} 1"), "in place of the end of the text" },
		{ PROFILE(",'syscalls':[1]"),
		  "a number in place of an object" },
		{ RULE("'action':'SCMP_ACT_ALLOW'"), "has no \"names\"" },
		{ RULE("'names':['read']"), "has no \"action\"" },
		{ NAMED("'action':'SCMP_ACT_ALLOW','errnoRet':1"),
		  "only with SCMP_ACT_ERRNO" },
		{ ARG("'index':6,'op':'SCMP_CMP_EQ'"), "6 is more than 5" },
		{ ARG("'index':0,'value':-1,'op':'SCMP_CMP_EQ'"),
		  "is no whole number from 0" },
		{ ARG("'value':18446744073709551616,'op':'SCMP_CMP_EQ'"),
		  "is more than 64 bits hold" },
		{ ARG("'index':0,'op':'=='"), "\"==\" is no comparison" },
		{ ARG("'index':0"), "has no \"op\"" },
		{ ARG("'value':1,'valueTwo':2,'op':'SCMP_CMP_MASKED_EQ'"),
		  "is never equal" },
		{ NAMED("'action':'SCMP_ACT_LOG','includes':{'caps':['x']}"),
		  "\"x\" is not a capability" },
		{ NAMED("'action':'SCMP_ACT_LOG','excludes':{'minKernel':"
			"'4'}"),
		  "\"4\" is no version" },
		{ PROFILE(",'archMap':[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]"),
		  "is nested more than 16 levels deep" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		if (read_text(rows[i].text) != -EINVAL ||
		    strstr(fault, rows[i].fault) == NULL) {
			FAIL("%s\ngot  %s\nwant %s", rows[i].text, fault,
			     rows[i].fault);
		}
		arena_done(&arena);
	}
}

/* A list of @count times @element. */
static char *many(const char *before, const char *element, size_t count,
		  const char *behind)
{
	size_t size = strlen(element);
	char *text = calloc(1, strlen(before) + count * (size + 1) +
				       strlen(behind) + 1);

	ASSERT_TRUE(text != NULL);
	(void)stpcpy(text, before);
	for (size_t i = 0; i < count; i++) {
		char *end = text + strlen(text);

		(void)stpcpy(stpcpy(end, i == 0 ? "" : ","), element);
	}
	(void)stpcpy(text + strlen(text), behind);
	return text;
}

TEST(a_profile_has_bounds)
{
	char *rules = many("{'defaultAction':'SCMP_ACT_ALLOW','syscalls':[",
			   "{'names':['read'],'action':'SCMP_ACT_LOG'}",
			   OCI_SECCOMP_RULES + 1, "]}");
	char *names = many("{'defaultAction':'SCMP_ACT_ALLOW','syscalls':"
			   "[{'action':'SCMP_ACT_LOG','names':[",
			   "'read'", OCI_SECCOMP_NAMES + 1, "]}]}");
	char *bytes = many("{", " ", OCI_SECCOMP_BYTES, "}");

	ASSERT_EQ(read_text(rules), -EINVAL);
	ASSERT_CONTAINS(fault, "there are more than 1024 rules");
	arena_done(&arena);
	ASSERT_EQ(read_text(names), -EINVAL);
	ASSERT_CONTAINS(fault, "a rule has more than 1024 names");
	arena_done(&arena);
	ASSERT_EQ(read_text(bytes), -EINVAL);
	ASSERT_CONTAINS(fault, "which is more than 262144");
	free(rules);
	free(names);
	free(bytes);
}
