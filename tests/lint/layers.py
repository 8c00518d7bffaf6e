#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Includes follow the room table of docs/architecture.md."""
import os
import re
import sys

import tree

ROW = re.compile(r"^\| `([^`]+/)` \|[^|]*\|([^|]*)\|$", re.M)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*["<]([^">]+)[">]', re.M)
# Roots that an include path may start from.
ROOTS = ("libsandbox", "include", "tests", "")
# Generated headers stand in the build folder: the room that makes them.
GENERATED = {"sandbox/v1/": "spec/"}


def owner(root, path, include, rooms):
    """The include as `room/file`, or None for a header of the system."""
    for prefix, room in GENERATED.items():
        if include.startswith(prefix):
            return room + include
    if os.path.exists(os.path.join(root, os.path.dirname(path), include)):
        return os.path.join(os.path.dirname(path), include)
    for start in ROOTS:
        if os.path.exists(os.path.join(root, start, include)):
            return include
    names = [os.path.basename(room.rstrip("/")) for room in rooms]
    return include if include.split("/")[0] in names + ["sandbox"] else None


def main(root):
    rooms = {room: re.findall(r"`([^`]+)`", may)
             for room, may in ROW.findall(tree.read(root,
                                                    "docs/architecture.md"))}
    problems = [f"docs/architecture.md: no folder {room}" for room in rooms
                if not os.path.isdir(os.path.join(root, room))]
    checked = 0
    for path in tree.files(root, ".c", ".h"):
        room = next((r for r in rooms if path.startswith(r)), None)
        if room is None:
            if path.startswith("libsandbox/"):
                problems.append(f"{path}: its folder is not in the table")
            continue
        own = (room, os.path.basename(room.rstrip("/")) + "/")
        text = tree.read(root, path)
        for match in INCLUDE.finditer(text):
            target = owner(root, path, match[1], rooms)
            checked += 1
            if target and not target.startswith(own) and not any(
                    target == may or may.endswith("/")
                    and target.startswith(may) for may in rooms[room]):
                problems.append(f"{path}:{tree.line_of(text, match.start())}: "
                                f"{room} may not include {target}")
    print("\n".join(problems) or f"{checked} includes in {len(rooms)} rooms")
    return 1 if problems or not checked or not rooms else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
