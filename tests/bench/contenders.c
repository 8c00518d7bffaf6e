/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One row per contender.  All do the equivalent job: user, mount, pid, net,
 * ipc and uts namespaces; the caller's id, or better, inside; a read-only
 * root; /proc, /tmp and a minimal /dev; no capabilities; no new privileges;
 * the same filter; a new session; an empty environment.
 */
#include "contenders.h"

#include "base/array.h"
#include "bundle.h"
#include "command.h"
#include "command_host.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct contender {
	const char *name;
	const char *peer;    /* program to be found in PATH, NULL for ours */
	const char *package; /* the Debian package that has it */
	const char *setting; /* of the build function */
	int (*build)(const struct contender *contender,
		     const struct workspace *workspace, const char *program,
		     struct command *command);
};

static void add_tool(struct command *command, const struct workspace *workspace,
		     const char *name)
{
	command_add(command, "%s/%s", workspace->tools, name);
}

static int build_floor(const struct contender *contender,
		       const struct workspace *workspace, const char *program,
		       struct command *command)
{
	(void)contender;
	add_tool(command, workspace, "floor");
	command_add(command, "--serve");
	command_add(command, "%s", workspace->rootfs);
	add_tool(command, workspace, "filter.bpf");
	command_add(command, "/bin/%s", program);
	return 0;
}

static int build_library(const struct contender *contender,
			 const struct workspace *workspace, const char *program,
			 struct command *command)
{
	char path[WORKSPACE_PATH * 2];
	char spec[WORKSPACE_PATH * 4];

	(void)snprintf(path, sizeof(path), "%s/spec-%s.json", workspace->top,
		       program);
	(void)snprintf(spec, sizeof(spec),
		       "{\"root\": {\"kind\": \"DIRECTORY\", \"path\": "
		       "\"%s\"}, \"hostname\": \"sandbox\",\n"
		       "\"process\": {\"argv\": [\"/bin/%s\"], \"stdio\": "
		       "{\"in\": {\"kind\": \"INHERIT\"}, \"out\": {\"kind\": "
		       "\"INHERIT\"}, \"err\": {\"kind\": \"INHERIT\"}}}}\n",
		       workspace->rootfs, program);
	add_tool(command, workspace, "library-host");
	command_add(command, "%s", contender->setting);
	command_add(command, "%s/run", workspace->top);
	command_add(command, "%s", path);
	return workspace_write(path, spec);
}

static int build_bubblewrap(const struct contender *contender,
			    const struct workspace *workspace,
			    const char *program, struct command *command)
{
	static const char *const job[] = {
		"--unshare-user",
		"--unshare-pid",
		"--unshare-net",
		"--unshare-ipc",
		"--unshare-uts",
		"--new-session",
		"--clearenv",
		"--hostname",
		"sandbox",
		"--cap-drop",
		"ALL",
		"--proc",
		"/proc",
		"--dev",
		"/dev",
		"--tmpfs",
		"/tmp",
		"--seccomp",
		FILTER_FD_TEXT,
		"--chdir",
		"/",
		NULL,
	};

	add_tool(command, workspace, "command-host");
	command_add(command, "--filter");
	add_tool(command, workspace, "filter.bpf");
	command_add(command, "--");
	if (command_add_program(command, contender->peer) < 0) {
		return -ENOENT;
	}
	command_add(command, "--ro-bind");
	command_add(command, "%s", workspace->rootfs);
	command_add(command, "/");
	command_add_all(command, job);
	command_add(command, "/bin/%s", program);
	return 0;
}

static int build_oci(const struct contender *contender,
		     const struct workspace *workspace, const char *program,
		     struct command *command)
{
	char bundle[WORKSPACE_PATH * 2];

	(void)snprintf(bundle, sizeof(bundle), "%s/%s-%s", workspace->top,
		       contender->name, program);
	add_tool(command, workspace, "command-host");
	if (geteuid() == 0) {
		command_add(command, "--cgroup2");
	}
	command_add(command, "--");
	if (command_add_program(command, contender->peer) < 0) {
		return -ENOENT;
	}
	command_add(command, "--root");
	command_add(command, "%s/%s-state", workspace->top, contender->name);
	if (contender->setting) {
		command_add(command, "%s", contender->setting);
	}
	command_add(command, "run");
	command_add(command, "--bundle");
	command_add(command, "%s", bundle);
	/* The id is free again when `run` returns. */
	command_add(command, "sandbox-bench-%d", (int)getpid());
	return bundle_write(workspace, bundle, program);
}

/* clang-format off */
static const struct contender contenders[CONTENDERS] = {
	[CONTENDER_FLOOR] = {
		"floor", NULL, NULL, NULL, build_floor },
	[CONTENDER_LIBRARY] = {
		"libsandbox", NULL, NULL, "0", build_library },
	[CONTENDER_LIBRARY_1GIB] = {
		"libsandbox-1gib-host", NULL, NULL, "1024", build_library },
	[CONTENDER_BUBBLEWRAP] = {
		"bubblewrap", "bwrap", "bubblewrap", NULL, build_bubblewrap },
	/* The job has no cgroup in it, and crun can be told so. */
	[CONTENDER_CRUN] = {
		"crun", "crun", "crun", "--cgroup-manager=disabled",
		build_oci },
	[CONTENDER_RUNC] = {
		"runc", "runc", "runc", NULL, build_oci },
};
/* clang-format on */

const char *contender_name(enum contender_id id)
{
	return contenders[id].name;
}

int contender_find(const char *name, size_t length)
{
	for (size_t i = 0; i < ARRAY_SIZE(contenders); i++) {
		if (strlen(contenders[i].name) == length &&
		    memcmp(contenders[i].name, name, length) == 0) {
			return (int)i;
		}
	}
	return -ENOENT;
}

int contender_start(enum contender_id id, const struct workspace *workspace,
		    const char *program, int output, struct host *ret)
{
	const struct contender *contender = &contenders[id];
	struct command command = { .words = 0, .used = 0 };
	int r = contender->build(contender, workspace, program, &command);

	if (r == -ENOENT && contender->peer) {
		(void)fprintf(stderr,
			      "bench: %s: no \"%s\" in PATH; it is in the "
			      "package %s\n",
			      contender->name, contender->peer,
			      contender->package);
		return r;
	}
	if (r == 0) {
		r = host_start(command.argv, output, ret);
	}
	if (r < 0) {
		(void)fprintf(stderr, "bench: %s: host process \"%s\": %s\n",
			      contender->name, command.argv[0], strerror(-r));
	}
	return r;
}
