/* SPDX-License-Identifier: Apache-2.0 */
/* Command lines of bubblewrap as specifications. */
#include "cleanup.h"
#include "command_case.h"
#include "import_case.h"
#include "lib/tap.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const struct import_case common[] = {
	{ .about = "a shell over the host's programs",
	  .line = "bwrap -- --cap-drop ALL --unshare-all --clearenv --ro-bind /usr "
		  "/usr --symlink usr/bin /bin --proc /proc --dev /dev "
		  "sh -c true",
	  .parts = { "'root':{'kind':'EMPTY'}",
		     "{'kind':'BIND','target':'/usr','source':'/usr'}",
		     "{'kind':'SYMLINK','target':'/bin','source':"
		     "'usr/bin'}",
		     "'argv':['sh','-c','true']" } },
	{ .about = "its own name in front",
	  .line = "bwrap -- bwrap --cap-drop ALL --clearenv --unshare-net true",
	  .parts = { "'argv':['true']" } },
	{ .about = "the host's root, read-only",
	  .line = "bwrap -- --cap-drop ALL --clearenv --unshare-net --ro-bind / / ls",
	  .parts = { "'root':{'kind':'DIRECTORY','path':'/'}" } },
	{ .about = "the host's root, writable, then sealed",
	  .line = "bwrap -- --cap-drop ALL --clearenv --unshare-net --bind / / "
		  "--remount-ro / ls",
	  .parts = { "'root':{'kind':'DIRECTORY','path':'/'}" } },
	{ .about = "a network",
	  .line = "bwrap -- --cap-drop ALL --clearenv --ro-bind / / ls",
	  .parts = { "'network':{'mode':'HOST'}" } },
	{ .about = "a network back",
	  .line = "bwrap -- --cap-drop ALL --clearenv --unshare-all --share-net ls",
	  .parts = { "'network':{'mode':'HOST'}" } },
	{ .about = "a project to work in",
	  .line = "bwrap -- --cap-drop ALL --unshare-all --clearenv --bind /srv/p /p "
		  "--chdir /p --setenv HOME /p --setenv HOME /q "
		  "--setenv X 1 --unsetenv X make",
	  .parts = { "'target':'/p','source':'/srv/p','writable':true,"
		     "'exec':true}",
		     "'cwd':'/p'", "'env':['HOME=/q']" } },
	{ .about = "somebody else",
	  .line = "bwrap -- --cap-drop ALL --unshare-all --clearenv --uid 1000 --gid "
		  "100 --hostname h id",
	  .parts = { "'user':'1000:100'", "'hostname':'h'",
		     "'identity':{'mode':'CALLER'}" } },
	{ .about = "file systems in memory",
	  .line = "bwrap -- --cap-drop ALL --unshare-all --clearenv --size 4096 "
		  "--perms 0700 --tmpfs /a --tmpfs /b --dir /c "
		  "--chmod 0750 /c true",
	  .parts = { "'target':'/a','writable':true,'exec':true,'mode':"
		     "448,'size_bytes':4096}",
		     "'target':'/b','writable':true,'exec':true,'mode':"
		     "493}",
		     "{'kind':'DIRECTORY','target':'/c','mode':488}" } },
	{ .about = "capabilities",
	  .line = "bwrap -- --cap-drop ALL --unshare-all --clearenv --cap-add CAP_KILL "
		  "--cap-add CAP_CHOWN --cap-drop CAP_KILL true",
	  .parts = { "'all_sets':['CAP_CHOWN']" } },
	{ .about = "what a sandbox has anyway",
	  .line = "bwrap -- --cap-drop ALL --unshare-user --unshare-ipc --unshare-pid "
		  "--unshare-uts --unshare-cgroup-try --unshare-net "
		  "--disable-userns --die-with-parent --new-session "
		  "--clearenv -- true",
	  .parts = { "'argv':['true']" } },
	{ .about = "sources that may be missing",
	  .line = "bwrap -- --cap-drop ALL --unshare-all --clearenv --ro-bind-try "
		  "/usr /usr --bind-try /nonesuch /n true",
	  .parts = { "'target':'/usr'" },
	  .lost = { "--bind-try" } },
	{ .about = "layers, the topmost last",
	  .line = "bwrap -- --cap-drop ALL --unshare-all --clearenv --overlay-src /a "
		  "--overlay-src /b --ro-overlay /o true",
	  .parts = { "'kind':'OVERLAY','target':'/o','layers':['/b',"
		     "'/a']" } },
	{ .about = "layers under one in memory",
	  .line = "bwrap -- --cap-drop ALL --unshare-all --clearenv "
		  "--overlay-src /a --overlay-src /b --tmp-overlay / "
		  "--overlay-src /c --tmp-overlay /o true",
	  .parts = { "'root':{'kind':'OVERLAY','layers':['/b'],'path':'/a',"
		     "'allow_exec_on_upper':true}",
		     "{'kind':'OVERLAY','target':'/o','writable':true,"
		     "'exec':true,'layers':['/c']}" } },
};

TEST(common_command_lines_are_carried_over)
{
	check_imports(common, ARRAY_SIZE(common));
}

/* A descriptor of that number, from which the text can be read. */
static void give_text(int fd, const char *text, size_t size)
{
	int from = memfd_create("text", MFD_CLOEXEC);

	ASSERT_TRUE(from >= 0);
	ASSERT_EQ(write(from, text, size), (ssize_t)size);
	ASSERT_EQ(lseek(from, 0, SEEK_SET), 0);
	ASSERT_EQ(dup2(from, fd), fd);
	(void)close(from);
}

TEST(what_descriptors_have_is_in_the_document)
{
	/* One instruction: return SECCOMP_RET_ALLOW. */
	static const char filter[8] = { 6, 0, 0, 0, 0, 0, (char)0xff, 0x7f };
	static const struct import_case cases[] = {
		{ .about = "files and filters",
		  .line = "bwrap -- --cap-drop ALL --unshare-all --clearenv "
			  "--perms 0640 --file 40 /a --ro-bind-data 41 /b "
			  "--bind-data 42 /c --seccomp 43 --add-seccomp-fd 44 "
			  "true",
		  .parts = { "{'kind':'FILE','target':'/a','content':'b25l',"
			     "'mode':416}",
			     "{'kind':'FILE','target':'/b','content':'',"
			     "'mode':384}",
			     "{'kind':'FILE','target':'/c','content':'dHdv',"
			     "'mode':384}",
			     "'seccomp':{'bpf':'BgAAAAAA/38='}" },
		  .lost = { "--bind-data", "--add-seccomp-fd" } },
	};

	give_text(40, "one", 3);
	give_text(41, "", 0);
	give_text(42, "two", 3);
	give_text(43, filter, sizeof(filter));
	check_imports(cases, ARRAY_SIZE(cases));
	for (int fd = 40; fd <= 43; fd++) {
		ASSERT_EQ(close(fd), 0);
	}
}

TEST(capabilities_of_root_are_told)
{
	static const struct import_case by_root[] = {
		{ .about = "capabilities that root keeps there",
		  .line = "bwrap -- --unshare-all --clearenv true",
		  .lost = { "capabilities" } },
	};
	static const struct import_case by_user[] = {
		{ .about = "capabilities that nobody has",
		  .line = "bwrap -- --unshare-all --clearenv true" },
	};

	check_imports(getuid() == 0 ? by_root : by_user, 1);
}

TEST(what_has_no_place_here_is_told)
{
	static const struct import_case cases[] = {
		{ .about = "the environment",
		  .line = "bwrap -- --cap-drop ALL --unshare-all true",
		  .lost = { "environment" } },
		{ .about = "descriptors",
		  .line = "bwrap -- --cap-drop ALL --unshare-all --clearenv "
			  "--seccomp 99 --file x /x --args 7 --info-fd 6 true",
		  .lost = { "--seccomp", "--file", "--args", "--info-fd" } },
		{ .about = "the sandbox's own",
		  .line = "bwrap -- --cap-drop ALL --unshare-all --clearenv --dev-bind /dev "
			  "/dev --ro-bind /sys /sys --proc /p --dev /d --bind "
			  "/x /proc/x true",
		  .parts = { "{'kind':'PROC','target':'/p'}" },
		  .lost = { "--dev-bind", "--ro-bind", "--dev", "--bind" } },
		{ .about = "the rest",
		  .line = "bwrap -- --cap-drop ALL --unshare-all --clearenv --cap-drop ALL --as-pid-1 "
			  "--cap-add ALL --tmp-overlay /x --ro-overlay / "
			  "--overlay /a /b /o --remount-ro /no "
			  "--chmod 0700 /no true",
		  .parts = { "'mounts':[{'kind':'OVERLAY','target':'/o',"
			     "'writable':true,'exec':true,'layers':['/a']}]" },
		  .lost = { "--as-pid-1", "--cap-add", "--ro-overlay",
			    "--overlay", "--remount-ro", "--chmod",
			    "--tmp-overlay" } },
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
		{ "import --strict bwrap -- --clearenv --cap-drop ALL --as-pid-1 true",
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
		"import bwrap --json -- --clearenv --cap-drop ALL --as-pid-1 true");

	ASSERT_EQ(outcome.status, 3);
	ASSERT_CONTAINS(outcome.out, "{\n  \"spec\": {\n    \"root\": {");
	ASSERT_CONTAINS(outcome.out,
			"  \"lost\": [\n    {\n      \"field\": \"--as-pid-1\","
			"\n      \"why\": \"process 1 is the sandbox's own\"\n"
			"    }\n  ]\n}\n");
}
