/* SPDX-License-Identifier: Apache-2.0 */
/* Settings of the kernel's that a sandbox has of its own. */
#include "control.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SETTINGS(members) "\"security\": { \"sysctls\": {" members "} }"

static struct outcome outcome;

/* The first line of a file of this process's own /proc/sys. */
static const char *hosts(const char *path)
{
	static char text[128];
	char whole[160];
	int fd;
	ssize_t n;

	(void)snprintf(whole, sizeof(whole), "/proc/sys/%s", path);
	fd = open(whole, O_RDONLY | O_CLOEXEC);
	ASSERT_OK(fd);
	n = read(fd, text, sizeof(text) - 1);
	(void)close(fd);
	ASSERT_TRUE(n > 0);
	text[n] = '\0';
	text[strcspn(text, "\n")] = '\0';
	return text;
}

TEST(settings_of_the_network_are_the_documents)
{
	char before[128];

	(void)snprintf(before, sizeof(before), "%s",
		       hosts("net/ipv4/ip_default_ttl"));
	SHELL(&outcome,
	      "cat /proc/sys/net/ipv4/ip_default_ttl"
	      " /proc/sys/net/ipv4/conf/lo/forwarding"
	      " /proc/sys/net/ipv4/ip_local_port_range",
	      .document = SETTINGS("\"net.ipv4.ip_default_ttl\": \"77\","
				   "\"net/ipv4/conf/lo/forwarding\": \"1\","
				   "\"net.ipv4.ip_local_port_range\":"
				   " \"2000 3000\","
				   "\"net.ipv4.route.flush\": \"1\""));
	ASSERT_STR(outcome.out, "77\n1\n2000\t3000\n");
	ASSERT_CONTAINS(outcome.json, "4 set, 0 left out");
	ASSERT_STR(hosts("net/ipv4/ip_default_ttl"), before);
	SHELL(&outcome, "cat /proc/sys/net/ipv4/ip_default_ttl");
	ASSERT_TRUE(strcmp(outcome.out, "77\n") != 0);
}

TEST(settings_of_messages_and_memory_are_the_documents)
{
	char before[128];

	(void)snprintf(before, sizeof(before), "%s", hosts("kernel/msgmni"));
	SHELL(&outcome,
	      "cat /proc/sys/kernel/msgmni /proc/sys/kernel/sem"
	      " /proc/sys/fs/mqueue/msg_max",
	      .document = SETTINGS("\"kernel.msgmni\": \"7\","
				   "\"kernel.sem\": \"250 32000 32 9\","
				   "\"fs.mqueue.msg_max\": \"3\""));
	ASSERT_STR(outcome.out, "7\n250\t32000\t32\t9\n3\n");
	ASSERT_STR(hosts("kernel/msgmni"), before);
}

/* A capability is void over the network; a setting takes its place. */
TEST(ports_and_pings_are_had_by_a_setting)
{
	static const struct trial none[] = {
		{ "serve 80", "EACCES", CONTROL_NAMESPACES, "ENETUNREACH" },
		{ "socket 2 2 1", "EACCES", CONTROL_PLAIN, NULL },
	};
	/* The control of both: only the setting differs. */
	static const struct trial all[] = {
		{ "serve 80", "ok", CONTROL_PLAIN, NULL },
		{ "socket 2 2 1", "ok", CONTROL_PLAIN, NULL },
	};
	static const char capabilities[] =
		"\"security\": { \"capabilities\": { \"allSets\": ["
		" \"NET_RAW\", \"NET_BIND_SERVICE\" ] } }";

	TRY(none, .probe = NULL);
	TRY(all, .document = capabilities);
	TRY(all, .document = SETTINGS("\"net.ipv4.ping_group_range\":"
				      " \"0 2147483647\","
				      "\"net.ipv4.ip_unprivileged_port_start\":"
				      " \"80\""));
}

/* Groups are those inside, whatever they are on the host. */
TEST(the_groups_that_may_ping_are_the_sandboxs_own)
{
	static const struct trial may[] = {
		{ "socket 2 2 1", "ok", CONTROL_PLAIN, NULL },
	};
	static const struct trial may_not[] = {
		{ "socket 2 2 1", "EACCES", CONTROL_PLAIN, NULL },
	};
	static const char document[] =
		SETTINGS("\"net.ipv4.ping_group_range\": \"6 8\"");

	TRY(may, .document = document, .process = "\"user\": \"7\"");
	TRY(may, .document = document, .process = "\"user\": \"1:8\"");
	TRY(may_not, .document = document, .process = "\"user\": \"9\"");
	TRY(may_not, .document = document, .process = "\"user\": \"6:5\"");
}

TEST(what_the_document_says_comes_before_the_capability)
{
	static const struct trial trials[] = {
		{ "serve 80", "EACCES", CONTROL_PLAIN, NULL },
		{ "serve 90", "ok", CONTROL_PLAIN, NULL },
		{ "socket 2 2 1", "EACCES", CONTROL_PLAIN, NULL },
	};

	TRY(trials,
	    .document = "\"security\": { \"capabilities\": { \"allSets\": ["
			" \"NET_RAW\", \"NET_BIND_SERVICE\" ] }, \"sysctls\": {"
			" \"net.ipv4.ip_unprivileged_port_start\": \"90\","
			" \"net.ipv4.ping_group_range\": \"1 0\" } }");
}

TEST(a_setting_that_cannot_be_is_an_error_that_names_it)
{
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document = SETTINGS("\"net.ipv4.nothing\": \"1\""));
	ASSERT_EQ(outcome.error, ENOENT);
	ASSERT_STR(outcome.step, "write the setting");
	ASSERT_STR(outcome.subject, "security.sysctls[\"net.ipv4.nothing\"]");
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document = SETTINGS("\"net.core.somaxconn\": \"many\""));
	ASSERT_EQ(outcome.error, EINVAL);
	ASSERT_STR(outcome.subject, "security.sysctls[\"net.core.somaxconn\"]");
	/* Taken, but as something else: 16. */
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document = SETTINGS("\"net.core.somaxconn\": \"0x10\""));
	ASSERT_EQ(outcome.error, ESTALE);
	ASSERT_CONTAINS(outcome.message, "then shows otherwise");
}

TEST(a_setting_that_is_preferred_may_be_left_out)
{
	SHELL(&outcome, "cat /proc/sys/net/ipv4/ip_default_ttl",
	      .document = SETTINGS(
		      "\"net.ipv4.nothing\": \"1\","
		      "\"net.ipv4.ip_default_ttl\": \"77\"") ","
							     "\"preferred\": [\"security.sysctls\"]");
	ASSERT_STR(outcome.out, "77\n");
	ASSERT_CONTAINS(outcome.json, "1 set, 1 left out");
}
