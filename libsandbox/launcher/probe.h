/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the files of the probe. */
#ifndef SANDBOX_LAUNCHER_PROBE_H
#define SANDBOX_LAUNCHER_PROBE_H

#include "launcher/launcher.h"

/*
 * Tries one thing in a process of its own, which may leave itself in any
 * state.  0, or -errno.
 */
int probe_try(enum probe_item item, const struct launcher_setup *setup);

#endif
