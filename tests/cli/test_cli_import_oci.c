/* SPDX-License-Identifier: Apache-2.0 */
/* Configurations of the OCI runtime specification. */
#include "cleanup.h"
#include "command_case.h"
#include "import_case.h"
#include "lib/tap.h"

#include <string.h>

/* All namespaces that matter, so that nothing is the host's. */
#define SEPARATE                                                          \
	"'namespaces':[{'type':'pid'},{'type':'network'},{'type':'ipc'}," \
	"{'type':'uts'},{'type':'cgroup'},{'type':'mount'}]"
#define ARGS "'args':['t'],'cwd':'/'"

static const char nofile[] =
	"{'name':'RLIMIT_NOFILE','soft':64,'unlimited_hard':true}";
static const char oci_json[] =
	"'oci_json':'eyJkZWZhdWx0QWN0aW9uIjoiU0NNUF9BQ1RfQUxMT1cifQ=='";

static const struct import_case carried[] = {
	{ .about = "a process",
	  .line = "oci c",
	  .config = "{'ociVersion':'1.2.0','process':{'terminal':false,"
		    "'user':{'uid':5,'gid':6,'umask':18,'additionalGids':[7]},"
		    "'args':['sh','-c','id'],'env':['A=b'],'cwd':'/tmp',"
		    "'noNewPrivileges':true,'rlimits':[{'type':"
		    "'RLIMIT_NOFILE','soft':64,'hard':18446744073709551615}]},"
		    "'hostname':'h','linux':{" SEPARATE "}}",
	  .parts = { "'user':'5:6'", "'umask_plus1':19", "'extra_gids':[7]",
		     "'argv':['sh','-c','id']", "'env':['A=b']",
		     "'hostname':'h'", nofile } },
	{ .about = "capabilities",
	  .line = "oci c",
	  .config = "{'process':{" ARGS ",'capabilities':{'bounding':"
		    "['CAP_KILL'],'permitted':['CAP_KILL'],'effective':"
		    "['CAP_KILL'],'inheritable':[],'ambient':[]}},"
		    "'linux':{" SEPARATE "}}",
	  .parts = { "'user':'0:0'", "'bounding':['CAP_KILL']",
		     "'effective':['CAP_KILL']" } },
	{ .about = "the usual mounts",
	  .line = "oci c",
	  .config = "{'process':{" ARGS "},'root':{'path':'/r','readonly':"
		    "true},'mounts':[{'destination':'/proc','type':'proc',"
		    "'source':'proc'},{'destination':'/dev','type':'tmpfs',"
		    "'source':'tmpfs','options':['nosuid','mode=755']},"
		    "{'destination':'/dev/pts','type':'devpts','options':"
		    "['newinstance','ptmxmode=0666']},{'destination':"
		    "'/dev/shm','type':'tmpfs','options':['noexec','mode=1777',"
		    "'size=64k']},{'destination':'/d','type':'bind','source':"
		    "'/s','options':['rbind','ro']},{'destination':'/e',"
		    "'type':'none','source':'/s','options':['bind','noexec',"
		    "'dev','rslave','noatime']}],'linux':{" SEPARATE "}}",
	  .parts = { "'root':{'kind':'DIRECTORY','path':'/r'}",
		     "{'kind':'SHM','target':'/dev/shm','writable':true,"
		     "'mode':1023,'size_bytes':65536}",
		     "{'kind':'BIND','target':'/d','source':'/s'}",
		     "{'kind':'BIND','target':'/e','source':'/s','writable':"
		     "true,'dev':true,'propagation':'SLAVE','noatime':true,"
		     "'non_recursive':true}" } },
	{ .about = "the kernel's own file systems, and layers",
	  .line = "oci c",
	  .config = "{'process':{" ARGS "},'mounts':[{'destination':'/sys',"
		    "'type':'sysfs','options':['nosuid','noexec','nodev',"
		    "'ro']},{'destination':'/sys/fs/cgroup','type':'cgroup',"
		    "'options':['relatime','ro']},{'destination':'/dev/mqueue',"
		    "'type':'mqueue','options':['nosuid','noexec','nodev']},"
		    "{'destination':'/o','type':'overlay','options':['ro',"
		    "'lowerdir=/b:/a']}],'linux':{" SEPARATE "}}",
	  .parts = { "{'kind':'SYSFS','target':'/sys'}",
		     "{'kind':'CGROUP','target':'/sys/fs/cgroup'}",
		     "{'kind':'MQUEUE','target':'/dev/mqueue'}",
		     "{'kind':'OVERLAY','target':'/o','layers':['/b',"
		     "'/a']}" } },
	{ .about = "clocks and devices that are there anyway",
	  .line = "oci c",
	  .config = "{'process':{" ARGS "},'linux':{'timeOffsets':{"
		    "'monotonic':{'secs':172800,'nanosecs':5},'boottime':"
		    "{'secs':-1,'nanosecs':1}},'devices':[{'path':'/dev/null',"
		    "'type':'c','major':1,'minor':3}]," SEPARATE "}}",
	  .parts = { "'namespaces':{'monotonic_offset_ns':172800000000005,"
		     "'boottime_offset_ns':-999999999}" } },
	{ .about = "namespaces of others and the host's",
	  .line = "oci c",
	  .config = "{'process':{" ARGS "},'linux':{'namespaces':[{'type':"
		    "'network','path':'/run/n'},{'type':'pid'}]}}",
	  .parts = { "'network':{'mode':'JOIN','join_path':'/run/n'}",
		     "'ipc':'SHARED'", "'uts':'SHARED'" } },
	{ .about = "ids",
	  .line = "oci c",
	  .config = "{'process':{" ARGS "},'linux':{" SEPARATE ","
		    "'uidMappings':[{'containerID':0,'hostID':1000,'size':1}],"
		    "'gidMappings':[{'containerID':0,'hostID':100,'size':1}]}}",
	  .parts = { "'mode':'EXPLICIT'",
		     "'uid_maps':[{'inside':0,'outside':1000,'count':1}]",
		     "'gid_maps':[{'inside':0,'outside':100,'count':1}]" } },
	{ .about = "guards",
	  .line = "oci c",
	  .config =
		  "{'process':{" ARGS ",'oomScoreAdj':100,"
		  "'apparmorProfile':'p','selinuxLabel':'l'},'linux':{" SEPARATE
		  ",'maskedPaths':['/proc/kcore'],'readonlyPaths':"
		  "['/proc/bus'],'sysctl':{'net.core.somaxconn':'9'},"
		  "'seccomp':{'defaultAction':'SCMP_ACT_ALLOW'},'devices':"
		  "[{'path':'/dev/fuse','type':'c','major':10,'minor':229}]}}",
	  .parts = { "'oom_score_adj':100", "'masked_paths':['/proc/kcore']",
		     "'readonly_paths':['/proc/bus']",
		     "'sysctls':{'net.core.somaxconn':'9'}",
		     /* {"defaultAction":"SCMP_ACT_ALLOW"} */
		     oci_json,
		     "'devices':[{'path':'/dev/fuse','writable':true}]" },
	  .later = { { "'apparmor_profile':'p'", "process.apparmorProfile" },
		     { "'selinux_label':'l'", "process.selinuxLabel" } } },
	{ .about = "limits",
	  .line = "oci c",
	  .config = "{'process':{" ARGS "},'linux':{" SEPARATE ",'resources':{"
		    "'memory':{'limit':1000,'reservation':500,'swap':1500},"
		    "'cpu':{'shares':1024,'quota':50000,'period':100000,"
		    "'cpus':'0-1'},'pids':{'limit':9},'blockIO':{'weight':10},"
		    "'devices':[{'allow':false,'access':'rwm'}],"
		    "'hugepageLimits':[{'pageSize':'2MB','limit':2097152}],"
		    "'unified':{'memory.high':'900'}}}}",
	  .parts = { "'memory_bytes':1000", "'memory_low_bytes':500",
		     "'swap_bytes_plus1':501", "'cpu_weight':39",
		     "'cpu_milli':500", "'cpuset_cpus':'0-1'", "'pids':9" },
	  .later = { { "'io_weight':10", "linux.resources.blockIO.weight" },
		     { "'hugepages':[{'size':'2MB','bytes':2097152}]",
		       "linux.resources.hugepageLimits" },
		     { "'cgroup':{'memory.high':'900'}",
		       "linux.resources.unified" } } },
	{ .about = "scheduling and labels",
	  .line = "oci c",
	  .config =
		  "{'annotations':{'a.b':'c'},'process':{" ARGS ","
		  "'scheduler':{'policy':'SCHED_BATCH','nice':3},"
		  "'ioPriority':{'class':'IOPRIO_CLASS_IDLE'}},'linux':{" SEPARATE
		  "}}",
	  .parts = { "'labels':{'a.b':'c'}", "'policy':'batch'", "'nice':3",
		     "'io_class':'idle'" } },
};

static const struct import_case lost[] = {
	{ .about = "mounts that cannot be",
	  .line = "oci c",
	  .config = "{'process':{" ARGS "},'mounts':[{'destination':'/sys',"
		    "'type':'sysfs'},{'destination':'/sys/x',"
		    "'type':'tmpfs'},{'destination':'/x','type':'nfs'},"
		    "{'destination':'/y','type':'bind','source':'/s',"
		    "'options':['idmap']},{'destination':'/o','type':'overlay',"
		    "'options':['lowerdir=/a','upperdir=/u','workdir=/w']},"
		    "{'destination':'/p','type':'overlay','options':["
		    "'lowerdir=/a']}],'linux':{" SEPARATE "}}",
	  .parts = { "{'kind':'OVERLAY','target':'/o','layers':['/a'],"
		     "'writable':true,'exec':true}" },
	  .lost = { "mounts[0]", "mounts[1]", "mounts[2]", "mounts[3]",
		    "mounts[4]", "mounts" } },
	{ .about = "what the host's network and clocks do not let",
	  .line = "oci c",
	  .config = "{'process':{" ARGS "},'mounts':[{'destination':'/sys',"
		    "'type':'sysfs','options':['ro']}],'linux':{'timeOffsets':"
		    "{'boottime':{'secs':9223372036854775807}},'devices':[{"
		    "'path':'/dev/kmsg','major':10,'minor':300}],"
		    "'namespaces':[{'type':'ipc'}]}}",
	  .lost = { "linux.timeOffsets.boottime", "linux.devices",
		    "linux.namespaces", "mounts" } },
	{ .about = "what is not ours to do",
	  .line = "oci c",
	  .config =
		  "{'domainname':'d','hooks':{},'nonesuch':1,'process':{" ARGS
		  "},'linux':{'cgroupsPath':'/x','rootfsPropagation':"
		  "'shared','resources':{'memory':{'swappiness':1},"
		  "'devices':[{'allow':true}],'network':{}},'intelRdt':{}," SEPARATE
		  "}}",
	  .lost = { "domainname", "hooks", "nonesuch", "linux.cgroupsPath",
		    "linux.rootfsPropagation",
		    "linux.resources.memory.swappiness",
		    "linux.resources.devices", "linux.resources.network",
		    "linux.intelRdt" } },
};

#define SECCOMP(profile) \
	"{'process':{" ARGS "},'linux':{'seccomp':{" profile "}," SEPARATE "}}"
#define ALLOWS "'defaultAction':'SCMP_ACT_ALLOW'"

/* What the document would be refused for is not in it. */
static const struct import_case refused[] = {
	{ .about = "maps of users alone",
	  .line = "oci c",
	  .config = "{'process':{" ARGS "},'linux':{" SEPARATE ","
		    "'uidMappings':[{'containerID':0,'hostID':1,'size':1}]}}",
	  .lost = { "linux.uidMappings" } },
	{ .about = "maps that overlap",
	  .line = "oci c",
	  .config = "{'process':{" ARGS "},'linux':{" SEPARATE ","
		    "'gidMappings':[{'containerID':0,'hostID':1,'size':1}],"
		    "'uidMappings':[{'containerID':0,'hostID':1,'size':1},"
		    "{'containerID':0,'hostID':2,'size':1}]}}",
	  .parts = { "'uid_maps':[{'inside':0,'outside':1,'count':1}]" },
	  .lost = { "linux.uidMappings" } },
	{ .about = "a listener",
	  .line = "oci c",
	  .config = SECCOMP(ALLOWS ",'listenerPath':'/run/l'"),
	  .lost = { "linux.seccomp" } },
	{ .about = "an action for a listener",
	  .line = "oci c",
	  .config = SECCOMP("'defaultAction':'SCMP_ACT_NOTIFY'"),
	  .lost = { "linux.seccomp" } },
	{ .about = "an action for a debugger",
	  .line = "oci c",
	  .config = SECCOMP("'defaultAction':'SCMP_ACT_TRACE'"),
	  .lost = { "linux.seccomp" } },
	{ .about = "numbers and names that are none",
	  .line = "oci c",
	  .config = "{'annotations':{'a b':'c','d':'e'},'hostname':'a_b',"
		    "'process':{" ARGS ",'oomScoreAdj':'x','rlimits':[{'type':"
		    "'RLIMIT_X','soft':1,'hard':1},{'type':'RLIMIT_CPU',"
		    "'soft':1,'hard':1}]},'linux':{" SEPARATE "}}",
	  .parts = { "'labels':{'d':'e'}",
		     "'rlimits':[{'name':'RLIMIT_CPU','soft':1,'hard':1}]" },
	  .lost = { "process.oomScoreAdj", "process.rlimits", "hostname",
		    "annotations" } },
	{ .about = "the host's network and its devices",
	  .line = "oci c",
	  .config = "{'process':{" ARGS "},'linux':{'devices':[{'path':"
		    "'/x'}],'sysctl':{'kernel.panic':'1','kernel.sem':'1'},"
		    "'namespaces':[{'type':'ipc'},{'type':'uts'},"
		    "{'type':'pid'},{'type':'cgroup'}]}}",
	  .parts = { "'sysctls':{'kernel.sem':'1'}" },
	  .lost = { "linux.sysctl", "linux.devices" } },
};

TEST(what_this_build_refuses_is_taken_out_and_told)
{
	check_imports(refused, ARRAY_SIZE(refused));
}

TEST(configurations_are_carried_over)
{
	check_imports(carried, ARRAY_SIZE(carried));
}

TEST(what_has_no_place_here_is_told)
{
	check_imports(lost, ARRAY_SIZE(lost));
}

TEST(the_root_is_beside_the_configuration)
{
	_cleanup_(outcome_done) struct outcome outcome = { .status = -1 };

	enter_folder();
	make_file("c", "{\"root\":{\"path\":\"rootfs\"}}");
	outcome = command_case("import oci c");
	leave_folder();
	ASSERT_CONTAINS(outcome.out, "/rootfs\",\n    \"writable\": true");
}

TEST(a_file_that_is_none_is_told)
{
	_cleanup_(outcome_done) struct outcome outcome = { .status = -1 };

	enter_folder();
	make_file("c", "{\n]");
	outcome = command_case("import oci c");
	leave_folder();
	ASSERT_EQ(outcome.status, 125);
	ASSERT_STR(outcome.err, "sandbox: c:2:1: a string was expected\n");
}
