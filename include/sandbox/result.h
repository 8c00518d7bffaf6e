/* SPDX-License-Identifier: Apache-2.0 */
/**
 * DOC: result.h - how a sandbox ended, and what was enforced
 *
 * The certificate of a sandbox: the message sandbox.v1.Result, with getters
 * for what most callers ask.
 */
#ifndef SANDBOX_RESULT_H
#define SANDBOX_RESULT_H

#include <sandbox/error.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** enum sandbox_ending - why a sandbox ended; as enum sandbox.v1.Ending */
enum sandbox_ending {
	SANDBOX_ENDING_UNSPECIFIED = 0,
	SANDBOX_ENDING_EXITED = 1,
	SANDBOX_ENDING_SIGNALED = 2,
	SANDBOX_ENDING_OUT_OF_MEMORY = 3,
	SANDBOX_ENDING_WALL_TIME = 4,
	SANDBOX_ENDING_CPU_TIME = 5,
	SANDBOX_ENDING_OUTPUT_LIMIT = 6,
	SANDBOX_ENDING_IDLE = 7,
	SANDBOX_ENDING_PIDS_LIMIT = 8,
	SANDBOX_ENDING_SYSCALL_REFUSED = 9,
	SANDBOX_ENDING_STOPPED = 10,
	SANDBOX_ENDING_CONTROLLER_LOST = 11,
	SANDBOX_ENDING_SETUP_FAILED = 12,
	SANDBOX_ENDING_INIT_LOST = 13
};

/** typedef sandbox_result - the certificate; opaque, immutable */
typedef struct sandbox_result sandbox_result;

/**
 * sandbox_result_ending() - why the sandbox ended
 * @result: the result, not NULL
 *
 * Return: a value of enum sandbox_ending.
 * Threads: any; a result never changes.
 */
SANDBOX_API int sandbox_result_ending(const sandbox_result *result);

/**
 * sandbox_result_exit_code() - the exit code of the main process
 * @result: the result, not NULL
 *
 * Return: 0 to 255; meaningful when the ending is SANDBOX_ENDING_EXITED.
 * Threads: any.
 */
SANDBOX_API int sandbox_result_exit_code(const sandbox_result *result);

/**
 * sandbox_result_signal() - the signal that ended the main process
 * @result: the result, not NULL
 *
 * Return: a signal number, or 0 where no signal ended it.
 * Threads: any.
 */
SANDBOX_API int sandbox_result_signal(const sandbox_result *result);

/**
 * sandbox_result_wall_us() - how long the sandbox lived
 * @result: the result, not NULL
 *
 * Return: microseconds of CLOCK_MONOTONIC from the launch request to the
 * report of the ending.
 * Threads: any.
 */
SANDBOX_API uint64_t sandbox_result_wall_us(const sandbox_result *result);

/**
 * sandbox_result_json() - the whole certificate as proto3 JSON
 * @result: the result, not NULL
 *
 * The message sandbox.v1.Result with zero values printed.
 *
 * Return: the text, borrowed, lives as long as @result; NULL when there is no
 * memory for it.
 * Threads: any.
 */
SANDBOX_API const char *sandbox_result_json(const sandbox_result *result);

/**
 * sandbox_result_bytes() - the whole certificate as protobuf wire bytes
 * @result: the result, not NULL
 * @size:   (out) the number of bytes
 *
 * Return: the serialized sandbox.v1.Result, borrowed, lives as long as
 * @result; NULL when there is no memory for it.
 * Threads: any.
 */
SANDBOX_API const void *sandbox_result_bytes(const sandbox_result *result,
					     size_t *size);

/**
 * sandbox_result_free() - release a result
 * @result: the result, or NULL
 *
 * Threads: any, once per result.
 */
SANDBOX_API void sandbox_result_free(sandbox_result *result);

#ifdef __cplusplus
}
#endif

#endif
