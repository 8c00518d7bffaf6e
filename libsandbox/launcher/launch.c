/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One launch, the launcher's half: map the plan, prepare the sources, clone
 * init with all its namespaces, write the ids of its guard namespace.  Both
 * launcher and init then go on; nobody waits for anybody here.
 */
#include "kernel/credentials.h"
#include "kernel/file.h"
#include "kernel/process.h"
#include "launcher/init.h"
#include "launcher/launcher.h"
#include "launcher/report.h"
#include "launcher/text.h"
#include "plan/check.h"

#include <sys/mman.h>

/* One spec is launched many times: its plan stays mapped until another comes.
 * The mapping keeps the inode, so its number means the same file. */
static bool is_mapped(const struct launcher *launcher, const struct stat *file)
{
	return launcher->plan != NULL && launcher->plan_ino == file->st_ino &&
	       launcher->plan_dev == file->st_dev;
}

static int map_plan(struct launch *launch)
{
	struct launcher *launcher = launch->launcher;
	int fd = launch->fds[LAUNCH_FD_PLAN];
	size_t size = launch->request.plan_size;
	struct stat file;
	long map = 0;
	int r = kernel_fstat(fd, &file);

	if (r < 0 || (size_t)file.st_size != size ||
	    size < sizeof(struct plan) || size > PLAN_MAX_SIZE) {
		return r < 0 ? r : -EINVAL;
	}
	if (!is_mapped(launcher, &file)) {
		map = kernel_call6(SYS_mmap, NULL, size, PROT_READ,
				   MAP_SHARED | MAP_POPULATE, fd, 0);
		if (map < 0 && map > -4096) {
			return (int)map;
		}
		/* NOLINTNEXTLINE(performance-no-int-to-ptr) */
		r = plan_check((const struct plan *)map, size);
		if (r < 0) {
			kernel_call2(SYS_munmap, map, size);
			return r;
		}
		if (launcher->plan != NULL) {
			kernel_call2(SYS_munmap, launcher->plan,
				     launcher->plan->size);
		}
		/* NOLINTNEXTLINE(performance-no-int-to-ptr) */
		launcher->plan = (const struct plan *)map;
		launcher->plan_dev = file.st_dev;
		launcher->plan_ino = file.st_ino;
	}
	launch->plan = launcher->plan;
	return launch->plan->size == size ? 0 : -EINVAL;
}

/*
 * Writes the guard's maps.  The directory is opened before the process is
 * known to live, so it is that process's and not a later one's of that pid.
 */
static int write_guard_maps(const struct launch *launch, int pid, int pidfd)
{
	const struct launch_request *request = &launch->request;
	const struct plan_id_map uids = { 0, request->guard_uid,
					  request->guard_count };
	const struct plan_id_map gids = { 0, request->guard_gid,
					  request->guard_count };
	char name[16];
	struct text text = TEXT_IN(name);
	int directory = 0;
	int r = 0;

	text_add_number(&text, (uint64_t)pid);
	directory = kernel_openat(launch->launcher->proc, name,
				  O_PATH | O_DIRECTORY, 0);
	if (directory < 0) {
		return directory;
	}
	r = (int)kernel_call4(SYS_pidfd_send_signal, pidfd, 0, NULL, 0);
	if (r >= 0) {
		r = idmap_write_list(directory, "uid_map", &uids, launch->plan,
				     launch->plan->guard_uid_map);
	}
	if (r >= 0) {
		r = idmap_write_list(directory, "gid_map", &gids, launch->plan,
				     launch->plan->guard_gid_map);
	}
	kernel_close(directory);
	return r;
}

/* Lets init number N go on; also when it is about to be killed. */
static void announce(struct launch *launch)
{
	uint32_t *word = launch->launcher->mapped;

	__atomic_store_n(word, launch->number, __ATOMIC_RELEASE);
	/* Earlier inits may be late in looking, so all of them are woken. */
	kernel_call3(SYS_futex, word, FUTEX_WAKE, INT32_MAX);
}

/*
 * The host gets init's pidfd: with it, and only with it, it can tell when an
 * init that was killed from outside has taken its processes along.
 */
static void hand_over_init(const struct launch *launch, int pidfd)
{
	struct report report = { .step = STEP_CLONE_INIT };
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int))] = { 0 };
	struct iovec part = { &report, sizeof(report) };
	struct msghdr message = { .msg_iov = &part,
				  .msg_iovlen = 1,
				  .msg_control = control,
				  .msg_controllen = sizeof(control) };
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);

	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(header), &pidfd, sizeof(pidfd));
	(void)kernel_sendmsg(launch->fds[LAUNCH_FD_CONTROL], &message, 0);
}

static int clone_init(struct launch *launch, unsigned int *step,
		      uint16_t *index)
{
	int pidfd = -1;
	struct clone_args arguments = {
		/* The network namespace is made by init, beside the rest. */
		.flags = (launch->plan->namespaces & ~(uint64_t)CLONE_NEWNET) |
			 CLONE_NEWUSER | CLONE_PIDFD,
		.pidfd = (uint64_t)(uintptr_t)&pidfd,
		.exit_signal = SIGCHLD,
	};
	struct joined joined;
	int pid = 0;
	int r = 0;

	*step = STEP_JOIN;
	r = join_enter(launch, &joined);
	if (r < 0) {
		join_leave(&joined);
		return r;
	}
	*step = STEP_CLONE_INIT;
	launch->number = ++launch->launcher->launches;
	affinity_stay(launch->launcher);
	pid = kernel_clone3(&arguments);
	if (pid == 0) {
		init_main(launch);
	}
	join_leave(&joined);
	if (pid < 0) {
		affinity_restore(launch->launcher);
		return pid;
	}
	/* To init, which has things to begin that need no ids. */
	kernel_call0(SYS_sched_yield);
	*step = STEP_GUARD_MAP;
	r = write_guard_maps(launch, pid, pidfd);
	if (r >= 0) {
		r = launch_lend(launch, pid, pidfd, step, index);
	}
	if (r < 0) {
		kernel_call4(SYS_pidfd_send_signal, pidfd, SIGKILL, NULL, 0);
	}
	announce(launch);
	kernel_call0(SYS_sched_yield); /* what is left here can wait for it */
	affinity_restore(launch->launcher);
	hand_over_init(launch, pidfd);
	kernel_close(pidfd);
	return r;
}

void launch_serve(struct launcher *launcher,
		  const struct launch_request *request, int *fds)
{
	struct launch launch = { .launcher = launcher,
				 .request = *request,
				 .fds = fds,
				 .proc = -1,
				 .sysctls = -1,
				 .executed = { -1, -1 } };
	unsigned int step = STEP_RECEIVE;
	uint16_t index = 0;
	int r = 0;

	r = map_plan(&launch);
	if (r >= 0) {
		step = STEP_SOURCE;
		r = sources_prepare(&launch, &index);
	}
	if (r >= 0) {
		step = STEP_IDMAP_SOURCE;
		r = sources_map_ids(&launch, &index);
	}
	if (r >= 0) {
		index = 0;
		r = clone_init(&launch, &step, &index);
	}
	if (r < 0) {
		report_failure(fds[LAUNCH_FD_REPORT], step, index, r);
	}
}
