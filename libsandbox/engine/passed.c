/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Descriptors that go through to the program.  A directory, and what was opened
 * with O_PATH, would be a way into the host's tree: from there a path leads on,
 * past every mount of the sandbox's.
 */
#include "engine/engine.h"
#include "kernel/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>

static int refuse(struct err *err, const char *field, int error,
		  const char *fault)
{
	return err_at(err, SANDBOX_ERROR_SPEC, error, "pass the descriptors",
		      field, "%s: %s", field, fault);
}

static int check_passed(int fd, const char *field, struct err *err)
{
	struct stat file;
	int flags = fd < 0 ? -EBADF : kernel_fcntl(fd, F_GETFL, 0);

	if (flags < 0 || kernel_fstat(fd, &file) < 0) {
		return refuse(err, field, EBADF, "there is no such descriptor");
	}
	if (S_ISDIR(file.st_mode)) {
		return refuse(err, field, EISDIR,
			      "is a directory, which would lead out of the "
			      "sandbox");
	}
	if ((flags & O_PATH) != 0) {
		return refuse(err, field, EBADF,
			      "was opened with O_PATH and would name what the "
			      "host has");
	}
	return fd;
}

static int check_program(int fd, struct err *err)
{
	static const char field[] = "process.exec_fd";
	struct stat file;

	if (fd < 0 || kernel_fstat(fd, &file) < 0) {
		return refuse(err, field, EBADF, "there is no such descriptor");
	}
	if (!S_ISREG(file.st_mode)) {
		return refuse(err, field, EACCES, "is no regular file");
	}
	return fd;
}

/* Descriptors travel by this family alone. */
static int check_notify(int fd, struct err *err)
{
	static const char field[] = "security.seccomp.notify_fd";
	int domain = 0;
	socklen_t size = sizeof(domain);

	if (fd < 0) {
		return refuse(err, field, EBADF, "there is no such descriptor");
	}
	if (getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &size) < 0) {
		return refuse(err, field, errno, "is no socket");
	}
	return domain == AF_UNIX ? fd
				 : refuse(err, field, EAFNOSUPPORT,
					  "is no socket of the family AF_UNIX");
}

int passed_choose(const struct plan *plan, const struct passed_fds *passed,
		  int *ret, struct err *err)
{
	const struct plan_passed *wanted = plan_at(plan, plan->passed.offset);
	int count = (int)plan->passed.count;
	char field[64];

	for (int i = 0; i < count; i++) {
		(void)snprintf(field, sizeof(field),
			       "process.pass_fds: descriptor %u, %u inside",
			       wanted[i].fd_index, wanted[i].inside);
		ret[i] = check_passed(passed_fd(passed, wanted[i].fd_index),
				      field, err);
		if (ret[i] < 0) {
			return ret[i];
		}
	}
	if (plan->exec_fd != 0) {
		ret[count] =
			check_program(passed_fd(passed, plan->exec_fd), err);
		if (ret[count] < 0) {
			return ret[count];
		}
		count++;
	}
	if (plan->notify_fd != 0) {
		ret[count] =
			check_notify(passed_fd(passed, plan->notify_fd), err);
		return ret[count] < 0 ? ret[count] : 0;
	}
	return 0;
}
