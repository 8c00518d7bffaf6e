/* SPDX-License-Identifier: Apache-2.0 */
/* The capabilities of Linux 5.9 and later, by number. */
#include "spec/capability_names.h"

#include "base/array.h"
#include "spec/ascii.h"

#include <stddef.h>
#include <string.h>

#define PREFIX "cap_"

static const char *const names[] = {
	"cap_chown",
	"cap_dac_override",
	"cap_dac_read_search",
	"cap_fowner",
	"cap_fsetid",
	"cap_kill",
	"cap_setgid",
	"cap_setuid",
	"cap_setpcap",
	"cap_linux_immutable",
	"cap_net_bind_service",
	"cap_net_broadcast",
	"cap_net_admin",
	"cap_net_raw",
	"cap_ipc_lock",
	"cap_ipc_owner",
	"cap_sys_module",
	"cap_sys_rawio",
	"cap_sys_chroot",
	"cap_sys_ptrace",
	"cap_sys_pacct",
	"cap_sys_admin",
	"cap_sys_boot",
	"cap_sys_nice",
	"cap_sys_resource",
	"cap_sys_time",
	"cap_sys_tty_config",
	"cap_mknod",
	"cap_lease",
	"cap_audit_write",
	"cap_audit_control",
	"cap_setfcap",
	"cap_mac_override",
	"cap_mac_admin",
	"cap_syslog",
	"cap_wake_alarm",
	"cap_block_suspend",
	"cap_audit_read",
	"cap_perfmon",
	"cap_bpf",
	"cap_checkpoint_restore",
};

int capability_number(const char *name)
{
	name = ascii_skip_prefix(name, PREFIX);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (ascii_is(name, names[i] + strlen(PREFIX))) {
			return (int)i;
		}
	}
	return -1;
}

const char *capability_name(int number)
{
	if (number < 0 || (size_t)number >= ARRAY_SIZE(names)) {
		return NULL;
	}
	return names[number];
}
