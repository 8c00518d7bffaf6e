/* SPDX-License-Identifier: Apache-2.0 */
/* The subset of classic BPF that seccomp filters of ours and libseccomp use. */
#include "simulator.h"

#include "lib/tap.h"

#include <stdbool.h>
#include <string.h>

static bool is_conditional(unsigned short code)
{
	switch (code) {
	case BPF_JMP | BPF_JEQ | BPF_K:
	case BPF_JMP | BPF_JGT | BPF_K:
	case BPF_JMP | BPF_JGE | BPF_K:
	case BPF_JMP | BPF_JSET | BPF_K:
		return true;
	default:
		return false;
	}
}

/* Marks where the instruction at @i can go on. */
static const char *follow(const struct filter *filter, unsigned int i,
			  bool *reached)
{
	const struct sock_filter *at = &filter->instructions[i];
	unsigned int left = filter->length - i - 1U;

	if (is_conditional(at->code)) {
		if (at->jt >= left || at->jf >= left) {
			return "a conditional jump leaves the program";
		}
		reached[i + 1 + at->jt] = true;
		reached[i + 1 + at->jf] = true;
		return NULL;
	}
	switch (at->code) {
	case BPF_RET | BPF_K:
		return NULL;
	case BPF_JMP | BPF_JA:
		if (at->k >= left) {
			return "a jump leaves the program";
		}
		reached[i + 1 + at->k] = true;
		return NULL;
	case BPF_LD | BPF_W | BPF_ABS:
		if (at->k % 4 != 0 || at->k >= sizeof(struct seccomp_data)) {
			return "a load from outside of the data";
		}
		break;
	case BPF_ALU | BPF_AND | BPF_K:
		break;
	default:
		return "an instruction that is not expected";
	}
	if (left == 0) {
		return "the program ends without a return";
	}
	reached[i + 1] = true;
	return NULL;
}

const char *simulator_fault(const struct filter *filter)
{
	bool reached[FILTER_LENGTH_MAX] = { true };

	if (filter->length == 0 || filter->length > FILTER_LENGTH_MAX) {
		return "the length is out of range";
	}
	/* Jumps only go forward, so one pass sees every way to a place. */
	for (unsigned int i = 0; i < filter->length; i++) {
		const char *fault = NULL;

		if (!reached[i]) {
			return "an instruction is never reached";
		}
		fault = follow(filter, i, reached);
		if (fault != NULL) {
			return fault;
		}
	}
	return NULL;
}

static bool holds(const struct sock_filter *at, uint32_t accumulator)
{
	switch (BPF_OP(at->code)) {
	case BPF_JEQ:
		return accumulator == at->k;
	case BPF_JGT:
		return accumulator > at->k;
	case BPF_JGE:
		return accumulator >= at->k;
	default:
		return (accumulator & at->k) != 0;
	}
}

static uint32_t load(const struct seccomp_data *data, uint32_t offset)
{
	uint32_t word = 0;

	if (offset > sizeof(*data) - sizeof(word)) {
		FAIL("a load at offset %u", offset);
	}
	memcpy(&word, (const char *)data + offset, sizeof(word));
	return word;
}

struct simulator_end simulator_run(const struct filter *filter,
				   const struct seccomp_data *data)
{
	uint32_t accumulator = 0;
	unsigned int steps = 0;

	for (size_t i = 0; i < filter->length; i++) {
		const struct sock_filter *at = &filter->instructions[i];

		steps++;
		switch (at->code) {
		case BPF_RET | BPF_K:
			return (struct simulator_end){ at->k, steps };
		case BPF_LD | BPF_W | BPF_ABS:
			accumulator = load(data, at->k);
			break;
		case BPF_ALU | BPF_AND | BPF_K:
			accumulator &= at->k;
			break;
		case BPF_JMP | BPF_JA:
			i += at->k;
			break;
		default:
			if (!is_conditional(at->code)) {
				FAIL("instruction 0x%x", at->code);
			}
			i += holds(at, accumulator) ? at->jt : at->jf;
			break;
		}
	}
	FAIL("the program of %u instructions has no end", filter->length);
}
