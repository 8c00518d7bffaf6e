/* SPDX-License-Identifier: Apache-2.0 */
/* The documents that a specification is made of, and the options over them. */
#ifndef SANDBOX_CLI_COMPOSE_H
#define SANDBOX_CLI_COMPOSE_H

#include "run_options.h"
#include "spec_draft.h"
#include "spec_file.h"

/* Those of --base in their order, then that of --spec. */
struct documents {
	struct spec_file *files;
	size_t count;
};

int documents_read(const struct run_options *options, struct documents *ret,
		   struct complaint *complaint);
void documents_done(struct documents *documents);

/* Whether the outcome can stand nowhere as such, and findings need origins. */
bool options_compose(const struct run_options *options);

/*
 * Lays the documents over each other, then applies the options in their order
 * and the program of the command line.  @draft borrows from both.
 */
int compose_draft(const struct run_options *options,
		  const struct documents *documents, struct spec_draft *draft,
		  struct complaint *complaint);

#endif
