/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of names and addresses: a row each. */
#include "base/array.h"
#include "lib/tap.h"
#include "spec_case.h"

#define CHECK(rows)   spec_case_check_all(rows, ARRAY_SIZE(rows))
#define NETWORK(text) SPEC("'network':{" text "}")
#define HOST(text)    NETWORK("'mode':'HOST'," text)
#define AT(key)       "network.hosts[\"" key "\"]"
#define LABEL         "a123456789b123456789c123456789d123456789e123456789f12"

TEST(rows_of_hosts_are_names_and_addresses)
{
	static const struct spec_case rows[] = {
		{ NETWORK("'hosts':{'db':'192.0.2.1','a.b-c.9':'2001:db8::1'}"),
		  NULL, NULL },
		{ NETWORK("'hosts':{'db':'192.0.2.1/8'}"), AT("db"),
		  "\"192.0.2.1/8\" is not an IPv4 or IPv6 address" },
		{ NETWORK("'hosts':{'db':'010.1.1.1'}"), AT("db"),
		  "\"010.1.1.1\" is not an IPv4 or IPv6 address" },
		{ NETWORK("'hosts':{'db':'fe80::1%eth0'}"), AT("db"),
		  "\"fe80::1%eth0\" is not an IPv4 or IPv6 address" },
		{ NETWORK("'hosts':{'db':''}"), AT("db"),
		  "\"\" is not an IPv4 or IPv6 address" },
		{ NETWORK("'hosts':{'':'::1'}"), AT(""), "the name is empty" },
		{ NETWORK("'hosts':{'a b':'::1'}"), AT("a b"),
		  "the name has a character that is none of A-Z a-z 0-9 . -" },
		{ NETWORK("'hosts':{'a-':'::1'}"), AT("a-"),
		  "the name has a label that begins or ends with a hyphen" },
		{ NETWORK("'hosts':{'LocalHost':'::2'}"), AT("LocalHost"),
		  "the name is the loopback's in every sandbox" },
		{ NETWORK("'hosts':{'db':'::1','DB':'::2'}"), AT("DB"),
		  "the name is there already, in other letters" },
	};

	CHECK(rows);
}

TEST(resolvers_are_as_many_as_libraries_take)
{
	static const struct spec_case rows[] = {
		{ HOST("'dns_servers':['192.0.2.1','::1','192.0.2.2'],"
		       "'dns_search':['a','b.example']"),
		  NULL, NULL },
		{ HOST("'dns_servers':['a']"), "network.dns_servers[0]",
		  "\"a\" is not an IPv4 or IPv6 address" },
		{ HOST("'dns_servers':['::1','::2','::3','::4']"),
		  "network.dns_servers", "has 4 elements, more than 3" },
		{ HOST("'dns_servers':['::1'],'dns_search':['a..b']"),
		  "network.dns_search[0]", "\"a..b\" has an empty label" },
		{ HOST("'dns_servers':['::1'],"
		       "'dns_search':['a','b','c','d','e','f','g']"),
		  "network.dns_search", "has 7 elements, more than 6" },
		{ HOST("'dns_servers':['::1'],'dns_search':['" LABEL "','" LABEL
		       "','" LABEL "','" LABEL "','" LABEL "']"),
		  "network.dns_search",
		  "has 270 bytes with the blanks, more than 256" },
		{ HOST("'dns_search':['a']"), "network.dns_search",
		  "has a meaning only with dns_servers" },
	};

	CHECK(rows);
}

TEST(resolvers_can_be_reached)
{
	static const struct spec_case rows[] = {
		{ NETWORK("'dns_servers':['127.0.0.53','::1']"), NULL, NULL },
		{ NETWORK("'dns_servers':['::1','192.0.2.1']"),
		  "network.dns_servers[1]",
		  "\"192.0.2.1\" cannot be reached with mode NONE, only "
		  "127.0.0.0/8 and ::1 can" },
		{ NETWORK("'loopback_down':true,'dns_servers':['::1']"),
		  "network.dns_servers[0]",
		  "\"::1\" cannot be reached with mode NONE and "
		  "loopback_down" },
	};

	CHECK(rows);
}

TEST(files_of_names_are_seen)
{
	static const struct spec_case rows[] = {
		{ SPEC("'root':{'kind':'EMPTY'},"
		       "'network':{'hosts':{'a':'::2'}}"),
		  NULL, NULL },
		{ SPEC("'root':{'kind':'HOST'},"
		       "'network':{'hosts':{'a':'::2'}}"),
		  "network.hosts",
		  "is for /etc/hosts of root.kind SYSTEM and EMPTY; on another "
		  "nothing is made" },
		{ SPEC("'root':{'kind':'DIRECTORY','path':'/r'},"
		       "'network':{'dns_servers':['::1']}"),
		  "network.dns_servers",
		  "is for /etc/resolv.conf of root.kind SYSTEM and EMPTY; on "
		  "another nothing is made" },
		{ SPEC("'mounts':[{'kind':'TMPFS','target':'/etc'}],"
		       "'network':{'hosts':{'a':'::2'}}"),
		  "network.hosts",
		  "is for /etc/hosts, which mounts[0].target \"/etc\" takes "
		  "the place of" },
		{ SPEC("'mounts':[{'kind':'FILE','target':'/etc/hosts'}],"
		       "'network':{'hosts':{'a':'::2'}}"),
		  "network.hosts",
		  "is for /etc/hosts, which mounts[0].target \"/etc/hosts\" "
		  "takes the place of" },
		{ SPEC("'mounts':[{'kind':'FILE','target':'/etc/hosts.x'}],"
		       "'network':{'hosts':{'a':'::2'}}"),
		  NULL, NULL },
	};

	CHECK(rows);
}
