/* SPDX-License-Identifier: Apache-2.0 */
/* Part of plan.h: where the ids of a sandbox come from, and why from there. */
#ifndef SANDBOX_PLAN_IDENTITY_KIND_H
#define SANDBOX_PLAN_IDENTITY_KIND_H

/* How the ids of the sandbox come about; decided in identity.c. */
enum plan_identity {
	PLAN_IDENTITY_SINGLE = 0,   /* the caller's own id, and no other */
	PLAN_IDENTITY_RANGE = 1,    /* an exclusive leased range */
	PLAN_IDENTITY_EXPLICIT = 2, /* maps of the spec's, and one for init */
};

/* Why it is that one, for people and for the effective state. */
enum plan_identity_reason {
	PLAN_REASON_ASKED = 0,      /* the spec says so */
	PLAN_REASON_RANGE_FREE = 1, /* AUTO, and a range can be had */
	PLAN_REASON_NO_RANGE = 2,   /* none can, and the spec allows that */
	PLAN_REASON_WRITES_CALLERS_FILES = 3, /* AUTO, without id-mapped mounts:
						 only the caller's own id may
						 write what is the caller's */
	PLAN_REASON_RANGE_SMALLER = 4, /* asked, preferred, and less given */
	PLAN_REASON_NO_MAPS = 5, /* asked, preferred, and as AUTO instead */
};

#endif
