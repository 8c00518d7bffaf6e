/* SPDX-License-Identifier: Apache-2.0 */
/* Nodes of the filter graph, and the tests of 64-bit arguments made of them. */
#include "policy/filter_graph.h"

#include <stdlib.h>
#include <string.h>

#define ALL_BITS 0xffffffffU

struct graph *graph_new(void)
{
	struct graph *graph = malloc(sizeof(*graph));

	if (graph == NULL) {
		return NULL;
	}
	graph->count = 1;
	graph->full = false;
	memset(graph->buckets, 0, sizeof(graph->buckets));
	memset(&graph->nodes[0], 0, sizeof(graph->nodes[0]));
	return graph;
}

static size_t bucket_of(const struct graph_node *node)
{
	uint32_t hash = node->value * 0x9e3779b1U;

	hash ^= node->mask + ((uint32_t)node->yes << 16 | node->no);
	hash ^= (uint32_t)node->word << 8 | node->kind;
	hash *= 0x85ebca6bU;
	return (hash >> 24) % GRAPH_BUCKETS;
}

static bool same_node(const struct graph_node *a, const struct graph_node *b)
{
	return a->kind == b->kind && a->word == b->word && a->yes == b->yes &&
	       a->no == b->no && a->mask == b->mask && a->value == b->value;
}

/* The node like this one, made if there is none yet. */
static unsigned short add_node(struct graph *graph,
			       const struct graph_node *node)
{
	size_t bucket = bucket_of(node);
	unsigned short found = graph->buckets[bucket];

	while (found != 0) {
		if (same_node(&graph->nodes[found], node)) {
			return found;
		}
		found = graph->nodes[found].older;
	}
	if (graph->count == GRAPH_NODES) {
		graph->full = true;
		return 0;
	}
	found = graph->count++;
	graph->nodes[found] = *node;
	graph->nodes[found].older = graph->buckets[bucket];
	graph->buckets[bucket] = found;
	return found;
}

unsigned short graph_return(struct graph *graph, uint32_t verdict)
{
	const struct graph_node node = { .kind = GRAPH_RETURN,
					 .mask = ALL_BITS,
					 .value = verdict };

	return add_node(graph, &node);
}

unsigned short graph_compare(struct graph *graph, enum graph_kind kind,
			     unsigned char word, uint32_t value,
			     const unsigned short yes_no[2])
{
	const struct graph_node node = { .kind = (unsigned char)kind,
					 .word = word,
					 .yes = yes_no[0],
					 .no = yes_no[1],
					 .mask = ALL_BITS,
					 .value = value };

	if (yes_no[0] == yes_no[1]) {
		return yes_no[0];
	}
	return add_node(graph, &node);
}

/* One half of a masked test.  A mask of zero compares nothing with nothing. */
static unsigned short compare_masked(struct graph *graph, unsigned char word,
				     uint32_t mask, uint32_t value,
				     const unsigned short yes_no[2])
{
	const unsigned short no_yes[2] = { yes_no[1], yes_no[0] };
	const struct graph_node node = { .kind = GRAPH_EQUAL,
					 .word = word,
					 .yes = yes_no[0],
					 .no = yes_no[1],
					 .mask = mask,
					 .value = value };

	if ((value & ~mask) != 0) {
		return yes_no[1];
	}
	if (mask == 0) {
		return yes_no[0];
	}
	if (value == 0 && mask != ALL_BITS) {
		return graph_compare(graph, GRAPH_ANY_BIT, word, mask, no_yes);
	}
	if (yes_no[0] == yes_no[1]) {
		return yes_no[0];
	}
	return add_node(graph, &node);
}

static unsigned short test_masked(struct graph *graph,
				  const struct filter_test *test, uint64_t mask,
				  const unsigned short yes_no[2])
{
	unsigned char low = graph_low_word(test->argument);
	const unsigned short both[2] = {
		compare_masked(graph, low, (uint32_t)mask,
			       (uint32_t)test->value, yes_no),
		yes_no[1],
	};

	return compare_masked(graph, (unsigned char)(low + 4),
			      (uint32_t)(mask >> 32),
			      (uint32_t)(test->value >> 32), both);
}

/* The high half decides unless it is equal. */
static unsigned short test_ordered(struct graph *graph,
				   const struct filter_test *test,
				   enum graph_kind kind,
				   const unsigned short yes_no[2])
{
	unsigned char low = graph_low_word(test->argument);
	unsigned char high = (unsigned char)(low + 4);
	uint32_t high_value = (uint32_t)(test->value >> 32);
	const unsigned short equal[2] = {
		graph_compare(graph, kind, low, (uint32_t)test->value, yes_no),
		yes_no[1],
	};
	const unsigned short above[2] = {
		yes_no[0],
		graph_compare(graph, GRAPH_EQUAL, high, high_value, equal),
	};

	return graph_compare(graph, GRAPH_GREATER, high, high_value, above);
}

unsigned short graph_test(struct graph *graph, const struct filter_test *test,
			  const unsigned short yes_no[2])
{
	const unsigned short no_yes[2] = { yes_no[1], yes_no[0] };

	switch ((enum filter_comparison)test->comparison) {
	case FILTER_EQ:
		return test_masked(graph, test, UINT64_MAX, yes_no);
	case FILTER_NE:
		return test_masked(graph, test, UINT64_MAX, no_yes);
	case FILTER_LT:
		return test_ordered(graph, test, GRAPH_AT_LEAST, no_yes);
	case FILTER_LE:
		return test_ordered(graph, test, GRAPH_GREATER, no_yes);
	case FILTER_GT:
		return test_ordered(graph, test, GRAPH_GREATER, yes_no);
	case FILTER_GE:
		return test_ordered(graph, test, GRAPH_AT_LEAST, yes_no);
	case FILTER_MASKED_EQ:
		return test_masked(graph, test, test->mask, yes_no);
	}
	/* A comparison that does not exist never holds. */
	return yes_no[1];
}
