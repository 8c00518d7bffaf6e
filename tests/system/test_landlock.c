/* SPDX-License-Identifier: Apache-2.0 */
/* Landlock: what a document allows below paths and with ports, and no more. */
#include "control.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

static struct outcome outcome;

/* What the probe, which is static, needs to be executed at all. */
#define PROBE_ITSELF \
	"{ \"path\": \"/probe\", \"access\": [\"read\",\"execute\"] }"
#define LANDLOCK(members) "\"security\": { \"landlock\": { " members " } }"

/* Kernels without it refuse the document, which is tested elsewhere. */
#define NEED_VERSION(least)                                            \
	do {                                                           \
		if (syscall(444, NULL, 0, 1) < (least)) {              \
			SKIP("Landlock is older than %d here", least); \
		}                                                      \
	} while (0)

TEST(what_is_below_a_path_is_read_or_written_as_said)
{
	static const char document[] =
		LANDLOCK("\"paths\": [" PROBE_ITSELF ","
			 " { \"path\": \"/etc\", \"access\": [\"read\"] },"
			 " { \"path\": \"/tmp\", \"access\": [\"write\"] } ]");
	static const char tries[] =
		"try read /etc/passwd -- read /usr/bin/env -- write /tmp/a"
		" -- read /tmp/a -- write /dev/shm/a -- create /tmp/b"
		" -- create /dev/shm/b";

	NEED_VERSION(3);
	LAUNCH(&outcome, .probe = tries, .document = document);
	ASSERT_STR(answer(outcome.out, "read /etc/passwd"), "ok");
	ASSERT_STR(answer(outcome.out, "read /usr/bin/env"), "EACCES");
	ASSERT_STR(answer(outcome.out, "write /tmp/a"), "ok");
	ASSERT_STR(answer(outcome.out, "read /tmp/a"), "EACCES");
	ASSERT_STR(answer(outcome.out, "write /dev/shm/a"), "EACCES");
	ASSERT_STR(answer(outcome.out, "create /tmp/b"), "ok");
	ASSERT_STR(answer(outcome.out, "create /dev/shm/b"), "EACCES");
	ASSERT_CONTAINS(outcome.json, "paths");
	/* The control: nothing else refuses it. */
	LAUNCH(&outcome, .probe = tries);
	ASSERT_STR(answer(outcome.out, "read /usr/bin/env"), "ok");
	ASSERT_STR(answer(outcome.out, "read /tmp/a"), "ok");
	ASSERT_STR(answer(outcome.out, "write /dev/shm/a"), "ok");
	ASSERT_STR(answer(outcome.out, "create /dev/shm/b"), "ok");
}

TEST(a_right_of_the_kernels_is_that_and_no_other)
{
	NEED_VERSION(3);
	LAUNCH(&outcome,
	       .probe = "try create /tmp/b -- read /etc/passwd -- open /etc",
	       .document = LANDLOCK(
		       "\"paths\": [" PROBE_ITSELF ","
		       " { \"path\": \"/tmp\", \"access\": [\"make_reg\"] },"
		       " { \"path\": \"/etc/passwd\", \"access\":"
		       " [\"read_file\"] } ]"));
	/* Made, and then not written to. */
	ASSERT_STR(answer(outcome.out, "create /tmp/b"), "EACCES");
	ASSERT_STR(answer(outcome.out, "read /etc/passwd"), "ok");
	ASSERT_STR(answer(outcome.out, "open /etc"), "EACCES");
}

TEST(a_program_that_may_not_be_executed_is_not)
{
	static const char document[] = LANDLOCK(
		"\"paths\": [{ \"path\": \"/\", \"access\": [\"read\"] }]");

	NEED_VERSION(3);
	LAUNCH_FAILS(&outcome, .probe = "ids", .document = document);
	ASSERT_EQ(outcome.error, EACCES);
	ASSERT_STR(outcome.step, "execute the program");
	LAUNCH(&outcome, .probe = "ids",
	       .document = LANDLOCK("\"paths\": [{ \"path\": \"/\","
				    " \"access\": [\"read\", \"execute\"] }]"));
}

TEST(a_path_that_is_not_there_is_named)
{
	NEED_VERSION(3);
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document =
			     LANDLOCK("\"paths\": [" PROBE_ITSELF
				      ", { \"path\": \"/no/such\", \"access\":"
				      " [\"read\"] }]"));
	ASSERT_EQ(outcome.error, ENOENT);
	ASSERT_STR(outcome.subject, "security.landlock.paths[1].path");
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .document = LANDLOCK("\"paths\": [{ \"path\": \"/probe\","
					  " \"access\": [\"make_dir\"] }]"));
	ASSERT_EQ(outcome.error, ENOTDIR);
	ASSERT_STR(outcome.subject, "security.landlock.paths[0].path");
}

TEST(only_named_ports_are_bound_and_connected_to)
{
	NEED_VERSION(4);
	LAUNCH(&outcome, .probe = "try serve 4001 -- serve 4002 -- serve 4003",
	       .document = LANDLOCK("\"bindTcp\": [4001, 4002],"
				    " \"connectTcp\": [4001, 4003]"));
	ASSERT_STR(answer(outcome.out, "serve 4001"), "ok");
	ASSERT_STR(answer(outcome.out, "serve 4002"), "EACCES");
	ASSERT_STR(answer(outcome.out, "serve 4003"), "EACCES");
	ASSERT_CONTAINS(outcome.json, "bind_tcp connect_tcp");
	/* Paths are as they were, and one list says nothing of the other. */
	LAUNCH(&outcome, .probe = "try serve 4002 -- read /etc/passwd",
	       .document = LANDLOCK("\"bindTcp\": [4002]"));
	ASSERT_STR(answer(outcome.out, "serve 4002"), "ok");
	ASSERT_STR(answer(outcome.out, "read /etc/passwd"), "ok");
	LAUNCH(&outcome, .probe = "try serve 4002 -- connect 127.0.0.1 4002",
	       .document = LANDLOCK("\"restrictNetwork\": true"));
	ASSERT_STR(answer(outcome.out, "serve 4002"), "EACCES");
	ASSERT_STR(answer(outcome.out, "connect 127.0.0.1 4002"), "EACCES");
	LAUNCH(&outcome, .probe = "try serve 4002 -- connect 127.0.0.1 4002");
	ASSERT_STR(answer(outcome.out, "serve 4002"), "ok");
	ASSERT_STR(answer(outcome.out, "connect 127.0.0.1 4002"),
		   "ECONNREFUSED");
}

/* Processes of the sandbox are in one scope: theirs are no others. */
TEST(scopes_hold_and_leave_the_sandbox_to_itself)
{
	static const char script[] =
		"\"/bin/sh\", \"-c\","
		" \"sleep 60 & kill -0 $! && kill $! && echo own\"";

	NEED_VERSION(6);
	LAUNCH(&outcome, .argv = script, .document = LANDLOCK(""));
	ASSERT_STR(outcome.out, "own\n");
	ASSERT_CONTAINS(outcome.json, "abstract sockets signals");
	LAUNCH(&outcome, .probe = "ids",
	       .document = LANDLOCK("\"allowAbstractSockets\": true,"
				    " \"allowSignalsOut\": true"));
	ASSERT_CONTAINS(outcome.json, "not asked for");
}

/* A server with an abstract name, which the name of no mount hides. */
static int listen_abstract(const char *name)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) +
				     1 + strlen(name));
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	(void)memcpy(address.sun_path + 1, name, strlen(name));
	ASSERT_OK(bind(fd, (struct sockaddr *)&address, size));
	ASSERT_OK(listen(fd, 8));
	return fd;
}

/* In the host's network only the scope keeps abstract names apart. */
TEST(a_scope_keeps_the_hosts_abstract_sockets_away)
{
	static const struct {
		const char *landlock;
		const char *answer;
	} rows[] = {
		{ "", "ok" },
		{ LANDLOCK("") ",", "EPERM" },
		{ LANDLOCK("\"allowAbstractSockets\": true") ",", "ok" },
		{ LANDLOCK("\"allowSignalsOut\": true") ",", "EPERM" },
	};
	char name[64];
	int server = -1;

	NEED_VERSION(6);
	(void)snprintf(name, sizeof(name), "sandbox-scope-%d", getpid());
	server = listen_abstract(name);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char attempt[128];
		char document[256];

		(void)snprintf(attempt, sizeof(attempt),
			       "try connect_abstract %s", name);
		(void)snprintf(document, sizeof(document),
			       "%s \"network\": { \"mode\": \"HOST\" }",
			       rows[i].landlock);
		LAUNCH(&outcome, .probe = attempt, .document = document);
		ASSERT_STR(answer(outcome.out, attempt + strlen("try ")),
			   rows[i].answer);
	}
	(void)close(server);
}

TEST(a_domain_and_new_privileges_exclude_each_other)
{
	sandbox_spec *spec = NULL;
	sandbox_error *error = NULL;
	static const char text[] =
		"{ \"process\": { \"argv\": [\"true\"] }, \"security\": {"
		" \"allowNewPrivs\": true, \"landlock\": {} } }";

	ASSERT_TRUE(sandbox_spec_parse_json(text, strlen(text), &spec, &error) <
		    0);
	ASSERT_STR(sandbox_error_subject(error), "security.landlock");
	sandbox_error_free(error);
}
