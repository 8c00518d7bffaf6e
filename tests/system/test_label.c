/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Labels of AppArmor and SELinux.  To see the effect takes a host that has one
 * of them, and for AppArmor a profile: SANDBOX_TEST_APPARMOR_PROFILE names one
 * that is loaded, not that of the test, and lets the probe run.
 */
#include "control.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ASKS(field, label) "\"security\": { \"" field "\": \"" label "\" }"

static struct outcome outcome;

static bool apparmor_is_enabled(void)
{
	char answer[4] = "";
	FILE *file = fopen("/sys/module/apparmor/parameters/enabled", "re");

	if (file == NULL) {
		return false;
	}
	if (fgets(answer, sizeof(answer), file) == NULL) {
		answer[0] = '\0';
	}
	(void)fclose(file);
	return answer[0] == 'Y';
}

static bool selinux_is_enabled(void)
{
	return access("/sys/fs/selinux/enforce", F_OK) == 0;
}

TEST(a_profile_takes_a_host_with_apparmor)
{
	if (apparmor_is_enabled()) {
		SKIP("this host has AppArmor");
	}
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document = ASKS("apparmorProfile", "lab"));
	ASSERT_STR(outcome.subject, "security.apparmor_profile");
	ASSERT_CONTAINS(outcome.message, "not enabled on this host");
	LAUNCH(&outcome, .probe = "ids",
	       .document = ASKS("apparmorProfile",
				"lab") ", \"preferred\": [\"security.apparmor_"
				       "profile\"]");
	ASSERT_CONTAINS(outcome.json, "\"apparmor\"");
	ASSERT_CONTAINS(outcome.json, "left out: not enabled on this host");
}

TEST(a_context_takes_a_host_with_selinux)
{
	if (selinux_is_enabled()) {
		SKIP("this host has SELinux");
	}
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document = ASKS("selinuxLabel", "a:b:c:s0"));
	ASSERT_STR(outcome.subject, "security.selinux_label");
	ASSERT_CONTAINS(outcome.message, "not enabled on this host");
	LAUNCH(&outcome, .probe = "ids",
	       .document = ASKS("selinuxLabel", "a:b:c:s0") ", \"preferred\":"
							    " [\"security."
							    "selinux_label\"]");
	ASSERT_CONTAINS(outcome.json, "\"selinux\"");
	ASSERT_CONTAINS(outcome.json, "left out: not enabled on this host");
}

TEST(a_profile_is_in_force_from_exec_on)
{
	const char *profile = getenv("SANDBOX_TEST_APPARMOR_PROFILE");
	char document[512];

	if (!apparmor_is_enabled() || profile == NULL) {
		SKIP("no AppArmor with a profile for the test");
	}
	(void)snprintf(document, sizeof(document),
		       "\"security\": { \"apparmorProfile\": \"%s\" }",
		       profile);
	LAUNCH(&outcome, .probe = "text /proc/self/attr/apparmor/current",
	       .document = document);
	ASSERT_TRUE(strncmp(outcome.out, profile, strlen(profile)) == 0);
	/* The control: it is not so by itself. */
	LAUNCH(&outcome, .probe = "text /proc/self/attr/apparmor/current");
	ASSERT_TRUE(strncmp(outcome.out, profile, strlen(profile)) != 0);
}

TEST(a_profile_that_is_not_loaded_is_named)
{
	if (!apparmor_is_enabled()) {
		SKIP("no AppArmor");
	}
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document = ASKS("apparmorProfile", "none-of-that-name"));
	ASSERT_STR(outcome.subject, "security.apparmor_profile");
	ASSERT_EQ(outcome.error, ENOENT);
}

TEST(a_context_that_the_policy_lacks_is_named)
{
	if (!selinux_is_enabled()) {
		SKIP("no SELinux");
	}
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document = ASKS("selinuxLabel", "no context"));
	ASSERT_STR(outcome.subject, "security.selinux_label");
}
