#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The same OCI bundles by crun and by the sandbox that they are imported as
# print the same: import_bundle.sh SANDBOX
# shellcheck disable=SC2016 # what is in single quotes is for the shell inside
set -u
sandbox=$1
failed=0
command -v crun >/dev/null && [[ $(id -u) == 0 ]] || exit 77
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
# The program is not of the caller's ids, so that it is let through.
chmod 755 "$folder"
mkdir -p "$folder"/rootfs/{usr,proc,sys,dev,tmp,etc}
for name in bin lib lib64; do
	ln -s usr/$name "$folder/rootfs/$name"
done

# SCRIPT PROCESS LINUX: a configuration, the members of two objects in it.
write_config() {
	cat >"$folder/config.json" <<-EOF
		{"ociVersion": "1.0.0", "hostname": "inside",
		 "root": {"path": "rootfs", "readonly": true},
		 "process": {"args": ["sh", "-c", "$1"], "cwd": "/tmp",
		  "env": ["PATH=/usr/bin:/bin", "HOME=/"], "noNewPrivileges": true
		  $2},
		 "mounts": [
		  {"destination": "/proc", "type": "proc", "source": "proc"},
		  {"destination": "/dev", "type": "tmpfs", "source": "tmpfs",
		   "options": ["nosuid", "strictatime", "mode=755", "size=65536k"]},
		  {"destination": "/dev/pts", "type": "devpts", "source": "devpts",
		   "options": ["nosuid", "noexec", "newinstance", "ptmxmode=0666"]},
		  {"destination": "/dev/shm", "type": "tmpfs", "source": "shm",
		   "options": ["nosuid", "noexec", "nodev", "mode=1777", "size=64k"]},
		  {"destination": "/dev/mqueue", "type": "mqueue",
		   "source": "mqueue", "options": ["nosuid", "noexec", "nodev"]},
		  {"destination": "/sys", "type": "sysfs", "source": "sysfs",
		   "options": ["nosuid", "noexec", "nodev", "ro"]},
		  {"destination": "/usr", "type": "bind", "source": "/usr",
		   "options": ["rbind", "ro"]},
		  {"destination": "/tmp", "type": "tmpfs", "source": "tmpfs",
		   "options": ["nosuid", "nodev", "mode=1777", "size=64k"]}],
		 "linux": {"namespaces": [{"type": "pid"}, {"type": "network"},
		   {"type": "ipc"}, {"type": "uts"}, {"type": "mount"},
		   {"type": "cgroup"}],
		  "maskedPaths": ["/proc/kcore", "/sys/firmware"],
		  "readonlyPaths": ["/proc/sys"]
		  $3}}
	EOF
}

# Where both versions of control groups are mounted, crun cannot be without
# a tree of its own that has one.
by_crun() {
	unshare -m --propagation private sh -c \
		'umount /sys/fs/cgroup/unified 2>/dev/null; exec "$@"' - \
		crun run --bundle "$folder" "sandbox-test-$$"
}

same() {
	local theirs ours
	write_config "$@"
	theirs=$(by_crun 2>"$folder/err" </dev/null
		echo "status $?")
	"$sandbox" import oci "$folder/config.json" >"$folder/spec" \
		2>"$folder/lost" || {
		echo "import: $(cat "$folder/lost")" >&2
		failed=1
	}
	ours=$("$sandbox" run --spec "$folder/spec" 2>>"$folder/err" </dev/null
		echo "status $?")
	[[ $theirs == "$ours" ]] || {
		printf '%s\ncrun:\n%s\nsandbox:\n%s\n%s\n' "$*" "$theirs" \
			"$ours" "$(cat "$folder/err")" >&2
		failed=1
	}
}

write_config true '' ''
by_crun >/dev/null 2>&1 </dev/null || exit 77
"$sandbox" run true 2>/dev/null || exit 77

same 'id -u; id -g; pwd; uname -n; env | sort | grep -v -e ^_= -e ^SHLVL=' '' ''
same 'id -u; id -g; grep ^Groups /proc/self/status; umask' \
	', "user": {"uid": 1000, "gid": 100, "umask": 63,
	   "additionalGids": [5]}' ''
same 'grep -E ^Cap\\|^NoNew /proc/self/status' ', "capabilities": {
	"bounding": ["CAP_KILL", "CAP_CHOWN"], "permitted": ["CAP_KILL"],
	"effective": ["CAP_KILL"], "inheritable": [], "ambient": []}' ''
same 'ulimit -n; ulimit -H -n' ', "rlimits": [
	{"type": "RLIMIT_NOFILE", "soft": 64, "hard": 128}]' ''
same 'echo x >/tmp/x && cat /tmp/x; echo y >/y || echo ro; '\
'echo z >/usr/z || echo ro; head -c 65537 /dev/zero >/tmp/y || echo full' \
	'' ''
same 'cut -d\" \" -f2 /proc/mounts | grep -E -x \"/dev/(shm|mqueue|pts)|/sys\"' \
	'' ''
same 'tail -n +3 /proc/net/dev | cut -d: -f1; ls /sys/class/net; '\
'echo x >/sys/kernel/x || echo ro; head -c 1 /proc/kcore | wc -c; '\
'cat /proc/sys/net/ipv4/ip_forward' \
	'' ', "sysctl": {"net.ipv4.ip_forward": "1"}'
same 'uname -n || echo refused' '' ', "seccomp": {
	"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["uname"],
	 "action": "SCMP_ACT_ERRNO", "errnoRet": 38}]}'
exit $failed
