#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Files and functions stay short, and each file says what it is for."""
import re
import statistics
import sys

import tree

FILE_LINES, FUNCTION_LINES = 400, 60
CODE = (".c", ".h", ".py", ".sh", ".cc", ".cpp", ".go")
SPDX = re.compile(r"(/\*|#|//) SPDX-License-Identifier: Apache-2\.0( \*/)?$")
# What the line after the license line looks like, where it must say the job.
OPENING = {".c": r"/\*", ".h": r"/\*", ".cc": r"/\*", ".cpp": r"/\*",
           ".py": r'"""', ".sh": r"# "}


def functions(lines):
    """(line, length) of each function: its braces stand in column 0."""
    start = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            start = number
        elif start and line.startswith("}"):
            yield start, number - start + 1
            start = None


def check(path, lines):
    """What is wrong with one file."""
    head = [line for line in lines[:3] if not line.startswith("#!")]
    if not head or not SPDX.match(head[0]):
        yield f"{path}:1: no SPDX line"
    ending = "." + path.rpartition(".")[2]
    if ending in OPENING and not re.match(OPENING[ending], "".join(head[1:2])):
        yield f"{path}:2: no opening comment"
    if path.endswith(CODE) and len(lines) > FILE_LINES:
        yield f"{path}: {len(lines)} lines, more than {FILE_LINES}"


def main(root):
    problems, lengths = [], []
    for path in tree.files(root, *CODE, "meson.build", ".proto",
                           "meson_options.txt") + ["dev", ".ci/run"]:
        lines = tree.read(root, path).splitlines()
        problems += check(path, lines)
        if not path.endswith((".c", ".h")):
            continue
        for line, length in functions(lines):
            lengths.append(length)
            if length > FUNCTION_LINES:
                problems.append(f"{path}:{line}: function of {length} lines, "
                                f"more than {FUNCTION_LINES}")
    print("\n".join(problems) or f"{len(lengths)} functions, median "
          f"{statistics.median(lengths):.0f} lines")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
