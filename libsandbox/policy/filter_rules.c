/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rules of one system call as a graph.  Neighbouring rules that begin with
 * the same tests share them, so a rule per socket family, type and protocol
 * costs one comparison and not three.
 */
#include "policy/filter_graph.h"

/*
 * Walks the rules from the last to the first.  next[d] is where a call goes
 * that has passed the first d tests of the rule at hand: to its later rules
 * with those same tests, and then to whatever follows them.
 */
struct walk {
	struct graph *graph;
	const struct filter_rule *rule; /* whose tests are open */
	size_t open;                    /* how many of them */
	unsigned short next[FILTER_ARGUMENTS + 1];
};

static bool same_test(const struct filter_test *a, const struct filter_test *b)
{
	return a->argument == b->argument && a->comparison == b->comparison &&
	       a->value == b->value && a->mask == b->mask;
}

static size_t common_tests(const struct walk *walk,
			   const struct filter_rule *rule)
{
	size_t count = 0;

	while (count < walk->open && count < rule->test_count &&
	       same_test(&walk->rule->tests[count], &rule->tests[count])) {
		count++;
	}
	return count;
}

static void close_tests(struct walk *walk, size_t keep)
{
	while (walk->open > keep) {
		size_t depth = --walk->open;
		const unsigned short yes_no[2] = { walk->next[depth + 1],
						   walk->next[depth] };

		walk->next[depth] = graph_test(
			walk->graph, &walk->rule->tests[depth], yes_no);
	}
}

/*
 * Where to go on from @node once the test is known to hold: past comparisons
 * of the same bits with another value, which are lost already.
 */
static unsigned short skip_lost(const struct graph *graph, unsigned short node,
				const struct filter_test *test)
{
	const struct graph_node *nodes = graph->nodes;

	if (test->comparison != FILTER_MASKED_EQ || test->mask >> 32 != 0) {
		return node;
	}
	while (nodes[node].kind == GRAPH_EQUAL &&
	       nodes[node].word == graph_low_word(test->argument) &&
	       nodes[node].mask == test->mask &&
	       nodes[node].value != test->value) {
		node = nodes[node].no;
	}
	return node;
}

static void open_tests(struct walk *walk, const struct filter_rule *rule)
{
	walk->rule = rule;
	while (walk->open < rule->test_count) {
		size_t depth = walk->open++;

		walk->next[depth + 1] = skip_lost(
			walk->graph, walk->next[depth], &rule->tests[depth]);
	}
}

unsigned short graph_call(struct graph *graph, const struct filter_call *call)
{
	struct walk walk = { .graph = graph };

	walk.next[0] = graph_return(graph, call->otherwise);
	for (size_t i = call->rule_count; i > 0; i--) {
		const struct filter_rule *rule = &call->rules[i - 1];

		close_tests(&walk, common_tests(&walk, rule));
		open_tests(&walk, rule);
		walk.next[walk.open] = graph_return(graph, rule->verdict);
	}
	close_tests(&walk, 0);
	return walk.next[0];
}
