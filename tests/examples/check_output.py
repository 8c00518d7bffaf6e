# SPDX-License-Identifier: Apache-2.0
"""Runs an example and holds what it prints against a file, line by line.

A line of the file may say {ANY}, which stands for any text.
usage: check_output.py PROGRAM EXPECTED
"""
import re
import subprocess
import sys


def pattern(line):
    return ".*".join(re.escape(part) for part in line.split("{ANY}"))


def main(program, expected):
    with open(expected, encoding="utf-8") as file:
        wanted = file.read().splitlines()
    done = subprocess.run([program], capture_output=True, text=True,
                          timeout=60, check=False)
    found = done.stdout.splitlines()
    problems = [f"line {n}: \"{have}\", and not \"{want}\""
                for n, (want, have) in enumerate(zip(wanted, found), 1)
                if not re.fullmatch(pattern(want), have)]
    if len(wanted) != len(found):
        problems.append(f"{len(found)} lines, and not {len(wanted)}")
    if done.returncode != 0 or done.stderr:
        problems.append(f"exit code {done.returncode}: {done.stderr}")
    print("\n".join(problems) or f"{len(found)} lines as expected")
    return 1 if problems or not wanted else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
