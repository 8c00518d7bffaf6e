/* SPDX-License-Identifier: Apache-2.0 */
/* Lookups in the generated tables of system calls; nothing is decided here. */
#include "policy/syscalls.h"

#include <errno.h>
#include <linux/audit.h>
#include <stdlib.h>
#include <string.h>

static int compare_name(const void *key, const void *member)
{
	const struct syscall_row *row = member;

	return strcmp(key, row->name);
}

const struct syscall_row *syscall_find(const char *name)
{
	return bsearch(name, syscall_rows, syscall_row_count,
		       sizeof(syscall_rows[0]), compare_name);
}

int syscall_number(enum syscall_arch arch, const char *name)
{
	const struct syscall_row *row = syscall_find(name);

	if (row == NULL || row->number[arch] < 0) {
		return -ENOENT;
	}
	return row->number[arch];
}

const char *syscall_name(enum syscall_arch arch, uint32_t number)
{
	const struct syscall_list *list = &syscall_by_number[arch];
	size_t low = 0;
	size_t high = list->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct syscall_row *row =
			&syscall_rows[list->rows[middle]];
		uint32_t found = (uint32_t)row->number[arch];

		if (found == number) {
			return row->name;
		}
		if (found < number) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return NULL;
}

uint32_t syscall_audit_arch(enum syscall_arch arch)
{
	return arch == SYSCALL_AARCH64 ? AUDIT_ARCH_AARCH64 : AUDIT_ARCH_X86_64;
}

const char *syscall_arch_name(enum syscall_arch arch)
{
	return arch == SYSCALL_AARCH64 ? "aarch64" : "x86_64";
}
