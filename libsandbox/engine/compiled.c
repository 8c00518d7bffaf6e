/* SPDX-License-Identifier: Apache-2.0 */
/* Plans ready to launch; see compiled.h. */
#include "engine/compiled.h"

#include "base/cleanup.h"
#include "kernel/file.h"
#include "kernel/process.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U
#endif

static uint64_t add_bytes(uint64_t hash, const void *bytes, size_t size)
{
	const unsigned char *byte = bytes;

	/* FNV-1a: the facts are the host's own, so no adversary picks them. */
	for (size_t i = 0; i < size; i++) {
		/* NOLINTNEXTLINE(clang-analyzer-core.*): all are set */
		hash = (hash ^ byte[i]) * 0x100000001b3U;
	}
	return hash;
}

static uint64_t add_text(uint64_t hash, const char *text)
{
	return text == NULL ? hash : add_bytes(hash, text, strlen(text) + 1);
}

uint64_t compiled_host(const struct plan_facts *facts)
{
	const uint64_t numbers[15] = {
		facts->privileged,   facts->uid,          facts->gid,
		facts->range_max,    facts->range_auto,   facts->memfd_noexec,
		facts->absent_masks, facts->sys_resource, facts->landlock_abi,
		facts->kernel,       facts->apparmor,     facts->selinux,
		facts->pool_first,   facts->pool_count,   facts->changes_groups,
	};
	uint64_t hash =
		add_bytes(0xcbf29ce484222325U, numbers, sizeof(numbers));

	hash = add_bytes(hash, facts->uids,
			 facts->n_uids * sizeof(*facts->uids));
	hash = add_bytes(hash, facts->gids,
			 facts->n_gids * sizeof(*facts->gids));
	for (size_t i = 0; i < CGROUP_CONTROLLERS; i++) {
		hash = add_bytes(hash, &facts->cgroups[i].version,
				 sizeof(facts->cgroups[i].version));
	}
	for (size_t i = 0; i < facts->n_system_paths; i++) {
		const struct plan_system_path *path = &facts->system_paths[i];
		const uint64_t type = path->type;

		hash = add_text(hash, path->path);
		hash = add_bytes(hash, &type, sizeof(type));
		hash = add_text(hash, path->link);
	}
	return hash;
}

/* Sealed: launcher and init may read it at any time without a check. */
static int seal_in_memfd(const struct plan *plan, int *ret)
{
	const unsigned int flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
	_cleanup_close_ int fd =
		memfd_create("sandbox-plan", flags | MFD_NOEXEC_SEAL);
	int r = 0;

	if (fd < 0 && errno == EINVAL) {
		fd = memfd_create("sandbox-plan", flags);
	}
	if (fd < 0) {
		return -errno;
	}
	fd = kernel_above_stdio(fd);
	if (fd < 0) {
		return fd;
	}
	r = kernel_write_all(fd, plan, plan->size);
	if (r < 0) {
		return r;
	}
	if (fcntl(fd, F_ADD_SEALS,
		  F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) <
	    0) {
		return -errno;
	}
	*ret = take_fd(&fd);
	return 0;
}

int compiled_new(const struct spec *spec, const struct plan_facts *facts,
		 struct compiled **ret, struct err *err)
{
	uint64_t start = kernel_now_ns();
	struct compiled *compiled = calloc(1, sizeof(*compiled));
	int r = 0;

	if (compiled == NULL) {
		return err_set(err, SANDBOX_ERROR_RESOURCE, ENOMEM,
			       "out of memory");
	}
	compiled->references = 1;
	compiled->memfd = NO_FD;
	compiled->host = compiled_host(facts);
	r = plan_build(spec, facts, &compiled->plan, err);
	if (r >= 0) {
		r = seal_in_memfd(compiled->plan, &compiled->memfd);
		if (r < 0) {
			err_at(err, err_kind_of_errno(-r), -r, "keep the plan",
			       "", "keep the plan in memory: %s",
			       err_errno_name(-r));
		}
	}
	if (r < 0) {
		compiled_unref(compiled);
		return r;
	}
	compiled->build_us = (kernel_now_ns() - start) / 1000;
	*ret = compiled;
	return 0;
}

struct compiled *compiled_ref(struct compiled *compiled)
{
	(void)__atomic_add_fetch(&compiled->references, 1, __ATOMIC_RELAXED);
	return compiled;
}

void compiled_unref(struct compiled *compiled)
{
	if (compiled == NULL || __atomic_sub_fetch(&compiled->references, 1,
						   __ATOMIC_ACQ_REL) > 0) {
		return;
	}
	close_fdp(&compiled->memfd);
	free(compiled->plan);
	free(compiled);
}
