/* SPDX-License-Identifier: Apache-2.0 */
/* The functions of the public headers, without sandboxes. */
#include "fake_sandbox.h"

#include "base/err.h"
#include "spec/spec.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct fake fake;

struct sandbox_spec {
	struct spec *spec;
};

struct sandbox_error {
	struct err err;
};

struct sandbox_engine {
	int number;
};

struct sandbox {
	int fd; /* readable once it has ended */
};

struct sandbox_result {
	int number;
};

static void *make(size_t size)
{
	void *object = calloc(1, size);

	if (object == NULL) {
		abort();
	}
	fake.alive++;
	return object;
}

static void release(void *object)
{
	if (object != NULL) {
		fake.alive--;
		free(object);
	}
}

static int fail(const struct err *err, sandbox_error **ret)
{
	sandbox_error *error = make(sizeof(*error));

	error->err = *err;
	*ret = error;
	return -err->sys;
}

static int fail_as_told(const struct fake_error *told, sandbox_error **ret)
{
	struct err err = ERR_INIT;

	err_at(&err, (enum sandbox_error_kind)told->kind, told->sys,
	       told->step == NULL ? "" : told->step,
	       told->subject == NULL ? "" : told->subject, "%s", told->message);
	return fail(&err, ret);
}

static void remember(const void *data, size_t size, bool is_bytes)
{
	free(fake.document);
	fake.document = calloc(1, size + 1);
	if (fake.document == NULL) {
		abort();
	}
	memcpy(fake.document, data, size);
	fake.document_size = size;
	fake.document_is_bytes = is_bytes;
}

static int wrap(int r, struct spec *decoded, const struct err *err,
		sandbox_spec **ret, sandbox_error **ret_error)
{
	sandbox_spec *spec = NULL;

	if (r < 0) {
		return fail(err, ret_error);
	}
	spec = make(sizeof(*spec));
	spec->spec = decoded;
	*ret = spec;
	return 0;
}

int sandbox_spec_parse(const void *data, size_t size, sandbox_spec **ret,
		       sandbox_error **err)
{
	struct err reason = ERR_INIT;
	struct spec *spec = NULL;
	int r = spec_decode_bytes(data, size, &spec, &reason);

	remember(data, size, /* is_bytes= */ true);
	return wrap(r, spec, &reason, ret, err);
}

int sandbox_spec_parse_json(const char *text, size_t size, sandbox_spec **ret,
			    sandbox_error **err)
{
	struct err reason = ERR_INIT;
	struct spec *spec = NULL;
	int r = spec_decode_json(text, size, &spec, &reason);

	remember(text, size, /* is_bytes= */ false);
	return wrap(r, spec, &reason, ret, err);
}

void sandbox_spec_free(sandbox_spec *spec)
{
	if (spec != NULL) {
		spec_free(spec->spec);
	}
	release(spec);
}

int sandbox_error_kind(const sandbox_error *error)
{
	return (int)error->err.kind;
}

int sandbox_error_errno(const sandbox_error *error)
{
	return error->err.sys;
}

const char *sandbox_error_step(const sandbox_error *error)
{
	return error->err.step;
}

const char *sandbox_error_subject(const sandbox_error *error)
{
	return error->err.subject;
}

const char *sandbox_error_message(const sandbox_error *error)
{
	return error->err.text;
}

void sandbox_error_free(sandbox_error *error)
{
	release(error);
}

int sandbox_engine_open(const char *address, sandbox_engine **ret,
			sandbox_error **err)
{
	free(fake.address);
	fake.address = strdup(address == NULL ? "" : address);
	if (fake.open_error.kind != 0) {
		return fail_as_told(&fake.open_error, err);
	}
	*ret = make(sizeof(**ret));
	return 0;
}

void sandbox_engine_close(sandbox_engine *engine)
{
	release(engine);
}

static void end(const sandbox *sb)
{
	const uint64_t one = 1;

	if (write(sb->fd, &one, sizeof(one)) != sizeof(one)) {
		abort();
	}
}

int sandbox_start(sandbox_engine *engine, const sandbox_spec *spec,
		  const int *fds, size_t n_fds, sandbox **ret,
		  sandbox_error **err)
{
	sandbox *sb = NULL;

	(void)engine;
	(void)spec;
	(void)fds;
	(void)n_fds;
	fake.started++;
	if (fake.start_error.kind != 0) {
		return fail_as_told(&fake.start_error, err);
	}
	sb = make(sizeof(*sb));
	sb->fd = eventfd(0, EFD_CLOEXEC);
	for (size_t i = 0; fake.raise[i] != 0; i++) {
		(void)kill(getpid(), fake.raise[i]);
	}
	if (fake.raise[0] == 0) {
		end(sb);
	}
	*ret = sb;
	return 0;
}

const char *sandbox_id(const sandbox *sb)
{
	(void)sb;
	return "sb-fake";
}

int sandbox_fd(const sandbox *sb)
{
	return sb->fd;
}

int sandbox_wait(sandbox *sb, int timeout_ms, sandbox_result **ret,
		 sandbox_error **err)
{
	uint64_t count = 0;

	(void)timeout_ms;
	(void)err;
	if (read(sb->fd, &count, sizeof(count)) != sizeof(count)) {
		abort();
	}
	*ret = make(sizeof(**ret));
	return 0;
}

int sandbox_signal(sandbox *sb, int signum, sandbox_error **err)
{
	(void)err;
	if (fake.n_signals < FAKE_SIGNALS) {
		fake.signals[fake.n_signals++] = signum;
	}
	if (fake.raise_again > 0) {
		fake.raise_again--;
		(void)kill(getpid(), signum);
	}
	if (!fake.survives_signals) {
		end(sb);
	}
	return 0;
}

int sandbox_stop(sandbox *sb, uint32_t grace_ms, sandbox_error **err)
{
	(void)err;
	fake.stopped += grace_ms == 0 ? 1 : 100;
	end(sb);
	return 0;
}

void sandbox_free(sandbox *sb)
{
	if (sb != NULL) {
		(void)close(sb->fd);
	}
	release(sb);
}

int sandbox_result_ending(const sandbox_result *result)
{
	(void)result;
	return fake.ending;
}

int sandbox_result_exit_code(const sandbox_result *result)
{
	(void)result;
	return fake.exit_code;
}

int sandbox_result_signal(const sandbox_result *result)
{
	(void)result;
	return fake.signal;
}

const char *sandbox_result_json(const sandbox_result *result)
{
	(void)result;
	return fake.result_json;
}

void sandbox_result_free(sandbox_result *result)
{
	release(result);
}

int sandbox_explain(sandbox_engine *engine, const sandbox_spec *spec,
		    char **ret, sandbox_error **err)
{
	(void)engine;
	(void)spec;
	(void)err;
	*ret = strdup(fake.explanation);
	fake.alive++;
	return 0;
}

static void remember_arch(const char *arch)
{
	(void)snprintf(fake.filter_arch, sizeof(fake.filter_arch), "%s",
		       arch == NULL ? "" : arch);
}

int sandbox_filter(const sandbox_spec *spec, const char *arch, int form,
		   char **ret, size_t *size, sandbox_error **err)
{
	(void)spec;
	(void)err;
	remember_arch(arch);
	fake.filter_form = form;
	*ret = strdup(fake.filters[fake.filter_calls++ % 2]);
	if (size != NULL) {
		*size = strlen(*ret);
	}
	fake.alive++;
	return 0;
}

int sandbox_filter_answer(const sandbox_spec *spec, const char *arch,
			  const char *call, char **ret, sandbox_error **err)
{
	(void)spec;
	(void)err;
	remember_arch(arch);
	*ret = strdup(call);
	fake.alive++;
	return 0;
}

int sandbox_probe(const char *address, char **ret, sandbox_error **err)
{
	free(fake.address);
	fake.address = strdup(address == NULL ? "" : address);
	if (fake.probe_error.kind != 0) {
		return fail_as_told(&fake.probe_error, err);
	}
	*ret = strdup(fake.probe_json);
	fake.alive++;
	return 0;
}

void sandbox_string_free(char *string)
{
	release(string);
}

const char *sandbox_version(void)
{
	return "9.8.7";
}
