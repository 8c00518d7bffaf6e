/* SPDX-License-Identifier: Apache-2.0 */
/* Attempts on the network and on other means to reach a process outside. */
#include "probe.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/msg.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* `socket FAMILY TYPE PROTOCOL`; "high" sets a bit that the kernel ignores. */
static int try_socket(char **arguments)
{
	return answer_of(socket((int)number_of(arguments[0], AF_INET),
				(int)number_of(arguments[1], SOCK_STREAM),
				(int)number_of(arguments[2], 0)));
}

/* `connect ADDRESS PORT` over TCP. */
static int try_connect(char **arguments)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons((in_port_t)number_of(arguments[1], 0)),
	};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 ||
	    inet_pton(AF_INET, arguments[0], &address.sin_addr) != 1) {
		return -EINVAL;
	}
	return answer_of(connect(fd, (const struct sockaddr *)&address,
				 sizeof(address)));
}

/* Serves itself over the loopback, a port below 1024 included. */
static int try_serve(char **arguments)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons((in_port_t)number_of(arguments[0], 0)),
		.sin_addr = { htonl(INADDR_LOOPBACK) },
	};
	int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (server < 0 || client < 0 ||
	    bind(server, (const struct sockaddr *)&address, sizeof(address)) <
		    0 ||
	    listen(server, 1) < 0) {
		return -errno;
	}
	return answer_of(connect(client, (const struct sockaddr *)&address,
				 sizeof(address)));
}

static int connect_local(const char *name, size_t first)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	size_t size = strlen(name);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || size + first > sizeof(address.sun_path)) {
		return -EINVAL;
	}
	memcpy(address.sun_path + first, name, size);
	return answer_of(
		connect(fd, (const struct sockaddr *)&address,
			(socklen_t)(offsetof(struct sockaddr_un, sun_path) +
				    first + size)));
}

static int try_connect_abstract(char **arguments)
{
	return connect_local(arguments[0], 1);
}

static int try_connect_path(char **arguments)
{
	return connect_local(arguments[0], 0);
}

/* Sends to a network that must not be there. */
static int try_send_out(char **arguments)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_port = htons(9) };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0 ||
	    inet_pton(AF_INET, arguments[0], &address.sin_addr) != 1) {
		return -EINVAL;
	}
	return answer_of(sendto(fd, "x", 1, 0,
				(const struct sockaddr *)&address,
				sizeof(address)));
}

/* Whether an interface of that name is there and up. */
static int try_interface(char **arguments)
{
	struct ifreq request = { 0 };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	(void)snprintf(request.ifr_name, sizeof(request.ifr_name), "%s",
		       arguments[0]);
	if (fd < 0 || ioctl(fd, SIOCGIFFLAGS, &request) < 0) {
		return -errno;
	}
	return (request.ifr_flags & IFF_UP) != 0 ? 0 : -ENETDOWN;
}

static int try_interface_down(char **arguments)
{
	struct ifreq request = { 0 };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	(void)snprintf(request.ifr_name, sizeof(request.ifr_name), "%s",
		       arguments[0]);
	return answer_of(fd < 0 ? -1 : ioctl(fd, SIOCSIFFLAGS, &request));
}

static int try_shared_memory(char **arguments)
{
	return answer_of(shmget((key_t)number_of(arguments[0], 0), 0, 0));
}

static int try_message_queue(char **arguments)
{
	return answer_of(mq_open(arguments[0], O_RDONLY));
}

const struct attempt socket_attempts[] = {
	{ "socket", try_socket },
	{ "connect", try_connect },
	{ "serve", try_serve },
	{ "connect_abstract", try_connect_abstract },
	{ "connect_path", try_connect_path },
	{ "send_out", try_send_out },
	{ "interface", try_interface },
	{ "interface_down", try_interface_down },
	{ "shared_memory", try_shared_memory },
	{ "message_queue", try_message_queue },
	{ NULL, NULL },
};
