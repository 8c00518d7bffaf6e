#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What libsandbox.so exports is what its map lists and its headers declare.
# usage: symbols.sh SOURCE BUILD
set -eu
export LC_ALL=C
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

nm -D --defined-only "$2/libsandbox/libsandbox.so" |
	awk '$2 != "A" { sub("@.*", "", $3); print $3 }' |
	sort >"$work/exported"
awk '/local:/ { on = 0 } on { gsub("[; \t]", ""); print } /global:/ { on = 1 }' \
	"$1/libsandbox/libsandbox.map" | sort >"$work/map"
cat "$1"/include/sandbox/*.h "$1"/include/sandbox/*.h.in |
	tr '\n' ' ' | grep -o 'SANDBOX_API [^;#]*;' |
	grep -o 'sandbox_[a-z0-9_]*(' | tr -d '(' | sort >"$work/declared"

test -s "$work/declared"
diff -u "$work/map" "$work/exported"
diff -u "$work/declared" "$work/exported"
echo "$(wc -l <"$work/exported") symbols"
