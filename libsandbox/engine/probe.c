/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Asks the host by trial: the launcher tries single features in processes of
 * its own, then an engine is started for real.
 */
#include "engine/probe.h"

#include "base/cleanup.h"
#include "engine/identity.h"
#include "engine/launcher_process.h"
#include "engine/probe_report.h"
#include "kernel/process.h"
#include "kernel/socket.h"
#include "spec/json_writer.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

#define ANSWER_TIMEOUT_MS 60000

static int ask_launcher(const struct identity *identity,
			struct probe_report *ret, struct err *err)
{
	struct launcher_process process = LAUNCHER_PROCESS_INIT;
	struct launcher_setup setup = { .mode = LAUNCHER_PROBE,
					.uid = identity->uid,
					.gid = identity->gid };
	struct pollfd wait = { .events = POLLIN };
	long n = 0;
	int r = 0;

	if (identity->privileged && identity->pool_count > 1) {
		/* What an id-mapped mount would be mapped to. */
		setup.n_uid_ranges = 1;
		setup.uid_ranges[0] = (struct launcher_id_range){
			.outside = identity->pool_first,
			.count = identity_range_max(identity),
		};
	}
	r = launcher_process_spawn(&setup, &process, err);
	if (r < 0) {
		return r;
	}
	wait.fd = process.socket;
	if (kernel_poll(&wait, 1, ANSWER_TIMEOUT_MS * 1000000LL) > 0) {
		n = kernel_receive(process.socket, ret, sizeof(*ret), 0);
	}
	launcher_process_end(&process);
	if (n != sizeof(*ret)) {
		return err_at(err, SANDBOX_ERROR_INTERNAL, EPIPE, "probe", "",
			      "the probe ended without an answer");
	}
	return 0;
}

static void add(struct json_writer *writer, const struct probe_feature *feature)
{
	const char *state = feature->available ? "available" : "unavailable";

	json_write_open(writer, '{');
	json_write_key(writer, "feature");
	json_write_string(writer, feature->feature, strlen(feature->feature));
	json_write_key(writer, "state");
	json_write_string(writer, state, strlen(state));
	json_write_key(writer, "detail");
	json_write_string(writer, feature->detail, strlen(feature->detail));
	json_write_key(writer, "remedy");
	json_write_string(writer, feature->remedy, strlen(feature->remedy));
	json_write_close(writer, '}');
}

static void say(struct probe_feature *feature, const char *detail,
		const char *remedy)
{
	(void)snprintf(feature->detail, sizeof(feature->detail), "%.399s",
		       detail);
	(void)snprintf(feature->remedy, sizeof(feature->remedy), "%.399s",
		       remedy);
}

static const char *engine_remedy(const struct err *err)
{
#define STAGE_WORDS(name, words) [name] = (words),
	static const char *const stages[] = { LAUNCHER_STAGES(STAGE_WORDS) };
#undef STAGE_WORDS

	if (strcmp(err->step, stages[LAUNCHER_STAGE_ID_MAP]) == 0) {
		return "let newuidmap and newgidmap be setuid root, and give"
		       " this user ranges in /etc/subuid and /etc/subgid that"
		       " nobody else has";
	}
	return "see the features that are refused";
}

/* The first thing that every sandbox needs and that was refused, or NULL. */
static const char *find_obstacle(const struct probe_report *report,
				 const struct probe_host *host,
				 struct probe_feature *ret)
{
	for (int i = 0; i < PROBE_COUNT; i++) {
		if (report->items[i].error != 0 &&
		    probe_is_needed((enum probe_item)i)) {
			probe_explain((enum probe_item)i,
				      report->items[i].error, 0, host, ret);
			return ret->feature;
		}
	}
	return NULL;
}

/* The whole thing, as sandbox_engine_open() would start it. */
static void add_engine(struct json_writer *writer,
		       const struct identity *identity,
		       const struct probe_report *report,
		       const struct probe_host *host)
{
	struct probe_feature feature = { .feature = "engine" };
	struct probe_feature obstacle;
	struct launcher_process process = LAUNCHER_PROCESS_INIT;
	struct err err = ERR_INIT;
	char detail[PROBE_TEXT_BYTES];

	if (launcher_process_start(&identity->setup, &process, &err) < 0) {
		say(&feature, err.text, engine_remedy(&err));
		add(writer, &feature);
		return;
	}
	launcher_process_end(&process);
	if (find_obstacle(report, host, &obstacle) != NULL) {
		(void)snprintf(detail, sizeof(detail),
			       "starts, but each sandbox needs %s",
			       obstacle.feature);
		say(&feature, detail, obstacle.remedy);
	} else {
		feature.available = true;
		say(&feature,
		    identity->privileged ? "starts, privileged"
					 : "starts, in a user namespace",
		    "");
	}
	add(writer, &feature);
}

static void add_ids(struct json_writer *writer, const struct identity *identity)
{
	struct probe_feature feature = { .feature = "exclusive-ids" };
	char detail[PROBE_TEXT_BYTES];

	feature.available = identity_range_auto(identity) > 0;
	(void)snprintf(detail, sizeof(detail),
		       "%u ids to lease from, beginning at %u, at most %u for"
		       " one sandbox",
		       identity->pool_count, identity->pool_first,
		       identity_range_max(identity));
	say(&feature, feature.available ? detail : "none to lease",
	    feature.available ? "" : identity->reason);
	add(writer, &feature);
}

static void add_run_dir(struct json_writer *writer, const char *run_dir)
{
	struct probe_feature feature = { .feature = "run-directory" };
	struct err err = ERR_INIT;
	_cleanup_close_ int fd = NO_FD;

	feature.available = run_dir_open(run_dir, &fd, &err) == 0;
	say(&feature, feature.available ? "can be used" : err.text,
	    feature.available ? ""
			      : "set XDG_RUNTIME_DIR to a directory of this"
				" user, or name one in the engine's address");
	add(writer, &feature);
}

/* What must be there to ask at all; other reasons are features. */
static bool is_lack_of_resources(int error)
{
	return error == -ENOMEM || error == -EAGAIN || error == -EMFILE ||
	       error == -ENFILE;
}

/* @report: NULL when the launcher, which tries things, cannot be started. */
static void add_trials(struct json_writer *writer,
		       const struct probe_report *report,
		       const struct probe_host *host)
{
	struct probe_feature feature;

	for (int i = 0; report != NULL && i < PROBE_COUNT; i++) {
		probe_explain((enum probe_item)i, report->items[i].error,
			      report->items[i].detail, host, &feature);
		add(writer, &feature);
	}
	if (report == NULL) {
		/* Its file is the one thing that an administrator can give. */
		probe_explain(PROBE_MEMFD_EXEC, EACCES, 0, host, &feature);
		add(writer, &feature);
	}
}

int probe_run(const char *run_dir, char **ret_json, struct err *err)
{
	struct json_writer writer = { .indent = true };
	struct probe_report report = { 0 };
	struct probe_host host;
	struct probe_feature feature;
	struct identity identity;
	int r = identity_discover(&identity, err);
	int asked = 0;

	if (r < 0) {
		return r;
	}
	asked = ask_launcher(&identity, &report, err);
	if (is_lack_of_resources(asked)) {
		return asked;
	}
	probe_host_look(&host);
	json_write_open(&writer, '{');
	json_write_key(&writer, "features");
	json_write_open(&writer, '[');
	add_engine(&writer, &identity, &report, &host);
	add_ids(&writer, &identity);
	add_run_dir(&writer, run_dir);
	add_trials(&writer, asked < 0 ? NULL : &report, &host);
	probe_cgroups(identity.privileged, &feature);
	add(&writer, &feature);
	json_write_close(&writer, ']');
	json_write_close(&writer, '}');
	r = json_writer_done(&writer, 0, ret_json);
	return r < 0 ? err_set(err, SANDBOX_ERROR_RESOURCE, -r, "out of memory")
		     : 0;
}
