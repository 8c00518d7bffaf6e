#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The system calls of an OCI bundle, from its file to what the filter answers.
# usage: import_seccomp.sh COMMAND
set -euo pipefail
command=$1
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

cat >"$work/config.json" <<'JSON'
{"root": {"path": "/"}, "process": {"args": ["/bin/true"], "cwd": "/"},
 "linux": {"namespaces": [{"type": "pid"}, {"type": "mount"},
   {"type": "network"}, {"type": "ipc"}, {"type": "uts"}],
  "seccomp": {"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 38,
   "architectures": ["SCMP_ARCH_X86_64"],
   "syscalls": [
    {"names": ["read", "write", "execve", "rt_sigprocmask", "exit_group"],
     "action": "SCMP_ACT_ALLOW"},
    {"names": ["clone"], "action": "SCMP_ACT_ALLOW",
     "args": [{"index": 0, "value": 268435456, "valueTwo": 0,
               "op": "SCMP_CMP_MASKED_EQ"}]},
    {"names": ["getpid"], "action": "SCMP_ACT_ERRNO", "errnoRet": 28}]}}}
JSON
"$command" import oci "$work/config.json" >"$work/spec.json"

# expect CALL ANSWER
expect() {
	local answer

	answer=$("$command" seccomp --call "$1" "$work/spec.json")
	[[ $answer == "$2" ]] || {
		printf '%s: %s in place of %s\n' "$1" "$answer" "$2" >&2
		exit 1
	}
}

expect read allow
expect clone,0x11 allow
expect clone,0x10000000 'refuse with ENOSYS'
expect getpid 'refuse with ENOSPC'
expect openat 'refuse with ENOSYS'
expect 9999 'refuse with ENOSYS'

# It is another filter than the default one, and the same as itself.
"$command" seccomp --diff "$work/spec.json" "$work/spec.json"
printf '{"process": {"argv": ["a"]}}' >"$work/plain.json"
if "$command" seccomp --diff "$work/plain.json" "$work/spec.json" \
	>"$work/differences"; then
	exit 1
fi
grep -qx -- '-getpid  *refuse with ENOSPC' "$work/differences"
grep -qx -- '+getpid  *allow' "$work/differences"
