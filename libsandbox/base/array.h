/* SPDX-License-Identifier: Apache-2.0 */
/* Sizes of fixed arrays.  Nothing that allocates belongs here. */
#ifndef SANDBOX_BASE_ARRAY_H
#define SANDBOX_BASE_ARRAY_H

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#endif
