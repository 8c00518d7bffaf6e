# SPDX-License-Identifier: Apache-2.0
"""Shows that the check of coverage refuses what it is there to refuse.

Each row is the lines of a tree, which implements a host name and a network of
NONE and HOST, and what must be said of them.

usage: self.py SOURCE DESCRIPTORS
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

RULES = [{"path": path, "values": values, "only": "", "grammar": "",
          "most": 0, "most_elements": 0}
         for path, values in (("hostname", ""), ("network", ""),
                              ("network.mode", "HOST"))]
# A field that none of the kinds it is for can be set with.
RULES.append({**RULES[0], "path": "network.join_path", "only": "JOIN"})
GOOD = """# A comment.
network shown names it_is_set
hostname shown names it_is_set
hostname refused names it_is_refused
network.mode shown names it_is_set
network.mode refused names it_is_refused

network.mode=HOST shown names it_is_set
network.mode=HOST refused - there is nothing to refuse
"""
BAD = [
    ("hostname shown names it_is_set\n", "",
     "hostname: no line says where it is shown"),
    ("hostname refused names it_is_refused\n", "",
     "hostname: no line says where it is refused"),
    ("network.mode=HOST shown names it_is_set\n", "",
     "network.mode=HOST: no line says where it is shown"),
    ("names it_is_set", "names it_was_set", "has no TEST(it_was_set)"),
    ("names it_is_set", "other it_is_set", "there is no test other"),
    ("hostname shown names it_is_set", "hostname shown - of course",
     "has to be shown by a test"),
    ("# A comment.", "id shown names it_is_set",
     "id is nothing that this build implements"),
    ("# A comment.", "network.join_path shown names it_is_set",
     "network.join_path is nothing that this build implements"),
    ("mode=HOST", "mode=BRIDGE",
     "network.mode=BRIDGE is nothing that this build implements"),
    ("# A comment.", "hostname seen names it_is_set",
     "sample.txt:1: is not FIELD"),
]
TESTS = {"names": "TEST(it_is_set)\n{\n}\nTEST(it_is_refused)\n{\n}\n",
         "spec-schema":
         "TEST(every_field_is_implemented_or_refused)\n{\n}\n"}


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def make_tree(root, source, lines, tests):
    """A source and a build folder in one."""
    write(f"{root}/tests/coverage/sample.txt", lines)
    write(f"{root}/rules.json", json.dumps(RULES))
    os.makedirs(f"{root}/docs")
    shutil.copy(f"{source}/docs/schema.py", f"{root}/docs/schema.py")
    targets, runs = [], []
    for name, text in tests.items():
        path = f"{root}/test_{name}.c"
        write(path, text)
        targets.append({"id": name, "target_sources": [{"sources": [path]},
                                                       {}]})
        runs.append({"name": name + "-root", "depends": [name]})
    write(f"{root}/meson-info/intro-targets.json", json.dumps(targets))
    write(f"{root}/meson-info/intro-tests.json", json.dumps(runs))


def run(source, descriptors, lines, tests):
    with tempfile.TemporaryDirectory() as root:
        make_tree(root, source, lines, tests)
        done = subprocess.run(
            [sys.executable, f"{source}/tests/coverage/check.py", root, root,
             descriptors, f"{root}/rules.json"],
            capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr


def main(source, descriptors):
    problems = []
    for old, new, said in BAD:
        status, output = run(source, descriptors, GOOD.replace(old, new),
                             TESTS)
        if status == 0 or said not in output or old not in GOOD:
            problems.append(f"{new or old!r}: {status} {output!r}")
    status, output = run(source, descriptors, GOOD,
                         {"names": TESTS["names"]})
    if status == 0 or "spec-schema has no TEST" not in output:
        problems.append(f"without the test of the rest: {status} {output!r}")
    status, output = run(source, descriptors, GOOD, TESTS)
    if status != 0 or "3 fields and values" not in output:
        problems.append(f"what is complete is refused: {output}")
    print("\n".join(problems) or f"{len(BAD) + 1} breaches are refused")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
