/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The program of the preflight: looks around inside a sandbox and prints what
 * it finds as lines of KEY=VALUE.  It judges nothing; preflight_checks.c does.
 */
#include "base/array.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SESSION_KEYRING (-3)

static void print_namespaces(void)
{
	static const char *const names[] = { "user", "mnt", "pid",
					     "net",  "ipc", "uts" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		char path[64];
		struct stat status = { .st_ino = 0 };

		(void)snprintf(path, sizeof(path), "/proc/self/ns/%s",
			       names[i]);
		(void)stat(path, &status);
		(void)printf("ns_%s=%llu\n", names[i],
			     (unsigned long long)status.st_ino);
	}
}

/* A line such as "Seccomp:\t2" becomes "Seccomp=2". */
static void print_if_wanted(const char *line)
{
	static const char *const wanted[] = {
		"Seccomp:", "NoNewPrivs:", "CapInh:", "CapPrm:",
		"CapEff:",  "CapBnd:",     "CapAmb:",
	};

	for (size_t i = 0; i < ARRAY_SIZE(wanted); i++) {
		size_t n = strlen(wanted[i]);

		if (strncmp(line, wanted[i], n) == 0) {
			(void)printf("%.*s=%s", (int)n - 1, line, line + n + 1);
		}
	}
}

static void print_status(void)
{
	char line[512];
	FILE *status = fopen("/proc/self/status", "re");

	while (status && fgets(line, sizeof(line), status)) {
		print_if_wanted(line);
	}
	if (status) {
		(void)fclose(status);
	}
}

static void print_opening(const char *key, const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC | O_NOCTTY, 0600);

	(void)printf("%s=%d\n", key, fd < 0 ? errno : 0);
	if (fd >= 0) {
		(void)close(fd);
	}
}

static void print_files(void)
{
	struct statvfs root = { .f_flag = 0 };

	(void)statvfs("/", &root);
	(void)printf("root_read_only=%d\n", (root.f_flag & ST_RDONLY) != 0);
	print_opening("open_new_in_root", "/written", O_WRONLY | O_CREAT);
	print_opening("open_new_in_tmp", "/tmp/written", O_WRONLY | O_CREAT);
	print_opening("open_null", "/dev/null", O_RDWR);
	print_opening("open_zero", "/dev/zero", O_RDONLY);
	print_opening("open_full", "/dev/full", O_RDONLY);
	print_opening("open_random", "/dev/random", O_RDONLY);
	print_opening("open_urandom", "/dev/urandom", O_RDONLY);
	print_opening("open_ptmx", "/dev/ptmx", O_RDWR);
}

static void print_mounts(void)
{
	char line[2048];
	FILE *mounts = fopen("/proc/self/mounts", "re");
	int count = 0;

	while (mounts && fgets(line, sizeof(line), mounts)) {
		char target[512] = "";
		char type[64] = "";

		if (sscanf(line, "%*s %511s %63s", target, type) == 2) {
			(void)printf("mount:%s=%s\n", target, type);
			count++;
		}
	}
	if (mounts) {
		(void)fclose(mounts);
	}
	(void)printf("mounts=%d\n", count);
}

static void print_network(void)
{
	struct ifreq request = { .ifr_name = "lo" };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int r = fd < 0 ? -1 : ioctl(fd, SIOCGIFFLAGS, &request);

	(void)printf("loopback_up=%d\n",
		     r == 0 && (request.ifr_flags & IFF_UP) != 0);
	if (fd >= 0) {
		(void)close(fd);
	}
}

static void print_descriptors(void)
{
	int count = 0;

	for (int fd = 3; fd < 1024; fd++) {
		count += fcntl(fd, F_GETFD) >= 0;
	}
	(void)printf("descriptors=%d\n", count);
}

int main(void)
{
	char hostname[65] = "";
	long r = 0;

	(void)gethostname(hostname, sizeof(hostname) - 1);
	(void)printf("hostname=%s\npid=%d\nsession=%d\n", hostname,
		     (int)getpid(), (int)getsid(0));
	print_namespaces();
	print_status();
	print_files();
	print_mounts();
	print_network();
	print_descriptors();
	/* A call that only the filter forbids: any process has keyrings. */
	r = syscall(SYS_keyctl, 0 /* KEYCTL_GET_KEYRING_ID */, SESSION_KEYRING,
		    0, 0, 0);
	(void)printf("refused_call=%d\n", r < 0 ? errno : 0);
	return fflush(stdout) == 0 ? 0 : 1;
}
