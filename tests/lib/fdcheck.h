/* SPDX-License-Identifier: Apache-2.0 */
/* Which descriptors a process has, to compare later: finds what leaked. */
#ifndef SANDBOX_TESTS_LIB_FDCHECK_H
#define SANDBOX_TESTS_LIB_FDCHECK_H

struct fd_table;

/* Ends the test when there is no memory. */
struct fd_table *fd_table_take(void);

/* Frees @before; ends the test unless the descriptors are still the same. */
void fd_table_check(struct fd_table *before);

#endif
