#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The layout of the C files is the one that clang-format gives them.
# usage: format.sh SOURCE
set -eu
cd -- "$1"
find include libsandbox cli tests -name '*.[ch]' -print0 |
	xargs -0 clang-format --dry-run --Werror
