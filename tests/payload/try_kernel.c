/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Attempts to reach parts of the kernel that a program has no use for.  What
 * takes arguments gets harmless ones: where nothing refuses the call it fails
 * with another errno, or changes nothing.
 */
#include "probe.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/keyctl.h>
#include <linux/perf_event.h>
#include <linux/reboot.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

/* Calls by name with three numbers, for those that need nothing else. */
static const struct plain_call {
	const char *name;
	long number;
	long arguments[3];
} plain_calls[] = {
	{ "io_uring_enter", SYS_io_uring_enter, { -1, 0, 0 } },
	{ "io_uring_register", SYS_io_uring_register, { -1, 0, 0 } },
	{ "userfaultfd", SYS_userfaultfd, { O_CLOEXEC, 0, 0 } },
	{ "fanotify_init", SYS_fanotify_init, { 0, 0, 0 } },
	{ "syslog", SYS_syslog, { 10, 0, 0 } },
	{ "swapoff", SYS_swapoff, { 0, 0, 0 } },
	{ "delete_module", SYS_delete_module, { 0, 0, 0 } },
	{ "init_module", SYS_init_module, { 0, 0, 0 } },
	{ "finit_module", SYS_finit_module, { -1, 0, 0 } },
	{ "kexec_file_load", SYS_kexec_file_load, { -1, -1, 0 } },
	{ "quotactl", SYS_quotactl, { -1, 0, 0 } },
	{ "kcmp", SYS_kcmp, { 0, 0, 0 } },
	{ "memfd_secret", 447, { 0, 0, 0 } },
	{ "process_madvise", 440, { -1, 0, 0 } },
	{ "vmsplice", SYS_vmsplice, { -1, 0, 0 } },
	{ "remap_file_pages", SYS_remap_file_pages, { 0, 0, 0 } },
	{ "mbind", SYS_mbind, { 0, 0, 0 } },
	{ "lsm_set_self_attr", 460, { 0, 0, 0 } },
	{ "unknown", 1000, { 0, 0, 0 } },
#ifdef __x86_64__
	{ "modify_ldt", SYS_modify_ldt, { 0, 0, 0 } },
	{ "iopl", SYS_iopl, { 0, 0, 0 } },
	{ "ioperm", SYS_ioperm, { 0, 0, 0 } },
#endif
};

/* `call NAME` of the table above. */
static int try_call(char **arguments)
{
	for (size_t i = 0; i < sizeof(plain_calls) / sizeof(plain_calls[0]);
	     i++) {
		const struct plain_call *call = &plain_calls[i];

		if (strcmp(call->name, arguments[0]) == 0) {
			return answer_of(syscall(
				call->number, call->arguments[0],
				call->arguments[1], call->arguments[2], 0, 0));
		}
	}
	return -ENOEXEC; /* a mistake of the test */
}

static int try_io_uring(char **arguments)
{
	uint8_t parameters[120] = { 0 };

	(void)arguments;
	return answer_of(syscall(SYS_io_uring_setup, 4, parameters));
}

static int try_bpf(char **arguments)
{
	union bpf_attr attributes;

	(void)arguments;
	memset(&attributes, 0, sizeof(attributes));
	attributes.map_type = BPF_MAP_TYPE_ARRAY;
	attributes.key_size = 4;
	attributes.value_size = 4;
	attributes.max_entries = 1;
	return answer_of(syscall(SYS_bpf, BPF_MAP_CREATE, &attributes,
				 sizeof(attributes)));
}

static int try_perf(char **arguments)
{
	struct perf_event_attr attributes = {
		.type = PERF_TYPE_SOFTWARE,
		.size = sizeof(attributes),
		.config = PERF_COUNT_SW_TASK_CLOCK,
		.exclude_kernel = 1,
	};

	(void)arguments;
	return answer_of(
		syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0));
}

static int try_add_key(char **arguments)
{
	return answer_of(syscall(SYS_add_key, "user", arguments[0], "x", 1,
				 KEY_SPEC_SESSION_KEYRING));
}

static int try_request_key(char **arguments)
{
	return answer_of(
		syscall(SYS_request_key, "user", arguments[0], NULL, 0));
}

/* The search that finds what another left in the session's keyring. */
static int try_search_key(char **arguments)
{
	return answer_of(syscall(SYS_keyctl, KEYCTL_SEARCH,
				 KEY_SPEC_SESSION_KEYRING, "user", arguments[0],
				 0));
}

static int try_join_session(char **arguments)
{
	(void)arguments;
	return answer_of(syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, 0));
}

static int try_hostname(char **arguments)
{
	return answer_of(sethostname(arguments[0], strlen(arguments[0])));
}

/* To no time at all, which is found out before anybody's right to do so. */
static int try_set_time(char **arguments)
{
	const struct timespec never = { 0, -1 };

	(void)arguments;
	return answer_of(syscall(SYS_clock_settime, CLOCK_REALTIME, &never));
}

/* Accounting into a file that is not there. */
static int try_account(char **arguments)
{
	(void)arguments;
	return answer_of(syscall(SYS_acct, "/no/such/file"));
}

static int try_adjust_time(char **arguments)
{
	struct timex change = { .modes = ADJ_TICK, .tick = 10000 };

	(void)arguments;
	return answer_of(adjtimex(&change));
}

/* Asks for a command that does not exist. */
static int try_reboot(char **arguments)
{
	(void)arguments;
	return answer_of(syscall(SYS_reboot, LINUX_REBOOT_MAGIC1,
				 LINUX_REBOOT_MAGIC2, 0x1234, 0));
}

static int try_personality(char **arguments)
{
	return answer_of(
		personality((unsigned long)strtoul(arguments[0], NULL, 0)));
}

#ifdef __x86_64__
/* getpid() as a 32-bit program calls it: another architecture's number. */
static int try_int80(char **arguments)
{
	long result = 20;

	(void)arguments;
	__asm__ volatile("int $0x80"
			 : "+a"(result)
			 :
			 : "memory", "r8", "r9", "r10", "r11");
	return result == getpid() ? 0 : (int)result;
}

static int try_x32(char **arguments)
{
	(void)arguments;
	return answer_of(syscall(0x40000000 | SYS_getpid));
}
#endif

static int try_read_tsc(char **arguments)
{
	(void)arguments;
#ifdef __x86_64__
	unsigned int low;
	unsigned int high;

	__asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
	return (low | high) != 0 ? 0 : -ENODATA;
#else
	return -ENOSYS;
#endif
}

const struct attempt kernel_attempts[] = {
	{ "call", try_call },
	{ "io_uring", try_io_uring },
	{ "bpf", try_bpf },
	{ "perf", try_perf },
	{ "add_key", try_add_key },
	{ "request_key", try_request_key },
	{ "search_key", try_search_key },
	{ "join_session", try_join_session },
	{ "hostname", try_hostname },
	{ "set_time", try_set_time },
	{ "account", try_account },
	{ "adjust_time", try_adjust_time },
	{ "reboot", try_reboot },
	{ "personality", try_personality },
#ifdef __x86_64__
	{ "int80", try_int80 },
	{ "x32", try_x32 },
#endif
	{ "read_tsc", try_read_tsc },
	{ NULL, NULL },
};
