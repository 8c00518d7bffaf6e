/* SPDX-License-Identifier: Apache-2.0 */
/* Names of scheduling policies and of classes of disk scheduling. */
#ifndef SANDBOX_SPEC_SCHEDULING_NAMES_H
#define SANDBOX_SPEC_SCHEDULING_NAMES_H

/* Classes of ioprio_set(2), whose header is not everywhere. */
enum io_class {
	IO_CLASS_NONE,
	IO_CLASS_REALTIME,
	IO_CLASS_BEST_EFFORT,
	IO_CLASS_IDLE,
};

/* The SCHED_ constant by its name, "fifo"; -1 if there is none. */
int scheduling_policy_number(const char *name);

/* NULL for a number that has no name here. */
const char *scheduling_policy_name(int number);

/* The same for enum io_class. */
int io_class_number(const char *name);
const char *io_class_name(int number);

#endif
