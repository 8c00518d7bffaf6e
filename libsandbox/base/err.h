/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The reason a call failed, as a value on the caller's stack: reporting a
 * failure never allocates.  It is set once, at the place that knows most, and
 * turned into a public sandbox_error only in api/.
 *
 * The kinds are those of enum sandbox_error_kind in <sandbox/error.h>.
 */
#ifndef SANDBOX_BASE_ERR_H
#define SANDBOX_BASE_ERR_H

#include <sandbox/error.h>

struct err {
	enum sandbox_error_kind kind;
	int sys;           /* positive errno */
	char step[48];     /* stable word or phrase, "" if there is none */
	char subject[256]; /* path or field of the spec, "" if there is none */
	char text[1024];   /* whole message; several findings, one a line */
};

#define ERR_INIT                               \
	{                                      \
		.kind = SANDBOX_ERROR_INTERNAL \
	}

/*
 * Each returns -sys, so that failing and saying why is one statement.  @err
 * may be NULL.  The message is one line, begins in lower case, has no full
 * stop and puts the value it complains of in double quotes.
 */
__attribute__((format(printf, 4, 5))) int err_set(struct err *err,
						  enum sandbox_error_kind kind,
						  int sys, const char *format,
						  ...);

/* As err_set(), and names the step and the subject. */
__attribute__((format(printf, 6, 7))) int err_at(struct err *err,
						 enum sandbox_error_kind kind,
						 int sys, const char *step,
						 const char *subject,
						 const char *format, ...);

/* The kind that a failed system call belongs to, by its errno. */
enum sandbox_error_kind err_kind_of_errno(int sys);

/* "ENOENT", or "unknown errno"; thread-safe. */
const char *err_errno_name(int sys);

/* "No such file or directory"; not translated, thread-safe. */
const char *err_errno_words(int sys);

#endif
