/* SPDX-License-Identifier: Apache-2.0 */
/* Layers: what is seen through them, and where it goes what is written. */
#include "control.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct outcome outcome;
static char text[4096];

/* The host's programs in a root that has none, on the layer that is ours. */
#define PROGRAMS                                              \
	"{ \"source\": \"/usr\", \"target\": \"/usr\" },"     \
	"{ \"kind\": \"SYMLINK\", \"source\": \"usr/lib\","   \
	" \"target\": \"/lib\" },"                            \
	"{ \"kind\": \"SYMLINK\", \"source\": \"usr/lib64\"," \
	" \"target\": \"/lib64\" }"
#define IN_ROOT(script, ...)                                        \
	LAUNCH(&outcome, .no_probe = true, .mounts = PROGRAMS,      \
	       .process = "\"user\": \"0\"",                        \
	       .argv = "\"/usr/bin/dash\", \"-c\", \"" script "\"", \
	       .document = root_of(__VA_ARGS__))

static void make_directory(const char *name)
{
	ASSERT_TRUE(mkdir(launch_folder(name), 0755) == 0 || errno == EEXIST);
}

static void make_file(const char *name, const char *content)
{
	FILE *file = fopen(launch_folder(name), "we");

	ASSERT_TRUE(file != NULL && fputs(content, file) >= 0);
	ASSERT_EQ(fclose(file), 0);
}

static bool is_there(const char *name)
{
	return access(launch_folder(name), F_OK) == 0;
}

/* Two layers, of which the upper hides a file of the lower. */
static void make_layers(void)
{
	make_directory("low");
	make_directory("high");
	make_file("low/both", "low\n");
	make_file("low/low", "low\n");
	make_file("high/both", "high\n");
}

/* "low" with "high" above it, and further members of root. */
static const char *root_of(const char *members, const char *document)
{
	char low[512];

	(void)snprintf(low, sizeof(low), "%s", launch_folder("low"));
	(void)snprintf(text, sizeof(text),
		       "\"root\": { \"kind\": \"OVERLAY\", \"path\": \"%s\","
		       " \"layers\": [\"%s\"]%s }%s",
		       low, launch_folder("high"), members, document);
	return text;
}

#define EXEC ", \"allowExecOnUpper\": true"

TEST(a_root_of_layers_is_written_in_memory)
{
	make_layers();
	IN_ROOT("/usr/bin/cat /both /low; echo new >/new; echo more >>/low;"
		" /usr/bin/rm /both; /usr/bin/cat /low /new; /usr/bin/ls /both 2>&1 |"
		" /usr/bin/grep -c 'No such'",
		EXEC, "");
	ASSERT_STR(outcome.out, "high\nlow\nlow\nmore\nnew\n1\n");
	ASSERT_TRUE(is_there("high/both") && is_there("low/both"));
	ASSERT_TRUE(!is_there("low/new") && !is_there("high/new"));
	IN_ROOT("/usr/bin/cat /low; /usr/bin/ls -A / | /usr/bin/grep -c new || :",
		EXEC, "");
	ASSERT_STR(outcome.out, "low\n0\n");
}

/* A program that the sandbox writes, as the document says. */
TEST(what_is_written_to_a_root_of_layers_can_be_executed)
{
	make_layers();
	IN_ROOT("/usr/bin/cp /usr/bin/echo /mine && /mine ran", EXEC, "");
	ASSERT_STR(outcome.out, "ran\n");
}

TEST(a_root_of_layers_says_that_its_files_can_be_executed)
{
	make_layers();
	LAUNCH_FAILS(&outcome, .argv = "\"/usr/bin/true\"", .no_probe = true,
		     .mounts = PROGRAMS, .document = root_of("", ""));
	ASSERT_STR(outcome.subject, "root.allow_exec_on_upper");
	ASSERT_CONTAINS(outcome.message, "takes true");
	IN_ROOT("true", "", ", \"preferred\": [\"root.allow_exec_on_upper\"]");
	ASSERT_CONTAINS(outcome.json, "upper-noexec");
}

TEST(what_is_written_in_memory_has_a_limit)
{
	make_layers();
	IN_ROOT("/usr/bin/head -c 2m /dev/zero >/big 2>/dev/null && echo full;"
		" /usr/bin/stat -c %s /big",
		EXEC ", \"upperSizeBytes\": 1048576", "");
	ASSERT_TRUE(strstr(outcome.out, "full") == NULL);
	IN_ROOT("/usr/bin/head -c 2m /dev/zero >/big &&"
		" echo full",
		EXEC ", \"upperSizeBytes\": 8388608", "");
	ASSERT_CONTAINS(outcome.out, "full");
	IN_ROOT("i=0; while [ $i -lt 600 ]; do (: >/f$i) 2>/dev/null || break;"
		" i=$((i+1)); done; [ $i -lt 600 ] && echo no more",
		EXEC ", \"upperInodes\": 100", "");
	ASSERT_STR(outcome.out, "no more\n");
}

TEST(what_is_written_is_kept_in_a_directory_of_the_callers)
{
	static const char *const places[] = { "low/proc", "low/dev", "low/tmp",
					      "kept" };
	char members[700];
	char mount[700];
	struct stat file;

	make_layers();
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		make_directory(places[i]);
	}
	make_file("low/tool", "");
	(void)snprintf(members, sizeof(members), EXEC ", \"upper\": \"%s\"",
		       launch_folder("kept"));
	(void)snprintf(mount, sizeof(mount),
		       "{ \"source\": \"%s\", \"target\": \"/tool\" }",
		       launch_probe_path());
	for (int i = 0; i < 2; i++) {
		LAUNCH(&outcome, .no_probe = true, .mounts = mount,
		       .argv = "\"/tool\", \"try\", \"read\", \"/note\","
			       " \"--\", \"write\", \"/note\"",
		       .process = "\"user\": \"0\"",
		       .document = root_of(
			       members,
			       ", \"identity\": { \"mode\": \"CALLER\" }"));
		ASSERT_STR(answer(outcome.out, "read /note"),
			   i == 0 ? "ENOENT" : "ok");
		ASSERT_STR(answer(outcome.out, "write /note"), "ok");
	}
	ASSERT_OK(stat(launch_folder("kept/upper/note"), &file));
	ASSERT_EQ(file.st_uid, geteuid());
	ASSERT_TRUE(!is_there("low/note"));
	if (launch_mode() != MODE_SINGLE) {
		LAUNCH_FAILS(&outcome, .argv = "\"/usr/bin/true\"",
			     .no_probe = true, .mounts = PROGRAMS,
			     .document = root_of(
				     members,
				     ", \"identity\": { \"mode\": \"RANGE\","
				     " \"rangeSize\": 2000 }"));
		ASSERT_STR(outcome.subject, "root.upper");
	}
}

TEST(layers_are_mounted_read_only_or_with_a_tmpfs_above)
{
	char mount[1500];
	char low[512];

	make_layers();
	(void)snprintf(low, sizeof(low), "%s", launch_folder("low"));
	(void)snprintf(mount, sizeof(mount),
		       "{ \"kind\": \"OVERLAY\", \"target\": \"/o\","
		       " \"layers\": [\"%s\", \"%s\"] }",
		       launch_folder("high"), low);
	SHELL(&outcome,
	      "cat /o/both /o/low; touch /o/new 2>&1 |"
	      " grep -c Read-only",
	      .mounts = mount);
	ASSERT_STR(outcome.out, "high\nlow\n1\n");
	(void)snprintf(mount, sizeof(mount),
		       "{ \"kind\": \"OVERLAY\", \"target\": \"/o\","
		       " \"layers\": [\"%s\"], \"writable\": true,"
		       " \"sizeBytes\": 1048576, \"inodes\": 50 }",
		       low);
	SHELL(&outcome,
	      "echo new >/o/low; cat /o/low; cp /bin/true /o/mine;"
	      " /o/mine 2>&1 | grep -c 'Permission denied';"
	      " head -c 2m /dev/zero >/o/big 2>/dev/null ||"
	      " echo no more",
	      .mounts = mount, .process = "\"user\": \"0\"");
	ASSERT_STR(outcome.out, "new\n1\nno more\n");
	ASSERT_TRUE(!is_there("low/big"));
}

TEST(a_layer_that_is_not_there_is_named)
{
	make_layers();
	LAUNCH_FAILS(&outcome, .probe = "ids",
		     .mounts = "{ \"kind\": \"OVERLAY\", \"target\": \"/o\","
			       " \"layers\": [\"/usr\", \"/none\"] }");
	ASSERT_STR(outcome.subject, "mounts[1].layers[1]");
	ASSERT_EQ(outcome.error, ENOENT);
}
