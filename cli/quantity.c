/* SPDX-License-Identifier: Apache-2.0 */
/* Reads numbers with units; see quantity.h. */
#include "quantity.h"

#include "cleanup.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct unit {
	const char *name;
	uint64_t factor;
};

static const struct unit sizes[] = {
	{ "", 1 },
	{ "K", (uint64_t)1 << 10 },
	{ "M", (uint64_t)1 << 20 },
	{ "G", (uint64_t)1 << 30 },
	{ "T", (uint64_t)1 << 40 },
};

static const struct unit durations[] = {
	{ "ms", 1 },
	{ "s", 1000 },
	{ "m", 60000 },
	{ "h", 3600000 },
};

/* The digits that @text begins with; NULL when there are none or too many. */
static const char *read_digits(const char *text, unsigned int base,
			       uint64_t *ret)
{
	const char *at = text;

	*ret = 0;
	while (*at >= '0' && (unsigned int)(*at - '0') < base) {
		uint64_t digit = (uint64_t)(*at - '0');

		if (__builtin_mul_overflow(*ret, base, ret) ||
		    __builtin_add_overflow(*ret, digit, ret)) {
			return NULL;
		}
		at++;
	}
	return at == text ? NULL : at;
}

static const struct unit *find_unit(const struct unit *units, size_t count,
				    const char *name)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(units[i].name, name) == 0) {
			return &units[i];
		}
	}
	return NULL;
}

int quantity_count(const char *text, uint64_t *ret, struct complaint *complaint)
{
	const char *end = read_digits(text, 10, ret);

	if (end == NULL || *end != '\0' || *ret == 0) {
		return complain(complaint,
				"\"%.200s\" is not a number from 1 up", text);
	}
	return 0;
}

int quantity_milli(const char *text, uint64_t *ret, struct complaint *complaint)
{
	uint64_t part = 0;
	const char *end = read_digits(text, 10, ret);
	bool good = end != NULL && !__builtin_mul_overflow(*ret, 1000, ret);

	if (good && *end == '.') {
		const char *digits = end + 1;

		end = read_digits(digits, 10, &part);
		good = end != NULL && end - digits <= 3;
		for (ptrdiff_t n = good ? end - digits : 3; n < 3; n++) {
			part *= 10;
		}
		good = good && !__builtin_add_overflow(*ret, part, ret);
	}
	if (!good || *end != '\0' || *ret == 0) {
		return complain(complaint,
				"\"%.200s\" is not a number above 0 with at"
				" most three digits behind the point",
				text);
	}
	return 0;
}

int quantity_size(const char *text, uint64_t *ret, struct complaint *complaint)
{
	const char *end = read_digits(text, 10, ret);
	const struct unit *unit =
		end == NULL ? NULL : find_unit(sizes, ARRAY_SIZE(sizes), end);

	if (unit == NULL || __builtin_mul_overflow(*ret, unit->factor, ret)) {
		return complain(complaint,
				"\"%.200s\" is not a number, which may end in "
				"K, M, G or T",
				text);
	}
	return 0;
}

int quantity_duration_ms(const char *text, uint64_t *ret,
			 struct complaint *complaint)
{
	const char *end = read_digits(text, 10, ret);
	const struct unit *unit =
		end == NULL ? NULL
			    : find_unit(durations, ARRAY_SIZE(durations), end);

	if (unit == NULL || *ret == 0 ||
	    __builtin_mul_overflow(*ret, unit->factor, ret)) {
		return complain(complaint,
				"\"%.200s\" is not a time from 1ms up in ms, "
				"s, m or h",
				text);
	}
	return 0;
}

int quantity_octal(const char *text, uint64_t most, uint64_t *ret,
		   struct complaint *complaint)
{
	const char *end = read_digits(text, 8, ret);

	if (end == NULL || *end != '\0' || *ret > most) {
		return complain(complaint,
				"\"%.200s\" is not an octal number up to %llo",
				text, (unsigned long long)most);
	}
	return 0;
}
