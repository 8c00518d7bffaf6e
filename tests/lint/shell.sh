#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What shellcheck finds in our shell scripts: nothing.
# usage: shell.sh SOURCE
set -eu
cd -- "$1"
find tests cli docs libsandbox -name '*.sh' -exec \
	shellcheck dev .ci/run {} +
