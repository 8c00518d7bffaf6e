# SPDX-License-Identifier: Apache-2.0
"""Shows that the check of docs/peers.md refuses what it is there to refuse:
changes of the table and of the lists that are there, and what must be said.

usage: self.py SOURCE DESCRIPTORS
"""
import os
import shutil
import subprocess
import sys
import tempfile

TABLE, LIST = "docs/peers.md", "tests/peers/bubblewrap.txt"
BAD = [
    (TABLE, "`hostname` | `hostname` |", "`hostname` | `host_name` |",
     "host_name is not a field"),
    (TABLE, "`mounts.kind=MQUEUE`", "`mounts.kind=QUEUE`",
     "mounts.kind=QUEUE is not a field"),
    (TABLE, "| `--lock-file` | | Nothing of the sandbox's locks files. |",
     "| `--lock-file` | | |", "has neither a field nor a reason"),
    (TABLE, "| `--chdir` | `process.cwd` | |\n", "", "--chdir has 0 rows"),
    (TABLE, "| `--chdir` | `process.cwd` | |",
     "| `--chdir` | `process.cwd` |", "three cells"),
    (TABLE, "| `--chdir`", "| `--chdir` `--size`", "--size has 2 rows"),
    (TABLE, "`sandbox_probe()`", "`sandbox_prove()`",
     "the library has no sandbox_prove()"),
    (LIST, "--chdir\n", "", "--chdir is not in the list"),
    (LIST, "--chdir\n", "--chdir\n--cheese\n", "--cheese has 0 rows"),
]


def run(source, descriptors, changes):
    with tempfile.TemporaryDirectory() as root:
        for folder in ("docs", "tests/peers"):
            shutil.copytree(f"{source}/{folder}", f"{root}/{folder}")
        os.makedirs(f"{root}/libsandbox")
        shutil.copy(f"{source}/libsandbox/libsandbox.map",
                    f"{root}/libsandbox/libsandbox.map")
        for path, old, new in changes:
            with open(f"{root}/{path}", encoding="utf-8") as file:
                text = file.read()
            assert old in text, old
            with open(f"{root}/{path}", "w", encoding="utf-8") as file:
                file.write(text.replace(old, new))
        done = subprocess.run([sys.executable,
                               os.path.join(source, "tests/peers/check.py"),
                               root, descriptors],
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr


def main(source, descriptors):
    problems = []
    for path, old, new, said in BAD:
        status, output = run(source, descriptors, [(path, old, new)])
        if status == 0 or said not in output:
            problems.append(f"{said}: {status} {output!r}")
    status, output = run(source, descriptors, [])
    if status != 0:
        problems.append(f"what is complete is refused: {output}")
    print("\n".join(problems) or f"{len(BAD)} breaches are refused")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
