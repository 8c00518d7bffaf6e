#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The same command lines by bubblewrap and by the sandbox that they are imported
# as print the same: import_runs.sh SANDBOX
# shellcheck disable=SC2016 # what is in single quotes is for the shell inside
set -u
sandbox=$1
failed=0
command -v bwrap >/dev/null || exit 77
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
echo one >"$folder/file"
# Of the architecture's number: uname(2), which is 63 or 160, fails with EXDEV.
case $(uname -m) in
x86_64) uname='\x3f' ;;
*) uname='\xa0' ;;
esac
{
	printf '\x20\0\0\0\0\0\0\0'
	printf '\x15\0\0\1%b\0\0\0' "$uname"
	printf '\x06\0\0\0\x12\0\x05\0\x06\0\0\0\0\0\xff\x7f'
} >"$folder/filter"
host=(--cap-drop ALL --clearenv --unshare-all --setenv PATH /usr/bin:/bin --ro-bind /usr /usr
	--symlink usr/bin /bin --symlink usr/lib /lib --symlink usr/lib64 /lib64
	--proc /proc --dev /dev)
bwrap "${host[@]}" -- true 2>/dev/null || exit 77
"$sandbox" run true 2>/dev/null || exit 77

# SCRIPT ARGUMENT...: what the script prints in both.
same() {
	local script=$1 theirs ours status
	shift
	theirs=$(bwrap "${host[@]}" "$@" -- sh -c "$script" 2>/dev/null \
			8<"$folder/filter" 9<"$folder/file"
		echo "status $?")
	"$sandbox" import bwrap -- "${host[@]}" "$@" -- sh -c "$script" \
		>"$folder/spec" 2>"$folder/lost" 8<"$folder/filter" \
		9<"$folder/file"
	status=$?
	[[ $status == 0 ]] || {
		echo "import $*: $(cat "$folder/lost")" >&2
		failed=1
	}
	ours=$("$sandbox" run --spec "$folder/spec" 2>"$folder/err"
		echo "status $?")
	[[ $theirs == "$ours" && $theirs != "status 127" ]] || {
		printf '%s\nbubblewrap:\n%s\nsandbox:\n%s\n%s\n' "$*" "$theirs" \
			"$ours" "$(cat "$folder/err")" >&2
		failed=1
	}
}

same 'pwd; ls /usr; readlink /bin; id -u; id -g'
same 'id -u; id -g' --uid 1000 --gid 100
same 'uname -n' --hostname inside
same 'pwd; cat file; echo two >new && cat new; rm new' \
	--bind "$folder" /there --chdir /there
same 'cat /there/file; echo two >/there/new || echo no' --ro-bind "$folder" /there
same 'env | grep -v -e ^PWD= -e ^_= -e ^SHLVL= | sort' --setenv A 1 \
	--setenv B 2 --unsetenv B --setenv A 3
same 'stat -c "%a %F" /t /u /d; echo x >/t/x && cat /t/x' --perms 0700 \
	--tmpfs /t --tmpfs /u --perms 0750 --dir /d
same 'head -c 2000000 /dev/zero >/t/x && echo all || echo full' \
	--size 1048576 --tmpfs /t
same 'grep -E "^Cap(Eff|Prm)" /proc/self/status'
same 'grep ^NoNewPrivs /proc/self/status'
same 'tail -n +3 /proc/net/dev | cut -d: -f1'
same 'stat -c "%a" /d; cat /w/file; echo x >/w/x || echo no' --dir /d \
	--chmod 0711 /d --bind "$folder" /w --remount-ro /w
same 'stat -c %a /f; cat /f' --perms 0644 --file 9 /f
same 'cat /d/f; stat -c %a /d/f; echo x >/d/f || echo no' --dir /d \
	--perms 0444 --ro-bind-data 9 /d/f
same 'uname -n || echo refused' --seccomp 8
same 'for f in null zero full random urandom; do [ -c /dev/$f ] && echo $f; done'
# They are told apart at all.
[[ $(bwrap "${host[@]}" --uid 5 -- id -u) == 5 ]] || failed=1
exit $failed
