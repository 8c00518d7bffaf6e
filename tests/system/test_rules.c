/* SPDX-License-Identifier: Apache-2.0 */
/* The document's own rules of system calls, as a program meets them. */
#include "control.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>

static struct outcome outcome;

#define SECCOMP(members) "\"security\": { \"seccomp\": {" members "} }"
#define RULE(members)    SECCOMP("\"rules\": [{ " members " }]")

/* What makes a file mode, on each architecture. */
#define CHMOD "\"names\": [\"chmod\", \"fchmodat\", \"fchmodat2\"]"

TEST(a_rule_refuses_with_the_errno_it_says)
{
	LAUNCH(&outcome, .probe = "try chmod /tmp/a -- create /tmp/b",
	       .document = RULE(CHMOD ", \"errno_value\": 28"),
	       .mounts = "{ \"kind\": \"FILE\", \"target\": \"/tmp/a\" }");
	ASSERT_CONTAINS(outcome.out, "chmod /tmp/a: ENOSPC");
	ASSERT_CONTAINS(outcome.out, "create /tmp/b: ok");
	LAUNCH(&outcome, .probe = "try chmod /tmp/a", .document = RULE(CHMOD),
	       .mounts = "{ \"kind\": \"FILE\", \"target\": \"/tmp/a\" }");
	ASSERT_CONTAINS(outcome.out, "chmod /tmp/a: EPERM");
}

/* It is stronger than the profile, in both directions. */
TEST(a_rule_allows_what_the_profile_refuses)
{
	LAUNCH(&outcome, .probe = "try call vmsplice");
	ASSERT_CONTAINS(outcome.out, "call vmsplice: EPERM");
	LAUNCH(&outcome, .probe = "try call vmsplice",
	       .document = RULE("\"names\": [\"vmsplice\"],"
				" \"action\": \"ALLOW\""));
	ASSERT_TRUE(strstr(outcome.out, "EPERM") == NULL);
}

/* The probe itself makes the attempt, so its own end is what there is. */
static int end_by(const char *action)
{
	char document[256];
	struct request request = {
		.argv = "\"/bin/sh\", \"-c\", \"cd /tmp; umask 077; echo on\"",
		.document = document,
	};

	(void)snprintf(document, sizeof(document),
		       RULE("\"names\": [\"umask\"], \"action\": \"%s\""),
		       action);
	launch(&request, &outcome);
	ASSERT_EQ(outcome.started, 0);
	return outcome.signal;
}

TEST(a_rule_kills_traps_or_only_notes)
{
	ASSERT_EQ(end_by("KILL_PROCESS"), SIGSYS);
	ASSERT_EQ(end_by("KILL_THREAD"), SIGSYS);
	ASSERT_EQ(end_by("TRAP"), SIGSYS);
	ASSERT_EQ(end_by("LOG"), 0);
	ASSERT_STR(outcome.out, "on\n");
	ASSERT_EQ(end_by("ALLOW"), 0);
}

/* kill(2) of 0 with signal 0 is allowed, and refused by its second argument. */
TEST(arguments_are_compared)
{
	static const struct {
		const char *test;
		bool refused;
	} rows[] = {
		{ "\"op\": \"EQ\", \"value\": 10", true },
		{ "\"op\": \"EQ\", \"value\": 4294967306", false },
		{ "\"op\": \"NE\", \"value\": 10", false },
		{ "\"op\": \"LT\", \"value\": 10", false },
		{ "\"op\": \"LE\", \"value\": 10", true },
		{ "\"op\": \"GT\", \"value\": 9", true },
		{ "\"op\": \"GT\", \"value\": 18446744073709551614", false },
		{ "\"op\": \"GE\", \"value\": 11", false },
		{ "\"op\": \"MASKED_EQ\", \"value\": 8, \"mask\": 12", true },
		{ "\"op\": \"MASKED_EQ\", \"value\": 4, \"mask\": 12", false },
	};
	char document[400];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		(void)snprintf(document, sizeof(document),
			       RULE("\"names\": [\"kill\"],"
				    " \"errno_value\": 5, \"args\":"
				    " [{ \"index\": 1, %s }]"),
			       rows[i].test);
		LAUNCH(&outcome,
		       .argv = "\"/bin/sh\", \"-c\","
			       " \"trap : 10; kill -10 $$ 2>&1; true\"",
		       .document = document);
		ASSERT_EQ(strstr(outcome.out, "Input/output") != NULL,
			  rows[i].refused);
	}
}

TEST(the_first_rule_that_fits_decides)
{
	LAUNCH(&outcome, .probe = "try create /tmp/a -- call vmsplice",
	       .document = SECCOMP("\"rules\": ["
				   "{ \"names\": [\"vmsplice\"],"
				   "  \"errno_value\": 5 },"
				   "{ \"names\": [\"vmsplice\"],"
				   "  \"action\": \"KILL_PROCESS\" }]"));
	ASSERT_CONTAINS(outcome.out, "call vmsplice: EIO");
}

TEST(strict_is_less_and_compat_is_more)
{
	LAUNCH(&outcome, .probe = "try trace_child -- call vmsplice");
	ASSERT_CONTAINS(outcome.out, "trace_child: ok");
	ASSERT_CONTAINS(outcome.out, "call vmsplice: EPERM");
	LAUNCH(&outcome, .probe = "try trace_child -- call vmsplice",
	       .document = SECCOMP("\"profile\": \"STRICT\""));
	ASSERT_CONTAINS(outcome.out, "trace_child: EPERM");
	LAUNCH(&outcome, .probe = "try trace_child -- call vmsplice",
	       .document = SECCOMP("\"profile\": \"COMPAT\""));
	ASSERT_CONTAINS(outcome.out, "trace_child: ok");
	ASSERT_TRUE(strstr(outcome.out, "call vmsplice: EPERM") == NULL);
}

/* All but some: a list of what is not allowed, and the rest is. */
TEST(profile_none_has_its_own_default)
{
	LAUNCH(&outcome,
	       .probe = "try chmod /tmp -- call vmsplice -- create /tmp/a",
	       .document = SECCOMP(
		       "\"profile\": \"NONE\", \"default_action\": \"ALLOW\","
		       "\"rules\": [{ " CHMOD ", \"errno_value\": 5 }]"));
	ASSERT_CONTAINS(outcome.out, "chmod /tmp: EIO");
	ASSERT_CONTAINS(outcome.out, "create /tmp/a: ok");
	ASSERT_TRUE(strstr(outcome.out, "call vmsplice: EPERM") == NULL);
}

TEST(what_no_program_can_start_with_is_refused)
{
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document = SECCOMP("\"profile\": \"NONE\""));
	ASSERT_CONTAINS(outcome.message, "security.seccomp: read is not "
					 "allowed");
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document = RULE("\"names\": [\"execve\"]"));
	ASSERT_CONTAINS(outcome.message, "execve is not allowed");
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document = RULE("\"names\": [\"read\", \"no_such\"]"));
	ASSERT_CONTAINS(
		outcome.message,
		"security.seccomp.rules[0].names[1]: \"no_such\" is not "
		"a system call");
}

/* By an argument, or by a raw filter, which only the launch itself shows. */
TEST(what_ends_the_launch_without_a_word_is_named)
{
	static const char *const documents[] = {
		RULE("\"names\": [\"write\"], \"args\":"
		     " [{ \"index\": 0, \"op\": \"NE\" }]"),
		RULE("\"names\": [\"read\"], \"action\": \"KILL_PROCESS\","
		     " \"args\": [{ \"index\": 0, \"op\": \"NE\" }]"),
		/* Whatever is called, even the exit: killed; 0; ENOSYS. */
		SECCOMP("\"bpf\": \"BgAAAAAAAIA=\""),
		SECCOMP("\"bpf\": \"BgAAAAAABQA=\""),
		SECCOMP("\"bpf\": \"BgAAAAAAwH8=\""),
	};

	for (size_t i = 0; i < sizeof(documents) / sizeof(documents[0]); i++) {
		LAUNCH_FAILS(&outcome, .probe = "ids",
			     .document = documents[i]);
		ASSERT_CONTAINS(outcome.message,
				"security.seccomp: the sandbox vanished");
	}
}

TEST(a_raw_filter_needs_the_call_that_loads_it)
{
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document = SECCOMP("\"bpf\": \"BgAAAAAA/38=\","
					 "\"rules\": [{"
					 " \"names\": [\"seccomp\"],"
					 " \"action\": \"KILL_PROCESS\" }]"));
	ASSERT_CONTAINS(outcome.message, "seccomp is not allowed");
}

TEST(unconfined_has_no_filter_and_says_so)
{
	LAUNCH(&outcome, .probe = "text /proc/self/status",
	       .document = SECCOMP("\"profile\": \"UNCONFINED\""));
	ASSERT_STR(answer(outcome.out, "Seccomp"), "0");
	ASSERT_CONTAINS(outcome.json, "system-call-filter");
	LAUNCH(&outcome, .probe = "text /proc/self/status");
	ASSERT_STR(answer(outcome.out, "Seccomp"), "2");
	ASSERT_STR(answer(outcome.out, "Seccomp_filters"), "1");
}

/* Base64; @size is at most 64. */
static void encode(const void *bytes, size_t size, char *ret)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned char in[66] = { 0 };

	memcpy(in, bytes, size);
	for (size_t i = 0; i < size; i += 3) {
		uint32_t word = (uint32_t)in[i] << 16 |
				(uint32_t)in[i + 1] << 8 | in[i + 2];

		*ret++ = digits[word >> 18];
		*ret++ = digits[word >> 12 & 63];
		*ret++ = i + 1 < size ? digits[word >> 6 & 63] : '=';
		*ret++ = i + 2 < size ? digits[word & 63] : '=';
	}
	*ret = '\0';
}

TEST(a_filter_of_the_callers_own_comes_on_top)
{
	const struct sock_filter program[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_umask, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	char document[512];
	char text[256];
	struct request request = {
		.argv = "\"/bin/sh\", \"-c\", \"umask 077; echo on\"",
		.document = document,
	};

	encode(program, sizeof(program), text);
	(void)snprintf(document, sizeof(document), SECCOMP("\"bpf\": \"%s\""),
		       text);
	launch(&request, &outcome);
	ASSERT_EQ(outcome.started, 0);
	ASSERT_EQ(outcome.signal, SIGSYS);
	LAUNCH(&outcome, .probe = "text /proc/self/status -- try call vmsplice",
	       .document = document);
	ASSERT_STR(answer(outcome.out, "Seccomp_filters"), "2");
}

TEST(a_filter_that_is_none_is_refused)
{
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document = SECCOMP("\"bpf\": \"YQ==\""));
	ASSERT_CONTAINS(outcome.message, "security.seccomp.bpf: has 1 bytes");
	/* One instruction of zeros, which ends nothing. */
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document = SECCOMP("\"bpf\": \"AAAAAAAAAAA=\""));
	ASSERT_EQ(outcome.error, EINVAL);
	ASSERT_CONTAINS(outcome.step, "load the system-call filter");
}
