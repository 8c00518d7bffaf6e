/* SPDX-License-Identifier: Apache-2.0 */
/* Names that the document knows, as a program of the sandbox finds them. */
#include "launch.h"

#include <string.h>

static struct outcome outcome;

#define ROWS                     \
	"127.0.0.1\tlocalhost\n" \
	"::1\tlocalhost ip6-localhost ip6-loopback\n"

TEST(without_names_there_are_the_loopbacks_alone)
{
	SHELL(&outcome, "cat /etc/hosts; test -e /etc/resolv.conf || echo no");
	ASSERT_STR(outcome.out, ROWS "no\n");
}

TEST(names_of_the_document_have_their_addresses)
{
	SHELL(&outcome, "cat /etc/hosts; getent ahosts db.example",
	      .document = "\"network\": { \"hosts\": {"
			  " \"db.example\": \"192.0.2.7\","
			  " \"cache\": \"2001:db8::2\" } }");
	ASSERT_CONTAINS(outcome.out, ROWS "2001:db8::2\tcache\n"
					  "192.0.2.7\tdb.example\n");
	ASSERT_CONTAINS(outcome.out, "192.0.2.7       STREAM db.example");
}

TEST(the_host_name_has_the_address_that_the_document_gives)
{
	SHELL(&outcome, "cat /etc/hosts", .document = "\"hostname\": \"box\"");
	ASSERT_STR(outcome.out, ROWS "127.0.1.1\tbox\n");
	SHELL(&outcome, "cat /etc/hosts",
	      .document = "\"hostname\": \"box\", \"network\": {"
			  " \"hosts\": { \"Box\": \"192.0.2.7\" } }");
	ASSERT_STR(outcome.out, ROWS "192.0.2.7\tBox\n");
}

TEST(name_servers_and_domains_are_those_of_the_document)
{
	SHELL(&outcome, "cat /etc/resolv.conf",
	      .document = "\"network\": { \"mode\": \"HOST\","
			  " \"dnsServers\": [\"192.0.2.1\", \"2001:db8::1\"],"
			  " \"dnsSearch\": [\"a.example\", \"b\"] }");
	ASSERT_STR(outcome.out, "search a.example b\n"
				"nameserver 192.0.2.1\n"
				"nameserver 2001:db8::1\n");
	SHELL(&outcome, "cat /etc/resolv.conf",
	      .document = "\"network\": { \"dnsServers\": [\"::1\"] }");
	ASSERT_STR(outcome.out, "nameserver ::1\n");
}

/* It has no shell; what is there, the probe says. */
TEST(an_empty_root_has_the_files_that_are_asked_for)
{
	LAUNCH(&outcome, .probe = "text /etc/hosts",
	       .document = "\"root\": { \"kind\": \"EMPTY\" },"
			   " \"network\": { \"hosts\": {"
			   " \"db\": \"192.0.2.7\" } }");
	ASSERT_STR(outcome.out, ROWS "192.0.2.7\tdb\n");
	LAUNCH(&outcome, .probe = "text /etc/resolv.conf",
	       .document = "\"root\": { \"kind\": \"EMPTY\" },"
			   " \"network\": { \"dnsServers\": [\"::1\"] }");
	ASSERT_STR(outcome.out, "nameserver ::1\n");
}

/* The program's own id may write nothing there, whoever it is. */
TEST(files_of_names_are_read_only)
{
	SHELL(&outcome,
	      "(echo x >>/etc/hosts) 2>/dev/null || echo hosts: no;"
	      "(echo x >>/etc/resolv.conf) 2>/dev/null || echo resolver: no;"
	      "echo y >/tmp/hosts && cat /tmp/hosts",
	      .process = "\"user\": \"0\"",
	      .document = "\"network\": { \"dnsServers\": [\"::1\"],"
			  " \"hosts\": { \"db\": \"192.0.2.7\" } }");
	ASSERT_STR(outcome.out, "hosts: no\nresolver: no\ny\n");
}
