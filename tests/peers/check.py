# SPDX-License-Identifier: Apache-2.0
"""docs/peers.md has a row for each name of the lists beside this file, and
names only fields that there are.

A row is "| theirs | here | remark |": names of the list in the first cell,
paths of the schema (or PATH=VALUE) in the second, both as `code`; without a
path the remark has the reason.  A call() in a remark is one of the library's.

usage: check.py SOURCE DESCRIPTORS
"""
import collections
import os
import re
import sys

SPAN = re.compile(r"`([^`]+)`")
CALL = re.compile(r"`(\w+)\(\)`")
LISTS = {"nsjail": "nsjail.txt", "minijail": "minijail.txt",
         "bubblewrap": "bubblewrap.txt",
         "OCI runtime configuration": "oci.txt"}


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return file.read()


def rows(text):
    """(line number, section, cells) of each row of a table."""
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("## "):
            section = line[3:].strip()
        elif line.startswith("|") and not line.startswith(("|---", "| their")):
            yield number, section, [c.strip() for c in line.split("|")[1:-1]]


def known_paths(reader, schema):
    """Every path, and every path with a value of its enum."""
    paths = set()
    for path, _, field in schema.walk(reader):
        paths.add(path)
        if field.kind == schema.ENUM:
            paths.update(f"{path}={name}" for name, _ in field.of.values)
    return paths


def exported(source):
    return set(re.findall(r"\b(sandbox_\w+);",
                          read(source, "libsandbox", "libsandbox.map")))


def check_row(number, cells, paths, calls):
    if len(cells) != 3 or not SPAN.findall(cells[0]):
        yield f"peers.md:{number}: is not a row of three cells"
        return
    for path in SPAN.findall(cells[1]):
        if path not in paths:
            yield f"peers.md:{number}: {path} is not a field of the schema"
    for name in CALL.findall(cells[2]):
        if name not in calls:
            yield f"peers.md:{number}: the library has no {name}()"
    if not cells[1] and not cells[2]:
        yield f"peers.md:{number}: has neither a field nor a reason"


def check(text, lists, paths, calls):
    found = collections.Counter()
    for number, section, cells in rows(text):
        yield from check_row(number, cells, paths, calls)
        for name in SPAN.findall(cells[0]):
            found[section, name] += 1
            if name not in lists.get(section, ()):
                yield f"peers.md:{number}: {name} is not in the list"
    for section, names in lists.items():
        if not names:
            yield f"{section}: the list is empty"
        for name in names:
            if found[section, name] != 1:
                yield f"{section}: {name} has {found[section, name]} rows"


def main(source, descriptors):
    sys.path.insert(0, os.path.join(source, "docs"))
    import schema

    lists = {section: read(source, "tests", "peers", name).split("\n")[:-1]
             for section, name in LISTS.items()}
    problems = list(check(read(source, "docs", "peers.md"), lists,
                          known_paths(schema.read_schema(descriptors),
                                      schema),
                          exported(source)))
    print("\n".join(problems) or
          f"{sum(map(len, lists.values()))} names have their rows")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
