/* SPDX-License-Identifier: Apache-2.0 */
/* An engine: what it knows of its host, and its launcher. */
#include "engine/engine.h"

#include "base/cleanup.h"
#include "base/constness.h"
#include "kernel/file.h"
#include "kernel/socket.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static int read_namespaces(uint64_t *ret, struct err *err)
{
	static const char *const names[SANDBOX_NAMESPACES] =
		SANDBOX_NAMESPACE_NAMES;

	for (size_t i = 0; i < SANDBOX_NAMESPACES; i++) {
		char path[32];
		struct stat file;

		(void)snprintf(path, sizeof(path), "/proc/self/ns/%s",
			       names[i]);
		if (stat(path, &file) == 0) {
			ret[i] = file.st_ino;
		} else if (errno != ENOENT || i == 0) {
			return err_at(err, SANDBOX_ERROR_UNSUPPORTED, errno,
				      "look at", path, "look at \"%s\": %s",
				      path, err_errno_name(errno));
		}
	}
	return 0;
}

static int open_parts(struct engine *engine, const char *run_dir,
		      struct err *err)
{
	struct err no_directory = ERR_INIT;
	bool optional = false;
	int r = identity_discover(&engine->identity, err);

	if (r < 0) {
		return r;
	}
	engine->null_device = kernel_openat(AT_FDCWD, "/dev/null", O_RDWR, 0);
	if (engine->null_device < 0) {
		r = engine->null_device;
		return err_at(err, err_kind_of_errno(-r), -r, "open",
			      "/dev/null", "open \"/dev/null\": %s",
			      err_errno_name(-r));
	}
	/*
	 * Leases need it; one id needs no lease.  But the one id of a
	 * privileged caller is the host's root, which no default falls to.
	 */
	optional = run_dir == NULL && !engine->identity.privileged;
	r = run_dir_open(run_dir, &engine->run_dir,
			 optional ? &no_directory : err);
	if (r < 0 && optional) {
		engine->identity.pool_count = 0;
		(void)snprintf(engine->identity.reason,
			       sizeof(engine->identity.reason), "%.150s",
			       no_directory.text);
		r = 0;
	}
	engine->groups = groups_new(engine->identity.privileged);
	if (r >= 0 && engine->groups == NULL) {
		r = err_set(err, SANDBOX_ERROR_RESOURCE, ENOMEM,
			    "out of memory");
	}
	if (r >= 0) {
		r = read_namespaces(engine->namespaces, err);
	}
	if (r >= 0) {
		r = facts_gather(&engine->identity, &engine->facts, err);
	}
	if (r >= 0) {
		r = launcher_process_start(&engine->identity.setup,
					   &engine->launcher, err);
	}
	return r;
}

int engine_open(const char *run_dir, struct engine **ret, struct err *err)
{
	struct engine *engine = calloc(1, sizeof(*engine));
	int r = 0;

	if (engine == NULL) {
		return err_set(err, SANDBOX_ERROR_RESOURCE, ENOMEM,
			       "out of memory");
	}
	engine->owner = getpid();
	engine->run_dir = NO_FD;
	engine->null_device = NO_FD;
	engine->launcher = (struct launcher_process)LAUNCHER_PROCESS_INIT;
	(void)pthread_mutex_init(&engine->lock, NULL);
	r = open_parts(engine, run_dir, err);
	if (r < 0) {
		engine_close(engine);
		return r;
	}
	*ret = engine;
	return 0;
}

void engine_close(struct engine *engine)
{
	if (engine == NULL) {
		return;
	}
	if (engine->owner == getpid()) {
		launcher_process_end(&engine->launcher);
	} else {
		launcher_process_forget(&engine->launcher);
	}
	groups_unref(engine->groups);
	close_fdp(&engine->run_dir);
	close_fdp(&engine->null_device);
	facts_done(&engine->facts);
	(void)pthread_mutex_destroy(&engine->lock);
	free(engine);
}

/* With the lock held: a launcher that lives, if one can be had. */
static int revive(struct engine *engine, struct err *err)
{
	if (launcher_process_alive(&engine->launcher)) {
		return 0;
	}
	launcher_process_end(&engine->launcher);
	return launcher_process_start(&engine->identity.setup,
				      &engine->launcher, err);
}

static int send_packet(int socket, const struct launch_request *request,
		       const int *fds, size_t n_fds)
{
	_Alignas(struct cmsghdr) char
		control[CMSG_SPACE(sizeof(int) * LAUNCH_MAX_FDS)];
	/* sendmsg() only reads it; its type lacks the const. */
	struct iovec part = { without_const(request), sizeof(*request) };
	struct msghdr message = {
		.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = CMSG_SPACE(sizeof(int) * n_fds),
	};
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);
	long n = 0;

	memset(control, 0, sizeof(control));
	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(sizeof(int) * n_fds);
	memcpy(CMSG_DATA(header), fds, sizeof(int) * n_fds);
	n = kernel_sendmsg(socket, &message, 0);
	return n < 0 ? (int)n : 0;
}

int engine_send(struct engine *engine, const struct launch_request *request,
		const int *fds, size_t n_fds, struct err *err)
{
	int r = 0;

	(void)pthread_mutex_lock(&engine->lock);
	r = revive(engine, err);
	if (r >= 0) {
		r = send_packet(engine->launcher.socket, request, fds, n_fds);
		if (r < 0) {
			err_at(err, err_kind_of_errno(-r), -r,
			       "ask the launcher", "", "ask the launcher: %s",
			       err_errno_name(-r));
		}
	}
	(void)pthread_mutex_unlock(&engine->lock);
	return r;
}

int engine_health_fd(struct engine *engine)
{
	int fd = NO_FD;

	(void)pthread_mutex_lock(&engine->lock);
	fd = engine->launcher.pidfd;
	(void)pthread_mutex_unlock(&engine->lock);
	return fd;
}
