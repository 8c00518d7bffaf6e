#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The importers know every option and field of the lists of other programs'
# features: it is carried over or told to be lost, never "not known".
# inventory.sh SANDBOX FOLDER
set -u
command=$1
lists=$2
failed=0
count=0

miss() {
	echo "$*" >&2
	failed=1
}

known() {
	case $1 in
	0 | 3) ! echo "$2" | grep -q 'not known here' ;;
	*) false ;;
	esac
}

while read -r option; do
	count=$((count + 1))
	good=no
	# However many values it has.
	for values in "" "1" "1 /2" "1 /2 /3"; do
		# shellcheck disable=SC2086 # words
		said=$("$command" import bwrap -- --clearenv "$option" \
			$values -- true 2>&1 >/dev/null </dev/null)
		known $? "$said" && good=yes && break
	done
	[ $good = yes ] || miss "bwrap $option: $said"
done <"$lists/bubblewrap.txt"

# One of the three kinds of values is of its type; an enum has a number, too.
try_field() {
	for value in 1 "'/1'" "{}"; do
		said=$(echo "$2 $1: $value $3" |
			"$command" import nsjail - 2>&1 >/dev/null)
		known $? "$said" && return 0
	done
	miss "nsjail $1: $said"
}

while read -r field; do
	count=$((count + 1))
	name=${field#*.}
	case $field in
	--*) ;; # of its command line alone
	IdMap.*) try_field "$name" "uidmap {" "}" ;;
	MountPt.*) try_field "$name" "mount {" "}" ;;
	Exe.*) try_field "$name" "exec_bin {" "}" ;;
	TrafficRule.*) try_field "$name" "traffic_rule {" "}" ;;
	UserNet.*) try_field "$name" "user_net {" "}" ;;
	NstunRule.*) try_field "$name" "user_net { rule4 {" "} }" ;;
	Pasta.*) try_field "$name" "user_net { pasta {" "} }" ;;
	*) try_field "$name" "" "" ;;
	esac
done <"$lists/nsjail.txt"

# What there is not is not known: else the above would prove nothing.
known 125 "" && miss "a refusal passes"
"$command" import bwrap -- --nonesuch -- true >/dev/null 2>&1
[ $? = 125 ] || miss "bwrap --nonesuch is known"
echo "nonesuch: 1" | "$command" import nsjail - >/dev/null 2>&1
[ $? = 125 ] || miss "nsjail nonesuch is known"
[ $count -ge 200 ] || miss "only $count in the lists"
exit $failed
