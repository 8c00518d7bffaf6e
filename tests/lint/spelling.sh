#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Words are spelt as in the dictionary of common mistakes.
# usage: spelling.sh SOURCE
set -eu
cd -- "$1"
codespell --skip './build*,./.git,*.pyc' --ignore-words tests/lint/spelling.txt
