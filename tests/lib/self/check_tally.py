#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Feeds made-up test logs to tally.py and checks what it counts."""
import json
import os
import subprocess
import sys
import tempfile

HEAD = "TAP version 13\n"
# Protocol, result, status, output: passed, failed, skipped.
CASES = [
    ("exitcode", "OK", 0, "", (1, 0, 0)),
    ("exitcode", "FAIL", 1, "", (0, 1, 0)),
    ("exitcode", "TIMEOUT", -9, "", (0, 1, 0)),
    ("exitcode", "SKIP", 77, "", (0, 0, 1)),
    ("tap", "OK", 0, HEAD + "1..2\nok 1 a\nok 2 b # SKIP c\n", (1, 0, 1)),
    ("tap", "ERROR", 1, HEAD + "1..2\nok 1 a\nnot ok 2 b\n# x\n", (1, 1, 0)),
    ("tap", "ERROR", -11, HEAD + "1..3\nok 1 a\n", (1, 2, 0)),
    ("tap", "ERROR", 23, HEAD + "1..1\nok 1 a\n", (1, 1, 0)),
    ("tap", "SKIP", 0, HEAD + "1..1\nok 1 a # SKIP no\n", (0, 0, 1)),
    ("tap", "SKIP", 0, HEAD + "1..0 # SKIP nothing here\n", (0, 0, 1)),
    ("tap", "SKIP", 0, "", (0, 1, 0)),
    ("tap", "TIMEOUT", -9, None, (0, 1, 0)),
    ("tap", "OK", 0, HEAD + "ok 1 a\nok 2 #1 in the name\n1..2\n", (2, 0, 0)),
]


def tally(tool, cases, prefix):
    """(last line, status) for a folder with these cases."""
    with tempfile.TemporaryDirectory() as build:
        os.mkdir(f"{build}/meson-info")
        os.mkdir(f"{build}/meson-logs")
        with open(f"{build}/meson-info/intro-tests.json", "w",
                  encoding="utf-8") as file:
            json.dump([{"name": str(number), "suite": ["p:unit"],
                        "protocol": case[0]}
                       for number, case in enumerate(cases)], file)
        with open(f"{build}/meson-logs/testlog.json", "w",
                  encoding="utf-8") as file:
            for number, case in enumerate(cases):
                file.write(json.dumps(
                    {"name": prefix + str(number), "result": case[1], "duration": 0.5,
                     "returncode": case[2], "stdout": case[3]}) + "\n")
        run = subprocess.run(["/usr/bin/python3", tool, build],
                             capture_output=True, text=True)
        return (run.stdout.splitlines() or [run.stderr])[-1], run.returncode


def main():
    tool = sys.argv[1]
    wrong = 0
    for cases in [[case] for case in CASES] + [CASES, []]:
        sums = [sum(case[4][i] for case in cases) for i in range(3)]
        expected = (f"{sums[0]} passed, {sums[1]} failed, {sums[2]} skipped",
                    1 if sums[1] or not sums[0] else 0)
        got = tally(tool, cases, prefix="p:unit / " if cases[1:] else "")
        if got != expected:
            wrong += 1
            print(f"{cases}:\n  {got} instead of {expected}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
