/* SPDX-License-Identifier: Apache-2.0 */
/* What libseccomp's names in a profile stand for. */
#include "spec/oci_words.h"

#include "base/array.h"
#include "base/err.h"

#include <stdio.h>
#include <string.h>

#define ERRNO_MAX   4095U
#define ERRNO_NAMED 133 /* the last that has a name */

struct word {
	const char *name;
	int value;
};

static int find(struct oci_reader *reader, const struct word *words,
		size_t count, const char *kind, int *ret)
{
	const char *text = "";
	int r = oci_string(reader, &text);

	for (size_t i = 0; r >= 0 && i < count; i++) {
		if (strcmp(words[i].name, text) == 0) {
			*ret = words[i].value;
			return 0;
		}
	}
	return r < 0 ? r
		     : oci_fault(reader, "\"%.64s\" is no %s of this build",
				 text, kind);
}

int oci_action(struct oci_reader *reader, Sandbox__V1__Seccomp__Action *ret)
{
	static const struct word actions[] = {
		{ "SCMP_ACT_ALLOW", SANDBOX__V1__SECCOMP__ACTION__ALLOW },
		{ "SCMP_ACT_ERRNO",
		  SANDBOX__V1__SECCOMP__ACTION__ACTION_ERRNO },
		{ "SCMP_ACT_KILL", SANDBOX__V1__SECCOMP__ACTION__KILL_THREAD },
		{ "SCMP_ACT_KILL_THREAD",
		  SANDBOX__V1__SECCOMP__ACTION__KILL_THREAD },
		{ "SCMP_ACT_KILL_PROCESS",
		  SANDBOX__V1__SECCOMP__ACTION__KILL_PROCESS },
		{ "SCMP_ACT_TRAP", SANDBOX__V1__SECCOMP__ACTION__TRAP },
		{ "SCMP_ACT_LOG", SANDBOX__V1__SECCOMP__ACTION__LOG },
		{ "SCMP_ACT_NOTIFY", SANDBOX__V1__SECCOMP__ACTION__NOTIFY },
	};
	int value = 0;
	int r = find(reader, actions, ARRAY_SIZE(actions), "action", &value);

	*ret = (Sandbox__V1__Seccomp__Action)value;
	return r;
}

int oci_comparison(struct oci_reader *reader, Sandbox__V1__SyscallArg__Op *ret)
{
	static const struct word comparisons[] = {
		{ "SCMP_CMP_EQ", SANDBOX__V1__SYSCALL_ARG__OP__EQ },
		{ "SCMP_CMP_NE", SANDBOX__V1__SYSCALL_ARG__OP__NE },
		{ "SCMP_CMP_LT", SANDBOX__V1__SYSCALL_ARG__OP__LT },
		{ "SCMP_CMP_LE", SANDBOX__V1__SYSCALL_ARG__OP__LE },
		{ "SCMP_CMP_GT", SANDBOX__V1__SYSCALL_ARG__OP__GT },
		{ "SCMP_CMP_GE", SANDBOX__V1__SYSCALL_ARG__OP__GE },
		{ "SCMP_CMP_MASKED_EQ",
		  SANDBOX__V1__SYSCALL_ARG__OP__MASKED_EQ },
	};
	int value = 0;
	int r = find(reader, comparisons, ARRAY_SIZE(comparisons), "comparison",
		     &value);

	*ret = (Sandbox__V1__SyscallArg__Op)value;
	return r;
}

int oci_errno(struct oci_reader *reader, uint32_t *ret)
{
	const char *name = "";
	uint64_t number = 0;
	int r = 0;

	if (reader->token.kind == JSON_NUMBER) {
		r = oci_number(reader, ERRNO_MAX, &number);
		*ret = (uint32_t)number;
		return r < 0 || number > 0 ? r
					   : oci_fault(reader, "0 is no errno");
	}
	r = oci_string(reader, &name);
	for (int i = 1; r >= 0 && i <= ERRNO_NAMED; i++) {
		if (strcmp(err_errno_name(i), name) == 0) {
			*ret = (uint32_t)i;
			return 0;
		}
	}
	return r < 0 ? r : oci_fault(reader, "\"%.64s\" is no errno", name);
}

int oci_kernel(struct oci_reader *reader, uint32_t *ret)
{
	unsigned int major = 0;
	unsigned int minor = 0;
	const char *text = "";
	char rest = 0;
	int r = oci_string(reader, &text);

	if (r < 0) {
		return r;
	}
	if (strspn(text, "0123456789.") != strlen(text) || strlen(text) > 9 ||
	    sscanf(text, "%u.%u%c", &major, &minor, &rest) != 2 || /* NOLINT */
	    major > 0xffff || minor > 0xffff) {
		return oci_fault(reader, "\"%.64s\" is no version as \"4.8\"",
				 text);
	}
	*ret = major << 16 | minor;
	return 0;
}

int oci_flag(struct oci_reader *reader, bool *log)
{
	/* There is one thread, and a listener always waits like that. */
	static const struct word flags[] = {
		{ "SECCOMP_FILTER_FLAG_TSYNC", 0 },
		{ "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV", 0 },
		{ "SECCOMP_FILTER_FLAG_LOG", 1 },
	};
	int value = 0;
	int r = find(reader, flags, ARRAY_SIZE(flags), "flag", &value);

	*log = *log || value != 0;
	return r;
}
