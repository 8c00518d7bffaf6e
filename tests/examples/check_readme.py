# SPDX-License-Identifier: Apache-2.0
"""What the README shows is what is there.

Each block of C is, letter for letter, the example that the line before it
links to; each path that it links to exists.
usage: check_readme.py SOURCE
"""
import os
import re
import sys

BLOCK = re.compile(r"\[`?([^\]`]+)`?\]\(([^)]+)\)[^\n]*\n+```c\n(.*?)```", re.S)
LINK = re.compile(r"\]\(([^)#]+)\)")


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


def main(root):
    readme = read(root, "README.md")
    problems = []
    blocks = BLOCK.findall(readme)
    links = [path for path in LINK.findall(readme) if "://" not in path]
    if len(blocks) != readme.count("```c\n"):
        problems.append("a block of C has no line with a link before it")
    for _, path, code in blocks:
        if code != read(root, path):
            problems.append(f"the code is not that of {path}")
    for path in links:
        if not os.path.exists(os.path.join(root, path)):
            problems.append(f"{path} does not exist")
    print("\n".join(problems) or
          f"{len(blocks)} blocks of C, {len(links)} links")
    return 1 if problems or not blocks or not links else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
