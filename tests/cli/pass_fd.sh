#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# --pass-fd: the program has the descriptors that are named, at their numbers,
# and no others; what cannot be is refused: pass_fd.sh SANDBOX
# shellcheck disable=SC2016 # what is in single quotes is for the shell inside
set -u
sandbox=$1
failed=0
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
echo seven >"$folder/7"

# WANTED STATUS WORDS...: what is printed on both streams, and the exit status.
expect() {
	wanted=$1
	status=$2
	shift 2
	# 7 and 8 are open here, 6 is not.
	said=$("$sandbox" "$@" 2>&1 6>&- 7<"$folder/7" 8<"$folder/7")
	got=$?
	case $said in
	*"$wanted"*) [ $got = "$status" ] && return ;;
	esac
	echo "$*: status $got, not $status; '$said', not '$wanted'" >&2
	failed=1
}

if ! "$sandbox" run true 2>"$folder/why"; then
	cat "$folder/why"
	exit 77 # this host makes no sandbox
fi
expect seven 0 run --pass-fd 7 -- sh -c 'cat <&7'
expect seven 0 run --pass-fd 7:9 -- sh -c 'cat <&9'
expect seven 0 run --pass-fd 7:8 --pass-fd 8:7 -- sh -c 'cat <&8'
# One's own open descriptor of the folder that is listed is 3 or the next.
expect "0 1 2 3 7 9" 0 run --pass-fd 7 --pass-fd 8:9 -- \
	sh -c 'echo $(ls /proc/self/fd)'
expect "0 1 2 3" 0 run -- sh -c 'echo $(ls /proc/self/fd)'
expect "" 1 run -- sh -c '[ -e /proc/self/fd/7 ]'
expect "the command has no descriptor 6" 125 run --pass-fd 6 -- true
expect "the command has no descriptor 6" 125 run --result "$folder/r" \
	--pass-fd 6 -- true
expect "2: its number in the program is from 3 to 255" 125 \
	run --pass-fd 7:2 -- true
expect "256: its number" 125 run --pass-fd 7:256 -- true
expect "1: its number" 125 run --pass-fd 1 -- true
for value in x 7: :7 7:8:9 -7 7:x "" 123456789; do
	expect "is not N or N:M" 125 run --pass-fd "$value" -- true
done
expect "too" 125 run --pass-fd 7 --pass-fd 8:7 -- true
expect '--pass-fd 8:9' 0 explain --origin --set id=x --base /dev/stdin \
	--pass-fd 7 --pass-fd 8:9 true <<END
{}
END
exit $failed
