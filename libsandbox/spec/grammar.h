/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The grammars of single strings.  Each function returns NULL for a text that
 * follows its grammar, and else what is wrong, to be put behind the quoted
 * text: "is not absolute".
 */
#ifndef SANDBOX_SPEC_GRAMMAR_H
#define SANDBOX_SPEC_GRAMMAR_H

/* [a-z0-9][a-z0-9._-]{0,62} */
const char *grammar_id(const char *text);

/* [A-Za-z0-9]([A-Za-z0-9._/-]{0,126}[A-Za-z0-9])? */
const char *grammar_label_key(const char *text);

/* At most 1024 bytes without control characters. */
const char *grammar_label_value(const char *text);

/* Absolute, at most 4095 bytes, no empty, "." or ".." component. */
const char *grammar_path(const char *text);

/* grammar_path(), and not "/" itself. */
const char *grammar_path_below_root(const char *text);

/* NAME=VALUE, a name without control characters. */
const char *grammar_environment(const char *text);

/* A host name of RFC 1123, at most 64 bytes. */
const char *grammar_hostname(const char *text);

/* The name of a host or domain of RFC 1123, at most 253 bytes. */
const char *grammar_domain(const char *text);

/* An address, IPv4 or IPv6, as inet_pton() takes it. */
const char *grammar_address(const char *text);

/* USER or USER:GROUP, each by name or by number. */
const char *grammar_user(const char *text);

/* A capability as capability_number() takes it. */
const char *grammar_capability(const char *text);

/* A list of processors as cpu_list_parse() takes it. */
const char *grammar_cpus(const char *text);

/* What landlock_access() takes. */
const char *grammar_landlock_access(const char *text);

/* A profile of AppArmor, at most 255 bytes. */
const char *grammar_profile(const char *text);

/* A context of SELinux, at most 4096 bytes, which is a page. */
const char *grammar_context(const char *text);

/* A resource limit as rlimit_number() takes it. */
const char *grammar_rlimit(const char *text);

#endif
