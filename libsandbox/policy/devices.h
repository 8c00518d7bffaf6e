/* SPDX-License-Identifier: Apache-2.0 */
/* What is in the /dev of a sandbox. */
#ifndef SANDBOX_POLICY_DEVICES_H
#define SANDBOX_POLICY_DEVICES_H

#include <stddef.h>
#include <stdint.h>

/* A character device that everybody may read and write. */
struct policy_device {
	const char *name; /* below /dev, here and on the host */
	uint32_t major;   /* to check the host's node by */
	uint32_t minor;
};

struct policy_link {
	const char *name; /* below /dev */
	const char *target;
};

extern const struct policy_device policy_devices[];
extern const size_t policy_device_count;
extern const struct policy_link policy_device_links[];
extern const size_t policy_device_link_count;

/* Limits of the file systems of /dev and /dev/shm. */
#define POLICY_DEV_BYTES  (64U << 10)
#define POLICY_DEV_INODES 64U
#define POLICY_SHM_BYTES  (64U << 20)

#endif
