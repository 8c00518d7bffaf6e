/* SPDX-License-Identifier: Apache-2.0 */
/* The table of what `sandbox run` takes. */
#include "run_options.h"

#include "spec_draft.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define SLOT(member) .slot = offsetof(struct run_options, member)

/* clang-format off */
const struct option run_option_table[] = {
	{ "spec", "FILE", "the specification to start from: JSON, - for stdin,\n"
	  "                            or protobuf bytes in FILE.pb, FILE.binpb",
	  SLOT(spec) },
	{ "base", "FILE", "a document that the specification goes over", change_base, NULL, 0 },
	{ "set", "PATH=VALUE", "set one field: limits.pids=64", change_set, NULL, 0 },
	{ "result", "FILE", "write the result there, as JSON", SLOT(result) },
	{ "summary", NULL, "at the end, print what was enforced", SLOT(summary) },
	{ "run-dir", "DIR", "use this run directory", SLOT(run_dir) },

	{ "rootfs", "DIR", "the directory that becomes /", change_rootfs, NULL, 0 },
	{ "writable-root", NULL, "let it be changed", change_true, "root.writable", 0 },
	{ "bind", "SRC:DST", "show SRC at DST, read-only", change_bind, NULL, 0 },
	{ "bind-rw", "SRC:DST", "show SRC at DST, writable", change_bind_rw, NULL, 0 },
	{ "tmpfs", "DST[:SIZE]", "an empty directory in memory", change_tmpfs, NULL, 0 },
	{ "mask", "PATH", "hide what is there", change_add_inside_path,
	  "security.masked_paths", 0 },
	{ "readonly", "PATH", "let nobody change what is there",
	  change_add_inside_path, "security.readonly_paths", 0 },
	{ "proc-hidepid", "MODE", "ptraceable, invisible, off", change_hidepid, NULL, 0 },

	{ "env", "K=V", "set a variable; K alone copies the caller's", change_env, NULL, 0 },
	{ "cwd", "DIR", "the working directory", change_inside_path, "process.cwd", 0 },
	{ "user", "USER[:GROUP]", "by name or by number", change_text, "process.user", 0 },
	{ "umask", "OCTAL", "022 unless it is given", change_umask, NULL, 0 },
	{ "rlimit", "NAME=SOFT[:HARD]", "a resource limit", change_rlimit, NULL, 0 },
	{ "stdin", "inherit|null", "the command's own unless it is given",
	  change_stream, "process.stdio.in", 0 },
	{ "stdout", "inherit|null", "likewise", change_stream, "process.stdio.out", 0 },
	{ "stderr", "inherit|null", "likewise", change_stream, "process.stdio.err", 0 },
	{ "stdio", "inherit|null", "all three", change_all_streams, NULL, 0 },

	{ "pass-fd", "N[:M]", "the command's descriptor N, as M in the program",
	  change_pass_fd, NULL, 0 },

	{ "identity", "MODE", "auto, caller, range, range=N", change_identity, NULL, 0 },
	{ "cap-add", "NAME", "grant a capability, in every set", change_cap_add, NULL, 0 },
	{ "cap-drop", "NAME", "take back one that the specification grants",
	  change_cap_drop, NULL, 0 },
	{ "allow-new-privs", NULL, "leave no_new_privs off", change_true,
	  "security.allow_new_privs", 0 },

	{ "pids", "N", "most processes and threads", change_count, "limits.pids", 0 },
	{ "memory", "BYTES", "most memory: 64M, 2G", change_size, "limits.memory_bytes", 0 },
	{ "cpus", "NUMBER", "processors' worth of time: 0.5, 2", change_processors, "limits.cpu_milli", 0 },
	{ "timeout", "TIME", "end it after 500ms, 5s, 2m, 1h", change_duration,
	  "limits.wall_ms", 0 },
	{ "grace", "TIME", "SIGTERM so long before SIGKILL then", change_duration,
	  "limits.grace_ms", 0 },

	{ "id", "NAME", "a name of its own", change_text, "id", 0 },
	{ "hostname", "NAME", "its id unless it is given", change_text, "hostname", 0 },
	{ "label", "K=V", "a label", change_label, NULL, 0 },
	{ "prefer", "FIELD", "do without FIELD where the host cannot",
	  change_add_text, "preferred", 0 },
	{ "help", NULL, "this text", SLOT(help) },
	{ .name = NULL },
};

#define SPEC_OPTION { "spec", "FILE", "the specification, as SPEC", SLOT(spec) }
#define HELP_OPTION { "help", NULL, "this text", SLOT(help) }

const struct option explain_option_table[] = {
	SPEC_OPTION,
	{ "origin", NULL, "print where each value comes from instead", SLOT(origin) },
	{ "json", NULL, "answer in JSON", SLOT(json) },
	HELP_OPTION,
	{ .name = NULL },
};

const struct option check_option_table[] = {
	SPEC_OPTION,
	{ "json", NULL, "answer in JSON", SLOT(json) },
	HELP_OPTION,
	{ .name = NULL },
};

const struct option seccomp_option_table[] = {
	SPEC_OPTION,
	{ "arch", "x86_64|aarch64", "of this architecture", SLOT(arch) },
	{ "call", "NAME[,ARG...]", "print what becomes of this call", SLOT(call) },
	{ "diff", "FILE", "compare with the filter of FILE: its lines after +",
	  SLOT(diff) },
	{ "listing", NULL, "print the instructions", SLOT(listing) },
	{ "bytes", NULL, "write them as the kernel takes them", SLOT(bytes) },
	HELP_OPTION,
	{ .name = NULL },
};
/* clang-format on */

static size_t count_rows(const struct option *table)
{
	size_t count = 0;

	while (table[count].name != NULL) {
		count++;
	}
	return count;
}

/* The rows of a table, and those of `run` that change the specification. */
static struct option *join_tables(const struct option *table)
{
	size_t count = count_rows(table);
	struct option *joined = calloc(count + count_rows(run_option_table) + 1,
				       sizeof(*table));

	if (joined == NULL) {
		return NULL;
	}
	memcpy(joined, table, count * sizeof(*table));
	for (const struct option *option = run_option_table;
	     option->name != NULL; option++) {
		if (table != run_option_table && option->change != NULL) {
			joined[count++] = *option;
		}
	}
	return joined;
}

int run_options_parse(const struct option *table, char **words,
		      struct run_options *ret, struct complaint *complaint)
{
	size_t count = 0;

	*ret = (struct run_options){ .spec = NULL };
	while (words[count] != NULL) {
		count++;
	}
	ret->table = join_tables(table);
	ret->changes.flags = calloc(count + 1, sizeof(struct flag));
	if (ret->table == NULL || ret->changes.flags == NULL) {
		return complain_memory(complaint);
	}
	return options_parse(ret->table, words, ret, &ret->changes, &ret->argv,
			     complaint);
}

int run_options_take_operand(struct run_options *options,
			     struct complaint *complaint)
{
	bool based = options->spec != NULL;

	for (size_t i = 0; i < options->changes.count; i++) {
		based = based ||
			options->changes.flags[i].option->change == change_base;
	}
	if (based) {
		return 0;
	}
	if (options->argv[0] == NULL) {
		return complain(complaint, "no specification is given");
	}
	options->spec = options->argv[0];
	options->argv++;
	return options->argv[0] == NULL
		       ? 0
		       : complain(complaint, "takes one specification");
}

void run_options_done(struct run_options *options)
{
	free(options->table);
	free(options->changes.flags);
	options->table = NULL;
	options->changes.flags = NULL;
}
