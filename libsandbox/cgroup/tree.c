/* SPDX-License-Identifier: Apache-2.0 */
/* Reads where control groups are mounted and which ours are; see tree.h. */
#include "cgroup/tree.h"

#include "base/array.h"
#include "base/cleanup.h"
#include "kernel/file.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Both files are some KiB; hosts with a hundred thousand mounts are not. */
#define TEXT_MAX_BYTES (32U << 20)

static const struct {
	const char *v1;
	const char *v2;
} names[] = {
#define CONTROLLER_NAMES(name, v1, v2) [name] = { v1, v2 },
	CGROUP_CONTROLLER_LIST(CONTROLLER_NAMES)
#undef CONTROLLER_NAMES
};

/* The bit of the controller whose name is @length bytes at @word. */
static uint32_t controller_of(const char *word, size_t length,
			      unsigned int version)
{
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		const char *name = version == 1 ? names[i].v1 : names[i].v2;

		if (strlen(name) == length && memcmp(name, word, length) == 0) {
			return 1U << i;
		}
	}
	return 0;
}

/* Bits of the words in @list that @separators divide. */
static uint32_t controllers_of(const char *list, const char *separators,
			       unsigned int version)
{
	uint32_t bits = 0;

	while (*list != '\0') {
		size_t length = strcspn(list, separators);

		bits |= controller_of(list, length, version);
		list += length;
		list += strspn(list, separators);
	}
	return bits;
}

/* Room for twice as much, or NULL with @text freed. */
static char *enlarge(char *text, size_t *capacity)
{
	char *larger = NULL;

	*capacity *= 2;
	if (*capacity <= TEXT_MAX_BYTES) {
		larger = realloc(text, *capacity + 1);
	}
	if (larger == NULL) {
		free(text);
	}
	return larger;
}

/* To be freed; NULL when it cannot be read. */
static char *read_text(int root, const char *path)
{
	_cleanup_close_ int fd = kernel_openat(root, path, O_RDONLY, 0);
	size_t size = 0;
	size_t capacity = 2048;
	char *text = enlarge(NULL, &capacity);
	long n = fd < 0 ? fd : 1;

	while (n > 0 && text != NULL) {
		n = kernel_read(fd, text + size, capacity - size);
		size += n > 0 ? (size_t)n : 0;
		if (size == capacity) {
			text = enlarge(text, &capacity);
		}
	}
	if (n < 0 || text == NULL) {
		free(text);
		return NULL;
	}
	text[size] = '\0';
	return text;
}

/* mountinfo has blanks as \040; in place. */
static void unescape(char *text)
{
	char *to = text;

	while (*text != '\0') {
		if (text[0] == '\\' && text[1] >= '0' && text[1] <= '3' &&
		    text[2] >= '0' && text[2] <= '7' && text[3] >= '0' &&
		    text[3] <= '7') {
			*to++ = (char)((text[1] - '0') * 64 +
				       (text[2] - '0') * 8 + (text[3] - '0'));
			text += 4;
		} else {
			*to++ = *text++;
		}
	}
	*to = '\0';
}

/* One line of mountinfo, see proc_pid_mountinfo(5). */
struct mount_line {
	char *root;
	char *point;
	char *type;
	char *options; /* of the file system */
};

static bool parse_mount(char *line, struct mount_line *ret)
{
	char *state = NULL;
	char *word = strtok_r(line, " ", &state);

	for (int i = 0; word != NULL && i < 5; i++) {
		if (i == 3) {
			ret->root = word;
		} else if (i == 4) {
			ret->point = word;
		}
		word = strtok_r(NULL, " ", &state);
	}
	while (word != NULL && strcmp(word, "-") != 0) {
		word = strtok_r(NULL, " ", &state);
	}
	ret->type = strtok_r(NULL, " ", &state);
	(void)strtok_r(NULL, " ", &state); /* the device */
	ret->options = strtok_r(NULL, " ", &state);
	if (word == NULL || ret->options == NULL) {
		return false;
	}
	unescape(ret->root);
	unescape(ret->point);
	return true;
}

/* @own below what a mount with @root shows, or NULL: it shows other parts. */
static const char *path_below(const char *root, const char *own)
{
	size_t length = strcmp(root, "/") == 0 ? 0 : strlen(root);

	if (strncmp(root, own, length) != 0 ||
	    (own[length] != '/' && own[length] != '\0')) {
		return NULL;
	}
	return own[length] == '\0' ? "/" : own + length;
}

/* "4:memory:/a/b": the path where the controllers are those of @hierarchy. */
static const char *path_in_line(char *line,
				const struct cgroup_hierarchy *hierarchy)
{
	char *list = strchr(line, ':');
	char *path = list == NULL ? NULL : strchr(list + 1, ':');

	if (path == NULL) {
		return NULL;
	}
	*path = '\0';
	if (hierarchy->version == 2) {
		return list[1] == '\0' ? path + 1 : NULL;
	}
	return controllers_of(list + 1, ",", 1) == hierarchy->controllers
		       ? path + 1
		       : NULL;
}

/* Finds ours in the text of /proc/self/cgroup. */
static bool find_own(const char *groups, const char *mount_root,
		     struct cgroup_hierarchy *hierarchy)
{
	for (const char *at = groups; *at != '\0';) {
		size_t length = strcspn(at, "\n");
		char line[CGROUP_PATH_BYTES];
		const char *path = NULL;

		if (length < sizeof(line)) {
			memcpy(line, at, length);
			line[length] = '\0';
			path = path_in_line(line, hierarchy);
		}
		if (path != NULL) {
			path = path_below(mount_root, path);
		}
		if (path != NULL) {
			(void)snprintf(hierarchy->own, sizeof(hierarchy->own),
				       "%s", path);
			return strstr(path, "/..") == NULL;
		}
		at += length + (at[length] == '\n' ? 1 : 0);
	}
	return false;
}

/* Those of version 2 are said by the group, not by the mount. */
static uint32_t available_controllers(int root,
				      const struct cgroup_hierarchy *hierarchy)
{
	char path[2 * CGROUP_PATH_BYTES + 32];
	_cleanup_free_ char *list = NULL;

	(void)snprintf(path, sizeof(path), "%s%s/cgroup.controllers",
		       hierarchy->mount + 1, hierarchy->own);
	list = read_text(root, path);
	if (list == NULL) {
		return 0;
	}
	/* Every group of version 2 can be frozen. */
	return controllers_of(list, " \n", 2) | 1U << CGROUP_FREEZER;
}

static void add(struct cgroup_tree *tree,
		const struct cgroup_hierarchy *hierarchy)
{
	size_t i = 0;

	/* The same hierarchy may be mounted twice; the first will do. */
	while (i < tree->count &&
	       (tree->hierarchies[i].version != hierarchy->version ||
		tree->hierarchies[i].controllers != hierarchy->controllers)) {
		i++;
	}
	if (i == tree->count && i < CGROUP_MAX_HIERARCHIES) {
		tree->hierarchies[tree->count++] = *hierarchy;
	}
}

static void take_mount(int root, const struct mount_line *line,
		       const char *groups, struct cgroup_tree *tree)
{
	struct cgroup_hierarchy found = { .version = 0 };

	if (strcmp(line->type, "cgroup2") == 0) {
		found.version = 2;
	} else if (strcmp(line->type, "cgroup") == 0) {
		found.version = 1;
		found.controllers = controllers_of(line->options, ",", 1);
	}
	if (found.version == 0 ||
	    (found.version == 1 && found.controllers == 0) ||
	    line->point[0] != '/' ||
	    strlen(line->point) >= sizeof(found.mount)) {
		return;
	}
	(void)snprintf(found.mount, sizeof(found.mount), "%s", line->point);
	if (!find_own(groups, line->root, &found)) {
		return;
	}
	if (found.version == 2) {
		found.controllers = available_controllers(root, &found);
	}
	add(tree, &found);
}

int cgroup_tree_read(int root, struct cgroup_tree *ret)
{
	_cleanup_free_ char *mounts = read_text(root, "proc/self/mountinfo");
	_cleanup_free_ char *groups = read_text(root, "proc/self/cgroup");
	char *state = NULL;

	*ret = (struct cgroup_tree){ 0 };
	if (mounts == NULL || groups == NULL) {
		return -ENOENT;
	}
	for (char *line = strtok_r(mounts, "\n", &state); line != NULL;
	     line = strtok_r(NULL, "\n", &state)) {
		struct mount_line parsed = { 0 };

		if (parse_mount(line, &parsed)) {
			take_mount(root, &parsed, groups, ret);
		}
	}
	return 0;
}

const struct cgroup_hierarchy *cgroup_tree_find(
	const struct cgroup_tree *tree, enum cgroup_controller controller)
{
	for (size_t i = 0; i < tree->count; i++) {
		if ((tree->hierarchies[i].controllers & 1U << controller) !=
		    0) {
			return &tree->hierarchies[i];
		}
	}
	return NULL;
}
