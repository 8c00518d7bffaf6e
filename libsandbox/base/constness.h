/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For interfaces that lack a const they would keep: who receives the pointer
 * only reads.  Say at each use why that is so.
 */
#ifndef SANDBOX_BASE_CONSTNESS_H
#define SANDBOX_BASE_CONSTNESS_H

static inline void *without_const(const void *pointer)
{
	union {
		const void *given;
		void *wanted;
	} either = { pointer };

	return either.wanted;
}

#endif
