/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The label that AppArmor or SELinux gives the program when it is executed.
 *
 * What is written must reach the kernel and nothing else: below the sandbox's
 * root something else may lie where /proc should, and a write there would
 * succeed without any effect.  So the file is found from the descriptor of the
 * /proc that init has mounted itself, by number instead of by the link "self",
 * through no link and no other mount, and must be of procfs.
 *
 * It is opened while paths can still be opened and written as the last thing
 * before the program is executed, by calls that every program needs.
 */
#include "kernel/file.h"
#include "kernel/process.h"
#include "launcher/payload.h"
#include "launcher/text.h"

#include <linux/magic.h>

static int open_attribute(const struct launch *launch, const char *attribute)
{
	char path[48];
	struct text text = TEXT_IN(path);

	text_add_number(&text, (uint64_t)kernel_getpid());
	text_add(&text, attribute);
	return kernel_openat2(launch->proc, path, O_RDWR,
			      RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS |
				      RESOLVE_NO_XDEV);
}

int label_open(const struct launch *launch, int *ret)
{
	struct statfs found;
	int fd = -ENOENT;
	int r = 0;

	if (launch->plan->label_kind == PLAN_LABEL_NONE) {
		return 0;
	}
	if (launch->plan->label_kind == PLAN_LABEL_APPARMOR) {
		fd = open_attribute(launch, "/attr/apparmor/exec");
	}
	/* Before Linux 5.8 AppArmor has no folder of its own there. */
	if (fd == -ENOENT) {
		fd = open_attribute(launch, "/attr/exec");
	}
	if (fd < 0) {
		return fd;
	}
	r = kernel_fstatfs(fd, &found);
	if (r >= 0 && found.f_type != PROC_SUPER_MAGIC) {
		r = -EXDEV;
	}
	if (r < 0) {
		kernel_close(fd);
		return r;
	}
	*ret = fd;
	return 0;
}

/*
 * How much of it reads as it was written.  AppArmor writes stacks and names
 * with a namespace anew; SELinux what follows user and role, where a type may
 * have another name and categories another order.
 */
static size_t comparable(const struct plan *plan, const char *label)
{
	bool apparmor = plan->label_kind == PLAN_LABEL_APPARMOR;
	unsigned int colons = 0;
	size_t size = 0;

	for (; label[size] != '\0' && colons < 2; size++) {
		if (apparmor && (label[size] == ':' || label[size] == '&')) {
			return 0;
		}
		colons += label[size] == ':';
	}
	return size;
}

static bool is_end(char character)
{
	/* AppArmor adds the profile's mode: " (enforce)". */
	return character == '\0' || character == '\n' || character == ' ';
}

/*
 * Something must be set for the next exec, and where it can be told, that:
 * SELinux without a policy takes whatever is written, and does something else.
 * A policy may forbid to read; but then it has looked at what it took.
 */
static int verify(const struct plan *plan, int fd)
{
	const char *label = plan_string(plan, plan->label) + plan->label_skip;
	size_t size = comparable(plan, label);
	char found[4096 + 1];
	long n = kernel_read(fd, found, sizeof(found) - 1);

	if (n == -EACCES || n == -EPERM) {
		return 0;
	}
	if (n <= 0) {
		return n == 0 ? -ESTALE : (int)n;
	}
	found[n] = '\0';
	if (size == 0) {
		return 0;
	}
	if ((size_t)n < size || memcmp(found, label, size) != 0 ||
	    (label[size] == '\0' && !is_end(found[size]))) {
		return -ESTALE;
	}
	return 0;
}

int label_set(const struct plan *plan, int fd)
{
	const char *label = plan_string(plan, plan->label);
	size_t size = text_length(label);
	long n = 0;

	if (plan->label_kind == PLAN_LABEL_NONE) {
		return 0;
	}
	n = kernel_write(fd, label, size);
	if (n >= 0 && (size_t)n != size) {
		n = -EMSGSIZE;
	}
	return n < 0 ? (int)n : verify(plan, fd);
}
