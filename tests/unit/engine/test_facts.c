/* SPDX-License-Identifier: Apache-2.0 */
/* What the engine finds out about the host for its plans. */
#include "engine/facts.h"
#include "lib/tap.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct plan_system_path *find(const struct facts_store *store,
					   const char *path)
{
	for (size_t i = 0; i < store->facts.n_system_paths; i++) {
		if (strcmp(store->facts.system_paths[i].path, path) == 0) {
			return &store->facts.system_paths[i];
		}
	}
	return NULL;
}

static void gather(struct facts_store *store)
{
	static const struct identity identity = {
		.uid = 7,
		.gid = 8,
		.reason = "because",
	};

	ASSERT_OK(facts_gather(&identity, store, NULL));
}

TEST(the_identity_is_handed_on)
{
	struct facts_store store;

	gather(&store);
	ASSERT_TRUE(!store.facts.privileged);
	ASSERT_EQ(store.facts.uid, 7);
	ASSERT_EQ(store.facts.gid, 8);
	ASSERT_EQ(store.facts.range_max, 0);
	ASSERT_STR(store.facts.range_reason, "because");
	facts_done(&store);
	ASSERT_EQ(store.facts.n_system_paths, 0);
}

TEST(usr_is_a_directory)
{
	struct facts_store store;
	const struct plan_system_path *usr = NULL;

	gather(&store);
	usr = find(&store, "/usr");
	ASSERT_TRUE(usr != NULL);
	ASSERT_EQ(usr->type, PLAN_PATH_DIRECTORY);
	facts_done(&store);
}

static void check_path(const struct plan_system_path *entry)
{
	static const mode_t formats[] = {
		[PLAN_PATH_DIRECTORY] = S_IFDIR,
		[PLAN_PATH_FILE] = S_IFREG,
		[PLAN_PATH_SYMLINK] = S_IFLNK,
	};
	struct stat file;
	char link[256] = "";

	ASSERT_EQ(lstat(entry->path, &file), 0);
	ASSERT_EQ(file.st_mode & S_IFMT, formats[entry->type]);
	if (entry->type == PLAN_PATH_SYMLINK) {
		ASSERT_TRUE(readlink(entry->path, link, sizeof(link) - 1) > 0);
		ASSERT_STR(entry->link, link);
	}
}

/* Each as lstat() and readlink() see it, and nothing that is not there. */
TEST(every_path_is_as_the_host_has_it)
{
	struct facts_store store;

	gather(&store);
	ASSERT_TRUE(store.facts.n_system_paths > 3);
	for (size_t i = 0; i < store.facts.n_system_paths; i++) {
		check_path(&store.facts.system_paths[i]);
	}
	facts_done(&store);
}

TEST(the_kernel_is_asked_for_memfd_noexec)
{
	struct facts_store store;

	gather(&store);
	ASSERT_EQ(store.facts.memfd_noexec,
		  access("/proc/sys/vm/memfd_noexec", F_OK) == 0);
	facts_done(&store);
}
