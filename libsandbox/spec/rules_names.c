/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rules of what the sandbox knows of names: the rows of /etc/hosts and what
 * stands in /etc/resolv.conf.  Neither is to be without effect.
 */
#include "base/array.h"
#include "spec/field_path.h"
#include "spec/grammar.h"
#include "spec/rules.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* musl's buffer, and that of older C libraries, with the blanks. */
#define SEARCH_BYTES_MAX 256

typedef Sandbox__V1__Network network_spec;

/* Whether @target is @file or a directory above it. */
static bool covers(const char *target, const char *file)
{
	size_t size = strlen(target);

	return strncmp(target, file, size) == 0 &&
	       (file[size] == '\0' || file[size] == '/');
}

/* @file is written to a root of ours, and has to be what is seen there. */
static void check_place(const Sandbox__V1__SandboxSpec *spec, const char *field,
			const char *file, struct findings *findings)
{
	if (spec->root != NULL &&
	    spec->root->kind != SANDBOX__V1__ROOT__KIND__SYSTEM &&
	    spec->root->kind != SANDBOX__V1__ROOT__KIND__EMPTY) {
		findings_add(findings, field,
			     "is for %s of root.kind SYSTEM and EMPTY; on "
			     "another nothing is made",
			     file);
	}
	for (size_t i = 0; i < spec->n_mounts; i++) {
		const char *target = spec->mounts[i]->target;

		if (*target != '\0' && covers(target, file)) {
			findings_add(findings, field,
				     "is for %s, which mounts[%zu].target "
				     "\"%s\" takes the place of",
				     file, i, target);
		}
	}
}

static bool is_loopback(const char *text)
{
	static const struct in6_addr loopback = IN6ADDR_LOOPBACK_INIT;
	struct in_addr v4;
	struct in6_addr v6;

	if (inet_pton(AF_INET, text, &v4) == 1) {
		return ntohl(v4.s_addr) >> 24 == 127;
	}
	return inet_pton(AF_INET6, text, &v6) == 1 &&
	       memcmp(&v6, &loopback, sizeof(v6)) == 0;
}

/* With a network in which there is nobody else, a server is inside. */
static void check_servers(const network_spec *network,
			  struct findings *findings)
{
	if (network->mode != SANDBOX__V1__NETWORK__MODE__NONE) {
		return;
	}
	for (size_t i = 0; i < network->n_dns_servers; i++) {
		char field[64];

		(void)snprintf(field, sizeof(field), "network.dns_servers[%zu]",
			       i);
		if (grammar_address(network->dns_servers[i]) != NULL) {
			continue; /* a finding already */
		}
		if (network->loopback_down) {
			findings_add_value(findings, field,
					   network->dns_servers[i],
					   "cannot be reached with mode NONE "
					   "and loopback_down");
		} else if (!is_loopback(network->dns_servers[i])) {
			findings_add_value(findings, field,
					   network->dns_servers[i],
					   "cannot be reached with mode NONE, "
					   "only 127.0.0.0/8 and ::1 can");
		}
	}
}

static void check_search(const network_spec *network, struct findings *findings)
{
	size_t size = 0;

	if (network->n_dns_search > 0 && network->n_dns_servers == 0) {
		findings_add(findings, "network.dns_search",
			     "has a meaning only with dns_servers");
	}
	for (size_t i = 0; i < network->n_dns_search; i++) {
		size += strlen(network->dns_search[i]) + 1;
	}
	if (size > SEARCH_BYTES_MAX) {
		findings_add(findings, "network.dns_search",
			     "has %zu bytes with the blanks, more than %d",
			     size, SEARCH_BYTES_MAX);
	}
}

/* NULL, or what is wrong with the name of entry @index. */
static const char *name_fault(const network_spec *network, size_t index)
{
	static const char *const ours[] = { "localhost", "ip6-localhost",
					    "ip6-loopback" };
	const char *name = network->hosts[index]->key;
	const char *fault = grammar_domain(name);

	/* Whoever looks a name up takes the first row that has it. */
	for (size_t i = 0; fault == NULL && i < ARRAY_SIZE(ours); i++) {
		if (strcasecmp(name, ours[i]) == 0) {
			fault = "is the loopback's in every sandbox";
		}
	}
	for (size_t i = 0; fault == NULL && i < index; i++) {
		if (strcasecmp(name, network->hosts[i]->key) == 0) {
			fault = "is there already, in other letters";
		}
	}
	return fault;
}

static void check_host(const network_spec *network, size_t index,
		       struct findings *findings)
{
	const Sandbox__V1__Network__HostsEntry *entry = network->hosts[index];
	struct field_path place = { .depth = 2 };
	char buffer[FIELD_PATH_BYTES] = "";
	struct text text = TEXT_OVER(buffer);
	const char *fault = name_fault(network, index);

	place.steps[0] =
		(struct path_step){ .name = "network", .index = NO_INDEX };
	place.steps[1] = (struct path_step){ .name = "hosts",
					     .key = entry->key,
					     .index = NO_INDEX };
	field_path_render(&place, &text);
	if (fault != NULL) {
		findings_add(findings, buffer, "the name %s", fault);
	}
	fault = grammar_address(entry->value);
	if (fault != NULL) {
		findings_add_value(findings, buffer, entry->value, fault);
	}
}

void rules_names(const Sandbox__V1__SandboxSpec *spec,
		 struct findings *findings)
{
	const network_spec *network = spec->network;

	if (network == NULL) {
		return;
	}
	for (size_t i = 0; i < network->n_hosts; i++) {
		check_host(network, i, findings);
	}
	if (network->n_hosts > 0) {
		check_place(spec, "network.hosts", "/etc/hosts", findings);
	}
	if (network->n_dns_servers > 0) {
		check_place(spec, "network.dns_servers", "/etc/resolv.conf",
			    findings);
		check_servers(network, findings);
	}
	check_search(network, findings);
}
