/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The files that say which name has which address and who is asked for others.
 * They are ordinary files of a root of ours; that nothing covers them, and that
 * there are such roots only, the rules of the specification have seen to.
 */
#include "base/cleanup.h"
#include "plan/tree.h"
#include "policy/etc.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef Sandbox__V1__Network__HostsEntry hosts_entry;

static int no_memory(const struct draft *draft)
{
	return err_set(draft->err, SANDBOX_ERROR_RESOURCE, ENOMEM,
		       "out of memory");
}

/* Adds the file, and as much to our root as it takes. */
static void add_grown(struct draft *draft, const char *target, const char *text)
{
	tree_add_file(draft, target, text);
	draft->builder->ops[0].size_bytes += strlen(text);
}

/* NULL where there is none, or the document has another address for it. */
static const char *name_of_ours(const struct draft *draft)
{
	const char *hostname = draft->spec->hostname;

	for (size_t i = 0; i < draft->network->n_hosts; i++) {
		if (strcasecmp(draft->network->hosts[i]->key, hostname) == 0) {
			return NULL;
		}
	}
	return *hostname == '\0' ? NULL : hostname;
}

static int compare_names(const void *a, const void *b)
{
	const hosts_entry *const *one = a;
	const hosts_entry *const *other = b;

	return strcmp((*one)->key, (*other)->key);
}

/* A map has no order of its own, and a plan is to be the same each time. */
static hosts_entry **sorted(const Sandbox__V1__Network *network)
{
	size_t size = network->n_hosts * sizeof(hosts_entry *);
	hosts_entry **entries = malloc(size);

	if (entries != NULL) {
		memcpy(entries, network->hosts, size);
		qsort(entries, network->n_hosts, sizeof(hosts_entry *),
		      compare_names);
	}
	return entries;
}

/* @known and a row for each of the document's; NULL when out of memory. */
static char *with_rows(const char *known, const Sandbox__V1__Network *network)
{
	_cleanup_free_ hosts_entry **entries = sorted(network);
	size_t size = strlen(known) + 1;
	char *text;
	char *end;

	for (size_t i = 0; i < network->n_hosts; i++) {
		size += strlen(network->hosts[i]->key) +
			strlen(network->hosts[i]->value) + strlen("\t\n");
	}
	text = entries == NULL ? NULL : malloc(size);
	if (text == NULL) {
		return NULL;
	}
	end = stpcpy(text, known);
	for (size_t i = 0; i < network->n_hosts; i++) {
		end = stpcpy(end, entries[i]->value);
		end = stpcpy(end, "\t");
		end = stpcpy(end, entries[i]->key);
		end = stpcpy(end, "\n");
	}
	return text;
}

int tree_add_hosts(struct draft *draft)
{
	_cleanup_free_ char *known = NULL;
	_cleanup_free_ char *text = NULL;

	if (etc_hosts(name_of_ours(draft), &known) < 0) {
		return no_memory(draft);
	}
	if (draft->network->n_hosts == 0) {
		tree_add_file(draft, "/etc/hosts", known);
		return 0;
	}
	text = with_rows(known, draft->network);
	if (text == NULL) {
		return no_memory(draft);
	}
	add_grown(draft, "/etc/hosts", text);
	return 0;
}

int tree_add_resolver(struct draft *draft)
{
	const Sandbox__V1__Network *network = draft->network;
	size_t size = strlen("search\n") + 1;
	_cleanup_free_ char *text = NULL;
	char *end;

	if (network->n_dns_servers == 0) {
		return 0;
	}
	for (size_t i = 0; i < network->n_dns_search; i++) {
		size += strlen(" ") + strlen(network->dns_search[i]);
	}
	for (size_t i = 0; i < network->n_dns_servers; i++) {
		size += strlen("nameserver \n") +
			strlen(network->dns_servers[i]);
	}
	text = malloc(size);
	if (text == NULL) {
		return no_memory(draft);
	}
	end = stpcpy(text, network->n_dns_search > 0 ? "search" : "");
	for (size_t i = 0; i < network->n_dns_search; i++) {
		end = stpcpy(end, " ");
		end = stpcpy(end, network->dns_search[i]);
	}
	end = stpcpy(end, network->n_dns_search > 0 ? "\n" : "");
	for (size_t i = 0; i < network->n_dns_servers; i++) {
		end = stpcpy(end, "nameserver ");
		end = stpcpy(end, network->dns_servers[i]);
		end = stpcpy(end, "\n");
	}
	add_grown(draft, "/etc/resolv.conf", text);
	return 0;
}
