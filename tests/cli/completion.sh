#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The completion knows every verb and every option that the help prints, and
# the kinds of values: completion.sh SANDBOX COMPLETION
set -u
command=$1
# shellcheck source=/dev/null
. "$2"
failed=0

# The answer to: complete the last of these words.
answers() {
	COMP_WORDS=(sandbox "$@")
	COMP_CWORD=$#
	_sandbox "$command" "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"
	printf '%s\n' "${COMPREPLY[@]}"
}

# WANTED is among the answers, or with "no" before it is not.
expect() {
	local sign=$1 wanted=$2
	shift 2
	if answers "$@" | grep -qxF -e "$wanted"; then
		[[ $sign == yes ]] && return
	else
		[[ $sign == no ]] && return
	fi
	echo "sandbox $*: $wanted: expected $sign" >&2
	failed=1
}

verbs=$("$command" help | awk '/^  [a-z]/ { print $1 }')
[[ $(wc -w <<<"$verbs") -ge 7 ]] || { echo "too few verbs" >&2; exit 1; }
for verb in $verbs; do
	expect yes "$verb" ""
	expect yes "$verb" "${verb:0:2}"
	expect yes "$verb" help ""
	for option in $("$command" help "$verb" | awk '/^  --/ { print $1 }'); do
		expect yes "$option" "$verb" --
		expect yes "$option" "$verb" "${option:0:4}"
	done
done
expect no run "x"
expect no --bind probe --
expect yes --bind explain --
expect no --result explain --
expect yes null run --stdin ""
expect yes inherit run --stdin i
expect no null run --stdin i
cd "$(dirname "$2")" || exit 1
expect yes sandbox.bash run --spec sand
expect yes sandbox.bash check sand
exit $failed
