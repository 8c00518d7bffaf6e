/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers on the command line, with and without units. */
#ifndef SANDBOX_CLI_QUANTITY_H
#define SANDBOX_CLI_QUANTITY_H

#include "complaint.h"

#include <stdint.h>

/* 1 or more; 0 would stand for the default, which nobody means by it. */
int quantity_count(const char *text, uint64_t *ret,
		   struct complaint *complaint);

/* "10", "64K", "2M", "1G", "1T": bytes, the letters in powers of 1024. */
int quantity_size(const char *text, uint64_t *ret, struct complaint *complaint);

/* "2", "0.5", "1.25": thousandths, at most three digits behind the point. */
int quantity_milli(const char *text, uint64_t *ret,
		   struct complaint *complaint);

/* "500ms", "5s", "2m", "1h"; more than 0. */
int quantity_duration_ms(const char *text, uint64_t *ret,
			 struct complaint *complaint);

/* Up to four octal digits. */
int quantity_octal(const char *text, uint64_t most, uint64_t *ret,
		   struct complaint *complaint);

#endif
