/* SPDX-License-Identifier: Apache-2.0 */
/* Files of a sandbox's control group; see group_files.h and groups.h. */
#include "engine/group_files.h"

#include "base/cleanup.h"
#include "engine/groups.h"
#include "kernel/file.h"
#include "plan/cgroup_setting.h"

#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>

static int set_one(const struct plan *plan,
		   const struct plan_cgroup_setting *setting,
		   const struct cgroup_group *group, struct err *err)
{
	const struct cgroup_part *part = cgroup_group_part(
		group, (enum cgroup_controller)setting->controller);
	const char *file = plan_string(plan, setting->file);
	const char *value = plan_string(plan, setting->value);
	const char *field = plan_string(plan, setting->field);
	enum cgroup_check check = (setting->flags & PLAN_CGROUP_BYTES) != 0
					  ? CGROUP_BYTES
					  : CGROUP_EXACT;
	int r = part == NULL ? -ENOENT : cgroup_write(part, file, value, check);

	if (r >= 0 ||
	    (r == -ENOENT && (setting->flags & PLAN_CGROUP_OPTIONAL) != 0)) {
		return 0;
	}
	return err_at(err, err_kind_of_errno(-r), -r, "set the limit", field,
		      "%s: %s \"%s\" to %s of the control group: %s", field,
		      r == -EILSEQ ? "the kernel took another value than"
				   : "write",
		      value, file, err_errno_name(-r));
}

int group_files_set(const struct plan *plan, const struct cgroup_group *group,
		    struct err *err)
{
	const struct plan_cgroup_setting *settings =
		plan_at(plan, plan->cgroup.offset);

	for (uint32_t i = 0; i < plan->cgroup.count; i++) {
		int r = set_one(plan, &settings[i], group, err);

		if (r < 0) {
			return r;
		}
	}
	return 0;
}

/* Version 1 tells of a shortage through an eventfd that is signed up here. */
static int sign_up(const struct cgroup_part *part, int counts)
{
	_cleanup_close_ int event =
		kernel_above_stdio(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
	char order[32];
	int r = event < 0 ? -errno : 0;

	(void)snprintf(order, sizeof(order), "%d %d", event, counts);
	if (r >= 0) {
		r = kernel_write_file(part->directory, "cgroup.event_control",
				      order, strlen(order));
	}
	return r < 0 ? r : take_fd(&event);
}

static int open_counts(const struct cgroup_part *part, int *fds)
{
	int r = kernel_openat(part->directory,
			      part->version == 1 ? "memory.oom_control"
						 : "memory.events",
			      O_RDONLY, 0);

	fds[0] = r;
	if (r >= 0 && part->version == 1) {
		r = sign_up(part, fds[0]);
		fds[1] = r;
	}
	return r;
}

int group_files_open(const struct cgroup_group *group,
		     struct launch_request *request, int *fds, struct err *err)
{
	const struct cgroup_part *memory =
		cgroup_group_part(group, CGROUP_MEMORY);
	uint32_t count = 0;
	int r = group->count > LAUNCH_MAX_GROUPS ? -E2BIG : 0;

	for (size_t i = 0; i < LAUNCH_MAX_GROUPS + 2; i++) {
		fds[i] = NO_FD;
	}
	while (r >= 0 && count < group->count) {
		r = kernel_openat(group->parts[count].directory, "cgroup.procs",
				  O_WRONLY, 0);
		fds[count] = r;
		count += r >= 0;
	}
	if (r >= 0 && memory != NULL) {
		r = open_counts(memory, fds + count);
	}
	if (r >= 0) {
		request->n_groups = count;
		request->n_oom = memory == NULL         ? 0
				 : memory->version == 1 ? 2
							: 1;
		return 0;
	}
	for (size_t i = 0; i < LAUNCH_MAX_GROUPS + 2; i++) {
		close_fdp(&fds[i]);
	}
	return err_at(err, err_kind_of_errno(-r), -r, "open the control group",
		      group->name, "open the control group \"%s\": %s",
		      group->name, err_errno_name(-r));
}

static void number(const struct sandbox_group *group,
		   enum cgroup_controller controller, const char *v2,
		   const char *v1, const char *key, uint64_t *ret)
{
	const struct cgroup_part *part =
		cgroup_group_part(&group->group, controller);
	const char *file = part == NULL ? NULL : part->version == 2 ? v2 : v1;

	if (file != NULL) {
		(void)cgroup_read_number(part, file, key, ret);
	}
}

/* "some avg10=0.00 avg60=0.00 avg300=0.00 total=123"; version 2 only. */
static void pressure(const struct sandbox_group *group,
		     enum cgroup_controller controller, const char *file,
		     uint64_t *ret)
{
	const struct cgroup_part *part =
		cgroup_group_part(&group->group, controller);
	char text[256];
	const char *total = NULL;

	if (part == NULL || part->version != 2 ||
	    cgroup_read(part, file, text, sizeof(text)) < 0) {
		return;
	}
	total = strstr(text, "total=");
	if (total != NULL) {
		*ret = strtoull(total + 6, NULL, 10);
	}
}

static void read_cpu(const struct sandbox_group *group, struct group_usage *ret)
{
	/* Version 1 counts in nanoseconds. */
	uint64_t user = 0;
	uint64_t kernel = 0;
	uint64_t stopped_ns = 0;

	number(group, CGROUP_CPU, "cpu.stat", NULL, "user_usec",
	       &ret->cpu_user_us);
	number(group, CGROUP_CPU, "cpu.stat", NULL, "system_usec",
	       &ret->cpu_system_us);
	number(group, CGROUP_CPU, "cpu.stat", NULL, "throttled_usec",
	       &ret->throttled_us);
	number(group, CGROUP_CPUACCT, NULL, "cpuacct.usage_user", NULL, &user);
	number(group, CGROUP_CPUACCT, NULL, "cpuacct.usage_sys", NULL, &kernel);
	number(group, CGROUP_CPU, NULL, "cpu.stat", "throttled_time",
	       &stopped_ns);
	ret->cpu_user_us += user / 1000;
	ret->cpu_system_us += kernel / 1000;
	ret->throttled_us += stopped_ns / 1000;
}

void group_usage_read(const struct sandbox_group *group,
		      struct group_usage *ret)
{
	*ret = (struct group_usage){ .known = group->groups != NULL };
	if (!ret->known) {
		return;
	}
	read_cpu(group, ret);
	number(group, CGROUP_MEMORY, "memory.peak", "memory.max_usage_in_bytes",
	       NULL, &ret->memory_peak_bytes);
	number(group, CGROUP_MEMORY, "memory.events", "memory.oom_control",
	       "oom_kill", &ret->oom_kills);
	number(group, CGROUP_PIDS, "pids.peak", NULL, NULL, &ret->pids_peak);
	number(group, CGROUP_PIDS, "pids.events", "pids.events", "max",
	       &ret->pids_limit_hits);
	pressure(group, CGROUP_CPU, "cpu.pressure", &ret->pressure_cpu_us);
	pressure(group, CGROUP_MEMORY, "memory.pressure",
		 &ret->pressure_memory_us);
	pressure(group, CGROUP_IO, "io.pressure", &ret->pressure_io_us);
}
