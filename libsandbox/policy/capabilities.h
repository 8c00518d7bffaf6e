/* SPDX-License-Identifier: Apache-2.0 */
/* Capabilities by the names that libcap gives them. */
#ifndef SANDBOX_POLICY_CAPABILITIES_H
#define SANDBOX_POLICY_CAPABILITIES_H

/* Through Linux 6.18: 0 to 40. */
#define CAPABILITY_COUNT 41

/* The number of "net_raw", "CAP_NET_RAW" and the like; -EINVAL for others. */
int capability_parse(const char *name);

/* "cap_net_raw", NULL for a number without a name. */
const char *capability_name(int number);

#endif
