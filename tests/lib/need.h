/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a test needs of its host.  NEED(userns) skips the test, with the
 * reason, where the host has none.  The features that SANDBOX_TESTS_NEED names
 * (userns,landlock,...) fail the test instead: a machine that is known to
 * have them cannot pass by skipping.
 */
#ifndef SANDBOX_TESTS_LIB_NEED_H
#define SANDBOX_TESTS_LIB_NEED_H

#include "lib/tap.h"

/* A word of the table in need.c; another word fails the test. */
#define NEED(feature) need_feature(TAP_HERE, #feature)

void need_feature(struct tap_place place, const char *feature);

#endif
