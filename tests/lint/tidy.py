#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""clang-tidy has nothing to say about our C files.

usage: tidy.py SOURCE BUILD [FILE...]

Two files at a time.  A file that was clean is not looked at again until it,
its command, a header or a configuration changes.
"""
import hashlib
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import tree

FLAGS = ["--quiet", "--extra-arg=-Wno-unknown-warning-option"]
# Of gcc's flags, clang 14 knows neither of these, or only behind another.
GCC_ONLY = re.compile(r" -ftrivial-auto-var-init=zero"
                      r"| -fno-tree-loop-distribute-patterns")


def shared_state(root):
    """A digest of what can change the verdict on every file."""
    digest = hashlib.sha256(" ".join(FLAGS).encode())
    for path in tree.files(root, ".h", ".clang-tidy"):
        digest.update(tree.read(root, path).encode())
    return digest.hexdigest()


def read_commands(build, cache):
    """The compile commands in clang's words, also left in the cache folder."""
    with open(os.path.join(build, "compile_commands.json"),
              encoding="utf-8") as file:
        entries = json.load(file)
    for entry in entries:
        entry["command"] = GCC_ONLY.sub("", entry["command"])
    with open(os.path.join(cache, "compile_commands.json"), "w",
              encoding="utf-8") as file:
        json.dump(entries, file)
    return entries


def look_at(entry, state, cache):
    """What clang-tidy says of one file; nothing if it is clean."""
    path = os.path.join(entry["directory"], entry["file"])
    with open(path, "rb") as file:
        text = file.read()
    key = hashlib.sha256(state.encode() + entry["command"].encode() + text)
    stamp = os.path.join(cache, key.hexdigest())
    if os.path.exists(stamp):
        return ""
    run = subprocess.run(["clang-tidy", "-p", cache, *FLAGS, path],
                         capture_output=True, text=True)
    if run.returncode == 0:
        with open(stamp, "w", encoding="utf-8"):
            pass
        return ""
    return run.stdout + ("" if run.stdout else run.stderr)


def main(root, build, *only):
    root, build = os.path.realpath(root), os.path.realpath(build)
    cache = os.path.join(build, "tidy-clean")
    os.makedirs(cache, exist_ok=True)
    entries = {os.path.realpath(os.path.join(e["directory"], e["file"])): e
               for e in read_commands(build, cache) if e["file"].endswith(".c")}
    ours = [entry for path, entry in sorted(entries.items())
            if path.startswith(root + "/") and not path.startswith(build + "/")
            and (not only or os.path.relpath(path, root).startswith(only))]
    state = shared_state(root)
    with ThreadPoolExecutor(2) as pool:
        found = [text for text in pool.map(
            lambda entry: look_at(entry, state, cache), ours) if text]
    print("\n".join(found) or f"{len(ours)} files are clean")
    return 1 if found or not ours else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
