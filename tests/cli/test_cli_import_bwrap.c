/* SPDX-License-Identifier: Apache-2.0 */
/* Command lines of bubblewrap as specifications. */
#include "cleanup.h"
#include "command_case.h"
#include "import_case.h"
#include "lib/tap.h"

#include <string.h>

static const struct import_case common[] = {
	{ .about = "a shell over the host's programs",
	  .line = "bwrap -- --unshare-all --clearenv --ro-bind /usr "
		  "/usr --symlink usr/bin /bin --proc /proc --dev /dev "
		  "sh -c true",
	  .parts = { "'root':{'kind':'EMPTY'}",
		     "{'kind':'BIND','target':'/usr','source':'/usr'}",
		     "{'kind':'SYMLINK','target':'/bin','source':"
		     "'usr/bin'}",
		     "'argv':['sh','-c','true']" } },
	{ .about = "its own name in front",
	  .line = "bwrap -- bwrap --clearenv --unshare-net true",
	  .parts = { "'argv':['true']" } },
	{ .about = "the host's root, read-only",
	  .line = "bwrap -- --clearenv --unshare-net --ro-bind / / ls",
	  .parts = { "'root':{'kind':'DIRECTORY','path':'/'}" } },
	{ .about = "the host's root, writable, then sealed",
	  .line = "bwrap -- --clearenv --unshare-net --bind / / "
		  "--remount-ro / ls",
	  .parts = { "'root':{'kind':'DIRECTORY','path':'/'}" } },
	{ .about = "a network",
	  .line = "bwrap -- --clearenv --ro-bind / / ls",
	  .parts = { "'network':{'mode':'HOST'}" } },
	{ .about = "a network back",
	  .line = "bwrap -- --clearenv --unshare-all --share-net ls",
	  .parts = { "'network':{'mode':'HOST'}" } },
	{ .about = "a project to work in",
	  .line = "bwrap -- --unshare-all --clearenv --bind /srv/p /p "
		  "--chdir /p --setenv HOME /p --setenv HOME /q "
		  "--setenv X 1 --unsetenv X make",
	  .parts = { "'target':'/p','source':'/srv/p','writable':true,"
		     "'exec':true}",
		     "'cwd':'/p'", "'env':['HOME=/q']" } },
	{ .about = "somebody else",
	  .line = "bwrap -- --unshare-all --clearenv --uid 1000 --gid "
		  "100 --hostname h id",
	  .parts = { "'user':'1000:100'", "'hostname':'h'",
		     "'identity':{'mode':'CALLER'}" } },
	{ .about = "file systems in memory",
	  .line = "bwrap -- --unshare-all --clearenv --size 4096 "
		  "--perms 0700 --tmpfs /a --tmpfs /b --dir /c "
		  "--chmod 0750 /c true",
	  .parts = { "'target':'/a','writable':true,'exec':true,'mode':"
		     "448,'size_bytes':4096}",
		     "'target':'/b','writable':true,'exec':true,'mode':"
		     "493}",
		     "{'kind':'DIRECTORY','target':'/c','mode':488}" } },
	{ .about = "capabilities",
	  .line = "bwrap -- --unshare-all --clearenv --cap-add CAP_KILL "
		  "--cap-add CAP_CHOWN --cap-drop CAP_KILL true",
	  .parts = { "'all_sets':['CAP_CHOWN']" } },
	{ .about = "what a sandbox has anyway",
	  .line = "bwrap -- --unshare-user --unshare-ipc --unshare-pid "
		  "--unshare-uts --unshare-cgroup-try --unshare-net "
		  "--disable-userns --die-with-parent --new-session "
		  "--clearenv -- true",
	  .parts = { "'argv':['true']" } },
	{ .about = "sources that may be missing",
	  .line = "bwrap -- --unshare-all --clearenv --ro-bind-try "
		  "/usr /usr --bind-try /nonesuch /n true",
	  .parts = { "'target':'/usr'" },
	  .lost = { "--bind-try" } },
	{ .about = "layers, the topmost last",
	  .line = "bwrap -- --unshare-all --clearenv --overlay-src /a "
		  "--overlay-src /b --ro-overlay /o true",
	  .parts = { "'kind':'OVERLAY','target':'/o','layers':['/b',"
		     "'/a']" } },
};

TEST(common_command_lines_are_carried_over)
{
	check_imports(common, ARRAY_SIZE(common));
}

TEST(what_has_no_place_here_is_told)
{
	static const struct import_case cases[] = {
		{ .about = "the environment",
		  .line = "bwrap -- --unshare-all true",
		  .lost = { "environment" } },
		{ .about = "descriptors",
		  .line = "bwrap -- --unshare-all --clearenv --seccomp 9 --file "
			  "8 /x --args 7 --info-fd 6 true",
		  .lost = { "--seccomp", "--file", "--args", "--info-fd" } },
		{ .about = "the sandbox's own",
		  .line = "bwrap -- --unshare-all --clearenv --dev-bind /dev "
			  "/dev --ro-bind /sys /sys --proc /p --dev /d --bind "
			  "/x /proc/x true",
		  .parts = { "{'kind':'PROC','target':'/p'}" },
		  .lost = { "--dev-bind", "--ro-bind", "--dev", "--bind" } },
		{ .about = "the rest",
		  .line = "bwrap -- --unshare-all --clearenv --as-pid-1 "
			  "--cap-add ALL --tmp-overlay /x --remount-ro /no "
			  "--chmod 0700 /no true",
		  .lost = { "--as-pid-1", "--cap-add", "--tmp-overlay",
			    "--remount-ro", "--chmod" } },
	};

	check_imports(cases, ARRAY_SIZE(cases));
}

TEST(nothing_is_printed_that_cannot_be)
{
	static const struct row {
		const char *line;
		const char *err; /* with ' for " */
		int status;
	} rows[] = {
		{ "import",
		  "import: no format is given; see 'sandbox help "
		  "import'",
		  125 },
		{ "import x",
		  "import: there is no such format; see 'sandbox "
		  "help import'",
		  125 },
		{ "import bwrap", "no program is given", 125 },
		{ "import bwrap -- --nonesuch x",
		  "--nonesuch: bubblewrap has no such option", 125 },
		{ "import bwrap -- --bind /x", "--bind: needs more values",
		  125 },
		{ "import --strict bwrap -- --clearenv --as-pid-1 true",
		  "lost: --as-pid-1: process 1 is the sandbox's own", 3 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(outcome_done) struct outcome outcome =
			command_case(rows[i].line);
		_cleanup_free_ char *wanted = double_quotes(rows[i].err);

		ASSERT_EQ(outcome.status, rows[i].status);
		ASSERT_STR(outcome.out, "");
		ASSERT_CONTAINS(outcome.err,
				rows[i].status == 3 ? rows[i].err : wanted);
	}
}

TEST(the_report_is_json_as_well)
{
	_cleanup_(outcome_done) struct outcome outcome = command_case(
		"import bwrap --json -- --clearenv --as-pid-1 true");

	ASSERT_EQ(outcome.status, 3);
	ASSERT_CONTAINS(outcome.out, "{\n  \"spec\": {\n    \"root\": {");
	ASSERT_CONTAINS(outcome.out,
			"  \"lost\": [\n    {\n      \"field\": \"--as-pid-1\","
			"\n      \"why\": \"process 1 is the sandbox's own\"\n"
			"    }\n  ]\n}\n");
}
