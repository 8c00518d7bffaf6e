/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of mounts and of paths: a row each. */
#include "base/array.h"
#include "lib/tap.h"
#include "spec_case.h"

#include <stddef.h>

#define CHECK(rows) spec_case_check_all(rows, ARRAY_SIZE(rows))

/* A document with these mounts. */
#define MOUNTS(list) SPEC("'mounts':[" list "]")

/* A document with one tmpfs at a target. */
#define AT(target) MOUNTS("{'kind':'TMPFS','target':'" target "'}")

TEST(mounts_of_every_kind_are_accepted)
{
	static const struct spec_case rows[] = {
		{ MOUNTS("{'source':'/a','target':'/a','writable':true,"
			 "'exec':true,'nosymfollow':true,'noatime':true,"
			 "'non_recursive':true,'create_target_off':true}"),
		  NULL, NULL },
		{ MOUNTS("{'source_fd':3,'target':'/a'}"), NULL, NULL },
		{ MOUNTS("{'kind':'TMPFS','target':'/t','size_bytes':1,"
			 "'inodes':1,'mode':4095,'uid':1,'gid':1}"),
		  NULL, NULL },
		{ MOUNTS("{'kind':'SHM','target':'/dev/shm','size_bytes':1}"),
		  NULL, NULL },
		{ MOUNTS("{'kind':'PROC','target':'/p','hidepid':"
			 "'HIDEPID_OFF'}"),
		  NULL, NULL },
		{ MOUNTS("{'kind':'DEVPTS','target':'/pts'}"), NULL, NULL },
	};

	CHECK(rows);
}

TEST(a_bind_can_be_shown_in_other_ways)
{
	static const struct spec_case rows[] = {
		{ MOUNTS("{'source':'/a','target':'/a','dev':true,'suid':true,"
			 "'no_idmap':true,'propagation':'SLAVE'}"),
		  NULL, NULL },
		{ MOUNTS("{'kind':'TMPFS','dev':true,'target':'/a'}"),
		  "mounts[0].dev",
		  "has no meaning with kind TMPFS, only with BIND" },
		{ MOUNTS("{'kind':'SHM','suid':true,'target':'/a'}"),
		  "mounts[0].suid",
		  "has no meaning with kind SHM, only with BIND" },
		{ MOUNTS("{'kind':'TMPFS','no_idmap':true,'target':'/a'}"),
		  "mounts[0].no_idmap",
		  "has no meaning with kind TMPFS, only with BIND" },
		{ MOUNTS("{'kind':'TMPFS','propagation':'SLAVE',"
			 "'target':'/a'}"),
		  "mounts[0].propagation",
		  "has no meaning with kind TMPFS, only with BIND" },
	};

	CHECK(rows);
}

TEST(views_of_the_kernel_are_of_the_sandboxes_namespaces)
{
	static const struct spec_case rows[] = {
		{ MOUNTS("{'kind':'SYSFS','target':'/sys'},"
			 "{'kind':'CGROUP','target':'/sys/fs/cgroup'}"),
		  NULL, NULL },
		{ MOUNTS("{'kind':'SYSFS','target':'/a'},"
			 "{'kind':'CGROUP','target':'/b'}"),
		  NULL, NULL },
		{ MOUNTS("{'kind':'CGROUP','target':'/sys'}"),
		  "mounts[0].target",
		  "\"/sys\" is at or below /sys, which is the sandbox's "
		  "own" },
		{ MOUNTS("{'kind':'SYSFS','writable':true,'target':'/sys'}"),
		  "mounts[0].writable",
		  "has no meaning with kind SYSFS, only with BIND TMPFS SHM "
		  "OVERLAY" },
		{ SPEC("'network':{'mode':'HOST'},'mounts':[{'kind':'SYSFS',"
		       "'target':'/sys'}]"),
		  "mounts[0].kind",
		  "SYSFS needs a network of the sandbox's own, not "
		  "network.mode HOST or JOIN" },
		{ SPEC("'namespaces':{'cgroup':'SHARED'},'mounts':[{'kind':"
		       "'CGROUP','target':'/a'}]"),
		  "mounts[0].kind", "CGROUP needs namespaces.cgroup NEW" },
	};

	CHECK(rows);
}

TEST(message_queues_have_a_place_in_dev)
{
	static const struct spec_case rows[] = {
		{ MOUNTS("{'kind':'MQUEUE','target':'/dev/mqueue'}"), NULL,
		  NULL },
		{ MOUNTS("{'kind':'MQUEUE','target':'/mqueue'}"), NULL, NULL },
		{ MOUNTS("{'kind':'MQUEUE','target':'/dev/other'}"),
		  "mounts[0].target",
		  "\"/dev/other\" is at or below /dev, which is the sandbox's "
		  "own" },
		{ MOUNTS("{'kind':'TMPFS','target':'/dev/mqueue'}"),
		  "mounts[0].target",
		  "\"/dev/mqueue\" is at or below /dev, which is the "
		  "sandbox's own" },
	};

	CHECK(rows);
}

TEST(a_bind_has_one_source)
{
	static const struct spec_case rows[] = {
		{ MOUNTS("{'target':'/a'}"), "mounts[0].source",
		  "is empty; kind BIND needs source or source_fd" },
		{ MOUNTS("{'source':'/a','source_fd':1,'target':'/a'}"),
		  "mounts[0].source_fd",
		  "is given besides source; only one may be" },
		{ MOUNTS("{'source':'a','target':'/a'}"), "mounts[0].source",
		  "\"a\" is not absolute" },
	};

	CHECK(rows);
}

TEST(fields_of_another_kind_are_refused)
{
	static const struct spec_case rows[] = {
		{ MOUNTS("{'kind':'TMPFS','source':'/a','target':'/a'}"),
		  "mounts[0].source",
		  "has no meaning with kind TMPFS, only with BIND SYMLINK" },
		{ MOUNTS("{'kind':'SHM','source_fd':1,'target':'/a'}"),
		  "mounts[0].source_fd",
		  "has no meaning with kind SHM, only with BIND" },
		{ MOUNTS("{'kind':'PROC','writable':true,'target':'/a'}"),
		  "mounts[0].writable",
		  "has no meaning with kind PROC, only with BIND TMPFS "
		  "SHM OVERLAY" },
		{ MOUNTS("{'kind':'DEVPTS','exec':true,'target':'/a'}"),
		  "mounts[0].exec",
		  "has no meaning with kind DEVPTS, only with BIND TMPFS "
		  "SHM OVERLAY" },
		{ MOUNTS("{'kind':'PROC','nosymfollow':true,'target':'/a'}"),
		  "mounts[0].nosymfollow",
		  "has no meaning with kind PROC, only with BIND TMPFS "
		  "SHM OVERLAY" },
		{ MOUNTS("{'kind':'PROC','noatime':true,'target':'/a'}"),
		  "mounts[0].noatime",
		  "has no meaning with kind PROC, only with BIND TMPFS "
		  "SHM OVERLAY" },
		{ MOUNTS("{'kind':'TMPFS','non_recursive':true,"
			 "'target':'/a'}"),
		  "mounts[0].non_recursive",
		  "has no meaning with kind TMPFS, only with BIND" },
		{ MOUNTS("{'source':'/a','size_bytes':1,'target':'/a'}"),
		  "mounts[0].size_bytes",
		  "has no meaning with kind BIND, only with TMPFS SHM OVERLAY" },
		{ MOUNTS("{'source':'/a','inodes':1,'target':'/a'}"),
		  "mounts[0].inodes",
		  "has no meaning with kind BIND, only with TMPFS SHM OVERLAY" },
		{ MOUNTS("{'source':'/a','mode':1,'target':'/a'}"),
		  "mounts[0].mode",
		  "has no meaning with kind BIND, only with TMPFS SHM FILE "
		  "DIRECTORY" },
		{ MOUNTS("{'source':'/a','uid':1,'target':'/a'}"),
		  "mounts[0].uid",
		  "has no meaning with kind BIND, only with TMPFS SHM FILE "
		  "DIRECTORY" },
		{ MOUNTS("{'source':'/a','gid':1,'target':'/a'}"),
		  "mounts[0].gid",
		  "has no meaning with kind BIND, only with TMPFS SHM FILE "
		  "DIRECTORY" },
		{ MOUNTS("{'source':'/a','content':'YQ==','target':'/a'}"),
		  "mounts[0].content",
		  "has no meaning with kind BIND, only with FILE" },
		{ MOUNTS("{'source':'/a','hidepid':'HIDEPID_OFF',"
			 "'target':'/a'}"),
		  "mounts[0].hidepid",
		  "has no meaning with kind BIND, only with PROC" },
	};

	CHECK(rows);
}

TEST(a_link_needs_a_text_and_has_no_mode)
{
	static const struct spec_case rows[] = {
		{ MOUNTS("{'kind':'SYMLINK','target':'/a'}"),
		  "mounts[0].source",
		  "is empty; kind SYMLINK needs the text of the link" },
		{ MOUNTS("{'kind':'SYMLINK','source':'a','mode':1,"
			 "'target':'/a'}"),
		  "mounts[0].mode",
		  "has no meaning with kind SYMLINK, only with TMPFS SHM "
		  "FILE DIRECTORY" },
	};

	CHECK(rows);
}

TEST(numbers_of_mounts_have_ceilings)
{
	static const struct spec_case rows[] = {
		{ MOUNTS("{'kind':'TMPFS','mode':4096,'target':'/a'}"),
		  "mounts[0].mode", "4096 is more than 4095" },
		{ MOUNTS("{'kind':'TMPFS','uid':4294967295,'target':'/a'}"),
		  "mounts[0].uid", "4294967295 is more than 4294967294" },
		{ MOUNTS("{'kind':'TMPFS','gid':4294967295,'target':'/a'}"),
		  "mounts[0].gid", "4294967295 is more than 4294967294" },
		{ MOUNTS("{'kind':'TMPFS','size_bytes':9223372036854775808,"
			 "'target':'/a'}"),
		  "mounts[0].size_bytes",
		  "9223372036854775808 is more than 9223372036854775807" },
		{ MOUNTS("{'kind':'TMPFS','inodes':9007199254740993,"
			 "'target':'/a'}"),
		  "mounts[0].inodes",
		  "9007199254740993 is more than 9007199254740992" },
	};

	CHECK(rows);
}

TEST(paths_are_absolute_and_normalised)
{
	static const struct spec_case rows[] = {
		{ AT("/a/..b/...c/.d/e f"), NULL, NULL },
		{ AT("tmp"), "mounts[0].target", "\"tmp\" is not absolute" },
		{ AT("/"), "mounts[0].target", "\"/\" is the root itself" },
		{ AT("/a/"), "mounts[0].target", "\"/a/\" ends with a slash" },
		{ AT("//a"), "mounts[0].target",
		  "\"//a\" has an empty component" },
		{ AT("/a//b"), "mounts[0].target",
		  "\"/a//b\" has an empty component" },
		{ AT("/a/./b"), "mounts[0].target",
		  "\"/a/./b\" has a component \".\"" },
		{ AT("/a/.."), "mounts[0].target",
		  "\"/a/..\" has a component \"..\"" },
		{ AT(""), "mounts[0].target", "is empty" },
		{ SPEC("'security':{'masked_paths':['/a','b']}"),
		  "security.masked_paths[1]", "\"b\" is not absolute" },
		{ SPEC("'security':{'masked_paths':['/']}"),
		  "security.masked_paths[0]", "\"/\" is the root itself" },
		{ SPEC("'security':{'readonly_paths':['/a/']}"),
		  "security.readonly_paths[0]", "\"/a/\" ends with a slash" },
	};

	CHECK(rows);
}

TEST(the_sandboxs_own_trees_are_no_targets)
{
	static const struct spec_case rows[] = {
		{ AT("/process"), NULL, NULL },
		{ AT("/devices"), NULL, NULL },
		{ AT("/srv/proc"), NULL, NULL },
		{ AT("/dev/shm"), NULL, NULL },
		{ AT("/dev/shm/x"), NULL, NULL },
		{ MOUNTS("{'kind':'PROC','target':'/proc','hidepid':"
			 "'HIDEPID_INVISIBLE'}"),
		  NULL, NULL },
		{ AT("/proc/x\\ny"), "mounts[0].target",
		  "\"/proc/x?y\" is at or below /proc, which is the "
		  "sandbox's own" },
		{ MOUNTS("{'kind':'PROC','target':'/proc/x'}"),
		  "mounts[0].target",
		  "\"/proc/x\" is at or below /proc, which is the sandbox's "
		  "own" },
		{ MOUNTS("{'source':'/a','target':'/proc'}"),
		  "mounts[0].target",
		  "\"/proc\" is at or below /proc, which is the sandbox's "
		  "own" },
		{ AT("/proc"), "mounts[0].target",
		  "\"/proc\" is at or below /proc, which is the sandbox's "
		  "own" },
		{ AT("/proc/sys"), "mounts[0].target",
		  "\"/proc/sys\" is at or below /proc, which is the "
		  "sandbox's own" },
		{ AT("/sys/fs"), "mounts[0].target",
		  "\"/sys/fs\" is at or below /sys, which is the sandbox's "
		  "own" },
		{ AT("/dev"), "mounts[0].target",
		  "\"/dev\" is at or below /dev, which is the sandbox's "
		  "own" },
		{ AT("/dev/shmx"), "mounts[0].target",
		  "\"/dev/shmx\" is at or below /dev, which is the "
		  "sandbox's own" },
		{ AT("/dev/pts"), "mounts[0].target",
		  "\"/dev/pts\" is at or below /dev, which is the sandbox's "
		  "own" },
	};

	CHECK(rows);
}

TEST(targets_do_not_hide_each_other)
{
	static const struct spec_case rows[] = {
		{ MOUNTS("{'kind':'TMPFS','target':'/a'},"
			 "{'kind':'TMPFS','target':'/a/b'},"
			 "{'kind':'TMPFS','target':'/ab'}"),
		  NULL, NULL },
		{ MOUNTS("{'kind':'TMPFS','target':'/a'},"
			 "{'source':'/x','target':'/a'}"),
		  "mounts[1].target",
		  "\"/a\" is the target of mounts[0], too" },
		{ MOUNTS("{'kind':'TMPFS','target':'/a/b'},"
			 "{'source':'/x','target':'/a'}"),
		  "mounts[1].target",
		  "\"/a\" hides mounts[0], which is below it" },
	};

	CHECK(rows);
}
