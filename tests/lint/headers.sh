#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Each header compiles alone, and twice: the public ones as C99 and C++11,
# ours as GNU C11 with the include folders of the build.
# usage: headers.sh SOURCE BUILD
set -euo pipefail
source=$(realpath -- "$1")
build=$(realpath -- "$2")
status=0
count=0

# compile HEADER COMPILER FLAG...
compile() {
	local header=$1

	shift
	count=$((count + 1))
	printf '#include "%s"\n#include "%s"\n' "$header" "$header" |
		"$@" -fsyntax-only -Wall -Wextra -Werror - || {
		printf 'not by itself: %s (%s %s)\n' "$header" "$1" "$4"
		status=1
	}
}

for header in "$source"/include/sandbox/*.h "$build"/include/sandbox/*.h; do
	folders=(-I"$source/include" -I"$build/include")
	compile "$header" gcc -x c -std=c99 -pedantic -Wundef \
		-Wstrict-prototypes "${folders[@]}"
	compile "$header" g++ -x c++ -std=c++11 -pedantic -Wundef "${folders[@]}"
done

cd -- "$build"
mapfile -t folders < <(grep -oE -- '-I[^ "]+' compile_commands.json | sort -u)
while IFS= read -r header; do
	compile "$header" gcc -x c -std=gnu11 -D_GNU_SOURCE "${folders[@]}"
done < <(find "$source/libsandbox" "$source/cli" "$source/tests" -name '*.h')

echo "$count compilations"
exit "$status"
