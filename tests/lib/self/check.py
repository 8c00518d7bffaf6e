#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the broken tests and checks that each is reported as what it is."""
import os
import re
import subprocess
import sys
import time

# Test: its verdict, and the diagnostics (patterns) that must come with it.
EXPECTED = {
    "passes": ("ok", []),
    "condition_fails": ("not ok", [r"broken\.c:\d+: not true: 1 > 2"]),
    "numbers_differ": ("not ok", [r"broken\.c:\d+: .*: 41 is not 42"]),
    "texts_differ": ("not ok", [r"broken\.c:\d+:", '"left"', '"right"']),
    "text_is_null": ("not ok", [r"\(NULL\)", '"right"']),
    "part_is_missing": ("not ok", ['"haystack"', "has no", '"needle"']),
    "call_fails": ("not ok", [r"broken\.c:\d+: -ENOENT: ENOENT"]),
    "says_why": ("not ok", ["first some output", "because of 7"]),
    "skips": ("skip", ["no kernel here"]),
    "crashes": ("not ok", ["SIGSEGV|AddressSanitizer"]),
    "aborts": ("not ok", ["SIGABRT"]),
    "exits_by_itself": ("not ok", ["exit status 0 before its end"]),
    "pretends_to_skip": ("not ok", ["exit status 77"]),
    "hangs_with_a_child": ("not ok", ["still running after 2 s"]),
    "leaves_a_child_that_holds_the_output": ("ok", []),
    "leaks_a_descriptor": ("not ok", [r"left open: /dev/zero",
                                      "1 descriptors changed"]),
    "closes_a_descriptor": ("not ok", ["descriptor 0 was closed"]),
    "swaps_a_descriptor": ("not ok", ["descriptor 0 is another file"]),
    "prints_odd_bytes": ("not ok", [r"# not ok 1 bell\? and no line feed$"]),
    "needs_python": ("ok", []),
    "needs_root": ("skip", ["not root"]),
    "needs_something_unknown": ("not ok", ['no such feature: "no_such_f']),
}


def parse(output):
    """{test: (verdict, text of reason and diagnostics)}"""
    found, last = {}, None
    for line in output.splitlines():
        match = re.match(r"(ok|not ok) \d+ (\S+)(?: # SKIP (.*))?$", line)
        if match:
            verdict = "skip" if match[3] else match[1]
            last = match[2]
            found[last] = (verdict, match[3] or "")
        elif line.startswith("#") and last:
            found[last] = (found[last][0], found[last][1] + "\n" + line)
    return found


def left_over(program):
    """Processes that still run the program."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.path.samefile(f"/proc/{pid}/exe", program):
                found.append(pid)
        except OSError:
            pass  # not ours, or gone
    return found


def main():
    program = sys.argv[1]
    env = dict(os.environ, TEST_TIMEOUT="2", SANDBOX_TESTS_NEED="")
    run = subprocess.run([program], capture_output=True, text=True, env=env)
    found = parse(run.stdout)
    problems = []
    if not run.stdout.startswith(f"TAP version 13\n1..{len(EXPECTED)}\n"):
        problems.append("the head is wrong")
    if run.returncode == 0 or run.stderr:
        problems.append(f"status {run.returncode}, stderr {run.stderr!r}")
    if list(found) != list(EXPECTED):
        problems.append(f"other tests, or another order: {list(found)}")
    for name, (verdict, patterns) in EXPECTED.items():
        got, text = found.get(name, ("nothing", ""))
        if got != verdict:
            problems.append(f"{name}: {got} instead of {verdict}: {text}")
        problems += [f"{name}: no {pattern!r} in {text!r}"
                     for pattern in patterns
                     if not re.search(pattern, text, re.M)]
    if "not shown" in run.stdout:
        problems.append("output of a passing test is shown")
    env["SANDBOX_TESTS_NEED"] = "userns,root"
    run = subprocess.run([program, "needs_root"], capture_output=True,
                         text=True, env=env)
    if "not ok" not in run.stdout or "has \"root\": not" not in run.stdout:
        problems.append(f"a need that must be met is not: {run.stdout!r}")
    for status, names in ((0, ["passes", "skips"]), (1, ["passes", "crashes"]),
                          (1, ["no_such_test"])):
        got = subprocess.run([program, *names], capture_output=True, env=env)
        if got.returncode != status:
            problems.append(f"{names}: status {got.returncode}")
    time.sleep(0.2)
    if left_over(program):
        problems.append(f"still running: {left_over(program)}")
    print("\n".join(problems) or "every broken test is told apart")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
