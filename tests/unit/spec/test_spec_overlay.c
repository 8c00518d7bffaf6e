/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of layers: a row each. */
#include "base/array.h"
#include "lib/tap.h"
#include "spec_case.h"

#include <stddef.h>

#define ROOT(members) SPEC("'root':{" members "}")
#define MOUNT(members) \
	SPEC("'mounts':[{'kind':'OVERLAY','target':'/o'," members "}]")

TEST(layers_go_with_what_is_written)
{
	static const struct spec_case rows[] = {
		{ ROOT("'kind':'OVERLAY','path':'/a','layers':['/b','/c'],"
		       "'upper_size_bytes':1,'upper_inodes':1,"
		       "'allow_exec_on_upper':true"),
		  NULL, NULL },
		{ ROOT("'kind':'OVERLAY','fd':1,'upper':'/u'"), NULL, NULL },
		{ ROOT("'kind':'OVERLAY'"), "root.path",
		  "is empty; kind OVERLAY needs path or fd" },
		{ ROOT("'kind':'OVERLAY','path':'/a','layers':['b']"),
		  "root.layers[0]", "\"b\" is not absolute" },
		{ ROOT("'kind':'OVERLAY','path':'/a','upper':'/u',"
		       "'upper_size_bytes':1"),
		  "root.upper_size_bytes",
		  "is of a tmpfs, and root.upper is given" },
		{ ROOT("'kind':'OVERLAY','path':'/a','upper':'/u',"
		       "'upper_inodes':1"),
		  "root.upper_inodes",
		  "is of a tmpfs, and root.upper is given" },
		{ ROOT("'kind':'OVERLAY','path':'/a','writable':true"),
		  "root.writable",
		  "has no meaning with kind OVERLAY, only with DIRECTORY "
		  "HOST" },
		{ MOUNT("'layers':['/a','/b']"), NULL, NULL },
		{ MOUNT("'layers':['/a'],'writable':true,'size_bytes':1,"
			"'inodes':1,'exec':true"),
		  NULL, NULL },
		{ MOUNT("'layers':['/a']"), "mounts[0].layers",
		  "has 1 elements; kind OVERLAY needs 2 where it is not "
		  "writable" },
		{ MOUNT("'writable':true"), "mounts[0].layers",
		  "has 0 elements; kind OVERLAY needs 1 where it is "
		  "writable" },
		{ MOUNT("'layers':['/a','/b'],'size_bytes':1"),
		  "mounts[0].size_bytes",
		  "is of what is written, and it is not writable" },
		{ MOUNT("'layers':['/a','/b'],'inodes':1"), "mounts[0].inodes",
		  "is of what is written, and it is not writable" },
	};

	spec_case_check_all(rows, ARRAY_SIZE(rows));
}
