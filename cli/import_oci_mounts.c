/* SPDX-License-Identifier: Apache-2.0 */
/* The mounts of an OCI configuration; see import_oci.h. */
#include "cleanup.h"
#include "import_oci.h"
#include "import_values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct oci_mount {
	struct json_node *mount; /* ours; NULL: there is none */
	const char *field;
	bool bind;
	bool memory; /* tmpfs */
	bool layers; /* overlay */
	bool writable;
};

/* Words that are done with, or that say what holds anyway. */
static bool is_plain(const char *word)
{
	static const char *const words[] = {
		"ro",          "rw",       "bind",     "rbind",
		"private",     "rprivate", "nosuid",   "nodev",
		"noexec",      "exec",     "relatime", "strictatime",
		"norelatime",  "async",    "defaults", "nodiratime",
		"newinstance", "atime",    "diratime",
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		if (strcmp(words[i], word) == 0) {
			return true;
		}
	}
	return false;
}

static bool has_word(const struct json_node *options, const char *word)
{
	for (const struct json_node *one = options == NULL ? NULL
							   : options->first;
	     one != NULL; one = one->next) {
		if (strcmp(json_text(one), word) == 0) {
			return true;
		}
	}
	return false;
}

static bool put_flag(struct import *import, const struct oci_mount *at,
		     const char *word)
{
	static const struct {
		const char *word;
		const char *field;
	} flags[] = {
		{ "suid", "suid" },
		{ "dev", "dev" },
		{ "noatime", "noatime" },
		{ "nosymfollow", "nosymfollow" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(flags); i++) {
		if (strcmp(flags[i].word, word) == 0 &&
		    (at->bind || (at->memory && i > 1))) {
			import_put_word(import, at->mount, flags[i].field,
					"true");
			return true;
		}
	}
	if (at->bind &&
	    (strcmp(word, "slave") == 0 || strcmp(word, "rslave") == 0)) {
		import_put_text(import, at->mount, "propagation", "SLAVE");
		return true;
	}
	return false;
}

/* Layers are there from the topmost on, as here. */
static bool put_layers(struct import *import, const struct oci_mount *at,
		       const char *word)
{
	static const char lower[] = "lowerdir=";
	_cleanup_free_ char *paths = NULL;
	char *rest = NULL;
	struct json_node *list = NULL;

	if (strncmp(word, "workdir=", 8) == 0) {
		return true;
	}
	if (strncmp(word, "upperdir=", 9) == 0) {
		if (at->writable) {
			import_put_word(import, at->mount, "writable", "true");
			import_put_word(import, at->mount, "exec", "true");
		}
		import_lose(import, at->field,
			    "what is written ends with the sandbox, and what "
			    "was before is not there");
		return true;
	}
	if (strncmp(word, lower, strlen(lower)) != 0) {
		return false;
	}
	paths = strdup(word + strlen(lower));
	rest = paths;
	list = json_append(&import->draft.tree, at->mount, JSON_ARRAY, "layers",
			   NULL);
	while (list != NULL && rest != NULL) {
		(void)json_append(&import->draft.tree, list, JSON_STRING, NULL,
				  strsep(&rest, ":"));
	}
	return true;
}

static void put_options(struct import *import, const struct oci_mount *at,
			const struct json_node *options)
{
	if (at->mount == NULL || options == NULL) {
		return;
	}
	for (const struct json_node *one = options->first; one != NULL;
	     one = one->next) {
		const char *word = json_text(one);

		if (!is_plain(word) && !put_flag(import, at, word) &&
		    !(at->memory &&
		      import_put_memory_option(import, at->mount, word)) &&
		    !(at->layers && put_layers(import, at, word))) {
			import_lose(import, at->field,
				    "there is no option \"%.100s\" here", word);
		}
	}
	if (at->bind && has_word(options, "bind") &&
	    !has_word(options, "rbind")) {
		import_put_word(import, at->mount, "non_recursive", "true");
	}
}

/* The sandbox has it of its own at that very place. */
static bool is_own(const char *type, const char *target)
{
	static const char *const own[][2] = {
		{ "proc", "/proc" },
		{ "tmpfs", "/dev" },
		{ "devpts", "/dev/pts" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(own); i++) {
		if (strcmp(own[i][0], type) == 0 &&
		    strcmp(own[i][1], target) == 0) {
			return true;
		}
	}
	return false;
}

static const char *kind_of(const char *type, const char *target)
{
	static const char *const kinds[][2] = {
		{ "tmpfs", "TMPFS" },    { "proc", "PROC" },
		{ "sysfs", "SYSFS" },    { "mqueue", "MQUEUE" },
		{ "devpts", "DEVPTS" },  { "cgroup", "CGROUP" },
		{ "cgroup2", "CGROUP" }, { "overlay", "OVERLAY" },
	};

	if (strcmp(type, "tmpfs") == 0 && strcmp(target, "/dev/shm") == 0) {
		return "SHM";
	}
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		if (strcmp(kinds[i][0], type) == 0) {
			return kinds[i][1];
		}
	}
	return NULL;
}

/* What the kernel shows. */
static bool is_shown(const char *kind)
{
	return kind != NULL &&
	       (strcmp(kind, "SYSFS") == 0 || strcmp(kind, "CGROUP") == 0);
}

static void put_writable(struct import *import, const struct oci_mount *at,
			 const char *kind, bool exec)
{
	if (!at->bind && is_shown(kind)) {
		import_lose(import, at->field, "can only be read here");
	}
	if (at->memory) {
		import_put_word(import, at->mount, "writable", "true");
	}
	if ((at->bind || at->memory) && exec) {
		import_put_word(import, at->mount, "exec", "true");
	}
}

static void take_mount(struct import *import, const char *field,
		       const struct json_node *node)
{
	const char *type = json_text(json_member(node, "type"));
	const char *target = json_text(json_member(node, "destination"));
	const struct json_node *options = json_member(node, "options");
	bool writable = !has_word(options, "ro");
	struct oci_mount at = { .field = field, .writable = writable };
	const char *kind = kind_of(type, target);

	at.bind = strcmp(type, "bind") == 0 || has_word(options, "bind") ||
		  has_word(options, "rbind");
	at.memory = !at.bind && strcmp(type, "tmpfs") == 0;
	if (is_own(type, target)) {
		return;
	}
	if (at.bind) {
		at.mount = import_bind(import, field,
				       json_text(json_member(node, "source")),
				       target, writable);
	} else if (kind == NULL) {
		import_lose(import, field,
			    "there is no mount of type \"%.60s\"", type);
	} else {
		at.mount = import_mount(import, field, kind, target);
	}
	at.layers = !at.bind && kind != NULL && strcmp(kind, "OVERLAY") == 0;
	if (at.mount != NULL && writable) {
		put_writable(import, &at, kind, !has_word(options, "noexec"));
	}
	put_options(import, &at, options);
	if (json_member(node, "uidMappings") != NULL ||
	    json_member(node, "gidMappings") != NULL) {
		import_lose(import, field,
			    "a mount has no maps of ids of its own");
	}
}

void import_oci_mounts(struct import *import, const struct import_row *row,
		       const char *field, const struct json_node *node)
{
	size_t index = 0;

	(void)row;
	for (const struct json_node *one = node->first; one != NULL;
	     one = one->next) {
		char name[64];

		(void)snprintf(name, sizeof(name), "%.40s[%zu]", field, index);
		take_mount(import, name, one);
		index++;
	}
}
