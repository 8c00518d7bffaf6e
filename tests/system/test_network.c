/* SPDX-License-Identifier: Apache-2.0 */
/* A network of one's own, in which there is nobody; and no other way out. */
#include "control.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static struct outcome outcome;

/* The host's server on the loopback; its port. */
static int listen_tcp(int *port)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t size = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	ASSERT_OK(bind(fd, (struct sockaddr *)&address, size));
	ASSERT_OK(listen(fd, 8));
	ASSERT_OK(getsockname(fd, (struct sockaddr *)&address, &size));
	*port = ntohs(address.sin_port);
	return fd;
}

/* With @first 1 the name is abstract, with 0 a path. */
static int listen_unix(const char *name, size_t first)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) +
				     first + strlen(name));
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	memcpy(address.sun_path + first, name, strlen(name));
	ASSERT_OK(bind(fd, (struct sockaddr *)&address, size));
	ASSERT_OK(listen(fd, 8));
	return fd;
}

TEST(a_server_of_the_host_cannot_be_reached)
{
	int port = 0;
	int server = listen_tcp(&port);
	char attempt[64];
	struct trial trials[] = {
		{ attempt, "ECONNREFUSED", CONTROL_PLAIN, "ok" },
	};

	(void)snprintf(attempt, sizeof(attempt), "connect 127.0.0.1 %d", port);
	TRY(trials, .process = NULL);
	(void)close(server);
}

TEST(an_abstract_socket_of_the_host_cannot_be_reached)
{
	char name[64];
	char attempt[128];
	int server = -1;
	struct trial trials[] = {
		{ attempt, "ECONNREFUSED", CONTROL_PLAIN, "ok" },
	};

	(void)snprintf(name, sizeof(name), "sandbox-test-%d", getpid());
	(void)snprintf(attempt, sizeof(attempt), "connect_abstract %s", name);
	server = listen_unix(name, 1);
	TRY(trials, .process = NULL);
	(void)close(server);
}

TEST(a_socket_in_the_hosts_directories_cannot_be_reached)
{
	char path[64];
	char attempt[128];
	int server = -1;
	struct trial trials[] = {
		{ attempt, "ENOENT", CONTROL_PLAIN, "ok" },
	};

	(void)snprintf(path, sizeof(path), "/tmp/sandbox-test-%d", getpid());
	(void)snprintf(attempt, sizeof(attempt), "connect_path %s", path);
	server = listen_unix(path, 0);
	TRY(trials, .process = NULL);
	(void)close(server);
	(void)unlink(path);
}

TEST(the_loopback_is_up_and_the_only_interface)
{
	LAUNCH(&outcome, .probe = "text /proc/self/net/dev");
	ASSERT_CONTAINS(outcome.out, "    lo:");
	ASSERT_EQ(count_lines(outcome.out, ""), 3); /* two are the heading */
	LAUNCH(&outcome, .probe = "try interface lo -- serve 8080"
				  " -- send_out 192.0.2.1 -- interface_down"
				  " lo");
	ASSERT_STR(answer(outcome.out, "interface lo"), "ok");
	ASSERT_STR(answer(outcome.out, "serve 8080"), "ok");
	ASSERT_STR(answer(outcome.out, "send_out 192.0.2.1"), "ENETUNREACH");
	ASSERT_STR(answer(outcome.out, "interface_down lo"), "EPERM");
	control(CONTROL_NAMESPACES, "try interface_down lo", &outcome);
	ASSERT_STR(answer(outcome.out, "interface_down lo"), "ok");
}

TEST(the_loopback_can_be_left_down)
{
	LAUNCH(&outcome, .probe = "try interface lo",
	       .document = "\"network\": { \"loopbackDown\": true }");
	ASSERT_STR(answer(outcome.out, "interface lo"), "ENETDOWN");
}

/*
 * Families that the filter lets by, and every other; raw and packet sockets.
 * A family that this kernel lacks answers EAFNOSUPPORT without the filter and
 * EPERM with it: the control asks for the difference.
 */
TEST(only_the_families_that_programs_need_can_be_used)
{
	static const struct trial trials[] = {
		{ "socket 1 1 0", "ok", CONTROL_PLAIN, "ok" },
		{ "socket 2 1 0", "ok", CONTROL_PLAIN, "ok" },
		{ "socket 2 2 17", "ok", CONTROL_PLAIN, "ok" },
		{ "socket 10 1 0", "ok", CONTROL_PLAIN, "!EPERM" },
		{ "socket 16 3 0", "ok", CONTROL_PLAIN, "ok" },
		{ "socket 16 3 16", "EPERM", CONTROL_PLAIN, "ok" },
		{ "socket 16 3 12", "EPERM", CONTROL_PLAIN, "!EPERM" },
		{ "socket 16 3 4", "EPERM", CONTROL_PLAIN, "!EPERM" },
		{ "socket 16 3 9", "EPERM", CONTROL_PLAIN, "!EPERM" },
		{ "socket 2 3 1", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "socket 10 3 58", "EPERM", CONTROL_NAMESPACES, "!EPERM" },
		{ "socket 17 3 768", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "socket 2 1 132", "EPERM", CONTROL_PLAIN, "!EPERM" },
		{ "socket 2 1 262", "EPERM", CONTROL_PLAIN, "!EPERM" },
		{ "socket 38 5 0", "EPERM", CONTROL_PLAIN, "!EPERM" },
		{ "socket 40 1 0", "EPERM", CONTROL_PLAIN, "!EPERM" },
		/* With a bit that the kernel does not look at. */
		{ "socket 4294967334 5 0", "EPERM", CONTROL_PLAIN, "!EPERM" },
	};

	TRY(trials, .process = NULL);
}

/* The exact families: 1, 2, 10 and 16, out of all the kernel may have. */
TEST(every_other_family_is_refused)
{
	char words[4096] = "try";
	size_t used = strlen(words);
	char key[64];

	for (int family = 0; family < 48; family++) {
		used += (size_t)snprintf(words + used, sizeof(words) - used,
					 "%s socket %d 2 0",
					 family == 0 ? "" : " --", family);
	}
	LAUNCH(&outcome, .probe = words);
	for (int family = 0; family < 48; family++) {
		bool known = family == AF_UNIX || family == AF_INET ||
			     family == AF_INET6 || family == AF_NETLINK;

		(void)snprintf(key, sizeof(key), "socket %d 2 0", family);
		ASSERT_STR(answer(outcome.out, key), known ? "ok" : "EPERM");
	}
}

/* The visible relaxation. */
TEST(raw_sockets_come_with_their_capability)
{
	LAUNCH(&outcome, .probe = "try socket 2 3 1 -- socket 17 3 768",
	       .document = "\"security\": { \"capabilities\": { \"allSets\":"
			   " [\"CAP_NET_RAW\"] } }");
	/* By the filter, but not by a network that the payload does not own. */
	ASSERT_STR(answer(outcome.out, "socket 2 3 1"), "EPERM");
	ASSERT_STR(answer(outcome.out, "socket 17 3 768"), "EPERM");
}

TEST(memory_and_queues_of_the_host_are_not_there)
{
	key_t key = (key_t)getpid() | 0x5b000000;
	int memory = shmget(key, 4096, IPC_CREAT | 0600);
	char queue[64];
	char attempt[128];
	char other[128];
	mqd_t messages = -1;
	struct trial trials[] = {
		{ attempt, "ENOENT", CONTROL_PLAIN, "ok" },
		{ other, "ENOENT", CONTROL_PLAIN, "ok" },
	};

	(void)snprintf(queue, sizeof(queue), "/sandbox-test-%d", getpid());
	messages = mq_open(queue, O_CREAT | O_RDWR | O_CLOEXEC, 0600, NULL);
	ASSERT_TRUE(memory >= 0 && messages >= 0);
	(void)snprintf(attempt, sizeof(attempt), "shared_memory %d", key);
	(void)snprintf(other, sizeof(other), "message_queue %s", queue);
	TRY(trials, .process = NULL);
	(void)shmctl(memory, IPC_RMID, NULL);
	(void)mq_close(messages);
	(void)mq_unlink(queue);
}

TEST(the_hostname_is_the_sandboxs)
{
	char host[256];

	ASSERT_OK(gethostname(host, sizeof(host)));
	LAUNCH(&outcome, .probe = "ids", .document = "\"id\": \"canary\"");
	ASSERT_STR(answer(outcome.out, "hostname"), "canary");
	LAUNCH(&outcome, .probe = "ids",
	       .document = "\"id\": \"canary\", \"hostname\": \"named\"");
	ASSERT_STR(answer(outcome.out, "hostname"), "named");
	LAUNCH(&outcome, .probe = "try hostname other");
	ASSERT_STR(answer(outcome.out, "hostname other"), "EPERM");
	control(CONTROL_NAMESPACES, "try hostname other", &outcome);
	ASSERT_STR(answer(outcome.out, "hostname other"), "ok");
}

TEST(every_namespace_is_the_sandboxs_own)
{
	static const char *const names[] = { "user", "mnt", "pid",   "net",
					     "ipc",  "uts", "cgroup" };
	static struct outcome inside;

	LAUNCH(&inside, .probe = "ns");
	control(CONTROL_PLAIN, "ns", &outcome);
	for (size_t i = 0; i < 7; i++) {
		ASSERT_TRUE(answer(outcome.out, names[i])[0] != '(');
		ASSERT_TRUE(strcmp(answer(inside.out, names[i]),
				   answer(outcome.out, names[i])) != 0);
	}
}
