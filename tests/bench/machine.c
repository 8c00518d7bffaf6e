/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the processors' clocks twice. */
#include "machine.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define OBSERVED_NS 500000000
#define STATES      8 /* user nice system idle iowait irq softirq steal */
#define IDLE        3
#define IOWAIT      4

struct ticks {
	unsigned long long all;
	unsigned long long idle;
};

static struct ticks read_ticks(void)
{
	struct ticks ticks = { 0, 0 };
	char line[512] = "";
	char *rest = line + 3; /* behind "cpu" */
	FILE *stat = fopen("/proc/stat", "re");

	if (!stat) {
		return ticks;
	}
	if (!fgets(line, sizeof(line), stat)) {
		line[0] = '\0';
	}
	(void)fclose(stat);
	for (int i = 0; line[0] != '\0' && i < STATES; i++) {
		unsigned long long n = strtoull(rest, &rest, 10);

		ticks.all += n;
		ticks.idle += i == IDLE || i == IOWAIT ? n : 0;
	}
	return ticks;
}

void machine_observe(struct machine *ret)
{
	const struct timespec pause = { .tv_nsec = OBSERVED_NS };
	struct ticks before = read_ticks();
	struct ticks after;
	unsigned long long all = 0;

	(void)nanosleep(&pause, NULL);
	after = read_ticks();
	all = after.all - before.all;
	ret->busy_percent = 0;
	if (all > 0) {
		unsigned long long idle = after.idle - before.idle;

		ret->busy_percent = (int)(100 * (all - idle) / all);
	}
	ret->processors = (int)sysconf(_SC_NPROCESSORS_ONLN);
	if (getloadavg(&ret->load, 1) != 1) {
		ret->load = 0;
	}
}
