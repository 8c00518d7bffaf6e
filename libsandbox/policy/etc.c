/* SPDX-License-Identifier: Apache-2.0 */
/* Texts for /etc; where they are put is for the plan to say. */
#include "policy/etc.h"

#include "base/array.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOBODY 65534
#define TTY    5

const char etc_nsswitch[] = "passwd: files\n"
			    "group: files\n"
			    "shadow: files\n"
			    "hosts: files dns\n"
			    "networks: files\n"
			    "protocols: files\n"
			    "services: files\n";

/*
 * The loader's cache, the links that Debian's programs go through, and the
 * trusted certificates where the large distributions keep them.
 */
const char *const etc_host_paths[] = {
	"/etc/ld.so.cache",
	"/etc/alternatives",
	"/etc/ssl/certs",
	"/etc/ssl/cert.pem",
	"/etc/ca-certificates/extracted",
	"/etc/pki/ca-trust/extracted",
	"/etc/pki/tls/cert.pem",
	"/etc/pki/tls/certs",
};

const size_t etc_host_path_count = ARRAY_SIZE(etc_host_paths);

/* Neither the separator nor anything that could begin a row of its own. */
static bool is_field(const char *text)
{
	for (size_t i = 0; text[i] != '\0'; i++) {
		unsigned char byte = (unsigned char)text[i];

		if (byte < ' ' || byte == ':' || byte == 0x7f) {
			return false;
		}
	}
	return true;
}

/* One that getpwnam() finds: a leading + or - is special to NSS. */
static bool is_name(const char *text)
{
	return is_field(text) && text[0] != '\0' && text[0] != '+' &&
	       text[0] != '-' && text[0] != '#' && strchr(text, ' ') == NULL &&
	       strchr(text, ',') == NULL;
}

/* Like asprintf(), with an errno. */
__attribute__((format(printf, 2, 3))) static int print_text(char **ret,
							    const char *format,
							    ...)
{
	char *text = NULL;
	va_list arguments;
	int length = 0;

	va_start(arguments, format);
	length = vasprintf(&text, format, arguments);
	va_end(arguments);
	if (length < 0) {
		return -ENOMEM;
	}
	*ret = text;
	return 0;
}

int etc_passwd(const struct etc_user *user, char **ret)
{
	static const char known[] = "root:x:0:0:root:/tmp:/bin/sh\n"
				    "nobody:x:65534:65534:nobody:/:"
				    "/usr/sbin/nologin\n";

	if (!is_name(user->name) || !is_field(user->home) ||
	    !is_field(user->shell)) {
		return -EINVAL;
	}
	if (user->uid == 0 || user->uid == NOBODY) {
		return print_text(ret, "%s", known);
	}
	return print_text(ret, "%s%s:x:%" PRIu32 ":%" PRIu32 ":%s:%s:%s\n",
			  known, user->name, user->uid, user->gid, user->name,
			  user->home, user->shell);
}

int etc_group(const struct etc_user *user, char **ret)
{
	static const char known[] = "root:x:0:\n"
				    "tty:x:5:\n"
				    "nogroup:x:65534:\n";

	if (!is_name(user->name)) {
		return -EINVAL;
	}
	if (user->gid == 0 || user->gid == TTY || user->gid == NOBODY) {
		return print_text(ret, "%s", known);
	}
	return print_text(ret, "%s%s:x:%" PRIu32 ":\n", known, user->name,
			  user->gid);
}

int etc_hosts(const char *hostname, char **ret)
{
	static const char known[] = "127.0.0.1\tlocalhost\n"
				    "::1\tlocalhost ip6-localhost "
				    "ip6-loopback\n";

	if (hostname == NULL || strcmp(hostname, "localhost") == 0) {
		return print_text(ret, "%s", known);
	}
	if (!is_name(hostname)) {
		return -EINVAL;
	}
	return print_text(ret, "%s127.0.1.1\t%s\n", known, hostname);
}
