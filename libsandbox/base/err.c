/* SPDX-License-Identifier: Apache-2.0 */
/* Fills struct err; knows nothing of sandboxes, never allocates. */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void fill(struct err *err, enum sandbox_error_kind kind, int sys,
		 const char *step, const char *subject)
{
	err->kind = kind;
	err->sys = sys;
	(void)snprintf(err->step, sizeof(err->step), "%s", step);
	(void)snprintf(err->subject, sizeof(err->subject), "%s", subject);
}

int err_set(struct err *err, enum sandbox_error_kind kind, int sys,
	    const char *format, ...)
{
	va_list arguments;

	if (err == NULL) {
		return -sys;
	}
	fill(err, kind, sys, "", "");
	va_start(arguments, format);
	(void)vsnprintf(err->text, sizeof(err->text), format, arguments);
	va_end(arguments);
	return -sys;
}

int err_at(struct err *err, enum sandbox_error_kind kind, int sys,
	   const char *step, const char *subject, const char *format, ...)
{
	va_list arguments;

	if (err == NULL) {
		return -sys;
	}
	fill(err, kind, sys, step, subject);
	va_start(arguments, format);
	(void)vsnprintf(err->text, sizeof(err->text), format, arguments);
	va_end(arguments);
	return -sys;
}

enum sandbox_error_kind err_kind_of_errno(int sys)
{
	switch (sys) {
	case EPERM:
	case EACCES:
		return SANDBOX_ERROR_PERMISSION;
	case ENOMEM:
	case ENOSPC:
	case EMFILE:
	case ENFILE:
	case EAGAIN:
	case EDQUOT:
	case EUSERS:
		return SANDBOX_ERROR_RESOURCE;
	case ENOSYS:
	case EOPNOTSUPP:
		return SANDBOX_ERROR_UNSUPPORTED;
	default:
		return SANDBOX_ERROR_SETUP;
	}
}

const char *err_errno_name(int sys)
{
	const char *name = strerrorname_np(sys);

	return name == NULL ? "unknown errno" : name;
}

const char *err_errno_words(int sys)
{
	const char *words = strerrordesc_np(sys);

	return words == NULL ? "unknown error" : words;
}
