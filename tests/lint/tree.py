# SPDX-License-Identifier: Apache-2.0
"""The files of the project, for the other checks: all but what is built."""
import os

SKIPPED = {".git", "__pycache__"}


def is_built(folder):
    """Whether meson builds in this folder, whatever it is called."""
    return os.path.isdir(os.path.join(folder, "meson-private"))


def files(root, *endings):
    """Paths below root, relative to it, sorted; of all files or by ending."""
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [f for f in folders if f not in SKIPPED
                      and not is_built(os.path.join(folder, f))]
        found += [os.path.relpath(os.path.join(folder, name), root)
                  for name in names if not endings or name.endswith(endings)]
    return sorted(found)


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


def blank_comments(text):
    """C with comments and the insides of literals replaced by spaces, so
    that a search finds code only; line numbers stay."""
    out, i, state = [], 0, ""
    while i < len(text):
        two, char = text[i:i + 2], text[i]
        if state == "/*" and two == "*/" or not state and two == "/*":
            state = "" if state else "/*"
            out.append("  ")
            i += 2
            continue
        if state in ('"', "'") and char == "\\":
            out.append("  " if text[i + 1:i + 2] != "\n" else " \n")
            i += 2
            continue
        if state and char == state or not state and char in "\"'":
            state = "" if state else char
            out.append(char)
        else:
            out.append(char if not state or char == "\n" else " ")
        i += 1
    return "".join(out)


def line_of(text, position):
    return text.count("\n", 0, position) + 1
