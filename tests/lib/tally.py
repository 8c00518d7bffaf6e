#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Counts what the test runs of some build folders found.

usage: tally.py BUILD...

Counts single tests, not programs: each line of a TAP program is one.  A
program that stopped early, printed nothing or ended badly without a failed
test of its own counts as failed.  The last line is `N passed, N failed,
N skipped`; the status is 1 when anything failed or nothing ran.
"""
import json
import os
import re
import sys

LINE = re.compile(r"^(ok|not ok)\b(.*?)(?:\s+#\s*(SKIP\S*)\s*(.*))?$", re.I)
PLAN = re.compile(r"^1\.\.(\d+)\s*(?:#\s*SKIP\s*(.*))?$", re.I)


class Count:
    """What one program, or one suite, found."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0
        self.seconds = 0.0
        self.remarks = []

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.seconds += other.seconds
        self.remarks += other.remarks


def count_tap(name, output, count):
    """Adds the lines of a TAP program to the count."""
    planned = None
    for line in output.splitlines():
        plan, match = PLAN.match(line), LINE.match(line)
        if plan:
            planned = int(plan[1])
            if planned == 0 and plan[2] is not None:
                count.skipped += 1
                count.remarks.append(f"skipped: {name}: {plan[2]}")
        elif match and match[1].lower() == "not ok":
            count.failed += 1
            count.remarks.append(f"FAILED:  {name}:{match[2].rstrip()}")
        elif match and match[3]:
            count.skipped += 1
            count.remarks.append(
                f"skipped: {name}:{match[2].rstrip()}: {match[4]}")
        elif match:
            count.passed += 1
    seen = count.passed + count.failed + count.skipped
    if planned is None or seen == 0 or (planned and seen != planned):
        count.failed += max(1, (planned or 0) - seen)
        count.remarks.append(f"FAILED:  {name}: {seen} of {planned} tests ran")


def count_program(name, protocol, entry):
    """The count of one line of the log."""
    count = Count()
    result = entry["result"]
    count.seconds = entry["duration"]
    if protocol == "tap":
        count_tap(name, entry.get("stdout") or "", count)
    elif result in ("OK", "EXPECTEDFAIL"):
        count.passed = 1
    elif result == "SKIP":
        count.skipped = 1
        count.remarks.append(f"skipped: {name}")
    if result not in ("OK", "SKIP", "EXPECTEDFAIL") and count.failed == 0:
        count.failed = 1
        count.remarks.append(f"FAILED:  {name}: {result}, "
                             f"status {entry['returncode']}")
    return count


def count_build(build):
    """{suite: count} of the last run in a build folder."""
    with open(os.path.join(build, "meson-info/intro-tests.json"),
              encoding="utf-8") as file:
        known = {(suite.split(":")[-1], test["name"]): test["protocol"]
                 for test in json.load(file)
                 for suite in test["suite"] or ["other"]}
    suites = {}
    log = os.path.join(build, "meson-logs/testlog.json")
    if not os.path.exists(log):
        return suites  # nothing ran
    with open(log, encoding="utf-8") as file:
        for entry in map(json.loads, file):
            # "project:suite / name", or the name alone if there is one suite.
            suite, _, name = entry["name"].rpartition(" / ")
            suite = suite.split(":")[-1].split("+")[0] or next(
                key[0] for key in known if key[1] == name)
            suites.setdefault(suite, Count()).add(
                count_program(name, known[suite, name], entry))
    return suites


def main(builds):
    total = Count()
    rows = []
    for build in builds:
        for suite, count in sorted(count_build(build).items()):
            total.add(count)
            rows.append((suite, os.path.basename(build), count.passed,
                         count.failed, count.skipped, f"{count.seconds:.1f} s"))
    for remark in total.remarks:
        print(remark)
    for row in [("suite", "build", "passed", "failed", "skipped", "time"),
                *rows]:
        print("{:<14} {:<11} {:>7} {:>7} {:>8} {:>9}".format(*row))
    print(f"{total.passed} passed, {total.failed} failed, "
          f"{total.skipped} skipped", flush=True)
    return 1 if total.failed or not total.passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
