/* SPDX-License-Identifier: Apache-2.0 */
/* What a command line may rely on when command-host runs it. */
#ifndef BENCH_COMMAND_HOST_H
#define BENCH_COMMAND_HOST_H

/* Where a launched program finds the filter. */
#define FILTER_FD      9
#define FILTER_FD_TEXT "9"

#endif
