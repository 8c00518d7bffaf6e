/* SPDX-License-Identifier: Apache-2.0 */
/* Starts, watches and ends the launcher, the host's only child. */
#include "engine/launcher_process.h"

#include "base/cleanup.h"
#include "engine/launcher_image.h"
#include "kernel/file.h"
#include "kernel/process.h"
#include "kernel/socket.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <linux/memfd.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef MFD_EXEC
#define MFD_EXEC 0x0010U
#endif
#ifndef F_SEAL_EXEC
#define F_SEAL_EXEC 0x0020
#endif

/* Descriptors of its own the child moves to here, out of the launcher's way. */
#define ABOVE            (LAUNCHER_FD_CONTROLLER + 1)
#define STACK_SIZE       ((size_t)32 * 1024)
#define HELLO_TIMEOUT_MS 10000
#define END_TIMEOUT_MS   2000

/* Everything the child needs, prepared before it exists. */
struct birth {
	int image;
	int socket;
	int controller;
	int null_device;
	int error; /* of the exec, written through the shared memory */
};

/*
 * Runs on a stack of its own in the host's memory while the calling thread is
 * stopped: system calls only, and no change of credentials.
 */
static int child_main(void *argument)
{
	static const char *const argv[] = { "sandbox-launcher", NULL };
	static const char *const env[] = { NULL };
	struct birth *birth = argument;

	/*
	 * Away from the low numbers first: the host may have closed 0 to 2, so
	 * that ours may be among the ones that are replaced.
	 */
	int image = kernel_fcntl(birth->image, F_DUPFD, ABOVE);
	int socket = kernel_fcntl(birth->socket, F_DUPFD, ABOVE);
	int controller = kernel_fcntl(birth->controller, F_DUPFD, ABOVE);
	int null_device = kernel_fcntl(birth->null_device, F_DUPFD, ABOVE);
	int r = image;

	/* One that failed would leave the launcher something of the host's. */
	r = r < 0 ? r : socket;
	r = r < 0 ? r : controller;
	r = r < 0 ? r : null_device;
	for (int i = 0; i < 3 && r >= 0; i++) {
		r = kernel_dup3(null_device, i, 0);
	}
	if (r >= 0) {
		r = kernel_dup3(socket, LAUNCHER_FD_SOCKET, 0);
	}
	if (r >= 0) {
		r = kernel_dup3(controller, LAUNCHER_FD_CONTROLLER, 0);
	}
	if (r >= 0) {
		r = kernel_close_range(LAUNCHER_FD_CONTROLLER + 1, ~0U,
				       CLOSE_RANGE_CLOEXEC);
	}
	birth->error = r;
	if (r >= 0) {
		birth->error =
			kernel_execveat(image, "", argv, env, AT_EMPTY_PATH);
	}
	kernel_exit(127);
}

/* Returns the pid, or -errno; *pidfd is its. */
static int clone_child(struct birth *birth, int *pidfd)
{
	sigset_t all;
	sigset_t saved;
	int saved_errno = errno;
	int pid = 0;
	char *stack = mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);

	if (stack == MAP_FAILED) {
		return -ENOMEM;
	}
	/* A handler of the host must not run in the child. */
	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &saved);
	pid = clone(child_main, stack + STACK_SIZE,
		    CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD, birth,
		    pidfd);
	if (pid < 0) {
		pid = -errno;
	} else {
		*pidfd = kernel_above_stdio(*pidfd);
	}
	(void)pthread_sigmask(SIG_SETMASK, &saved, NULL);
	(void)munmap(stack, STACK_SIZE);
	errno = saved_errno;
	return pid;
}

/* Without MFD_EXEC, for kernels before 6.3, whose memfds can be executed. */
static int new_memfd(void)
{
	int fd = memfd_create("sandbox-launcher",
			      MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_EXEC);

	if (fd < 0 && errno == EINVAL) {
		fd = memfd_create("sandbox-launcher",
				  MFD_CLOEXEC | MFD_ALLOW_SEALING);
	}
	return fd < 0 ? -errno : kernel_above_stdio(fd);
}

/* Sealed: nothing that reaches /proc/PID/exe can change what runs next. */
static int memfd_image(void)
{
	_cleanup_close_ int fd = new_memfd();
	const int seals =
		F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
	int r = 0;

	if (fd < 0) {
		return fd;
	}
	r = kernel_write_all(fd, launcher_image, launcher_image_size);
	if (r < 0) {
		return r;
	}
	if (fcntl(fd, F_ADD_SEALS, seals | F_SEAL_EXEC) < 0 &&
	    fcntl(fd, F_ADD_SEALS, seals) < 0) {
		return -errno;
	}
	return take_fd(&fd);
}

static int installed_image(void)
{
	return kernel_openat(AT_FDCWD, LAUNCHER_PATH, O_RDONLY | O_NOFOLLOW, 0);
}

/* First from the memfd; -EACCES there means that the host forbids that. */
static int execute_image(struct birth *birth, struct launcher_process *process)
{
	_cleanup_close_ int memory = memfd_image();
	_cleanup_close_ int file = NO_FD;

	birth->error = memory;
	if (memory >= 0) {
		birth->image = memory;
		process->pid = clone_child(birth, &process->pidfd);
		if (process->pid < 0) {
			return process->pid;
		}
		if (birth->error == 0) {
			return 0;
		}
		launcher_process_end(process);
	}
	file = installed_image();
	if (file < 0) {
		return birth->error;
	}
	birth->image = file;
	process->pid = clone_child(birth, &process->pidfd);
	if (process->pid < 0) {
		return process->pid;
	}
	if (birth->error != 0) {
		launcher_process_end(process);
	}
	return birth->error;
}

int launcher_process_spawn(const struct launcher_setup *setup,
			   struct launcher_process *ret, struct err *err)
{
	struct launcher_process process = LAUNCHER_PROCESS_INIT;
	_cleanup_close_ int controller = kernel_pidfd_open(getpid(), 0);
	_cleanup_close_ int null_device =
		kernel_openat(AT_FDCWD, "/dev/null", O_RDWR, 0);
	int ends[2] = { NO_FD, NO_FD };
	struct birth birth = { .controller = controller,
			       .null_device = null_device };
	int r = controller;

	if (r >= 0) {
		r = null_device < 0 ? null_device : kernel_socketpair(ends, 0);
	}
	if (r >= 0) {
		birth.socket = ends[1];
		r = execute_image(&birth, &process);
	}
	close_fdp(&ends[1]);
	if (r < 0) {
		close_fdp(&ends[0]);
		return err_at(err, err_kind_of_errno(-r), -r,
			      "start the launcher", "",
			      "start the launcher: %s", err_errno_name(-r));
	}
	process.socket = ends[0];
	/* It may be dead already; then its silence says so. */
	(void)kernel_send(process.socket, setup, sizeof(*setup), 0);
	*ret = process;
	return 0;
}

static const char *stage_words(uint32_t stage)
{
#define STAGE_WORDS(name, words) words,
	static const char *const table[] = { LAUNCHER_STAGES(STAGE_WORDS) };
#undef STAGE_WORDS

	return stage < sizeof(table) / sizeof(*table) ? table[stage]
						      : "unknown stage";
}

/* What makes a launcher impossible, and who can change it. */
static const char *stage_advice(uint32_t stage, int error)
{
	if (stage == LAUNCHER_STAGE_USERNS && error == ENOSPC) {
		return " (user.max_user_namespaces is exhausted or 0)";
	}
	if (stage == LAUNCHER_STAGE_USERNS || stage == LAUNCHER_STAGE_MOUNTNS) {
		return " (unprivileged user namespaces seem to be restricted;"
		       " `sandbox probe` says how)";
	}
	if (stage == LAUNCHER_STAGE_ID_MAP) {
		return " (see newuidmap(1) and /etc/subuid)";
	}
	return "";
}

static int await_hello(struct launcher_process *process, struct err *err)
{
	struct pollfd wait = { .fd = process->socket, .events = POLLIN };
	struct launcher_hello hello = { .error = EPIPE };
	int n = -EINTR;

	while (n == -EINTR) {
		n = kernel_poll(&wait, 1, HELLO_TIMEOUT_MS * 1000000LL);
	}
	if (n == 0) {
		hello.error = ETIMEDOUT;
	} else if (kernel_receive(process->socket, &hello, sizeof(hello), 0) !=
		   sizeof(hello)) {
		hello = (struct launcher_hello){ .error = EPIPE };
	}
	if (hello.error == 0) {
		return 0;
	}
	return err_at(err, err_kind_of_errno(hello.error), hello.error,
		      stage_words(hello.stage), "",
		      "start the launcher: %s: %s%s", stage_words(hello.stage),
		      err_errno_name(hello.error),
		      stage_advice(hello.stage, hello.error));
}

int launcher_process_start(const struct launcher_setup *setup,
			   struct launcher_process *ret, struct err *err)
{
	struct launcher_process process = LAUNCHER_PROCESS_INIT;
	int r = launcher_process_spawn(setup, &process, err);

	if (r < 0) {
		return r;
	}
	r = await_hello(&process, err);
	if (r < 0) {
		launcher_process_end(&process);
		return r;
	}
	*ret = process;
	return 0;
}

static bool has_ended(int pidfd, int timeout_ms)
{
	struct pollfd wait = { .fd = pidfd, .events = POLLIN };
	int n = -EINTR;

	while (n == -EINTR) {
		n = kernel_poll(&wait, 1, timeout_ms * 1000000LL);
	}
	return n > 0;
}

bool launcher_process_alive(const struct launcher_process *process)
{
	return process->pidfd >= 0 && !has_ended(process->pidfd, 0);
}

void launcher_process_end(struct launcher_process *process)
{
	siginfo_t info;

	/* A fork of the host may hold a copy: closing ours would say nothing.
	 */
	if (process->socket >= 0) {
		(void)shutdown(process->socket, SHUT_RDWR);
	}
	close_fdp(&process->socket);
	if (process->pidfd < 0) {
		return;
	}
	if (!has_ended(process->pidfd, END_TIMEOUT_MS)) {
		(void)kernel_call4(SYS_pidfd_send_signal, process->pidfd,
				   SIGKILL, NULL, 0);
		(void)has_ended(process->pidfd, END_TIMEOUT_MS);
	}
	/* A host that waits for any child may have been faster. */
	(void)kernel_call5(SYS_waitid, P_PIDFD, process->pidfd, &info,
			   WEXITED | WNOHANG, NULL);
	close_fdp(&process->pidfd);
}

void launcher_process_forget(struct launcher_process *process)
{
	close_fdp(&process->socket);
	close_fdp(&process->pidfd);
}
