/* SPDX-License-Identifier: Apache-2.0 */
/**
 * DOC: sandbox.h - start, watch and end sandboxes
 *
 * Parse a specification (spec.h), open an engine, start a sandbox, wait for
 * its result (result.h).  Read this header first.
 *
 * Manners.  The library never prints, exits, installs a signal handler, or
 * changes the working directory, umask, environment or signal mask of its
 * host.  It has no global state.  An engine has one child process, its
 * launcher, whatever the number of sandboxes; the host need not reap it, and
 * a host that waits for any child does not disturb it.  Every descriptor is
 * made close-on-exec.
 *
 * Threads.  Different objects may be used by different threads at once.  One
 * engine may be used by any number of threads.  One sandbox belongs to one
 * thread at a time, but for sandbox_signal(), sandbox_stop() and sandbox_fd(),
 * which may be called while another thread is in sandbox_wait().
 *
 * Fork.  A process that was forked from the host may not use the objects it
 * inherited: every call that would reach a sandbox or a launcher fails with
 * -EPERM, and freeing them releases memory and descriptors only and leaves the
 * sandboxes of the parent alone.
 */
#ifndef SANDBOX_SANDBOX_H
#define SANDBOX_SANDBOX_H

#include <sandbox/error.h>
#include <sandbox/result.h>
#include <sandbox/spec.h>
#include <sandbox/version.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** typedef sandbox_engine - a place where sandboxes run; opaque */
typedef struct sandbox_engine sandbox_engine;

/** typedef sandbox - one sandbox, starting, running or ended; opaque */
typedef struct sandbox sandbox;

/** enum sandbox_log_level - how much a log record matters */
enum sandbox_log_level {
	SANDBOX_LOG_ERROR = 1,
	SANDBOX_LOG_WARNING = 2,
	SANDBOX_LOG_INFO = 3,
	SANDBOX_LOG_DEBUG = 4
};

/**
 * typedef sandbox_log_function - receives the log records of an engine
 * @userdata: as given to sandbox_engine_set_log()
 * @level:    a value of enum sandbox_log_level
 * @message:  one line without a line feed; valid during the call only
 *
 * Called from whichever thread uses the engine, never while a lock is held.
 * May not call back into the same engine.
 */
typedef void (*sandbox_log_function)(void *userdata, int level,
				     const char *message);

/**
 * sandbox_engine_open() - open a place where sandboxes run
 * @address: NULL, "" or "local:" for an engine in this process with the run
 *           directory of this user (/run/libsandbox for root,
 *           $XDG_RUNTIME_DIR/libsandbox for others); "local:/PATH" for one
 *           with the run directory /PATH.  Copied.  Engines that share a run
 *           directory never lease the same ids; use one for all.
 * @ret:     (out, owned) the engine; untouched on failure
 * @err:     (out, optional, owned) the reason on failure
 *
 * Starts the launcher, the engine's only child.  Root and other users get the
 * same engine; what an ordinary user's can do depends on the user namespaces
 * and subordinate ids the host grants (see sandbox_probe()).
 *
 * Return: 0, or a negative errno.
 * Errors: -EINVAL @address has another form; -EPERM, -ENOSPC or -EUSERS user
 *         namespaces are refused; -EMFILE, -ENOMEM, -EAGAIN no descriptor,
 *         memory or process left; others with their step in @err.
 * Threads: any.  Blocks until the launcher is ready, a few milliseconds.
 */
SANDBOX_API int sandbox_engine_open(const char *address, sandbox_engine **ret,
				    sandbox_error **err);

/**
 * sandbox_engine_close() - end an engine
 * @engine: the engine, or NULL
 *
 * The launcher ends.  Sandboxes that still run are not ended by this; each
 * ends with its own handle.
 *
 * Threads: once, when no other call on @engine is under way.
 */
SANDBOX_API void sandbox_engine_close(sandbox_engine *engine);

/**
 * sandbox_engine_fd() - a descriptor that tells of the engine's health
 * @engine: the engine, not NULL
 *
 * Becomes readable (POLLIN or POLLHUP) when the launcher has died.  The next
 * sandbox_start() starts another; the descriptor then changes.
 *
 * Return: a descriptor, borrowed, or -EPERM in a forked child.
 * Threads: any.
 */
SANDBOX_API int sandbox_engine_fd(const sandbox_engine *engine);

/**
 * sandbox_engine_set_log() - receive the engine's log records
 * @engine:   the engine, not NULL
 * @level:    the least important level to receive, of enum sandbox_log_level
 * @function: the receiver, or NULL for none, which is the default
 * @userdata: handed to @function; not touched
 *
 * Threads: before the engine is used by another thread.
 */
SANDBOX_API void sandbox_engine_set_log(sandbox_engine *engine, int level,
					sandbox_log_function function,
					void *userdata);

/**
 * sandbox_start() - start a sandbox
 * @engine: where it runs, not NULL
 * @spec:   what it is, not NULL; may be used for any number of sandboxes, by
 *          any number of threads, and freed as soon as the call returns
 * @fds:    descriptors that @spec refers to by index + 1; borrowed
 * @n_fds:  how many they are, at most 64
 * @ret:    (out, owned) the sandbox; untouched on failure
 * @err:    (out, optional, owned) the step, subject and reason on failure
 *
 * Returns when the program has been executed, so a failure of any step, down
 * to a missing program, is the failure of this call, and then nothing of the
 * sandbox is left.
 *
 * Return: 0, or a negative errno.
 * Errors: any errno of the step that failed; -EINVAL a NULL argument; -EBADF a
 *         descriptor index without a descriptor; -ETIMEDOUT no answer within a
 *         minute, as from a file system that hangs, and then what was begun is
 *         killed and ends when that lets it; -EPERM in a forked child.
 * Threads: any.  Blocks for the length of the launch, about a millisecond.
 */
SANDBOX_API int sandbox_start(sandbox_engine *engine, const sandbox_spec *spec,
			      const int *fds, size_t n_fds, sandbox **ret,
			      sandbox_error **err);

/**
 * sandbox_id() - the sandbox's name
 * @sb: the sandbox, not NULL
 *
 * Return: the id of its specification, or a generated one; borrowed, lives as
 * long as @sb.
 * Threads: any.
 */
SANDBOX_API const char *sandbox_id(const sandbox *sb);

/**
 * sandbox_fd() - a descriptor to poll
 * @sb: the sandbox, not NULL
 *
 * Readable means that sandbox_wait() has something to do and may have a
 * result: call it with a timeout of 0.
 *
 * Return: a descriptor, borrowed, lives as long as @sb; -EPERM in a forked
 * child.
 * Threads: any.
 */
SANDBOX_API int sandbox_fd(const sandbox *sb);

/**
 * sandbox_pid() - the main process as the host sees it
 * @sb: the sandbox, not NULL
 *
 * For display and for reading /proc; to signal it use sandbox_signal(), which
 * cannot hit a stranger.
 *
 * Return: a process id in the pid namespace of the host process, or 0 where
 * the kernel cannot tell it.
 * Threads: any.
 */
SANDBOX_API int sandbox_pid(const sandbox *sb);

/**
 * sandbox_wait() - wait for the end
 * @sb:         the sandbox
 * @timeout_ms: milliseconds; negative waits without limit, 0 only looks
 * @ret:        (out, owned) the result; untouched on failure.  May be NULL.
 *              May be asked for more than once.
 * @err:        (out, optional, owned) the reason on failure
 *
 * When it succeeds every process of the program has been reaped, and the
 * sandbox's ids are free again.  Its init, which has nothing left to do, may be
 * seen leaving for some hundred microseconds more.
 *
 * Return: 0, or a negative errno.
 * Errors: -ETIMEDOUT it still runs; -EINTR a signal handler ran; -EINVAL @sb
 *         is NULL; -EPERM in a forked child; -ENOMEM.
 * Threads: one at a time per sandbox.  Blocks as said.
 */
SANDBOX_API int sandbox_wait(sandbox *sb, int timeout_ms, sandbox_result **ret,
			     sandbox_error **err);

/**
 * sandbox_signal() - send a signal to the main process
 * @sb:     the sandbox
 * @signum: the signal, 1 to 64
 * @err:    (out, optional, owned) the reason on failure
 *
 * Return: 0, or a negative errno.
 * Errors: -EINVAL @sb is NULL or @signum out of range; -ESRCH it has ended;
 *         -EPERM in a forked child.
 * Threads: any.
 */
SANDBOX_API int sandbox_signal(sandbox *sb, int signum, sandbox_error **err);

/**
 * sandbox_stop() - end a running sandbox, gently and then by force
 * @sb:        the sandbox
 * @grace_ms:  milliseconds between SIGTERM and SIGKILL; 0 kills at once
 * @err:       (out, optional, owned) the reason on failure
 *
 * Asks for the ending and does not wait for it: the sandbox itself signals
 * its main process, waits up to @grace_ms, then kills every process in it.
 * Use sandbox_wait() to learn when that is done.  A second call may shorten
 * the grace, never lengthen it.  Stopping a sandbox that has ended succeeds.
 *
 * Return: 0, or a negative errno.
 * Errors: -EINVAL @sb is NULL; -EPERM in a forked child.
 * Threads: any.
 */
SANDBOX_API int sandbox_stop(sandbox *sb, uint32_t grace_ms,
			     sandbox_error **err);

/**
 * sandbox_free() - release a sandbox
 * @sb: the sandbox, or NULL
 *
 * One that still runs is killed, without waiting for its last process to go.
 *
 * Threads: once, when no other call on @sb is under way.
 */
SANDBOX_API void sandbox_free(sandbox *sb);

/**
 * sandbox_explain() - what a specification would do, in readable text
 * @engine: where it would run, or NULL for an engine as
 *          sandbox_engine_open("") would give, which is then not started
 * @spec:   the specification
 * @ret:    (out, owned) stable text of several lines; release with
 *          sandbox_string_free(); untouched on failure
 * @err:    (out, optional, owned) the reason on failure
 *
 * Builds the plan and prints it; starts nothing and changes nothing.
 *
 * Return: 0, or a negative errno.
 * Errors: -EINVAL a NULL argument; -ENOMEM; those of a plan that cannot be
 *         built here, as sandbox_start() would report them.
 * Threads: any.
 */
SANDBOX_API int sandbox_explain(sandbox_engine *engine,
				const sandbox_spec *spec, char **ret,
				sandbox_error **err);

/** enum sandbox_filter_form - how sandbox_filter() tells a filter */
enum sandbox_filter_form {
	SANDBOX_FILTER_CALLS = 1,   /* a line for each call, in its order */
	SANDBOX_FILTER_LISTING = 2, /* a line for each instruction */
	SANDBOX_FILTER_BYTES = 3    /* the kernel's struct sock_filter */
};

/**
 * sandbox_filter() - the system-call filter of a specification
 * @spec: the specification
 * @arch: "x86_64" or "aarch64"; NULL for that of this build
 * @form: a value of enum sandbox_filter_form
 * @ret:  (out, owned) the filter, with a NUL behind it; release with
 *        sandbox_string_free(); untouched on failure
 * @size: (out, optional) its length in bytes without that NUL
 * @err:  (out, optional, owned) the reason on failure
 *
 * The filter is that of an engine as sandbox_engine_open("") would give.  One
 * of the specification's own (security.seccomp.bpf) is told by the listing
 * alone.  Without any filter the text is empty.
 *
 * Return: 0, or a negative errno.
 * Errors: as for sandbox_explain(); -EINVAL an unknown @arch or @form.
 * Threads: any.
 */
SANDBOX_API int sandbox_filter(const sandbox_spec *spec, const char *arch,
			       int form, char **ret, size_t *size,
			       sandbox_error **err);

/**
 * sandbox_filter_answer() - what a filter does with one call
 * @spec: the specification
 * @arch: as for sandbox_filter()
 * @call: the name or number of the call and its arguments, which are 0 where
 *        they are not given: "openat,-100,0x7f00,2"
 * @ret:  (out, owned) what becomes of it, in words: "allow", "refuse with
 *        EPERM"; release with sandbox_string_free(); untouched on failure
 * @err:  (out, optional, owned) the reason on failure
 *
 * A filter of the specification's own (security.seccomp.bpf) is not asked; the
 * text then says so.
 *
 * Return: 0, or a negative errno.
 * Errors: as for sandbox_filter(); -EINVAL @call cannot be read, or @arch has
 *         no such call.
 * Threads: any.
 */
SANDBOX_API int sandbox_filter_answer(const sandbox_spec *spec,
				      const char *arch, const char *call,
				      char **ret, sandbox_error **err);

/**
 * sandbox_probe() - what this host can enforce
 * @address: as for sandbox_engine_open()
 * @ret:     (out, owned) JSON: {"features": [{"feature", "state", "detail",
 *           "remedy"}, ...]}, where state is "available" or "unavailable";
 *           release with sandbox_string_free(); untouched on failure
 * @err:     (out, optional, owned) the reason on failure
 *
 * Finds out by trial in short-lived processes, not by versions.
 *
 * Return: 0, or a negative errno.
 * Errors: -ENOMEM, -EAGAIN, -EMFILE.  A feature that is missing is no error.
 * Threads: any.  Blocks for some tens of milliseconds.
 */
SANDBOX_API int sandbox_probe(const char *address, char **ret,
			      sandbox_error **err);

/**
 * sandbox_string_free() - release a string that a function above returned
 * @string: the string, or NULL
 *
 * Threads: any.
 */
SANDBOX_API void sandbox_string_free(char *string);

#ifdef __cplusplus
}
#endif

#endif
