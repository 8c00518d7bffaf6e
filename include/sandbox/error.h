/* SPDX-License-Identifier: Apache-2.0 */
/**
 * DOC: error.h - why a call failed
 *
 * Functions of libsandbox return 0 (or another non-negative answer) or a
 * negative errno.  What errno cannot say is in a sandbox_error, which most
 * functions hand out through their last parameter when, and only when, they
 * fail.  That parameter may be NULL.
 */
#ifndef SANDBOX_ERROR_H
#define SANDBOX_ERROR_H

#ifdef __cplusplus
extern "C" {
#endif

#ifndef SANDBOX_API
#define SANDBOX_API
#endif

/** enum sandbox_error_kind - what the caller can do about a failure */
enum sandbox_error_kind {
	SANDBOX_ERROR_SPEC = 1,        /* correct the specification */
	SANDBOX_ERROR_UNSUPPORTED = 2, /* this kernel, host or build cannot */
	SANDBOX_ERROR_PERMISSION = 3,  /* this process may not */
	SANDBOX_ERROR_RESOURCE = 4,    /* memory, pids, descriptors: retry */
	SANDBOX_ERROR_SETUP = 5,       /* the kernel refused a step */
	SANDBOX_ERROR_PROGRAM = 6,     /* the program could not be executed */
	SANDBOX_ERROR_STATE = 7,       /* wrong moment for this call */
	SANDBOX_ERROR_INTERNAL = 8     /* a bug of ours; please report it */
};

/** typedef sandbox_error - one failure; opaque, immutable */
typedef struct sandbox_error sandbox_error;

/**
 * sandbox_error_kind() - what the caller can do about it
 * @error: the error, not NULL
 *
 * Return: a value of enum sandbox_error_kind.
 * Threads: any; an error never changes.
 */
SANDBOX_API int sandbox_error_kind(const sandbox_error *error);

/**
 * sandbox_error_errno() - the errno behind it
 * @error: the error, not NULL
 *
 * Return: a positive errno, the one whose negative the failed call returned.
 * Threads: any.
 */
SANDBOX_API int sandbox_error_errno(const sandbox_error *error);

/**
 * sandbox_error_step() - the step of the set-up that failed
 * @error: the error, not NULL
 *
 * Return: a stable phrase such as "mount", or "" where no step is concerned;
 * borrowed, lives as long as @error.
 * Threads: any.
 */
SANDBOX_API const char *sandbox_error_step(const sandbox_error *error);

/**
 * sandbox_error_subject() - what the step was about
 * @error: the error, not NULL
 *
 * Return: a path, or a field of the spec such as "mounts[2].target", or "";
 * borrowed, lives as long as @error.
 * Threads: any.
 */
SANDBOX_API const char *sandbox_error_subject(const sandbox_error *error);

/**
 * sandbox_error_message() - the whole failure in words
 * @error: the error, not NULL
 *
 * One line that names the subject, the value and the rule.  The findings of a
 * spec that breaks several rules are lines of their own.
 *
 * Return: the text, without a line feed at its end; borrowed, lives as long
 * as @error.
 * Threads: any.
 */
SANDBOX_API const char *sandbox_error_message(const sandbox_error *error);

/**
 * sandbox_error_free() - release an error
 * @error: the error, or NULL
 *
 * Threads: any, once per error.
 */
SANDBOX_API void sandbox_error_free(sandbox_error *error);

#ifdef __cplusplus
}
#endif

#endif
