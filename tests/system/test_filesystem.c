/* SPDX-License-Identifier: Apache-2.0 */
/* What a sandbox sees of files: its root, its mounts, and no way out. */
#include "control.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

static struct outcome outcome;

/* A directory of the test's with a file in it, and how to mount it. */
static const char *make_tree(const char *name)
{
	const char *path = launch_folder(name);
	char file[600];
	FILE *stream = NULL;

	/* For everybody, so that only the mount can be in the way. */
	ASSERT_OK(mkdir(path, 0777) + chmod(path, 0777));
	(void)snprintf(file, sizeof(file), "%s/file", path);
	stream = fopen(file, "we");
	ASSERT_TRUE(stream != NULL && fputs("canary\n", stream) >= 0 &&
		    fclose(stream) == 0 && chmod(file, 0666) == 0);
	return path;
}

static const char *bind_of(const char *source, const char *target,
			   const char *more)
{
	static char text[1024];

	(void)snprintf(text, sizeof(text),
		       "{ \"source\": \"%s\", \"target\": \"%s\"%s }", source,
		       target, more);
	return text;
}

TEST(the_mount_table_cannot_be_changed)
{
	static const struct trial trials[] = {
		{ "mount_tmpfs /tmp", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "mount_proc /proc", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "bind /usr /tmp", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "unmount /proc/sys", "EPERM", CONTROL_NAMESPACES, "!EPERM" },
		{ "unmount /proc", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "remount_writable /", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "share_mounts", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "fsopen", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "fspick /proc", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "open_tree /proc", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "mount_setattr /proc", "EPERM", CONTROL_NAMESPACES, "ok" },
		{ "move_mount /proc /tmp", "EPERM", CONTROL_NAMESPACES,
		  "!EPERM" },
		{ "pivot_root /proc", "EPERM", CONTROL_NAMESPACES, "!EPERM" },
		{ "chroot /tmp", "EPERM", CONTROL_NAMESPACES, "ok" },
	};

	TRY(trials, .process = NULL);
}

TEST(the_root_and_the_hosts_programs_are_read_only)
{
	static const struct trial trials[] = {
		{ "create /file", "EROFS", CONTROL_PLAIN, NULL },
		{ "create /usr/file", "EROFS", CONTROL_PLAIN, NULL },
		{ "create /etc/file", "EROFS", CONTROL_PLAIN, NULL },
		{ "open_write /etc/passwd", "EROFS", CONTROL_PLAIN, NULL },
		{ "chmod /etc/passwd", "EROFS", CONTROL_PLAIN, NULL },
		{ "create /dev/file", "EROFS", CONTROL_PLAIN, NULL },
		{ "find_writable /etc", "EROFS", CONTROL_PLAIN, NULL },
		{ "create /tmp/file", "ok", CONTROL_PLAIN, "ok" },
		{ "create /dev/shm/file", "ok", CONTROL_PLAIN, "ok" },
	};

	/* Number 0 owns the root, so that only read-only is in its way. */
	TRY(trials, .process = "\"user\": \"0\"");
}

/* The control is the same tree in the same place, with the field set. */
TEST(a_directory_as_root_is_read_only_unless_asked)
{
	static const char *const folders[] = { "proc", "dev", "tmp", "run" };
	char document[600];
	char path[600];
	const char *root = make_tree("tree-root");

	for (size_t i = 0; i < 4; i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", root, folders[i]);
		ASSERT_OK(mkdir(path, 0755));
	}
	(void)snprintf(path, sizeof(path), "%s/probe", root);
	ASSERT_OK(mkdir(path, 0755) + rmdir(path));
	ASSERT_TRUE(fclose(fopen(path, "we")) == 0);
	(void)snprintf(
		document, sizeof(document),
		"\"root\": { \"kind\": \"DIRECTORY\", \"path\": \"%s\" }",
		root);
	LAUNCH(&outcome, .probe = "try create /new -- read /file",
	       .process = "\"user\": \"0\"", .document = document);
	ASSERT_STR(answer(outcome.out, "create /new"), "EROFS");
	ASSERT_STR(answer(outcome.out, "read /file"), "ok");
	(void)snprintf(document, sizeof(document),
		       "\"root\": { \"kind\": \"DIRECTORY\", \"path\": \"%s\","
		       " \"writable\": true }",
		       root);
	LAUNCH(&outcome, .probe = "try create /new",
	       .process = "\"user\": \"0\"", .document = document);
	ASSERT_STR(answer(outcome.out, "create /new"), "ok");
}

TEST(nothing_else_of_the_host_is_there)
{
	static const char *const hidden[] = { "entry: home", "entry: root",
					      "entry: boot", "entry: mnt",
					      "entry: sys",  "entry: opt" };

	LAUNCH(&outcome, .probe = "list /");
	for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++) {
		ASSERT_EQ(count_lines(outcome.out, hidden[i]), 0);
	}
	ASSERT_EQ(count_lines(outcome.out, "entry: usr"), 1);
	LAUNCH(&outcome, .probe = "list /etc");
	ASSERT_EQ(count_lines(outcome.out, "entry: shadow"), 0);
	ASSERT_EQ(count_lines(outcome.out, "entry: ssh"), 0);
	ASSERT_EQ(count_lines(outcome.out, "entry: hostname"), 0);
	LAUNCH(&outcome, .probe = "list /run");
	ASSERT_EQ(count_lines(outcome.out, "entry: "), 0);
	LAUNCH(&outcome, .probe = "text /etc/passwd");
	ASSERT_EQ(count_lines(outcome.out, ""), 3);
}

/* The fifth word of a line of mountinfo is where the mount is. */
static bool is_mounted(const char *path)
{
	for (const char *line = outcome.out; *line != '\0';) {
		const char *end = strchrnul(line, '\n');
		char point[512] = "";

		(void)sscanf(line, "%*s %*s %*s %*s %511s", point);
		if (strncmp(point, path, strlen(path)) == 0) {
			return true;
		}
		line = *end == '\0' ? end : end + 1;
	}
	return false;
}

TEST(the_mounts_do_not_tell_of_the_host)
{
	LAUNCH(&outcome, .probe = "mounts");
	ASSERT_TRUE(is_mounted("/usr") && is_mounted("/proc"));
	ASSERT_TRUE(!is_mounted("/sys"));
	ASSERT_TRUE(!is_mounted("/home"));
	ASSERT_TRUE(!is_mounted("/var"));
	ASSERT_TRUE(strstr(outcome.out, "cgroup") == NULL);
	ASSERT_TRUE(strstr(outcome.out, "shared:") == NULL);
	ASSERT_TRUE(strstr(outcome.out, "master:") == NULL);
}

TEST(there_is_no_way_out_of_the_root)
{
	static const struct trial trials[] = {
		{ "climb /", "EXDEV", CONTROL_PLAIN, NULL },
		{ "climb /tmp", "EXDEV", CONTROL_PLAIN, NULL },
		{ "climb /proc/self/cwd", "EXDEV", CONTROL_PLAIN, NULL },
		{ "climb /proc/self/root/usr", "EXDEV", CONTROL_PLAIN, NULL },
		{ "enter /proc/self/fd/3", "ENOENT", CONTROL_PLAIN, NULL },
		{ "open_handle /tmp", "EPERM", CONTROL_PLAIN, NULL },
		{ "open_handle /", "EPERM", CONTROL_PLAIN, NULL },
	};

	TRY(trials, .process = NULL);
	if (launch_mode() == MODE_ROOT) {
		control(CONTROL_PLAIN, "try open_handle /tmp", &outcome);
		ASSERT_STR(answer(outcome.out, "open_handle /tmp"), "ok");
	}
}

TEST(a_bind_is_read_only_unless_asked)
{
	const char *tree = make_tree("bound");
	const char *words = "try open_write /data/file -- read /data/file";
	char path[600];

	LAUNCH(&outcome, .probe = words, .mounts = bind_of(tree, "/data", ""),
	       .process = "\"user\": \"0\"");
	ASSERT_STR(answer(outcome.out, "open_write /data/file"), "EROFS");
	ASSERT_STR(answer(outcome.out, "read /data/file"), "ok");
	LAUNCH(&outcome, .probe = words,
	       .mounts = bind_of(tree, "/data", ", \"writable\": true"),
	       .process = "\"user\": \"0\"");
	ASSERT_STR(answer(outcome.out, "open_write /data/file"), "ok");
	(void)snprintf(path, sizeof(path), "%s/file", tree);
	LAUNCH(&outcome, .probe = "try read /one/file",
	       .mounts = bind_of(path, "/one/file", ""));
	ASSERT_STR(answer(outcome.out, "read /one/file"), "ok");
}

/*
 * A bind with a file system mounted below it: read-only holds there, too.  The
 * control is the writable bind of the same tree.
 */
TEST(a_read_only_bind_is_read_only_all_the_way_down)
{
	const char *words = "try create /data/sub/new -- create /data/new";
	const char *tree = NULL;
	char sub[600];

	if (launch_mode() != MODE_ROOT) {
		SKIP("only root can mount below the tree");
	}
	tree = make_tree("deep");
	(void)snprintf(sub, sizeof(sub), "%s/sub", tree);
	ASSERT_OK(mkdir(sub, 0777));
	ASSERT_OK(mount("none", sub, "tmpfs", 0, NULL) < 0 ? -errno : 0);
	LAUNCH(&outcome, .probe = words, .mounts = bind_of(tree, "/data", ""),
	       .process = "\"user\": \"0\"");
	ASSERT_STR(answer(outcome.out, "create /data/sub/new"), "EROFS");
	ASSERT_STR(answer(outcome.out, "create /data/new"), "EROFS");
	LAUNCH(&outcome, .probe = words, .process = "\"user\": \"0\"",
	       .mounts = bind_of(tree, "/data", ", \"writable\": true"));
	ASSERT_STR(answer(outcome.out, "create /data/sub/new"), "ok");
	LAUNCH(&outcome, .probe = "try create /data/sub/new",
	       .process = "\"user\": \"0\"",
	       .mounts = bind_of(tree, "/data",
				 ", \"writable\": true,"
				 " \"nonRecursive\": true"));
	ASSERT_STR(answer(outcome.out, "create /data/sub/new"), "ok");
	ASSERT_OK(umount(sub));
	/* What was made went into the directory, not into the mount. */
	ASSERT_OK(rmdir(sub));
}

TEST(a_tmpfs_holds_what_it_was_given_and_no_more)
{
	const char *mounts = "{ \"kind\": \"TMPFS\", \"target\": \"/small\","
			     " \"writable\": true, \"sizeBytes\": 1048576,"
			     " \"inodes\": 32 }";
	long bytes = 0;
	long inodes = 0;

	LAUNCH(&outcome, .probe = "fill /small", .mounts = mounts);
	ASSERT_STR(answer(outcome.out, "error"), "ENOSPC");
	bytes = strtol(answer(outcome.out, "bytes"), NULL, 10);
	ASSERT_TRUE(bytes > 0 && bytes <= 1048576);
	LAUNCH(&outcome, .probe = "inodes /small", .mounts = mounts);
	ASSERT_STR(answer(outcome.out, "error"), "ENOSPC");
	inodes = strtol(answer(outcome.out, "inodes"), NULL, 10);
	ASSERT_TRUE(inodes > 0 && inodes < 32);
	/* The control: a larger one holds more. */
	LAUNCH(&outcome, .probe = "fill /large",
	       .mounts = "{ \"kind\": \"TMPFS\", \"target\": \"/large\","
			 " \"writable\": true, \"sizeBytes\": 4194304 }");
	ASSERT_TRUE(strtol(answer(outcome.out, "bytes"), NULL, 10) > bytes);
}

TEST(the_default_tmpfs_are_bounded)
{
	LAUNCH(&outcome, .probe = "fill /tmp");
	ASSERT_STR(answer(outcome.out, "error"), "ENOSPC");
	LAUNCH(&outcome, .probe = "inodes /dev/shm");
	ASSERT_STR(answer(outcome.out, "error"), "ENOSPC");
}

TEST(a_tmpfs_has_the_mode_and_owner_it_was_given)
{
	if (launch_mode() == MODE_SINGLE) {
		LAUNCH_FAILS(&outcome, .probe = "stat /own",
			     .mounts = "{ \"kind\": \"TMPFS\", \"target\":"
				       " \"/own\", \"uid\": 5 }");
		ASSERT_STR(outcome.subject, "mounts[1].uid");
		return;
	}
	LAUNCH(&outcome, .probe = "stat /own",
	       .mounts = "{ \"kind\": \"TMPFS\", \"target\": \"/own\","
			 " \"mode\": 456, \"uid\": 5, \"gid\": 6 }");
	ASSERT_CONTAINS(answer(outcome.out, "/own"), "mode 40710 owner 5:6");
}

TEST(what_is_masked_is_empty_and_cannot_be_written)
{
	/* A file that is opened and has nothing in it answers ENODATA. */
	static const struct trial trials[] = {
		{ "read /proc/kallsyms", "!ok", CONTROL_PLAIN, "ok" },
		{ "read /proc/interrupts", "!ok", CONTROL_PLAIN, "ok" },
		{ "read /proc/key-users", "!ok", CONTROL_PLAIN, "ok" },
		{ "read /proc/keys", "!ok", CONTROL_PLAIN, NULL },
		{ "read /proc/kcore", "!ok", CONTROL_PLAIN, NULL },
		{ "read /proc/kmsg", "!ok", CONTROL_PLAIN, NULL },
		{ "read /proc/slabinfo", "!ok", CONTROL_PLAIN, NULL },
		{ "read /proc/timer_list", "!ok", CONTROL_PLAIN, NULL },
		{ "read /proc/kpagecount", "!ok", CONTROL_PLAIN, NULL },
		{ "open_write /proc/kallsyms", "!ok", CONTROL_PLAIN, NULL },
		{ "read /proc/meminfo", "ok", CONTROL_PLAIN, "ok" },
	};

	TRY(trials, .process = "\"user\": \"0\"");
	if (launch_mode() == MODE_ROOT) {
		control(CONTROL_PLAIN,
			"try read /proc/slabinfo -- read /proc/timer_list",
			&outcome);
		ASSERT_EQ(count_lines(outcome.out, "read /proc/slabinfo: ok"),
			  1);
		ASSERT_EQ(count_lines(outcome.out, "read /proc/timer_list: ok"),
			  1);
	}
}

TEST(masks_and_read_only_paths_of_the_specification_hold)
{
	const char *tree = make_tree("masked");
	const char *words = "try read /data/file -- create /data/x -- read "
			    "/etc/hosts -- create /tmp/x";
	const char *writable = ", \"writable\": true";
	const char *user = "\"user\": \"0\"";

	LAUNCH(&outcome, .probe = words, .process = user,
	       .mounts = bind_of(tree, "/data", writable));
	ASSERT_STR(answer(outcome.out, "read /data/file"), "ok");
	ASSERT_STR(answer(outcome.out, "create /data/x"), "ok");
	LAUNCH(&outcome, .probe = words, .process = user,
	       .mounts = bind_of(tree, "/data", writable),
	       .document = "\"security\": { \"maskedPaths\": [\"/data/file\","
			   " \"/etc/hosts\"], \"readonlyPaths\": [\"/data\","
			   " \"/tmp\"] }");
	ASSERT_STR(answer(outcome.out, "read /data/file"), "ENODATA");
	ASSERT_STR(answer(outcome.out, "read /etc/hosts"), "ENODATA");
	ASSERT_STR(answer(outcome.out, "create /data/x"), "EROFS");
	ASSERT_STR(answer(outcome.out, "create /tmp/x"), "EROFS");
}

TEST(no_setting_of_the_kernel_can_be_written)
{
	static const struct trial trials[] = {
		{ "find_writable /proc/sys", "EROFS", CONTROL_PLAIN, NULL },
		{ "open_write /proc/sys/kernel/core_pattern", "!ok",
		  CONTROL_PLAIN, NULL },
		{ "open_write /proc/sys/kernel/hostname", "!ok", CONTROL_PLAIN,
		  NULL },
		{ "open_write /proc/sys/net/ipv4/ip_forward", "!ok",
		  CONTROL_NAMESPACES, "ok" },
		{ "open_write /proc/sys/user/max_user_namespaces", "!ok",
		  CONTROL_NAMESPACES, "ok" },
		{ "open_write /proc/sysrq-trigger", "!ok", CONTROL_PLAIN,
		  NULL },
		{ "open_write /proc/self/oom_score_adj", "ok", CONTROL_PLAIN,
		  "ok" },
	};

	TRY(trials, .process = "\"user\": \"0\"");
	if (launch_mode() == MODE_ROOT) {
		control(CONTROL_PLAIN,
			"try open_write /proc/sys/kernel/core_pattern",
			&outcome);
		ASSERT_EQ(count_lines(outcome.out, "open_write /proc/sys/kernel"
						   "/core_pattern: ok"),
			  1);
	}
}

/*
 * Root's files go through an id map: what user 7 writes is 7's on the disk,
 * and neither root's nor that of a leased id, which somebody else gets next.
 */
TEST(what_is_written_has_an_id_that_stays)
{
	const char *tree = make_tree("given");
	char path[600];
	struct stat file;

	LAUNCH(&outcome, .probe = "try write /data/new -- chown /data/new",
	       .process = "\"user\": \"7\"",
	       .mounts = bind_of(tree, "/data", ", \"writable\": true"));
	ASSERT_STR(answer(outcome.out, "write /data/new"), "ok");
	ASSERT_STR(answer(outcome.out, "chown /data/new"),
		   launch_mode() == MODE_ROOT ? "EPERM" : "EINVAL");
	(void)snprintf(path, sizeof(path), "%s/new", tree);
	ASSERT_OK(stat(path, &file));
	ASSERT_EQ(file.st_uid, launch_mode() == MODE_ROOT ? 7 : geteuid());
}

TEST(a_working_directory_is_never_one_of_the_hosts)
{
	LAUNCH(&outcome, .probe = "ids", .process = "\"cwd\": \"/usr/lib\"");
	ASSERT_STR(answer(outcome.out, "cwd"), "/usr/lib");
	for (int fd = 0; fd < 12; fd++) {
		char process[64];

		(void)snprintf(process, sizeof(process),
			       "\"cwd\": \"/proc/self/fd/%d\"", fd);
		LAUNCH_FAILS(&outcome, .probe = "ids", .process = process);
		ASSERT_STR(outcome.step, "enter the working directory");
		ASSERT_STR(outcome.subject, "process.cwd");
	}
}
