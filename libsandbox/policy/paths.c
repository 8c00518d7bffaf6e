/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The paths of /proc that speak of the host and not of the sandbox.  Those of
 * /sys do not matter as long as there is no /sys.
 */
#include "policy/paths.h"

#include "base/array.h"

#define OPEN(path, kind)                       \
	{                                      \
		path, POLICY_PATH_##kind, true \
	}
#define CLOSED(path, kind)                      \
	{                                       \
		path, POLICY_PATH_##kind, false \
	}

/* clang-format off */
const struct policy_path policy_masked_paths[] = {
	OPEN("/proc/acpi", DIRECTORY),
	OPEN("/proc/asound", DIRECTORY),
	OPEN("/proc/config.gz", FILE),
	OPEN("/proc/driver", DIRECTORY),
	OPEN("/proc/dynamic_debug", DIRECTORY),
	OPEN("/proc/interrupts", FILE),
	OPEN("/proc/iomem", FILE),
	OPEN("/proc/ioports", FILE),
	OPEN("/proc/kallsyms", FILE),
	CLOSED("/proc/kcore", FILE),
	OPEN("/proc/key-users", FILE),
	OPEN("/proc/keys", FILE),
	CLOSED("/proc/kmsg", FILE),
	CLOSED("/proc/kpagecgroup", FILE),
	CLOSED("/proc/kpagecount", FILE),
	CLOSED("/proc/kpageflags", FILE),
	OPEN("/proc/latency_stats", FILE),
	OPEN("/proc/modules", FILE),
	OPEN("/proc/mtrr", FILE),
	CLOSED("/proc/pagetypeinfo", FILE),
	OPEN("/proc/sched_debug", FILE),
	OPEN("/proc/scsi", DIRECTORY),
	CLOSED("/proc/slabinfo", FILE),
	CLOSED("/proc/timer_list", FILE),
	OPEN("/proc/timer_stats", FILE),
	CLOSED("/proc/vmallocinfo", FILE),
};

/*
 * The sysctls of a network or ipc namespace may be written by the id that is 0
 * in the user namespace which owns it: with a single id, that is the payload.
 */
const struct policy_path policy_readonly_paths[] = {
	CLOSED("/proc/bus", DIRECTORY),
	CLOSED("/proc/fs", DIRECTORY),
	CLOSED("/proc/irq", DIRECTORY),
	OPEN("/proc/sys", DIRECTORY),
	CLOSED("/proc/sysrq-trigger", FILE),
};
/* clang-format on */

const size_t policy_masked_path_count = ARRAY_SIZE(policy_masked_paths);
const size_t policy_readonly_path_count = ARRAY_SIZE(policy_readonly_paths);
