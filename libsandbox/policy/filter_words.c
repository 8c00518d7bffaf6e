/* SPDX-License-Identifier: Apache-2.0 */
/* Names of arguments and of their values, and sentences made of them. */
#include "policy/filter_words.h"

#include "base/array.h"
#include "base/err.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct argument_name {
	const char *call;
	unsigned char argument;
	const char *name;
};

struct value_name {
	const char *call;
	unsigned char argument;
	uint64_t value;
	const char *name;
};

/* clang-format off */
static const struct argument_name argument_names[] = {
	{ "clone", 0, "flags" },
	{ "ioctl", 1, "request" },
	{ "ioprio_set", 0, "which" },
	{ "ioprio_set", 1, "who" },
	{ "personality", 0, "persona" },
	{ "prlimit64", 0, "pid" },
	{ "sched_setaffinity", 0, "pid" },
	{ "sched_setattr", 0, "pid" },
	{ "sched_setparam", 0, "pid" },
	{ "sched_setscheduler", 0, "pid" },
	{ "setpriority", 0, "which" },
	{ "setpriority", 1, "who" },
	{ "socket", 0, "family" },
	{ "socket", 1, "type" },
	{ "socket", 2, "protocol" },
	{ "socketpair", 0, "family" },
};

static const struct value_name value_names[] = {
	{ "ioctl", 1, 0x5412, "TIOCSTI" },
	{ "ioctl", 1, 0x541c, "TIOCLINUX" },
	{ "ioctl", 1, 0x541d, "TIOCCONS" },
	{ "ioctl", 1, 0x5423, "TIOCSETD" },
	{ "ioprio_set", 0, 1, "IOPRIO_WHO_PROCESS" },
	{ "setpriority", 0, 0, "PRIO_PROCESS" },
	{ "socket", 0, 1, "AF_UNIX" },
	{ "socket", 0, 2, "AF_INET" },
	{ "socket", 0, 10, "AF_INET6" },
	{ "socket", 0, 16, "AF_NETLINK" },
	{ "socket", 1, 1, "SOCK_STREAM" },
	{ "socket", 1, 2, "SOCK_DGRAM" },
	{ "socket", 1, 3, "SOCK_RAW" },
	{ "socket", 1, 5, "SOCK_SEQPACKET" },
	{ "socket", 2, 1, "ICMP" },
	{ "socket", 2, 6, "TCP" },
	{ "socket", 2, 17, "UDP" },
	{ "socket", 2, 58, "ICMPv6" },
	{ "socketpair", 0, 1, "AF_UNIX" },
};
/* clang-format on */

static const char *const comparison_words[] = {
	[FILTER_EQ] = "is",        [FILTER_NE] = "is not", [FILTER_LT] = "<",
	[FILTER_LE] = "<=",        [FILTER_GT] = ">",      [FILTER_GE] = ">=",
	[FILTER_MASKED_EQ] = "is",
};

static void say_argument(char *ret, size_t size, const char *call,
			 const struct filter_test *test)
{
	for (size_t i = 0; i < ARRAY_SIZE(argument_names); i++) {
		const struct argument_name *name = &argument_names[i];

		if (name->argument == test->argument &&
		    strcmp(name->call, call) == 0) {
			(void)snprintf(ret, size, "%s", name->name);
			return;
		}
	}
	(void)snprintf(ret, size, "argument %d", test->argument);
}

void filter_say_value(char *ret, size_t size, const char *call,
		      const struct filter_test *test)
{
	for (size_t i = 0; i < ARRAY_SIZE(value_names); i++) {
		const struct value_name *name = &value_names[i];

		if (name->argument == test->argument &&
		    name->value == test->value &&
		    strcmp(name->call, call) == 0) {
			(void)snprintf(ret, size, "%s", name->name);
			return;
		}
	}
	if (test->value < 1000) {
		(void)snprintf(ret, size, "%" PRIu64, test->value);
		return;
	}
	(void)snprintf(ret, size, "0x%" PRIx64, test->value);
}

/*
 * The masks of whole numbers and of socket types (without their two flags)
 * would only hide what is meant.
 */
static bool is_plain_mask(const char *call, const struct filter_test *test)
{
	return test->mask == 0xffffffff ||
	       (test->mask == 0xfff7f7ff && test->argument == 1 &&
		strcmp(call, "socket") == 0);
}

static void say_test(char *ret, size_t size, const char *call,
		     const struct filter_test *test)
{
	char argument[32];
	char value[32];

	say_argument(argument, sizeof(argument), call, test);
	filter_say_value(value, sizeof(value), call, test);
	if (test->comparison == FILTER_MASKED_EQ &&
	    !is_plain_mask(call, test)) {
		(void)snprintf(ret, size, "%s & 0x%" PRIx64 " is %s", argument,
			       test->mask, value);
		return;
	}
	(void)snprintf(ret, size, "%s %s %s", argument,
		       comparison_words[test->comparison], value);
}

void filter_say_tests(char *ret, size_t size, const char *call,
		      const struct filter_rule *rule)
{
	size_t used = 0;

	ret[0] = '\0';
	for (size_t i = 0; i < rule->test_count && used < size; i++) {
		char test[96];

		say_test(test, sizeof(test), call, &rule->tests[i]);
		(void)snprintf(ret + used, size - used, "%s%s",
			       i == 0 ? "" : " and ", test);
		used = strlen(ret);
	}
}

void filter_say_verdict(char *ret, size_t size, uint32_t verdict)
{
	uint32_t number = verdict & SECCOMP_RET_DATA;

	switch (verdict & SECCOMP_RET_ACTION_FULL) {
	case SECCOMP_RET_ALLOW:
		(void)snprintf(ret, size, "allow");
		break;
	case SECCOMP_RET_ERRNO:
		(void)snprintf(ret, size, "refuse with %s",
			       err_errno_name((int)number));
		break;
	case SECCOMP_RET_KILL_PROCESS:
		(void)snprintf(ret, size, "kill the process");
		break;
	case SECCOMP_RET_KILL_THREAD:
		(void)snprintf(ret, size, "kill the thread");
		break;
	case SECCOMP_RET_TRAP:
		(void)snprintf(ret, size, "trap with %" PRIu32, number);
		break;
	case SECCOMP_RET_LOG:
		(void)snprintf(ret, size, "allow and log");
		break;
	case SECCOMP_RET_USER_NOTIF:
		(void)snprintf(ret, size, "ask the listener");
		break;
	default:
		(void)snprintf(ret, size, "verdict 0x%" PRIx32, verdict);
		break;
	}
}
