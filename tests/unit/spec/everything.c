/* SPDX-License-Identifier: Apache-2.0 */
/* Documents that set all there is to set. */
#include "everything.h"

#include <stddef.h>

/* Sets every field that is implemented, in one document or another. */
const char *const everything[] = {
	"{'id':'a','labels':{'k':'v'},"
	"'root':{'kind':'DIRECTORY','path':'/r','writable':true},"
	"'mounts':[{'source':'/a','target':'/a','writable':true,'exec':true,"
	"'nosymfollow':true,'noatime':true,'non_recursive':true,"
	"'create_target_off':true,'dev':true,'suid':true,'no_idmap':true,"
	"'propagation':'SLAVE'},"
	"{'kind':'TMPFS','target':'/t','size_bytes':1,'inodes':1,'mode':1,"
	"'uid':1,'gid':1},{'source_fd':1,'target':'/b'},"
	"{'kind':'PROC','target':'/p','hidepid':'HIDEPID_OFF'},"
	"{'kind':'FILE','content':'YQ==','target':'/f'},"
	"{'kind':'SYSFS','target':'/sys'}],"
	"'identity':{'mode':'RANGE','range_size':9},"
	"'process':{'argv':['a'],'env':['A=b'],'cwd':'/','user':'u',"
	"'stdio':{'in':{'kind':'FD','fd':1},'out':{'kind':'FD','fd':1},"
	"'err':{'kind':'FD','fd':1}},"
	"'rlimits':[{'name':'core','soft':1,'hard':1},"
	"{'name':'cpu','unlimited_soft':true,'unlimited_hard':true}],"
	"'capabilities':{'effective':['kill'],'permitted':['kill'],"
	"'inheritable':['kill'],'bounding':['kill'],'ambient':['kill'],"
	"'all_sets':['kill']},'umask_plus1':1,'oom_score_adj':1,'extra_gids':[1],"
	"'scheduling':{'policy':'fifo','priority':1,'cpus':'0',"
	"'io_class':'idle','core_cookie':true},'exec_fd':1,"
	"'pass_fds':[{'fd':1,'inside':3}]},"
	"'security':{'capabilities':{'effective':['kill'],"
	"'permitted':['kill'],'inheritable':['kill'],'bounding':['kill'],"
	"'ambient':['kill'],'all_sets':['kill']},'allow_new_privs':true,"
	"'apparmor_profile':'a','selinux_label':'a:b:c:s0','personality':1,'disable_tsc':true,'securebits':1,'sysctls':{'net.a':'1'},'allow_memfd_exec':true,"
	"'seccomp':{'profile':'NONE','errno_value':1,'log':true,"
	"'bpf':'YQ==','rules':[{'names':['read'],'action':'LOG'},"
	"{'names':['read'],'errno_value':1,'args':[{'index':1,"
	"'op':'MASKED_EQ','value':1,'mask':1}]}]},"
	"'masked_paths':['/m'],'readonly_paths':['/o'],"
	"'unmasked_paths':['/u'],'devices':[{'path':'/dev/a','source':'/dev/b',"
	"'writable':true}]},"
	"'limits':{'memory_bytes':9,'memory_high_bytes':8,"
	"'memory_low_bytes':1,'swap_bytes_plus1':1,'cpu_milli':10,"
	"'cpu_weight':1,'cpuset_cpus':'0','cpuset_mems':'0',"
	"'oom_kill_one':true,'pids':1,'wall_ms':1,'grace_ms':1},"
	"'network':{'loopback_down':true},"
	"'namespaces':{'ipc':'JOIN','ipc_join':'/i','cgroup':'SHARED'},"
	"'hostname':'h','preferred':['limits']}",
	"{'root':{'kind':'OVERLAY','fd':1,'upper':'/u'},'process':{'argv':['a']}}",
	"{'root':{'kind':'DIRECTORY','fd':1},'process':{'argv':['a'],"
	"'scheduling':{'nice':1,'io_class':'realtime','io_level':1}},"
	"'security':{'landlock':{'paths':[{'path':'/a','access':['read']}],"
	"'bind_tcp':[1],'connect_tcp':[1],'restrict_network':true,"
	"'allow_abstract_sockets':true,'allow_signals_out':true},"
	"'seccomp':{'profile':'NONE','default_action':'LOG'}},"
	"'network':{'mode':'JOIN','join_fd':1},"
	"'namespaces':{'uts':'JOIN','uts_join':'/u',"
	"'cgroup':'JOIN','cgroup_join':'/c','monotonic_offset_ns':'1',"
	"'boottime_offset_ns':'-1'}}",
	"{'security':{'own_namespaces':true,'allow_nested_userns':true},"
	"'process':{'argv':['a']}}",
	"{'identity':{'mode':'EXPLICIT','uid_maps':[{'inside':1,'outside':1,"
	"'count':1}],'gid_maps':[{'inside':1,'outside':1,'count':1}]},"
	"'process':{'argv':['a']}}",
	"{'network':{'mode':'JOIN','join_path':'/n'},"
	"'namespaces':{'time':'SHARED'},"
	"'root':{'kind':'OVERLAY','path':'/r','layers':['/l'],"
	"'upper_size_bytes':1,'upper_inodes':1,'allow_exec_on_upper':true},"
	"'mounts':[{'kind':'CGROUP','target':'/sys/fs/cgroup'},"
	"{'kind':'OVERLAY','target':'/o','layers':['/l'],'writable':true}],"
	"'process':{'argv':['a']}}",
	"{'security':{'seccomp':{'oci_json':"
	"'eyJkZWZhdWx0QWN0aW9uIjoiU0NNUF9BQ1RfQUxMT1cifQ=='}},"
	"'process':{'argv':['a']}}",
	"{'security':{'seccomp':{'notify_fd':1,'rules':[{'names':['a'],"
	"'action':'NOTIFY'}]}},'process':{'argv':['a']}}",
	"{'network':{'mode':'HOST','dns_servers':['::1'],'dns_search':['a'],"
	"'hosts':{'a':'::1'}},'process':{'argv':['a']}}",
	NULL,
};
