/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The network namespace.  The kernel takes longer to make one than for all
 * the others together, so a helper makes it while init builds the root: a
 * process that shares init's memory and descriptor table, enters a new
 * namespace, brings its loopback up, opens it, and is reaped before the
 * payload is released.
 */
#include "kernel/credentials.h"
#include "kernel/file.h"
#include "kernel/process.h"
#include "kernel/socket.h"
#include "launcher/init.h"

#include <linux/if.h>
#include <linux/sockios.h>

int network_loopback_up(void)
{
	struct ifreq request = { .ifr_name = "lo" };
	int fd = (int)kernel_call3(SYS_socket, AF_INET,
				   SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int r = 0;

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

static void make_namespace(void *argument)
{
	struct network *network = argument;
	const struct launch *launch = network->launch;
	int r = kernel_unshare(CLONE_NEWNET);

	if (r >= 0) {
		r = kernel_openat(launch->launcher->proc, "self/ns/net",
				  O_RDONLY, 0);
	}
	network->result = r;
	__atomic_store_n(&network->done, 1, __ATOMIC_RELEASE);
	kernel_futex_wake(&network->done);
	/* Init goes on meanwhile, and asks how this went when it reaps. */
	if (r >= 0 && (launch->plan->flags & PLAN_LOOPBACK_DOWN) == 0) {
		network->loopback = network_loopback_up();
	}
	kernel_exit(0);
}

int network_start(struct launch *launch, struct network *network)
{
	struct clone_args arguments = {
		.flags = CLONE_VM | CLONE_FILES,
		.stack = (uint64_t)(uintptr_t)network->stack,
		.stack_size = sizeof(network->stack),
	};

	network->launch = launch;
	network->loopback = 0;
	network->done = 0;
	network->pid = 0;
	if ((launch->plan->namespaces & CLONE_NEWNET) == 0) {
		return 0;
	}
	/* This one is to run beside init, if there is a processor for it. */
	affinity_restore(launch->launcher);
	network->pid =
		kernel_clone3_on_stack(&arguments, make_namespace, network);
	affinity_stay(launch->launcher);
	return network->pid < 0 ? network->pid : 0;
}

int network_join(struct network *network)
{
	if (network->pid == 0) {
		return 0;
	}
	while (__atomic_load_n(&network->done, __ATOMIC_ACQUIRE) == 0) {
		kernel_futex_wait(&network->done, 0);
	}
	if (network->result < 0) {
		return network->result;
	}
	return (int)kernel_call2(SYS_setns, network->result, CLONE_NEWNET);
}

int network_finish(const struct network *network)
{
	int r = 0;

	if (network->pid > 0) {
		r = kernel_wait4(network->pid, NULL, __WALL, NULL);
	}
	return r < 0 ? r : network->loopback;
}
