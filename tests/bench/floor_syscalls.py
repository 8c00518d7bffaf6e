#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the floor's system calls against a golden list.

The floor is what the library's launch is measured by, so it may not get
slower unnoticed.  Counted are the calls of the child, and those of its parent
from the clone to the reaping.

usage: floor_syscalls.py [--update] GOLDEN FLOOR FILTER PAYLOAD
"""
import collections
import os
import re
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
CALL = re.compile(r"^(\d+)\s+(\w+)\(")


def trace(floor, bpf, rootfs, log):
    """Runs the floor under strace; returns what strace saw."""
    strace = ["strace", "-f", "-qq", "-o", log]
    job = [floor, rootfs, bpf, "/bin/true"]
    done = subprocess.run(strace + job, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"the floor failed ({done.returncode}): {done.stdout}")
    with open(log, encoding="utf-8") as lines:
        return lines.readlines()


def count(lines):
    """The launch's calls as {name: how often}."""
    counts = collections.Counter()
    parent = None
    launching = False
    for line in lines:
        call = CALL.match(line)
        if not call:
            continue
        pid, name = call.groups()
        parent = parent or pid
        launching = launching or name == "clone3"
        if pid != parent or launching:
            counts[name] += 1
        # Entered before the child has ended or after: the last one counted.
        launching = launching and not (pid == parent and name == "wait4")
    return counts


def make_root(top, payload):
    """A root file system with one program."""
    for name in ("bin", "dev", "proc", "tmp"):
        os.mkdir(os.path.join(top, name))
    shutil.copy(payload, os.path.join(top, "bin", "true"))


def can_make_namespaces():
    """Whether this user may have a user namespace at all."""
    return subprocess.run(["unshare", "--user", "--net", "true"], check=False,
                          capture_output=True).returncode == 0


def main():
    words = sys.argv[1:]
    update = words[:1] == ["--update"]
    golden, floor, bpf, payload = words[1:] if update else words
    if not shutil.which("strace"):
        print("strace is not installed")
        return SKIPPED
    if not can_make_namespaces():
        print("no user namespaces for this user")
        return SKIPPED
    with tempfile.TemporaryDirectory() as top:
        rootfs = os.path.join(top, "rootfs")
        os.mkdir(rootfs)
        make_root(rootfs, payload)
        counts = count(trace(floor, bpf, rootfs, os.path.join(top, "log")))
    text = "".join(f"{name} {n}\n" for name, n in sorted(counts.items()))
    if update:
        with open(golden, "w", encoding="utf-8") as out:
            out.write(text)
        return 0
    with open(golden, encoding="utf-8") as expected:
        wanted = expected.read()
    if text == wanted:
        return 0
    sys.stdout.write(f"--- {golden}\n{wanted}--- now\n{text}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
