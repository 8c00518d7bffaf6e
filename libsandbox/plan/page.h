/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text that grows.  The first failure sticks and is reported by page_finish(),
 * so that writing a page is one statement after another.
 */
#ifndef SANDBOX_PLAN_PAGE_H
#define SANDBOX_PLAN_PAGE_H

#include <stddef.h>

struct page {
	char *text;
	size_t length;
	size_t capacity;
	int failure; /* 0 or -ENOMEM */
};

#define PAGE_INIT \
	{         \
		0 \
	}

__attribute__((format(printf, 2, 3))) void page_print(struct page *page,
						      const char *format, ...);

/*
 * A value of the caller's between double quotes: whatever it holds, it stays
 * on its line and cannot pass for another.
 */
void page_quote(struct page *page, const char *value);

/* *ret is the whole text, to free(); -ENOMEM. */
int page_finish(struct page *page, char **ret);

void page_done(struct page *page);

#endif
