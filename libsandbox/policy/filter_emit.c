/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes the program from its end to its beginning: BPF only jumps forward, so
 * every target is in place when a jump to it is written.  Positions therefore
 * count from the end until the program is turned around.
 *
 * The accumulator holds the last word that was loaded.  A comparison of the
 * same word as the one before it is entered behind its load, and has none if
 * all its ways in come from there.
 */
#include "policy/filter_emit.h"

#include "base/cleanup.h"

#include <errno.h>
#include <stdlib.h>

/* Jumps have 8 bits; the long jump of the other target may come between. */
#define REACH (255 - 1)

struct spot {
	unsigned short start;  /* enter here with anything loaded */
	unsigned short loaded; /* enter here with this word loaded */
	bool is_reached;
	bool needs_load;
};

struct emitter {
	const struct graph *graph;
	bool is_full;
	unsigned short count;
	struct spot *spots; /* one a node */
	struct sock_filter reversed[FILTER_LENGTH_MAX];
};

static bool is_same_word(const struct graph_node *a, const struct graph_node *b)
{
	return a->word == b->word && a->mask == b->mask;
}

static void reach(struct emitter *emitter, const struct graph_node *from,
		  unsigned short to)
{
	struct spot *spot = &emitter->spots[to];

	spot->is_reached = true;
	if (!is_same_word(from, &emitter->graph->nodes[to])) {
		spot->needs_load = true;
	}
}

/* Parents are younger than their children, so one pass sees them first. */
static void mark(struct emitter *emitter, unsigned short root)
{
	emitter->spots[root].is_reached = true;
	emitter->spots[root].needs_load = true;
	for (unsigned short i = root; i > 0; i--) {
		const struct graph_node *node = &emitter->graph->nodes[i];

		if (emitter->spots[i].is_reached &&
		    node->kind != GRAPH_RETURN) {
			reach(emitter, node, node->yes);
			reach(emitter, node, node->no);
		}
	}
}

static unsigned short push(struct emitter *emitter, struct sock_filter what)
{
	if (emitter->count == FILTER_LENGTH_MAX) {
		emitter->is_full = true;
		return 0;
	}
	emitter->reversed[emitter->count] = what;
	return emitter->count++;
}

static struct sock_filter statement(int code, uint32_t operand)
{
	return (struct sock_filter)BPF_STMT((unsigned short)code, operand);
}

/*
 * The position that a jump to @to aims at.  A verdict too far away is simply
 * repeated, anything else is reached by a long jump.
 */
static unsigned short target(struct emitter *emitter,
			     const struct graph_node *from, unsigned short to)
{
	const struct graph_node *node = &emitter->graph->nodes[to];
	const struct spot *spot = &emitter->spots[to];
	unsigned short position = spot->start;

	if (node->kind != GRAPH_RETURN && is_same_word(from, node)) {
		position = spot->loaded;
	}
	if (emitter->count - position - 1 <= REACH) {
		return position;
	}
	if (node->kind == GRAPH_RETURN) {
		return push(emitter, statement(BPF_RET | BPF_K, node->value));
	}
	return push(emitter,
		    statement(BPF_JMP | BPF_JA,
			      (uint32_t)(emitter->count - position - 1)));
}

static int jump_code(enum graph_kind kind)
{
	switch (kind) {
	case GRAPH_EQUAL:
		return BPF_JEQ;
	case GRAPH_GREATER:
		return BPF_JGT;
	case GRAPH_AT_LEAST:
		return BPF_JGE;
	case GRAPH_ANY_BIT:
	case GRAPH_RETURN:
		break;
	}
	return BPF_JSET;
}

static void emit_compare(struct emitter *emitter, const struct graph_node *node,
			 struct spot *spot)
{
	unsigned short yes = target(emitter, node, node->yes);
	unsigned short no = target(emitter, node, node->no);
	struct sock_filter jump = statement(
		BPF_JMP | BPF_K | jump_code((enum graph_kind)node->kind),
		node->value);

	jump.jt = (unsigned char)(emitter->count - yes - 1);
	jump.jf = (unsigned char)(emitter->count - no - 1);
	spot->loaded = push(emitter, jump);
	spot->start = spot->loaded;
	if (!spot->needs_load) {
		return;
	}
	if (node->mask != UINT32_MAX) {
		(void)push(emitter,
			   statement(BPF_ALU | BPF_AND | BPF_K, node->mask));
	}
	spot->start =
		push(emitter, statement(BPF_LD | BPF_W | BPF_ABS, node->word));
}

static void emit_node(struct emitter *emitter, unsigned short index)
{
	const struct graph_node *node = &emitter->graph->nodes[index];
	struct spot *spot = &emitter->spots[index];

	if (!spot->is_reached) {
		return;
	}
	if (node->kind == GRAPH_RETURN) {
		spot->start =
			push(emitter, statement(BPF_RET | BPF_K, node->value));
		return;
	}
	emit_compare(emitter, node, spot);
}

static int out_of_memory(struct err *err)
{
	return err_set(err, SANDBOX_ERROR_RESOURCE, ENOMEM,
		       "out of memory for the system-call filter");
}

static int turn_around(const struct emitter *emitter, struct filter *ret,
		       struct err *err)
{
	unsigned short count = emitter->count;
	struct sock_filter *turned = malloc(count * sizeof(turned[0]));

	if (turned == NULL) {
		return out_of_memory(err);
	}
	for (unsigned short i = 0; i < count; i++) {
		turned[i] = emitter->reversed[count - 1 - i];
	}
	*ret = (struct filter){ turned, count };
	return 0;
}

int filter_emit(const struct graph *graph, unsigned short root,
		struct filter *ret, struct err *err)
{
	_cleanup_free_ struct emitter *emitter = malloc(sizeof(*emitter));
	_cleanup_free_ struct spot *spots = calloc(root + 1U, sizeof(spots[0]));

	if (emitter == NULL || spots == NULL) {
		return out_of_memory(err);
	}
	emitter->graph = graph;
	emitter->is_full = false;
	emitter->count = 0;
	emitter->spots = spots;
	mark(emitter, root);
	for (unsigned short i = 1; i <= root; i++) {
		emit_node(emitter, i);
	}
	if (emitter->is_full) {
		return err_set(err, SANDBOX_ERROR_SPEC, E2BIG,
			       "the system-call filter has more than %d "
			       "instructions",
			       FILTER_LENGTH_MAX);
	}
	return turn_around(emitter, ret, err);
}
