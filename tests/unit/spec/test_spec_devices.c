/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of further devices: a row each. */
#include "base/array.h"
#include "lib/tap.h"
#include "spec_case.h"

#include <stddef.h>

#define DEVICES(list) SPEC("'security':{'devices':[" list "]}")

TEST(devices_have_places_of_their_own_in_dev)
{
	static const struct spec_case rows[] = {
		{ DEVICES("{'path':'/dev/kvm'},{'path':'/dev/net/tun',"
			  "'source':'/dev/other','writable':true}"),
		  NULL, NULL },
		{ DEVICES("{'source':'/dev/kvm'}"), "security.devices[0].path",
		  "is empty" },
		{ DEVICES("{'path':'/kvm'}"), "security.devices[0].path",
		  "\"/kvm\" is not below /dev" },
		{ DEVICES("{'path':'/dev'}"), "security.devices[0].path",
		  "\"/dev\" is not below /dev" },
		{ DEVICES("{'path':'/dev/null'}"), "security.devices[0].path",
		  "\"/dev/null\" is at or below /dev/null, which is there by "
		  "default" },
		{ DEVICES("{'path':'/dev/shm/a'}"), "security.devices[0].path",
		  "\"/dev/shm/a\" is at or below /dev/shm, which is there by "
		  "default" },
		{ DEVICES("{'path':'/dev/a'},{'path':'/dev/a/b'}"),
		  "security.devices[1].path",
		  "\"/dev/a/b\" cannot be besides \"/dev/a\", the path of "
		  "security.devices[0]" },
		{ DEVICES("{'path':'/dev/a','source':'b'}"),
		  "security.devices[0].source", "\"b\" is not absolute" },
	};

	spec_case_check_all(rows, ARRAY_SIZE(rows));
}
