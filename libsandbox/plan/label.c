/* SPDX-License-Identifier: Apache-2.0 */
/* The profile of AppArmor or the label of SELinux that the program gets. */
#include "plan/draft.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define APPARMOR_COMMAND "exec "

/* How the document names one of the two, and whether the host has it. */
struct module {
	enum plan_label_kind kind;
	enum plan_left_out left_out;
	bool enabled;
	const char *name;
	const char *field;
	const char *label;
};

/* AppArmor is told what to do with the name; SELinux takes it as it is. */
static int keep_label(struct draft *draft, const struct module *module)
{
	struct plan *head = &draft->builder->head;
	const char *command =
		module->kind == PLAN_LABEL_APPARMOR ? APPARMOR_COMMAND : "";
	size_t size = strlen(command) + strlen(module->label) + 1;
	char *text = malloc(size);

	if (text == NULL) {
		return err_set(draft->err, SANDBOX_ERROR_RESOURCE, ENOMEM,
			       "out of memory");
	}
	(void)snprintf(text, size, "%s%s", command, module->label);
	head->label_kind = module->kind;
	head->label = builder_string(draft->builder, text);
	head->label_skip = (uint32_t)strlen(command);
	free(text);
	return 0;
}

/* A kernel has at most one of them, so one place in the plan is enough. */
static int decide_module(struct draft *draft, const struct module *module)
{
	struct plan *head = &draft->builder->head;

	if (*module->label == '\0') {
		return 0;
	}
	if (module->enabled && head->label_kind == PLAN_LABEL_NONE) {
		return keep_label(draft, module);
	}
	if (draft_prefers(draft, module->field)) {
		head->left_out |= module->left_out;
		return 0;
	}
	return draft_refuse(draft, SANDBOX_ERROR_UNSUPPORTED, module->field,
			    "\"%.100s\" takes %s, which is not enabled on this "
			    "host",
			    module->label, module->name);
}

int decide_label(struct draft *draft)
{
	const struct module modules[] = {
		{ PLAN_LABEL_APPARMOR, PLAN_LEFT_APPARMOR,
		  draft->facts->apparmor, "AppArmor",
		  "security.apparmor_profile",
		  draft->security->apparmor_profile },
		{ PLAN_LABEL_SELINUX, PLAN_LEFT_SELINUX, draft->facts->selinux,
		  "SELinux", "security.selinux_label",
		  draft->security->selinux_label },
	};
	int r = decide_module(draft, &modules[0]);

	return r < 0 ? r : decide_module(draft, &modules[1]);
}
