/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the kernel says of the main process right before it executes the
 * program.  A difference from the plan ends the launch: a setting that was
 * accepted but is not in force is worse than one that was refused.
 */
#include "kernel/credentials.h"
#include "kernel/file.h"
#include "kernel/process.h"
#include "launcher/payload.h"
#include "launcher/text.h"

/* How its root is mounted, whoever has mounted what meanwhile. */
int surroundings_read(const struct launch *launch, struct ready *ret)
{
	struct statfs root;
	int r = (int)kernel_call2(SYS_statfs, "/", &root);

	if (r >= 0) {
		ret->root_flags = (uint64_t)root.f_flags;
	}
	ret->memfd_noexec = launch->memfd_noexec;
	return r;
}

/*
 * It roots where its maker is, so it is made from within the group: earlier it
 * would show the way from init's to there.
 */
int cgroup_namespace_make(const struct launch *launch, struct ready *ret)
{
	struct stat file;
	int r = 0;

	if ((launch->plan->flags & PLAN_CGROUPNS_LATE) == 0) {
		return 0;
	}
	if ((launch->plan->own_namespaces & CLONE_NEWCGROUP) == 0) {
		r = (int)kernel_call1(SYS_unshare, CLONE_NEWCGROUP);
	}
	if (r >= 0) {
		r = (int)kernel_call4(SYS_newfstatat, launch->proc,
				      "self/ns/cgroup", &file, 0);
	}
	if (r >= 0) {
		ret->cgroup_namespace = file.st_ino;
	}
	return r;
}

/* What follows "NAME:" at the start of a line, or NULL. */
static const char *status_value(const char *status, const char *name)
{
	size_t length = text_length(name);

	while (*status != '\0') {
		if (memcmp(status, name, length) == 0) {
			return status + length;
		}
		while (*status != '\0' && *status != '\n') {
			status++;
		}
		status += *status == '\n';
	}
	return NULL;
}

static const char *skip_blanks(const char *text)
{
	while (*text == ' ' || *text == '\t') {
		text++;
	}
	return text;
}

static int take_hex(const char *status, const char *name, uint64_t *ret)
{
	const char *digit = status_value(status, name);

	if (digit == NULL) {
		return -EPROTO;
	}
	*ret = 0;
	for (digit = skip_blanks(digit); *digit != '\n'; digit++) {
		uint64_t value = *digit <= '9' ? (uint64_t)(*digit - '0')
					       : (uint64_t)(*digit - 'a' + 10);

		if (value > 15) {
			return -EPROTO;
		}
		*ret = *ret << 4 | value;
	}
	return 0;
}

/* The first of @count numbers, which must all be the same. */
static int take_number(const char *status, const char *name, unsigned int count,
		       uint32_t *ret)
{
	const char *digit = status_value(status, name);

	for (unsigned int i = 0; i < count; i++) {
		uint64_t value = 0;

		if (digit == NULL) {
			return -EPROTO;
		}
		digit = skip_blanks(digit);
		if (*digit < '0' || *digit > '9') {
			return -EPROTO;
		}
		for (; *digit >= '0' && *digit <= '9'; digit++) {
			value = value * 10 + (uint64_t)(*digit - '0');
		}
		if (i > 0 && value != *ret) {
			return -EPERM;
		}
		*ret = (uint32_t)value;
	}
	return 0;
}

static uint32_t count_words(const char *text)
{
	uint32_t count = 0;

	for (text = skip_blanks(text); *text != '\n' && *text != '\0';
	     text = skip_blanks(text)) {
		count++;
		while (*text != ' ' && *text != '\n' && *text != '\0') {
			text++;
		}
	}
	return count;
}

static int take_capabilities(const char *status, struct plan_capabilities *ret)
{
	int r = take_hex(status, "CapInh:", &ret->inheritable);

	if (r >= 0) {
		r = take_hex(status, "CapPrm:", &ret->permitted);
	}
	if (r >= 0) {
		r = take_hex(status, "CapEff:", &ret->effective);
	}
	if (r >= 0) {
		r = take_hex(status, "CapBnd:", &ret->bounding);
	}
	return r < 0 ? r : take_hex(status, "CapAmb:", &ret->ambient);
}

int status_open(const struct launch *launch)
{
	return kernel_openat(launch->proc, "self/status", O_RDONLY, 0);
}

/* Generated when it is read: after the last change, whatever opened it. */
int status_read(int fd, struct ready *ret)
{
	char status[4096];
	const char *groups = NULL;
	long n = kernel_read(fd, status, sizeof(status) - 1);
	int r = n < 0 ? (int)n : 0;

	if (r < 0) {
		return r;
	}
	status[n] = '\0';
	groups = status_value(status, "Groups:");
	ret->groups = groups == NULL ? 0 : count_words(groups);
	ret->init_capless = 1; /* init does not release us before it is */
	/* Real, effective, saved and file system ids. */
	r = take_number(status, "Uid:", 4, &ret->uid);
	if (r >= 0) {
		r = take_number(status, "Gid:", 4, &ret->gid);
	}
	if (r >= 0) {
		r = take_number(status, "NoNewPrivs:", 1, &ret->no_new_privs);
	}
	if (r >= 0) {
		r = take_number(status, "Seccomp:", 1, &ret->seccomp);
	}
	return r < 0 ? r : take_capabilities(status, &ret->capabilities);
}

int state_verify(const struct launch *launch, const struct payload_ids *ids,
		 const struct ready *ready)
{
	const struct plan *plan = launch->plan;
	const struct plan_capabilities *wanted = &plan->capabilities;
	const struct plan_capabilities *found = &ready->capabilities;
	bool nnp = (plan->flags & PLAN_ALLOW_NEW_PRIVS) == 0;

	/* Bits above the kernel's last capability do not exist. */
	if (found->effective != wanted->effective ||
	    found->permitted != wanted->permitted ||
	    found->inheritable != wanted->inheritable ||
	    found->ambient != wanted->ambient ||
	    (found->bounding & ~wanted->bounding) != 0) {
		return -EPERM;
	}
	if (ready->uid != ids->uid || ready->gid != ids->gid ||
	    ready->securebits != plan->securebits) {
		return -EPERM;
	}
	if (!launch->launcher->deny_setgroups &&
	    ready->groups != plan->groups.count) {
		return -EPERM;
	}
	if (ready->no_new_privs != nnp ||
	    ready->seccomp != (plan->filter.count + plan->filter_raw.count > 0
				       ? 2U
				       : 0U)) {
		return -EPERM;
	}
	if ((plan->flags & PLAN_MEMFD_NOEXEC_REQUIRED) != 0 &&
	    ready->memfd_noexec != 3) {
		return -EPERM;
	}
	return 0;
}
