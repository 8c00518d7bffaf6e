# SPDX-License-Identifier: Apache-2.0
"""Each field and each value that is implemented is shown, and refused.

The lines of *.txt beside this file are "FIELD KIND PROGRAM SUBTEST", where
KIND is "shown" (a test sees the effect) or "refused" (a test sees an error
that names the field), PROGRAM is the name of a test in meson without its mode
and SUBTEST one of its TEST()s.  FIELD is a path in the schema, or PATH=VALUE
for the value of an enum, or PATH=VALUE,VALUE; the zero value of an enum is
that of its path alone.  "FIELD refused - REASON" is for what has nothing to
refuse.  What only holds other fields needs no lines, and neither does what is
not implemented, since one unit test sees all of that refused.

usage: check.py SOURCE BUILD DESCRIPTORS RULES
"""
import collections
import json
import os
import re
import sys

KINDS = ("shown", "refused")
TEST = re.compile(r"^TEST\((\w+)\)", re.M)
MODE = re.compile(r"-(root|ranges|single)$")
# The test that holds the rest of the schema.
REST = ("spec-schema", "every_field_is_implemented_or_refused")

Row = collections.namedtuple("Row", "place path value kind program subtest")


def parse(place, line):
    """The rows of one line."""
    words = line.split(None, 3)
    if len(words) != 4 or words[1] not in KINDS:
        raise ValueError(f"{place}: is not FIELD shown|refused PROGRAM "
                         "SUBTEST")
    path, _, values = words[0].partition("=")
    return [Row(place, path, value, *words[1:])
            for value in values.split(",")]


def read_rows(folder):
    rows = []
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".txt"):
            continue
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.strip() and not line.startswith("#"):
                    rows += parse(f"{name}:{number}", line)
    return rows


def read_programs(build):
    """{name of a test, without its mode: its subtests}."""
    def load(name):
        path = os.path.join(build, "meson-info", f"intro-{name}.json")
        with open(path, encoding="utf-8") as file:
            return json.load(file)

    sources = {target["id"]: [source for part in target["target_sources"]
                              for source in part.get("sources", [])]
               for target in load("targets")}
    programs = collections.defaultdict(set)
    for test in load("tests"):
        for path in sum((sources[i] for i in test["depends"]), []):
            if os.path.basename(path).startswith("test_"):
                with open(path, encoding="utf-8") as file:
                    programs[MODE.sub("", test["name"])].update(
                        TEST.findall(file.read()))
    return programs


def implemented(reader, schema, rules):
    """Pairs of a path and a value: those that have to be shown and refused,
    and those that only hold others, which may be."""
    pairs, containers = [], []
    for path, message, field in schema.walk(reader):
        if not schema.is_implemented(path, message, rules):
            continue
        (containers if field.is_message else pairs).append((path, ""))
        if field.kind == schema.ENUM:
            pairs += [(path, value) for value in
                      schema.implemented_values(field, rules[path])[1:]]
    return pairs, containers


def row_faults(row, known, programs):
    name = f"{row.path}={row.value}" if row.value else row.path
    if (row.path, row.value) not in known:
        yield f"{row.place}: {name} is nothing that this build implements"
    if row.program == "-":
        if row.kind == "shown":
            yield f"{row.place}: {name} has to be shown by a test"
    elif row.program not in programs:
        yield f"{row.place}: there is no test {row.program}"
    elif row.subtest.strip() not in programs[row.program]:
        yield (f"{row.place}: {row.program} has no "
               f"TEST({row.subtest.strip()})")


def check(pairs, containers, rows, programs):
    known = {*pairs, *containers}
    for row in rows:
        yield from row_faults(row, known, programs)
    present = {(row.path, row.value, row.kind) for row in rows}
    for path, value in pairs:
        for kind in KINDS:
            if (path, value, kind) not in present:
                name = f"{path}={value}" if value else path
                yield f"{name}: no line says where it is {kind}"
    if REST[1] not in programs.get(REST[0], ()):
        yield f"{REST[0]} has no TEST({REST[1]})"


def main(source, build, descriptors, table):
    sys.path.insert(0, os.path.join(source, "docs"))
    import schema  # beside the manual, which is made from it as well

    rules = schema.read_rules(table)
    pairs, containers = implemented(schema.read_schema(descriptors), schema,
                                    rules)
    try:
        rows = read_rows(os.path.join(source, "tests", "coverage"))
    except ValueError as error:
        print(error)
        return 1
    problems = list(check(pairs, containers, rows, read_programs(build)))
    print("\n".join(problems) or
          f"{len(pairs)} fields and values are shown and refused")
    return 1 if problems or not pairs else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
