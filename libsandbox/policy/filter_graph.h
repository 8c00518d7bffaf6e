/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A filter as a graph of single comparisons that ends in verdicts, between the
 * model and the program.  Equal nodes are one node, so whatever two system
 * calls have in common is in the program once.  A node only refers to older
 * ones: reading them in reverse order of their making never meets a cycle.
 */
#ifndef SANDBOX_POLICY_FILTER_GRAPH_H
#define SANDBOX_POLICY_FILTER_GRAPH_H

#include "policy/filter_model.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum graph_kind {
	GRAPH_RETURN,   /* verdict @value */
	GRAPH_EQUAL,    /* (word & mask) == value */
	GRAPH_GREATER,  /* word > value */
	GRAPH_AT_LEAST, /* word >= value */
	GRAPH_ANY_BIT,  /* (word & value) != 0 */
};

struct graph_node {
	unsigned char kind;
	unsigned char word; /* offset in struct seccomp_data */
	unsigned short yes; /* the node that comes next when it holds */
	unsigned short no;
	unsigned short older; /* in the same bucket */
	uint32_t mask;        /* all ones but in GRAPH_EQUAL */
	uint32_t value;
};

#define GRAPH_NODES   5120
#define GRAPH_BUCKETS 256

/* Node 0 is none. */
struct graph {
	unsigned short count;
	bool full; /* a node was lost; the graph is worthless */
	unsigned short buckets[GRAPH_BUCKETS];
	struct graph_node nodes[GRAPH_NODES];
};

/* NULL when out of memory; free() it. */
struct graph *graph_new(void);

/* seccomp_data is in the byte order of the machine, and ours are all little. */
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "low half first");

/* Where the low half of an argument is; the high half is 4 bytes behind. */
static inline unsigned char graph_low_word(unsigned char argument)
{
	return (unsigned char)(offsetof(struct seccomp_data, args) +
			       argument * sizeof(uint64_t));
}

/* Each returns the node, 0 and sets full when there is no room. */
unsigned short graph_return(struct graph *graph, uint32_t verdict);
unsigned short graph_compare(struct graph *graph, enum graph_kind kind,
			     unsigned char word, uint32_t value,
			     const unsigned short yes_no[2]);

/* Continues with yes_no[0] if the test of a 64-bit argument holds, else [1]. */
unsigned short graph_test(struct graph *graph, const struct filter_test *test,
			  const unsigned short yes_no[2]);

/* The rules of one call in their order, and what is left when none applies. */
unsigned short graph_call(struct graph *graph, const struct filter_call *call);

#endif
