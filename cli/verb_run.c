/* SPDX-License-Identifier: Apache-2.0 */
/* `sandbox run`: starts a sandbox, stays with it, exits as it did. */
#include "cleanup.h"
#include "compose.h"
#include "exit_status.h"
#include "failure.h"
#include "pass_fds.h"
#include "result_file.h"
#include "run_options.h"
#include "spec_builder.h"
#include "summary.h"
#include "verbs.h"
#include "watch.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

struct run {
	const struct console *console;
	struct run_options options;
	struct passed_fds passed;
	struct result_file file;
	struct signals signals;
	sandbox_spec *spec;
	sandbox_engine *engine;
	sandbox *sb;
	sandbox_result *result;
	struct spec_fault fault; /* why there is no specification */
	sandbox_error *error;    /* of the library, where it failed later */
	struct complaint complaint;
};

static bool wants_file(const struct run *run)
{
	return run->options.result != NULL;
}

static int write_result(struct run *run, const char *text)
{
	struct complaint complaint = COMPLAINT_INIT;

	if (!wants_file(run)) {
		return 0;
	}
	if (text == NULL) {
		(void)complain_memory(&complaint);
	} else if (result_file_write(&run->file, text, &complaint) == 0) {
		return 0;
	}
	console_complain(run->console, complaint.text);
	return -EIO;
}

/* Says why nothing ran, to the caller and in the result. */
static int fail(struct run *run)
{
	_cleanup_(buffer_done) struct buffer text = BUFFER_INIT;
	struct failure failure = failure_of_complaint(run->complaint.text);
	int status = EXIT_OWN_FAILURE;

	if (run->fault.error != NULL) {
		failure = failure_of_error(run->fault.error);
		failure.message = spec_fault_text(&run->fault);
		status = exit_status_of_error(run->fault.error);
	} else if (run->error != NULL) {
		failure = failure_of_error(run->error);
		status = exit_status_of_error(run->error);
	}
	console_complain_lines(run->console, failure.message);
	failure_print(&failure, &text);
	return write_result(run, buffer_text(&text)) < 0 ? EXIT_OWN_FAILURE
							 : status;
}

static int start(struct run *run)
{
	_cleanup_free_ char *address = NULL;
	int r = spec_build(&run->options, &run->spec, &run->fault);

	if (r < 0) {
		run->complaint = run->fault.other;
		return r;
	}
	r = engine_address(run->options.run_dir, &address, &run->complaint);
	if (r < 0) {
		return r;
	}
	/* From here on a signal is for the sandbox. */
	r = signals_hold(&run->signals);
	if (r < 0) {
		return complain(&run->complaint, "hold signals: %s",
				strerrordesc_np(-r));
	}
	r = sandbox_engine_open(address, &run->engine, &run->error);
	if (r < 0) {
		return r;
	}
	return sandbox_start(run->engine, run->spec, run->passed.fds,
			     run->passed.count, &run->sb, &run->error);
}

/* The sandbox has ended: tells how, in every way that was asked for. */
static int finish(struct run *run)
{
	int status = exit_status_of_result(run->result);

	if (run->options.summary != NULL) {
		summary_print(sandbox_id(run->sb), run->result,
			      run->console->err);
	}
	if (wants_file(run) &&
	    write_result(run, sandbox_result_json(run->result)) < 0) {
		return EXIT_OWN_FAILURE;
	}
	return status;
}

static int run_sandbox(struct run *run)
{
	int r = 0;

	if (wants_file(run) && result_file_open(run->options.result, &run->file,
						&run->complaint) < 0) {
		console_complain(run->console, run->complaint.text);
		return EXIT_OWN_FAILURE;
	}
	r = start(run);
	if (r < 0) {
		return fail(run);
	}
	r = watch_sandbox(run->sb, &run->signals, &run->result, &run->error);
	if (r < 0 && run->error == NULL) {
		(void)complain(&run->complaint, "wait for the sandbox: %s",
			       strerrordesc_np(-r));
	}
	return r < 0 ? fail(run) : finish(run);
}

static void run_done(struct run *run)
{
	sandbox_result_free(run->result);
	sandbox_free(run->sb);
	sandbox_engine_close(run->engine);
	sandbox_spec_free(run->spec);
	sandbox_error_free(run->error);
	spec_fault_done(&run->fault);
	signals_release(&run->signals);
	result_file_done(&run->file);
	run_options_done(&run->options);
}

int verb_run(const struct console *console, char **words)
{
	_cleanup_(run_done) struct run run = {
		.console = console,
		.file = RESULT_FILE_INIT,
		.signals = { .fd = -1 },
	};

	if (run_options_parse(run_option_table, words, &run.options,
			      &run.complaint) < 0 ||
	    passed_fds_find(&run.options, &run.passed, &run.complaint) < 0) {
		return fail_usage(console, "run", run.complaint.text);
	}
	if (run.options.help != NULL) {
		(void)help_print("run", console->out);
		return 0;
	}
	if (run.options.argv[0] == NULL && run.options.spec == NULL &&
	    !options_compose(&run.options)) {
		return fail_usage(console, "run", "no program is given");
	}
	run.options.inherit_streams = true;
	return run_sandbox(&run);
}
