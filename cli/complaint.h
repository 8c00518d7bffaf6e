/* SPDX-License-Identifier: Apache-2.0 */
/* What the command has to say against its input: one line of text. */
#ifndef SANDBOX_CLI_COMPLAINT_H
#define SANDBOX_CLI_COMPLAINT_H

struct complaint {
	char text[1024];
};

#define COMPLAINT_INIT     \
	{                  \
		.text = "" \
	}

/* Returns -EINVAL, so that failing and saying why is one statement. */
__attribute__((format(printf, 2, 3))) int complain(struct complaint *complaint,
						   const char *format, ...);

/*
 * Of what is at @at in a text that begins at @start: line and column, both
 * from 1, go before the words.
 */
int complain_at(struct complaint *complaint, const char *start, const char *at,
		const char *words);

int complain_memory(struct complaint *complaint);

#endif
