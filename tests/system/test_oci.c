/* SPDX-License-Identifier: Apache-2.0 */
/* Profiles of container engines, as a program meets them. */
#include "control.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Debian's package golang-github-containers-common has it. */
#define PODMAN "/usr/share/containers/seccomp.json"

static struct outcome outcome;

/* A document whose filter is the profile of @size bytes, with further members
 * of security; from malloc. */
static char *document_of(const char *profile, size_t size, const char *security)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	char *text = calloc(1, size * 2 + 256 + strlen(security));
	char *end = text;

	ASSERT_TRUE(text != NULL);
	end = stpcpy(stpcpy(end, "\"security\": { "), security);
	end = stpcpy(end, "\"seccomp\": { \"oci_json\": \"");
	for (size_t i = 0; i < size; i += 3) {
		unsigned int bits = 0;

		for (size_t j = 0; j < 3; j++) {
			bits = bits << 8 |
			       (i + j < size ? (unsigned char)profile[i + j]
					     : 0);
		}
		for (size_t j = 0; j < 4; j++) {
			*end++ = i + j > size
					 ? '='
					 : digits[bits >> (18 - 6 * j) & 63];
		}
	}
	(void)stpcpy(end, "\" } }");
	return text;
}

/* Runs the probe under a profile, which has ' for ". */
static void run(const char *profile, const char *probe, const char *security)
{
	char *copy = strdup(profile);
	char *document = NULL;

	ASSERT_TRUE(copy != NULL);
	for (char *at = copy; *at != '\0'; at++) {
		*at = *at == '\'' ? '"' : *at;
	}
	document = document_of(copy, strlen(copy), security);
	LAUNCH(&outcome, .probe = probe, .document = document);
	free(document);
	free(copy);
}

#define ALL_BUT(rules) \
	"{'defaultAction':'SCMP_ACT_ALLOW','syscalls':[" rules "]}"
#define VMSPLICE "'names':['vmsplice','no_such_call']"

TEST(a_profile_refuses_with_the_errno_it_says)
{
	run(ALL_BUT("{" VMSPLICE ",'action':'SCMP_ACT_ERRNO','errnoRet':28}"),
	    "try call vmsplice", "");
	ASSERT_CONTAINS(outcome.out, "call vmsplice: ENOSPC");
	run(ALL_BUT("{" VMSPLICE ",'action':'SCMP_ACT_ERRNO'}"),
	    "try call vmsplice", "");
	ASSERT_CONTAINS(outcome.out, "call vmsplice: EPERM");
	/* The control: what the profile allows, ours would refuse. */
	run(ALL_BUT(""), "try call vmsplice", "");
	ASSERT_TRUE(strstr(outcome.out, "EPERM") == NULL);
}

/* The probe's first argument is -1, all ones. */
TEST(a_mask_comes_before_the_value)
{
#define MASKED(mask, value)                                             \
	ALL_BUT("{" VMSPLICE ",'action':'SCMP_ACT_ERRNO','errnoRet':5," \
		"'args':[{'index':0,'value':" mask ",'valueTwo':" value \
		",'op':'SCMP_CMP_MASKED_EQ'}]}")
	run(MASKED("12", "12"), "try call vmsplice", "");
	ASSERT_CONTAINS(outcome.out, "call vmsplice: EIO");
	run(MASKED("12", "4"), "try call vmsplice", "");
	ASSERT_TRUE(strstr(outcome.out, "EIO") == NULL);
}

/* As libseccomp has it, whatever the order. */
TEST(a_rule_without_comparisons_is_stronger)
{
	run(ALL_BUT("{" VMSPLICE ",'action':'SCMP_ACT_ERRNO','errnoRet':5,"
		    "'args':[{'index':1,'value':0,'op':'SCMP_CMP_EQ'}]},"
		    "{" VMSPLICE ",'action':'SCMP_ACT_ERRNO','errnoRet':28}"),
	    "try call vmsplice", "");
	ASSERT_CONTAINS(outcome.out, "call vmsplice: ENOSPC");
}

TEST(rules_go_by_the_bounding_set)
{
	static const char profile[] =
		ALL_BUT("{" VMSPLICE ",'action':'SCMP_ACT_ERRNO','errnoRet':5,"
			"'includes':{'caps':['CAP_KILL']}},"
			"{" VMSPLICE ",'action':'SCMP_ACT_ERRNO','errnoRet':28,"
			"'excludes':{'caps':['CAP_KILL']}}");

	run(profile, "try call vmsplice", "");
	ASSERT_CONTAINS(outcome.out, "call vmsplice: ENOSPC");
	run(profile, "try call vmsplice",
	    "\"capabilities\": { \"bounding\": [\"kill\"] }, ");
	ASSERT_CONTAINS(outcome.out, "call vmsplice: EIO");
}

TEST(rules_go_by_the_kernel_and_the_architecture)
{
	run(ALL_BUT("{" VMSPLICE ",'action':'SCMP_ACT_ERRNO','errnoRet':5,"
		    "'includes':{'minKernel':'60000.0'}},"
		    "{" VMSPLICE ",'action':'SCMP_ACT_ERRNO','errnoRet':6,"
		    "'includes':{'arches':['mips']}},"
		    "{" VMSPLICE ",'action':'SCMP_ACT_ERRNO','errnoRet':28,"
		    "'includes':{'minKernel':'4.8','arches':['amd64','arm64']}"
		    "}"),
	    "try call vmsplice", "");
	ASSERT_CONTAINS(outcome.out, "call vmsplice: ENOSPC");
}

/* With one id for all the kernel lets it; the control, where that is so. */
TEST(a_profile_that_allows_all_does_not_give_up_init)
{
	static const char *const attempts[] = { "limit 1", "affinity 1",
						"scheduler 1", "renice 1",
						"ioprio 1" };

	for (size_t i = 0; i < sizeof(attempts) / sizeof(attempts[0]); i++) {
		char probe[64];
		char done[64];

		(void)snprintf(probe, sizeof(probe), "try %s", attempts[i]);
		(void)snprintf(done, sizeof(done), "%s: ok", attempts[i]);
		run(ALL_BUT(""), probe, "");
		ASSERT_TRUE(strstr(outcome.out, done) == NULL);
	}
	LAUNCH(&outcome, .probe = "try affinity 1",
	       .document = "\"security\": { \"seccomp\": {"
			   " \"profile\": \"UNCONFINED\" } }");
	ASSERT_EQ(strstr(outcome.out, "affinity 1: ok") != NULL,
		  launch_mode() == MODE_SINGLE);
}

static char *read_file(const char *path, size_t *ret)
{
	FILE *file = fopen(path, "re");
	char *text = NULL;

	if (file == NULL) {
		SKIP("golang-github-containers-common is not installed");
	}
	text = calloc(1, 65536);
	ASSERT_TRUE(text != NULL);
	*ret = fread(text, 1, 65535, file);
	(void)fclose(file);
	return text;
}

TEST(a_shell_runs_under_the_profile_of_podman)
{
	size_t size = 0;
	char *profile = read_file(PODMAN, &size);
	char *document = document_of(profile, size, "");

	LAUNCH(&outcome,
	       .argv = "\"/bin/sh\", \"-c\", \"cd /tmp; echo a | cat; id -u\"",
	       .document = document);
	ASSERT_EQ(outcome.exit_code, 0);
	ASSERT_CONTAINS(outcome.out, "a\n");
	/* One it refuses, and one that is newer than it is. */
	LAUNCH(&outcome, .probe = "try call vmsplice -- call lsm_set_self_attr",
	       .document = document);
	ASSERT_CONTAINS(outcome.out, "call vmsplice: EPERM");
	ASSERT_CONTAINS(outcome.out, "call lsm_set_self_attr: ENOSYS");
	free(document);
	free(profile);
}
