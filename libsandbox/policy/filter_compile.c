/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The compiler: numbers with the same answer become ranges, ranges become a
 * balanced tree of comparisons, and the architecture is asked before all.
 */
#include "base/cleanup.h"
#include "policy/filter.h"
#include "policy/filter_emit.h"
#include "policy/filter_graph.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#define WORD_NUMBER ((unsigned char)offsetof(struct seccomp_data, nr))
#define WORD_ARCH   ((unsigned char)offsetof(struct seccomp_data, arch))

/* Numbers from @start up to the next range's start. */
struct range {
	uint32_t start;
	unsigned short node;
};

static size_t add_range(struct range *ranges, size_t count, uint32_t start,
			unsigned short node)
{
	if (count > 0 && ranges[count - 1].node == node) {
		return count;
	}
	ranges[count] = (struct range){ start, node };
	return count + 1;
}

/* Needs room for two ranges a call and two more. */
static size_t make_ranges(struct graph *graph, const struct filter_model *model,
			  struct range *ranges)
{
	unsigned short unknown = graph_return(graph, model->unknown);
	uint32_t next = 0;
	size_t count = 0;

	for (size_t i = 0; i < model->call_count; i++) {
		const struct filter_call *call = &model->calls[i];

		if (call->number != next) {
			count = add_range(ranges, count, next, unknown);
		}
		count = add_range(ranges, count, call->number,
				  graph_call(graph, call));
		next = call->number + 1;
	}
	count = add_range(ranges, count, next, unknown);
	if (model->arch == SYSCALL_X86_64) {
		count = add_range(ranges, count, FILTER_X32_START,
				  graph_return(graph, FILTER_X32_ANSWER));
	}
	return count;
}

/* More would be a list to search and no tree. */
#define SINGLES_MAX 2

static bool is_single(const struct range *ranges, size_t left, size_t i)
{
	return ranges[i + 1].node == ranges[left].node &&
	       ranges[i].start + 1 == ranges[i + 1].start;
}

/*
 * A single number between two ranges of one answer costs one comparison for
 * equality in place of two for its ends.
 */
static size_t fold_singles(struct graph *graph, struct range *ranges,
			   size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count;) {
		size_t left = i++;
		struct range folded = ranges[left];

		for (int singles = 0; singles < SINGLES_MAX && i + 1 < count &&
				      is_single(ranges, left, i);
		     singles++) {
			const unsigned short yes_no[2] = { ranges[i].node,
							   folded.node };

			folded.node =
				graph_compare(graph, GRAPH_EQUAL, WORD_NUMBER,
					      ranges[i].start, yes_no);
			i += 2;
		}
		ranges[kept++] = folded;
	}
	return kept;
}

/* Two neighbours as one: the second from its start on. */
static struct range join_two(struct graph *graph, const struct range *two)
{
	const unsigned short yes_no[2] = { two[1].node, two[0].node };

	return (struct range){
		two[0].start,
		graph_compare(graph, GRAPH_AT_LEAST, WORD_NUMBER, two[1].start,
			      yes_no),
	};
}

/* Joins neighbours until one tree is left. */
static unsigned short join_ranges(struct graph *graph, struct range *ranges,
				  size_t count)
{
	while (count > 1) {
		size_t pairs = count / 2;

		for (size_t i = 0; i < pairs; i++) {
			ranges[i] = join_two(graph, &ranges[2 * i]);
		}
		if (count % 2 == 1) {
			ranges[pairs] = ranges[count - 1];
		}
		count = pairs + count % 2;
	}
	return ranges[0].node;
}

static unsigned short build(struct graph *graph,
			    const struct filter_model *model,
			    struct range *ranges)
{
	size_t count = make_ranges(graph, model, ranges);
	unsigned short native_foreign[2] = { 0, 0 };

	count = fold_singles(graph, ranges, count);
	native_foreign[0] = join_ranges(graph, ranges, count);
	native_foreign[1] = graph_return(graph, model->foreign);
	return graph_compare(graph, GRAPH_EQUAL, WORD_ARCH,
			     syscall_audit_arch(model->arch), native_foreign);
}

int filter_compile_model(const struct filter_model *model, struct filter *ret,
			 struct err *err)
{
	_cleanup_free_ struct graph *graph = graph_new();
	_cleanup_free_ struct range *ranges =
		malloc((2 * model->call_count + 2) * sizeof(ranges[0]));
	unsigned short root = 0;

	if (graph == NULL || ranges == NULL) {
		return err_set(err, SANDBOX_ERROR_RESOURCE, ENOMEM,
			       "out of memory for the system-call filter");
	}
	root = build(graph, model, ranges);
	if (graph->full) {
		return err_set(err, SANDBOX_ERROR_SPEC, E2BIG,
			       "the system-call filter has too many rules");
	}
	return filter_emit(graph, root, ret, err);
}

int filter_compile(const struct filter_options *options, struct filter *ret,
		   struct err *err)
{
	_cleanup_free_ struct filter_model *model = filter_model_new(options);

	if (model == NULL) {
		return err_set(err, SANDBOX_ERROR_RESOURCE, ENOMEM,
			       "out of memory for the system-call filter");
	}
	return filter_compile_model(model, ret, err);
}

void filter_done(struct filter *filter)
{
	free(filter->instructions);
	*filter = (struct filter)FILTER_INIT;
}
