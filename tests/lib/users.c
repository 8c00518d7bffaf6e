/* SPDX-License-Identifier: Apache-2.0 */
/* Makes users by mounting account files; see users.h. */
#include "lib/users.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

const struct test_user user_with_ranges = { "lsbtest1", 64101 };
const struct test_user user_without_ranges = { "lsbtest2", 64102 };

static const struct account_file {
	const char *path;
	const char *name;
	const char *lines;
} account_files[] = {
	{ "/etc/passwd", "passwd",
	  "lsbtest1:x:64101:64101::/nonexistent:/bin/sh\n"
	  "lsbtest2:x:64102:64102::/nonexistent:/bin/sh\n" },
	{ "/etc/group", "group", "lsbtest1:x:64101:\nlsbtest2:x:64102:\n" },
	{ "/etc/subuid", "subuid", "lsbtest1:1600000000:65536\n" },
	{ "/etc/subgid", "subgid", "lsbtest1:1600000000:65536\n" },
};

/* The file of the host, if there is one, and the lines. */
static int write_copy(const struct account_file *account, const char *copy)
{
	int from = open(account->path, O_RDONLY | O_CLOEXEC);
	int to = open(copy, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	size_t size = strlen(account->lines);
	bool written = to >= 0;

	if (from >= 0 && written) {
		written = sendfile(to, from, NULL, 1 << 24) >= 0;
		(void)close(from);
	}
	written = written && write(to, account->lines, size) == (ssize_t)size &&
		  fchmod(to, 0644) == 0;
	if (to >= 0) {
		(void)close(to);
	}
	return written ? 0 : -EIO;
}

static int show_copy(const struct account_file *account, const char *folder)
{
	char copy[512];
	int r = 0;

	(void)snprintf(copy, sizeof(copy), "%s/%s", folder, account->name);
	r = write_copy(account, copy);
	if (r < 0) {
		return r;
	}
	/* A host without subordinate ids may not have the files, either. */
	if (access(account->path, F_OK) < 0) {
		return -ENOENT;
	}
	return mount(copy, account->path, NULL, MS_BIND, NULL) < 0 ? -errno : 0;
}

int users_make(const char *folder)
{
	if (unshare(CLONE_NEWNS) < 0 ||
	    mount(NULL, "/", NULL, MS_SLAVE | MS_REC, NULL) < 0) {
		return -errno;
	}
	for (size_t i = 0; i < sizeof(account_files) / sizeof(account_files[0]);
	     i++) {
		int r = show_copy(&account_files[i], folder);

		if (r < 0) {
			return r;
		}
	}
	return 0;
}

int user_become(const struct test_user *user)
{
	if (setgroups(0, NULL) < 0 ||
	    setresgid(user->id, user->id, user->id) < 0 ||
	    setresuid(user->id, user->id, user->id) < 0) {
		return -errno;
	}
	return 0;
}

static bool is_listed(const char *path, const char *name)
{
	FILE *file = fopen(path, "re");
	char line[512];
	bool found = false;

	while (file != NULL && !found &&
	       fgets(line, sizeof(line), file) != NULL) {
		found = strncmp(line, name, strlen(name)) == 0 &&
			line[strlen(name)] == ':';
	}
	if (file != NULL) {
		(void)fclose(file);
	}
	return found;
}

bool user_has_ranges(void)
{
	const struct passwd *entry = getpwuid(geteuid());

	return entry != NULL && is_listed("/etc/subuid", entry->pw_name) &&
	       is_listed("/etc/subgid", entry->pw_name);
}
