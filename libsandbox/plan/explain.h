/* SPDX-License-Identifier: Apache-2.0 */
/* The sections of an explanation; explain.c has their order. */
#ifndef SANDBOX_PLAN_EXPLAIN_H
#define SANDBOX_PLAN_EXPLAIN_H

#include "base/err.h"
#include "plan/facts.h"
#include "plan/page.h"
#include "plan/plan.h"

/* Each returns 0 or a negative errno with @err set. */

/* explain_identity.c */
int explain_identity(struct page *page, const struct plan *plan,
		     const struct plan_facts *facts, struct err *err);
int explain_namespaces(struct page *page, const struct plan *plan,
		       const struct plan_facts *facts, struct err *err);

/* explain_tree.c */
int explain_tree(struct page *page, const struct plan *plan,
		 const struct plan_facts *facts, struct err *err);
int explain_hidden(struct page *page, const struct plan *plan,
		   const struct plan_facts *facts, struct err *err);

/* explain_privileges.c */
int explain_privileges(struct page *page, const struct plan *plan,
		       const struct plan_facts *facts, struct err *err);
int explain_filter(struct page *page, const struct plan *plan,
		   const struct plan_facts *facts, struct err *err);

/* explain_process.c */
int explain_process(struct page *page, const struct plan *plan,
		    const struct plan_facts *facts, struct err *err);
int explain_limits(struct page *page, const struct plan *plan,
		   const struct plan_facts *facts, struct err *err);

/* A line "  NAME  VALUE" begins; the value and the line feed follow. */
static inline void explain_name(struct page *page, const char *name)
{
	page_print(page, "  %-18s ", name);
}

/* explain_attributes.c: a part of the process. */
void explain_attributes(struct page *page, const struct plan *plan);

/* explain_sysctls.c: a part of the namespaces. */
void explain_sysctls(struct page *page, const struct plan *plan);

/* explain_cgroup.c: a part of the limits. */
void explain_cgroup(struct page *page, const struct plan *plan,
		    const struct plan_facts *facts);

/* explain_security.c: a part of the privileges. */
void explain_security(struct page *page, const struct plan *plan);

#endif
