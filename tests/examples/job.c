/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A build service's job: the source is part of the document, the work is done
 * in memory, and only one folder of the host's can be written to.  The folder
 * of a root file system may be given, as docs/rootfs.md makes it.
 */
#include <sandbox/sandbox.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The file is "#!/bin/sh", "echo built on $(uname -n) >/mnt/product". */
static const char form[] =
	"{ \"hostname\": \"builder\", %s"
	" \"mounts\": ["
	"  { \"kind\": \"TMPFS\", \"target\": \"/srv\", \"writable\": true,"
	"    \"exec\": true, \"sizeBytes\": \"16777216\" },"
	"  { \"kind\": \"FILE\", \"target\": \"/srv/build.sh\", \"mode\": 493,"
	"    \"content\": \"IyEvYmluL3NoCmVjaG8gYnVpbHQgb24gJCh1bmFtZSAtbikgPi"
	"9tbnQvcHJvZHVjdAo=\" },"
	"  { \"source\": \"%s\", \"target\": \"/mnt\", \"writable\": true }],"
	" \"process\": { \"argv\": [\"/srv/build.sh\"], \"user\": \"0\","
	"  \"cwd\": \"/srv\", \"umaskPlus1\": 19 },"
	" \"limits\": { \"wallMs\": \"20000\", \"pids\": 64 } }";

/* Ends the sandbox's own way: 0 if the job ended well. */
static int run(const char *document, sandbox_error **error)
{
	sandbox_spec *spec = NULL;
	sandbox_engine *engine = NULL;
	sandbox *sb = NULL;
	sandbox_result *result = NULL;
	int r = sandbox_spec_parse_json(document, strlen(document), &spec,
					error);

	if (r >= 0) {
		r = sandbox_engine_open(NULL, &engine, error);
	}
	if (r >= 0) {
		r = sandbox_start(engine, spec, NULL, 0, &sb, error);
	}
	if (r >= 0) {
		r = sandbox_wait(sb, -1, &result, error);
	}
	if (r >= 0 && (sandbox_result_ending(result) != SANDBOX_ENDING_EXITED ||
		       sandbox_result_exit_code(result) != 0)) {
		(void)fprintf(stderr, "%s\n", sandbox_result_json(result));
		r = 1;
	}
	sandbox_result_free(result);
	sandbox_free(sb);
	sandbox_engine_close(engine);
	sandbox_spec_free(spec);
	return r;
}

/* What comes back is a stranger's: a line of it, and no more. */
static int show_product(const char *folder)
{
	char path[128];
	char line[80] = "";
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/product", folder);
	file = fopen(path, "re");
	if (file == NULL || fgets(line, sizeof(line), file) == NULL) {
		return 1;
	}
	printf("%s", line);
	(void)fclose(file);
	(void)unlink(path);
	return 0;
}

int main(int argc, char **argv)
{
	/* Of mode 0700, so that nobody reaches what is written there. */
	char folder[] = "/tmp/sandbox-job-XXXXXX";
	char root[512] = "";
	char document[2048];
	sandbox_error *error = NULL;
	int r = 1;

	if (mkdtemp(folder) == NULL) {
		return 1;
	}
	if (argc > 1) {
		(void)snprintf(root, sizeof(root),
			       "\"root\": { \"kind\": \"DIRECTORY\","
			       " \"path\": \"%.400s\" },",
			       argv[1]);
	}
	(void)snprintf(document, sizeof(document), form, root, folder);
	r = run(document, &error);
	if (r < 0) {
		(void)fprintf(stderr, "%s\n", sandbox_error_message(error));
	}
	if (r == 0) {
		r = show_product(folder);
	}
	sandbox_error_free(error);
	(void)rmdir(folder);
	return r == 0 ? 0 : 1;
}
