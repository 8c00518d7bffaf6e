/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables of device nodes and links.  There is no /dev/core, which would lead
 * to the memory of the kernel, and no console.
 */
#include "policy/devices.h"

#include "base/array.h"

const struct policy_device policy_devices[] = {
	{ "null", 1, 3 },   { "zero", 1, 5 },    { "full", 1, 7 },
	{ "random", 1, 8 }, { "urandom", 1, 9 }, { "tty", 5, 0 },
};

const struct policy_link policy_device_links[] = {
	{ "fd", "/proc/self/fd" },       { "stdin", "/proc/self/fd/0" },
	{ "stdout", "/proc/self/fd/1" }, { "stderr", "/proc/self/fd/2" },
	{ "ptmx", "pts/ptmx" },
};

const size_t policy_device_count = ARRAY_SIZE(policy_devices);
const size_t policy_device_link_count = ARRAY_SIZE(policy_device_links);
