/* SPDX-License-Identifier: Apache-2.0 */
/* Mounts of other programs as mounts of ours; see import.h. */
#include "cleanup.h"
#include "import.h"
#include "paths.h"

#include <string.h>

static bool is_at_or_below(const char *path, const char *folder)
{
	size_t size = strlen(folder);

	return strncmp(path, folder, size) == 0 &&
	       (path[size] == '\0' || path[size] == '/');
}

/* Takes away what path_on_host() does; NULL without memory. */
static char *plain_path(const char *cwd, const char *path)
{
	struct complaint complaint = COMPLAINT_INIT;
	char *plain = NULL;

	return path_on_host(cwd, path, &plain, &complaint) < 0 ? NULL : plain;
}

static struct json_node *add_mount(struct import *import, const char *kind,
				   const char *target)
{
	struct json_node *mount = import_add_object(import, "mounts");

	import_put_text(import, mount, "kind", kind);
	import_put_text(import, mount, "target", target);
	return mount;
}

/* What else is the sandbox's own can be of that kind. */
static bool is_place_of_kind(const char *path, const char *kind)
{
	static const char *const places[][2] = {
		{ "/sys", "SYSFS" },
		{ "/sys/fs/cgroup", "CGROUP" },
		{ "/dev/mqueue", "MQUEUE" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		if (strcmp(places[i][0], path) == 0 &&
		    strcmp(places[i][1], kind) == 0) {
			return true;
		}
	}
	return false;
}

struct json_node *import_mount(struct import *import, const char *field,
			       const char *kind, const char *target)
{
	_cleanup_free_ char *plain = plain_path("/", target);

	if (plain == NULL || plain[1] == '\0') {
		import_lose(import, field, "\"%.200s\" cannot be a mount",
			    target);
		return NULL;
	}
	if (is_place_of_kind(plain, kind)) {
		return add_mount(import, kind, plain);
	}
	if (is_at_or_below(plain, "/dev") &&
	    !is_at_or_below(plain, "/dev/shm")) {
		import_lose(import, field,
			    "%.200s is part of the sandbox's own /dev", plain);
		return NULL;
	}
	if (is_at_or_below(plain, "/sys") ||
	    (is_at_or_below(plain, "/proc") && strcmp(kind, "PROC") != 0)) {
		import_lose(import, field,
			    "nothing can be mounted at %.200s; /proc and /sys "
			    "are the sandbox's own",
			    plain);
		return NULL;
	}
	return add_mount(import, kind, plain);
}

bool import_is_default_device(const char *path)
{
	static const char *const places[] = {
		"/dev/null",    "/dev/zero",   "/dev/full", "/dev/random",
		"/dev/urandom", "/dev/tty",    "/dev/fd",   "/dev/stdin",
		"/dev/stdout",  "/dev/stderr", "/dev/ptmx", "/dev/pts",
	};

	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		if (is_at_or_below(path, places[i])) {
			return true;
		}
	}
	return false;
}

/* A device is shown in the sandbox's own /dev, not mounted. */
static void add_device(struct import *import, const char *field,
		       const char *source, const char *target, bool writable)
{
	struct json_node *device = NULL;

	if (import_is_default_device(target)) {
		if (strcmp(source, target) != 0) {
			import_lose(import, field,
				    "%.200s is the sandbox's own", target);
		}
		return;
	}
	device = import_add_object(import, "security.devices");
	import_put_text(import, device, "path", target);
	if (strcmp(source, target) != 0) {
		import_put_text(import, device, "source", source);
	}
	import_put_word(import, device, "writable",
			writable ? "true" : "false");
}

static void set_root(struct import *import, const char *source, bool writable)
{
	import_set_text(import, "root.kind", "DIRECTORY");
	import_set_text(import, "root.path", source);
	if (writable) {
		import_set_word(import, "root.writable", "true");
	}
}

struct json_node *import_bind(struct import *import, const char *field,
			      const char *source, const char *target,
			      bool writable)
{
	_cleanup_free_ char *from = plain_path(import->draft.cwd, source);
	_cleanup_free_ char *to = plain_path("/", target);
	struct json_node *mount = NULL;

	if (from == NULL || to == NULL) {
		import_lose(import, field, "a path is empty");
		return NULL;
	}
	if (to[1] == '\0') {
		set_root(import, from, writable);
		return NULL;
	}
	if (is_at_or_below(to, "/dev") && to[4] == '/' &&
	    !is_at_or_below(to, "/dev/shm") && is_at_or_below(from, "/dev")) {
		add_device(import, field, from, to, writable);
		return NULL;
	}
	mount = import_mount(import, field, "BIND", to);
	import_put_text(import, mount, "source", from);
	if (writable) {
		import_put_word(import, mount, "writable", "true");
	}
	return mount;
}

struct json_node *import_find_mount(struct import *import, const char *target)
{
	_cleanup_free_ char *plain = plain_path("/", target);
	struct json_node *list = json_find(&import->draft.tree, "mounts");
	struct json_node *found = NULL;

	if (list == NULL || plain == NULL) {
		return NULL;
	}
	for (struct json_node *mount = list->first; mount != NULL;
	     mount = mount->next) {
		if (strcmp(json_text(json_field(mount, "target")), plain) ==
		    0) {
			found = mount;
		}
	}
	return found;
}
