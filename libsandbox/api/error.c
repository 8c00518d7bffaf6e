/* SPDX-License-Identifier: Apache-2.0 */
/* sandbox_error: the public face of struct err. */
#include "api/handles.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* Saying that there is no memory takes none. */
static sandbox_error out_of_memory = {
	.err = { .kind = SANDBOX_ERROR_RESOURCE,
		 .sys = ENOMEM,
		 .text = "out of memory" },
};

int api_fail(int r, const struct err *err, sandbox_error **ret)
{
	sandbox_error *error = NULL;

	if (ret == NULL) {
		return r;
	}
	if (r != -ENOMEM) {
		error = malloc(sizeof(*error));
	}
	if (error == NULL) {
		*ret = &out_of_memory;
		return r;
	}
	error->err = *err;
	*ret = error;
	return r;
}

int api_null(const char *argument, sandbox_error **ret)
{
	struct err err = ERR_INIT;

	err_at(&err, SANDBOX_ERROR_STATE, EINVAL, "", argument,
	       "%s is NULL or out of range", argument);
	return api_fail(-EINVAL, &err, ret);
}

int api_forked(sandbox_error **ret)
{
	struct err err = ERR_INIT;

	err_set(&err, SANDBOX_ERROR_STATE, EPERM,
		"this process is a fork of the one that opened the engine");
	return api_fail(-EPERM, &err, ret);
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
	if (error != &out_of_memory) {
		free(error);
	}
}
