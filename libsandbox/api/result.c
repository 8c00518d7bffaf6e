/* SPDX-License-Identifier: Apache-2.0 */
/* sandbox_result: the certificate, field by field and whole. */
#include "api/handles.h"
#include "base/constness.h"

#include <stdlib.h>

int sandbox_result_ending(const sandbox_result *result)
{
	return (int)result->result->message.ending;
}

int sandbox_result_exit_code(const sandbox_result *result)
{
	return (int)result->result->message.exit_code;
}

int sandbox_result_signal(const sandbox_result *result)
{
	return (int)result->result->message.signal;
}

uint64_t sandbox_result_wall_us(const sandbox_result *result)
{
	return result->result->usage.wall_us;
}

/* Most callers ask for the ending alone. */
static int encode(const sandbox_result *const_result)
{
	sandbox_result *result = without_const(const_result);
	int r = 0;

	(void)pthread_mutex_lock(&result->lock);
	if (result->result->json == NULL) {
		r = result_encode(result->result);
	}
	(void)pthread_mutex_unlock(&result->lock);
	return r;
}

const char *sandbox_result_json(const sandbox_result *result)
{
	return encode(result) < 0 ? NULL : result->result->json;
}

const void *sandbox_result_bytes(const sandbox_result *result, size_t *size)
{
	if (encode(result) < 0) {
		return NULL;
	}
	*size = result->result->n_bytes;
	return result->result->bytes;
}

void sandbox_result_free(sandbox_result *result)
{
	if (result == NULL) {
		return;
	}
	(void)pthread_mutex_destroy(&result->lock);
	result_free(result->result);
	free(result);
}
