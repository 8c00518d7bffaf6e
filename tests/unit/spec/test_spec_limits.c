/* SPDX-License-Identifier: Apache-2.0 */
/* Limits that control groups hold, each alone and to one another. */
#include "base/array.h"
#include "lib/tap.h"
#include "spec_case.h"

#define LIMITS(members) SPEC("'limits':{" members "}")

TEST(limits_of_control_groups_are_held_to_their_rules)
{
	static const struct spec_case rows[] = {
		{ LIMITS("'memory_bytes':'9223372036854775807'"), NULL, NULL },
		{ LIMITS("'memory_bytes':'9223372036854775808'"),
		  "limits.memory_bytes",
		  "9223372036854775808 is more than 9223372036854775807" },
		{ LIMITS("'memory_high_bytes':'9223372036854775808'"),
		  "limits.memory_high_bytes",
		  "9223372036854775808 is more than 9223372036854775807" },
		{ LIMITS("'memory_low_bytes':'9223372036854775808'"),
		  "limits.memory_low_bytes",
		  "9223372036854775808 is more than 9223372036854775807" },
		{ LIMITS("'swap_bytes_plus1':'9223372036854775808'"),
		  "limits.swap_bytes_plus1",
		  "9223372036854775808 is more than 9223372036854775807" },
		{ LIMITS("'memory_high_bytes':2,'memory_bytes':1"),
		  "limits.memory_high_bytes",
		  "2 is more than memory_bytes, 1" },
		{ LIMITS("'memory_low_bytes':2,'memory_bytes':1"),
		  "limits.memory_low_bytes", "2 is more than memory_bytes, 1" },
		{ LIMITS("'swap_bytes_plus1':2"), "limits.swap_bytes_plus1",
		  "takes memory_bytes" },
		{ LIMITS("'oom_kill_one':true"), "limits.oom_kill_one",
		  "takes memory_bytes" },
		{ LIMITS("'cpu_milli':10"), NULL, NULL },
		{ LIMITS("'cpu_milli':9"), "limits.cpu_milli",
		  "9 is less than 10" },
		{ LIMITS("'cpu_milli':8192001"), "limits.cpu_milli",
		  "8192001 is more than 8192000" },
		{ LIMITS("'cpu_weight':10001"), "limits.cpu_weight",
		  "10001 is more than 10000" },
		{ LIMITS("'cpuset_cpus':'3-1'"), "limits.cpuset_cpus",
		  "\"3-1\" has a range that does not go up" },
		{ LIMITS("'cpuset_mems':'a'"), "limits.cpuset_mems",
		  "\"a\" is no list of processors such as \"0-3,7\", each below 8192" },
	};

	spec_case_check_all(rows, ARRAY_SIZE(rows));
}
