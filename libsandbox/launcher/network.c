/* SPDX-License-Identifier: Apache-2.0 */
/* The loopback of a new network namespace: up, and seen to be up. */
#include "kernel/file.h"
#include "kernel/socket.h"
#include "launcher/init.h"

#include <linux/if.h>
#include <linux/sockios.h>

int loopback_up(void)
{
	struct ifreq request = { .ifr_name = "lo" };
	int fd = (int)kernel_call3(SYS_socket, AF_INET,
				   SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int r = fd;

	if (fd < 0) {
		return fd;
	}
	request.ifr_flags = IFF_UP;
	r = (int)kernel_call3(SYS_ioctl, fd, SIOCSIFFLAGS, &request);
	if (r >= 0) {
		r = (int)kernel_call3(SYS_ioctl, fd, SIOCGIFFLAGS, &request);
	}
	if (r >= 0 && (request.ifr_flags & IFF_UP) == 0) {
		r = -ENETDOWN;
	}
	kernel_close(fd);
	return r;
}
