/* SPDX-License-Identifier: Apache-2.0 */
/* Words complaints; see complaint.h. */
#include "complaint.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

int complain(struct complaint *complaint, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(complaint->text, sizeof(complaint->text), format,
			arguments);
	va_end(arguments);
	return -EINVAL;
}

int complain_memory(struct complaint *complaint)
{
	(void)complain(complaint, "out of memory");
	return -ENOMEM;
}
