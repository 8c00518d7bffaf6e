/* SPDX-License-Identifier: Apache-2.0 */
/* Writes config.json: a fixed text with a program, ids and a filter in it. */
#include "bundle.h"

#include "base/cleanup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECCOMP_MAX 65536

/*
 * No gid= for devpts: group 5 is not mapped.  The device nodes and links are
 * those that every OCI runtime makes by itself.
 */
static const char config_format[] =
	"{\"ociVersion\": \"1.0.0\",\n"
	"\"process\": {\"terminal\": false,\n"
	"  \"user\": {\"uid\": 0, \"gid\": 0},\n"
	"  \"args\": [\"/bin/%s\"], \"env\": [\"PATH=/bin\"], \"cwd\": \"/\",\n"
	"  \"capabilities\": {\"bounding\": [], \"effective\": [],\n"
	"    \"inheritable\": [], \"permitted\": [], \"ambient\": []},\n"
	"  \"rlimits\": [\n"
	"    {\"type\": \"RLIMIT_CORE\", \"hard\": 0, \"soft\": 0},\n"
	"    {\"type\": \"RLIMIT_NOFILE\", \"hard\": 1024, \"soft\": 1024},\n"
	"    {\"type\": \"RLIMIT_NPROC\", \"hard\": 512, \"soft\": 512}],\n"
	"  \"noNewPrivileges\": true},\n"
	"\"root\": {\"path\": \"%s\", \"readonly\": true},\n"
	"\"hostname\": \"sandbox\",\n"
	"\"mounts\": [\n"
	"  {\"destination\": \"/proc\", \"type\": \"proc\",\n"
	"    \"source\": \"proc\",\n"
	"    \"options\": [\"nosuid\", \"nodev\", \"noexec\"]},\n"
	"  {\"destination\": \"/dev\", \"type\": \"tmpfs\",\n"
	"    \"source\": \"tmpfs\",\n"
	"    \"options\": [\"nosuid\", \"noexec\", \"mode=755\", \"size=64k\"]},\n"
	"  {\"destination\": \"/dev/pts\", \"type\": \"devpts\",\n"
	"    \"source\": \"devpts\", \"options\": [\"nosuid\", \"noexec\",\n"
	"    \"newinstance\", \"ptmxmode=0666\", \"mode=0620\"]},\n"
	"  {\"destination\": \"/tmp\", \"type\": \"tmpfs\",\n"
	"    \"source\": \"tmpfs\", \"options\": [\"nosuid\", \"nodev\",\n"
	"    \"noexec\", \"mode=1777\", \"size=64m\"]}],\n"
	"\"linux\": {\n"
	"  \"uidMappings\": [{\"containerID\": 0, \"hostID\": %u, \"size\": 1}],\n"
	"  \"gidMappings\": [{\"containerID\": 0, \"hostID\": %u, \"size\": 1}],\n"
	"  \"namespaces\": [{\"type\": \"user\"}, {\"type\": \"mount\"},\n"
	"    {\"type\": \"pid\"}, {\"type\": \"network\"}, {\"type\": \"ipc\"},\n"
	"    {\"type\": \"uts\"}],\n"
	"  \"seccomp\": %s}}\n";

/* Reads a whole small text file, to be freed; NULL with errno set. */
static char *read_text(const char *path)
{
	_cleanup_close_ int fd = open(path, O_RDONLY | O_CLOEXEC);
	char *text = fd < 0 ? NULL : calloc(1, SECCOMP_MAX);

	if (text && read(fd, text, SECCOMP_MAX - 1) <= 0) {
		free(text);
		text = NULL;
	}
	return text;
}

static int write_config(const struct workspace *workspace,
			const char *directory, const char *program,
			const char *seccomp)
{
	char path[WORKSPACE_PATH * 2];
	char *config = NULL;
	int r = 0;

	if (asprintf(&config, config_format, program, workspace->rootfs,
		     (unsigned int)geteuid(), (unsigned int)getegid(),
		     seccomp) < 0) {
		return -ENOMEM;
	}
	(void)snprintf(path, sizeof(path), "%s/config.json", directory);
	r = workspace_write(path, config);
	free(config);
	return r;
}

int bundle_write(const struct workspace *workspace, const char *directory,
		 const char *program)
{
	char path[WORKSPACE_PATH * 2];
	char *seccomp = NULL;
	int r = 0;

	if (mkdir(directory, 0755) < 0 && errno != EEXIST) {
		return -errno;
	}
	(void)snprintf(path, sizeof(path), "%s/filter-oci.json",
		       workspace->tools);
	seccomp = read_text(path);
	if (!seccomp) {
		return errno > 0 ? -errno : -ENODATA;
	}
	r = write_config(workspace, directory, program, seccomp);
	free(seccomp);
	return r;
}
