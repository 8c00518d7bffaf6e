/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The template of /dev, made once per engine: a read-only tmpfs with the six
 * nodes.  Each init attaches a clone of the whole tree, and puts its own devpts
 * and shm on the directories that are there for them.
 *
 * Who may, makes the nodes, and then the tree is one mount; in a user
 * namespace nobody may, and the host's nodes are bound one by one.
 */
#include "kernel/file.h"
#include "kernel/mount.h"
#include "launcher/launcher.h"

#define NODE_ATTRIBUTES (MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC)

static const struct {
	char name[8];
	uint8_t major;
	uint8_t minor;
} nodes[] = {
	{ "null", 1, 3 },   { "zero", 1, 5 },    { "full", 1, 7 },
	{ "random", 1, 8 }, { "urandom", 1, 9 }, { "tty", 5, 0 },
};

static const char directories[][8] = { "pts", "shm", "mqueue" };
static const char links[][2][16] = {
	{ "fd", "/proc/self/fd" },       { "stdin", "/proc/self/fd/0" },
	{ "stdout", "/proc/self/fd/1" }, { "stderr", "/proc/self/fd/2" },
	{ "ptmx", "pts/ptmx" },
};

/* Binds the node @name of the host, which must be a character device. */
static int bind_node(int host_dev, int dev, const char *name)
{
	struct mount_attr attributes = { .attr_set = NODE_ATTRIBUTES,
					 .propagation = MS_PRIVATE };
	struct stat node;
	int file = kernel_openat(dev, name, O_CREAT | O_EXCL | O_WRONLY, 0666);
	int tree = 0;
	int r = 0;

	if (file < 0) {
		return file;
	}
	kernel_close(file);
	tree = kernel_open_tree(host_dev, name,
				OPEN_TREE_CLONE | AT_SYMLINK_NOFOLLOW);
	if (tree < 0) {
		return tree;
	}
	r = kernel_fstat(tree, &node);
	if (r >= 0 && !S_ISCHR(node.st_mode)) {
		r = -ENODEV;
	}
	if (r >= 0) {
		r = kernel_mount_setattr(tree, 0, &attributes);
	}
	if (r >= 0) {
		r = kernel_move_mount_at(tree, dev, name);
	}
	kernel_close(tree);
	return r;
}

/* Where nothing can be made, or what was made cannot be opened: -EPERM. */
static int make_node(int dev, size_t i)
{
	unsigned int number =
		(unsigned int)nodes[i].major << 8 | nodes[i].minor;
	int r = (int)kernel_call4(SYS_mknodat, dev, nodes[i].name,
				  S_IFCHR | 0666, number);

	if (r >= 0 && nodes[i].major == 1) {
		/* A device policy on the host's cgroup may still refuse it. */
		r = kernel_openat(dev, nodes[i].name, O_RDONLY | O_NOCTTY, 0);
		if (r >= 0) {
			kernel_close(r);
		} else {
			kernel_call3(SYS_unlinkat, dev, nodes[i].name, 0);
		}
	}
	return r < 0 ? -EPERM : 0;
}

static int add_node(int host_dev, int dev, size_t i)
{
	int r = make_node(dev, i);

	return r < 0 ? bind_node(host_dev, dev, nodes[i].name) : 0;
}

int dev_template_make(int host_dev, int mount_point)
{
	struct mount_attr read_only = { .attr_set = MOUNT_ATTR_RDONLY };
	int dev = mount_point < 0 ? mount_point : small_tmpfs(NODE_ATTRIBUTES);
	int r = dev;

	if (r < 0) {
		return r;
	}
	/* Attached first: below a detached tree nothing can be attached. */
	r = kernel_move_mount(dev, mount_point);
	for (size_t i = 0; i < sizeof(nodes) / sizeof(*nodes) && r >= 0; i++) {
		r = add_node(host_dev, dev, i);
	}
	for (size_t i = 0;
	     i < sizeof(directories) / sizeof(*directories) && r >= 0; i++) {
		r = kernel_mkdirat(dev, directories[i], 0755);
	}
	for (size_t i = 0; i < sizeof(links) / sizeof(*links) && r >= 0; i++) {
		r = kernel_symlinkat(links[i][1], dev, links[i][0]);
	}
	if (r >= 0) {
		r = kernel_mount_setattr(dev, 0, &read_only);
	}
	kernel_close(dev);
	return r;
}
