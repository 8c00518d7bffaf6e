#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The launcher needs nothing that is not its own: its objects, linked into
# one, have no undefined symbol.  So no allocation, no libc, no lock, by proof.
# usage: launcher_symbols.sh ARCHIVE...
set -eu
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

ld -r --whole-archive "$@" -o "$work/launcher.o"
nm --defined-only "$work/launcher.o" | grep -q ' T _start$' || {
	echo "no _start: these are not the launcher's objects"
	exit 1
}
nm --undefined-only "$work/launcher.o" >"$work/undefined"
cat "$work/undefined"
test ! -s "$work/undefined"
