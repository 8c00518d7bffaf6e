/* SPDX-License-Identifier: Apache-2.0 */
/*
 * System calls newer than the oldest libseccomp that we build with.  Numbers
 * from 424 on are the same on every architecture but alpha; 335 and 336 are
 * the entries of x86's user-space probe trampolines.
 */
#include "base/array.h"
#include "policy/syscall_sources.h"

/* The group comes from syscall_classes.c. */
#define EVERYWHERE(number)  { (number), (number) }, SYSCALL_REFUSED
#define ONLY_X86_64(number) { (number), -1 }, SYSCALL_REFUSED

/* clang-format off */
const struct syscall_row syscall_newer[] = {
	{ "uretprobe", ONLY_X86_64(335) },
	{ "uprobe", ONLY_X86_64(336) },
	{ "set_mempolicy_home_node", EVERYWHERE(450) },
	{ "cachestat", EVERYWHERE(451) },
	{ "fchmodat2", EVERYWHERE(452) },
	{ "map_shadow_stack", EVERYWHERE(453) },
	{ "futex_wake", EVERYWHERE(454) },
	{ "futex_wait", EVERYWHERE(455) },
	{ "futex_requeue", EVERYWHERE(456) },
	{ "statmount", EVERYWHERE(457) },
	{ "listmount", EVERYWHERE(458) },
	{ "lsm_get_self_attr", EVERYWHERE(459) },
	{ "lsm_set_self_attr", EVERYWHERE(460) },
	{ "lsm_list_modules", EVERYWHERE(461) },
	{ "mseal", EVERYWHERE(462) },
	{ "setxattrat", EVERYWHERE(463) },
	{ "getxattrat", EVERYWHERE(464) },
	{ "listxattrat", EVERYWHERE(465) },
	{ "removexattrat", EVERYWHERE(466) },
	{ "open_tree_attr", EVERYWHERE(467) },
	{ "file_getattr", EVERYWHERE(468) },
	{ "file_setattr", EVERYWHERE(469) },
};
/* clang-format on */

const size_t syscall_newer_count = ARRAY_SIZE(syscall_newer);
