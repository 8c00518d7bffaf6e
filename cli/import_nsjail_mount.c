/* SPDX-License-Identifier: Apache-2.0 */
/* The mounts of a configuration of nsjail; see import_nsjail.h. */
#include "cleanup.h"
#include "import_nsjail.h"
#include "import_values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct place {
	struct import *import;
	const char *field;
	const struct json_node *node; /* theirs */
	char *source;                 /* whole; may be empty */
	char *target;
};

static void place_done(struct place *at)
{
	free(at->source);
	free(at->target);
}

/* A path with the variable of the caller's before it, as it is now. */
static bool whole_path(const struct place *at, const char *name,
		       const char *variable, char **ret)
{
	const char *path = json_text(json_member(at->node, name));
	const char *asked = json_text(json_member(at->node, variable));
	const char *prefix = asked[0] == '\0' ? "" : secure_getenv(asked);

	if (prefix == NULL) {
		import_lose(at->import, at->field,
			    "there is no %.60s in the environment", asked);
		return false;
	}
	if (asprintf(ret, "%s%s", prefix, path) < 0) {
		*ret = NULL;
		import_lose(at->import, at->field, "out of memory");
	}
	return *ret != NULL;
}

/* Whether a source that may be missing is there is decided now. */
static bool is_there(const struct place *at)
{
	if (nsjail_is(at->node, "mandatory", true) ||
	    access(at->source, F_OK) == 0) {
		return true;
	}
	import_lose(at->import, at->field,
		    "%.200s is not there now, so it is left out", at->source);
	return false;
}

/* There, everything can be executed unless it is said. */
static void put_exec(const struct place *at, struct json_node *mount)
{
	bool writable = nsjail_is(at->node, "rw", false);
	bool noexec = nsjail_is(at->node, "noexec", false);

	if (mount != NULL && writable && !noexec) {
		import_put_word(at->import, mount, "exec", "true");
	} else if (mount != NULL && noexec && !writable) {
		import_lose(at->import, at->field,
			    "what cannot be written to can be executed");
	}
}

static void take_bind(const struct place *at)
{
	const char *options = json_text(json_member(at->node, "options"));

	if (!is_there(at)) {
		return;
	}
	if (options[0] != '\0') {
		import_lose(at->import, at->field,
			    "a bind has no options \"%.100s\"", options);
	}
	put_exec(at, import_bind(at->import, at->field, at->source, at->target,
				 nsjail_is(at->node, "rw", false)));
}

static void put_options(const struct place *at, struct json_node *mount)
{
	_cleanup_free_ char *options =
		strdup(json_text(json_member(at->node, "options")));
	char *rest = options;
	const char *word = NULL;

	while (rest != NULL && (word = strsep(&rest, ",")) != NULL) {
		if (word[0] != '\0' &&
		    (mount == NULL ||
		     !import_put_memory_option(at->import, mount, word))) {
			import_lose(at->import, at->field,
				    "there is no option \"%.100s\" here", word);
		}
	}
}

static void take_memory(const struct place *at)
{
	bool writable = nsjail_is(at->node, "rw", false);
	struct json_node *mount = NULL;

	if (strcmp(at->target, "/") == 0) {
		import_set_text(at->import, "root.kind", "EMPTY");
		if (writable) {
			import_lose(at->import, at->field,
				    "a root in memory is read-only; mount a "
				    "tmpfs where it is to be written to");
		}
		put_options(at, NULL);
		return;
	}
	mount = import_mount(at->import, at->field,
			     strcmp(at->target, "/dev/shm") == 0 ? "SHM"
								 : "TMPFS",
			     at->target);
	if (mount == NULL) {
		return;
	}
	if (writable) {
		import_put_word(at->import, mount, "writable", "true");
		put_exec(at, mount);
	}
	put_options(at, mount);
}

static void take_content(const struct place *at, const struct json_node *text)
{
	_cleanup_(buffer_done) struct buffer base64 = BUFFER_INIT;
	struct json_node *mount =
		import_mount(at->import, at->field, "FILE", at->target);

	import_add_base64(json_text(text), strlen(json_text(text)), &base64);
	if (mount != NULL && buffer_text(&base64) != NULL) {
		import_put_text(at->import, mount, "content",
				buffer_text(&base64));
	}
}

static void take_type(const struct place *at)
{
	static const char *const kinds[][2] = {
		{ "sysfs", "SYSFS" },
		{ "mqueue", "MQUEUE" },
		{ "devpts", "DEVPTS" },
		{ "proc", "PROC" },
	};
	const char *type = json_text(json_member(at->node, "fstype"));

	if (strcmp(type, "tmpfs") == 0) {
		take_memory(at);
		return;
	}
	/* /proc is there anyway. */
	if (strcmp(type, "proc") == 0 && strcmp(at->target, "/proc") == 0) {
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		if (strcmp(kinds[i][0], type) == 0) {
			(void)import_mount(at->import, at->field, kinds[i][1],
					   at->target);
			return;
		}
	}
	import_lose(at->import, at->field,
		    "there is no mount of type \"%.60s\"", type);
}

static void take_whole(const struct place *at)
{
	const struct json_node *content = json_member(at->node, "src_content");

	if (nsjail_is(at->node, "is_symlink", false)) {
		struct json_node *mount = import_mount(at->import, at->field,
						       "SYMLINK", at->target);

		import_put_text(at->import, mount, "source", at->source);
	} else if (content != NULL) {
		take_content(at, content);
	} else if (nsjail_is(at->node, "is_bind", false)) {
		take_bind(at);
	} else {
		take_type(at);
	}
}

void nsjail_mount(struct import *import, const struct import_row *row,
		  const char *field, const struct json_node *node)
{
	_cleanup_(place_done) struct place at = { .import = import,
						  .node = node };
	size_t index = 0;
	char name[64];

	(void)row;
	for (const struct json_node *one = node->parent->first; one != node;
	     one = one->next) {
		index += strcmp(one->name, "mount") == 0 ? 1 : 0;
	}
	(void)snprintf(name, sizeof(name), "%.40s[%zu]", field, index);
	at.field = name;
	if (whole_path(&at, "src", "prefix_src_env", &at.source) &&
	    whole_path(&at, "dst", "prefix_dst_env", &at.target)) {
		take_whole(&at);
	}
}
