/* SPDX-License-Identifier: Apache-2.0 */
/* Sandboxes in which others are made: by unshare, by bubblewrap. */
#include "control.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct outcome outcome;

#define NESTED "\"allowNestedUserns\": true"
#define OWN    "\"ownNamespaces\": true"
#define CAPABILITIES                                           \
	"\"capabilities\": { \"allSets\": [\"CAP_SYS_ADMIN\"," \
	" \"CAP_NET_ADMIN\", \"CAP_SYS_CHROOT\"] }"
#define SECURITY(members) "\"security\": { " members " }"

static bool result_has(const char *feature, const char *state)
{
	char text[128];

	(void)snprintf(text, sizeof(text),
		       "\"feature\": \"%s\",\n        \"state\": \"%s\"",
		       feature, state);
	return strstr(outcome.json, text) != NULL;
}

TEST(user_namespaces_are_made_only_where_that_is_allowed)
{
	static const char script[] = "\"/bin/sh\", \"-c\","
				     " \"unshare -Ur id -u 2>/dev/null"
				     " || echo no\"";

	LAUNCH(&outcome, .argv = script);
	ASSERT_STR(outcome.out, "no\n");
	ASSERT_TRUE(result_has("nested-user-namespaces", "enforced"));
	LAUNCH(&outcome, .argv = script, .document = SECURITY(NESTED));
	ASSERT_STR(outcome.out, "0\n");
	ASSERT_TRUE(result_has("nested-user-namespaces", "off"));
}

/* By each of the calls, and others within them; but mounts stay refused. */
TEST(allowed_user_namespaces_are_made_by_all_calls)
{
	static const struct trial trials[] = {
		{ "unshare user", "ok", CONTROL_PLAIN, "ok" },
		{ "clone user", "ok", CONTROL_PLAIN, "ok" },
		{ "clone3", "ok", CONTROL_PLAIN, "ok" },
		{ "clone3 user", "ok", CONTROL_PLAIN, "ok" },
		{ "unshare net", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "mount_tmpfs /tmp", "EPERM", CONTROL_NAMESPACES, "ok" },
	};

	TRY(trials, .document = SECURITY(NESTED));
}

TEST(a_stricter_profile_lets_them_be_made_too)
{
	static const struct trial trials[] = {
		{ "unshare user", "ok", CONTROL_PLAIN, "ok" },
		{ "trace_child", "EPERM", CONTROL_PLAIN, "ok" },
	};

	TRY(trials,
	    .document = SECURITY(NESTED
				 ", \"seccomp\": { \"profile\": \"STRICT\" }"));
}

/* As the document without it, which refuses the very same. */
TEST(owned_namespaces_obey_the_programs_capabilities)
{
	static const struct trial without[] = {
		{ "mount_tmpfs /tmp", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "interface_down lo", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "hostname other", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "chroot /tmp", "EPERM", CONTROL_NAMESPACES, "ok" },
	};
	static const struct trial with[] = {
		{ "mount_tmpfs /tmp", "ok", CONTROL_NAMESPACES, "ok" },
		{ "interface_down lo", "ok", CONTROL_NAMESPACES, "ok" },
		{ "hostname other", "ok", CONTROL_NAMESPACES, "ok" },
		{ "chroot /tmp", "ok", CONTROL_NAMESPACES, "ok" },
	};

	TRY(without, .process = "\"user\": \"0\"",
	    .document = SECURITY(CAPABILITIES));
	TRY(with, .process = "\"user\": \"0\"",
	    .document = SECURITY(CAPABILITIES ", " OWN));
	LAUNCH(&outcome, .probe = "ids", .document = SECURITY(OWN));
	ASSERT_TRUE(result_has("guarded-namespaces", "weaker"));
}

/* Mounted, the groups of the host are their owner's, whoever mounts them. */
TEST(an_owner_has_no_hold_on_the_hosts_control_groups)
{
	static const char *const fields[] = {
		SECURITY(OWN),
		SECURITY(NESTED
			 ", \"seccomp\": { \"profile\": \"UNCONFINED\" }"),
		SECURITY(CAPABILITIES
			 ", \"seccomp\": { \"profile\": \"UNCONFINED\" }"),
	};

	if (launch_mode() != MODE_ROOT) {
		SKIP("the groups are root's");
	}
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		char document[512];

		(void)snprintf(document, sizeof(document),
			       "\"identity\": { \"mode\": \"CALLER\" }, %s",
			       fields[i]);
		LAUNCH_FAILS(&outcome, .probe = "ids", .document = document);
		ASSERT_EQ(outcome.kind, SANDBOX_ERROR_UNSUPPORTED);
	}
	SHELL(&outcome,
	      "mkdir /tmp/a && mount -t cgroup2 none /tmp/a"
	      " && mkdir /tmp/a/of-the-program 2>/dev/null && echo made;"
	      " echo 0 2>/dev/null >/tmp/a/cgroup.procs && echo moved; true",
	      .process = "\"user\": \"0\"",
	      .document = SECURITY(CAPABILITIES ", " OWN));
	ASSERT_STR(outcome.out, "");
}

/* They show its own group, and its limits hold there. */
TEST(an_owner_can_have_limits_of_control_groups)
{
	struct request request = {
		.argv = "\"/bin/sh\", \"-c\","
			" \"cut -d: -f3 /proc/self/cgroup | sort -u\"",
		.document = SECURITY(OWN) ", \"limits\": {"
					  " \"memoryBytes\": \"67108864\" }",
	};

	launch(&request, &outcome);
	if (outcome.started < 0) {
		ASSERT_EQ(outcome.kind, SANDBOX_ERROR_UNSUPPORTED);
		ASSERT_TRUE(launch_mode() != MODE_ROOT);
		return;
	}
	ASSERT_STR(outcome.out, "/\n");
	ASSERT_TRUE(result_has("guarded-namespaces", "weaker"));
}

/* The capabilities, and not the field, are what the kernel asks for. */
TEST(owning_namespaces_gives_no_capability)
{
	static const struct trial trials[] = {
		{ "mount_tmpfs /tmp", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "hostname other", "EPERM", CONTROL_NAMESPACES, "ok" },
	};

	TRY(trials, .process = "\"user\": \"0\"", .document = SECURITY(OWN));
}

/* What was mounted by init is locked in the copy. */
TEST(what_the_sandbox_has_mounted_stays_even_for_an_owner)
{
	SHELL(&outcome,
	      "set -f; for t in /tmp /proc /dev /proc/sys /usr; do"
	      " umount $t 2>/dev/null && echo gone $t;"
	      " done;"
	      " mount -o remount,bind,rw /usr 2>/dev/null && echo writable;"
	      " mount -o remount,bind,suid /tmp 2>/dev/null && echo suid;"
	      " mkdir /tmp/a && mount --bind /usr /tmp/a"
	      " && mount -o remount,bind,rw /tmp/a 2>/dev/null && echo copy;"
	      " mount -t tmpfs none /usr && echo /usr/* &&"
	      " umount /usr 2>/dev/null; echo ended",
	      .process = "\"user\": \"0\"",
	      .document = SECURITY(CAPABILITIES ", " OWN));
	ASSERT_STR(outcome.out, "/usr/*\nended\n");
}

/* Only its own loopback is there, and it is up. */
TEST(an_owned_network_has_its_loopback_up)
{
	static const struct trial trials[] = {
		{ "interface_down lo", "ok", CONTROL_NAMESPACES, "ok" },
	};

	SHELL(&outcome,
	      "cat /sys/class/net/lo/operstate 2>/dev/null;"
	      " grep -c : /proc/net/dev",
	      .document = SECURITY(OWN));
	ASSERT_STR(outcome.out, "1\n");
	TRY(trials, .process = "\"user\": \"0\"",
	    .document = SECURITY(CAPABILITIES ", " OWN));
}

/* One that cannot be: with settings of what would be left behind. */
TEST(an_owned_network_leaves_settings_where_they_are)
{
	SHELL(&outcome, "cat /proc/sys/net/ipv4/ip_default_ttl",
	      .document = SECURITY(
		      OWN ", \"sysctls\": { \"net.ipv4.ip_default_ttl\":"
			  " \"77\" }"));
	ASSERT_STR(outcome.out, "77\n");
}

/* It makes all namespaces of its own, and a root out of the sandbox's. */
TEST(bubblewrap_runs_inside)
{
	static const char script[] =
		"\"/bin/sh\", \"-c\", \"bwrap --ro-bind / / --tmpfs /tmp --unshare-all --hostname in"
		" sh -c 'echo a >/tmp/a && cat /tmp/a"
		" /proc/sys/kernel/hostname' 2>/dev/null || echo no\"";

	if (access("/usr/bin/bwrap", X_OK) < 0) {
		SKIP("there is no bubblewrap");
	}
	launch(&(const struct request){ .argv = script }, &outcome);
	ASSERT_STR(outcome.out, "no\n");
	LAUNCH(&outcome, .argv = script, .document = SECURITY(NESTED ", " OWN));
	ASSERT_STR(outcome.out, "a\nin\n");
}

/*
 * A container engine as root of the sandbox.  It wants control groups to be
 * somewhere, and a /proc of its own, which takes one without covers.  With a
 * single id there is no group for new terminals, so it shows the sandbox's.
 */
#define ENGINE_SCRIPT                                                        \
	"cd /srv && mkdir -p root/bin root/proc root/sys root/dev root/etc"  \
	" && cp /bin/busybox root/bin &&"                                    \
	" printf '[containers]\\nkeyring = false\\n' >conf &&"               \
	" mount -t tmpfs none /sys && mkdir -p /sys/fs/cgroup &&"            \
	" HOME=/srv CONTAINERS_CONF=/srv/conf podman"                        \
	" --cgroup-manager cgroupfs --storage-driver vfs --root /srv/store"  \
	" --runroot /srv/run --tmpdir /srv/tmp --runtime crun"               \
	" --events-backend none run --rm --network none --cgroups disabled"  \
	" --log-driver none --hostname in --security-opt seccomp=unconfined" \
	" -v /dev/pts:/dev/pts"                                              \
	" --rootfs /srv/root /bin/busybox sh -c"                             \
	" 'echo $$; busybox hostname; busybox ls /'"
#define ENGINE_CAPABILITIES                                                  \
	"\"capabilities\": { \"allSets\": [ \"sys_admin\", \"setuid\","      \
	" \"setgid\", \"chown\", \"dac_override\", \"fowner\", \"setpcap\"," \
	" \"net_admin\", \"sys_chroot\", \"kill\", \"mknod\", \"setfcap\","  \
	" \"net_bind_service\", \"fsetid\", \"net_raw\", \"sys_ptrace\" ] }"
#define PROC_UNCOVERED                                                 \
	"\"unmaskedPaths\": [ \"/proc/acpi\", \"/proc/config.gz\","    \
	" \"/proc/driver\", \"/proc/interrupts\", \"/proc/iomem\","    \
	" \"/proc/ioports\", \"/proc/kallsyms\", \"/proc/key-users\"," \
	" \"/proc/keys\", \"/proc/sys\" ]"

TEST(a_container_engine_runs_inside)
{
	if (access("/usr/bin/podman", X_OK) < 0 ||
	    access("/bin/busybox", X_OK) < 0) {
		SKIP("there is no podman, or no busybox");
	}
	SHELL(&outcome, ENGINE_SCRIPT, .no_probe = true,
	      .process = "\"user\": \"0\"",
	      .mounts = "{ \"kind\": \"TMPFS\", \"target\": \"/srv\","
			" \"writable\": true, \"exec\": true },"
			"{ \"kind\": \"TMPFS\", \"target\": \"/run\","
			" \"writable\": true },"
			"{ \"kind\": \"TMPFS\", \"target\": \"/var/tmp\","
			" \"writable\": true }",
	      .document = "\"root\": { \"kind\": \"HOST\" }, " SECURITY(
		      NESTED ", " OWN ", " ENGINE_CAPABILITIES
			     ", \"allowMemfdExec\": true, " PROC_UNCOVERED));
	ASSERT_CONTAINS(outcome.out, "1\nin\nbin\n");
}
