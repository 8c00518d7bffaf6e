# SPDX-License-Identifier: Apache-2.0
"""Writes the manual of the specification from the schema and the rules.

Of each field of a specification: what it means, its type, its default,
what it needs, how it fails, what is different for an ordinary user, and whether
this build has it.  Of each field of a result: what it means, and its type.
The schema's comments have the words; lines that begin with Needs:, Fails: and
Rootless: say what is not the usual.

usage: spec_reference.py markdown|man DESCRIPTORS RULES [VERSION]
"""
import collections
import re
import sys

import manual_man
import manual_markdown
import schema

TAGS = ("Needs", "Fails", "Rootless")
DEFAULT = re.compile(r"(?:^|(?<=\. )|(?<=\.  ))"
                     r"(0|\"\"|false|None|Not given) = ([^.;]*(?:\.\d[^.;]*)*)"
                     r"[.;]?\s*")
GRAMMARS = {
    "id": "[a-z0-9][a-z0-9._-]{0,62}",
    "path": "an absolute, normalised path",
    "path_below_root": "an absolute, normalised path other than /",
    "environment": "NAME=VALUE, a name without control characters",
    "hostname": "a host name of RFC 1123, at most 64 bytes",
    "domain": "a name of RFC 1123, at most 253 bytes",
    "address": "an IPv4 or IPv6 address",
    "user": "USER or USER:GROUP, each a name or a number",
    "capability": "the name of a capability",
    "cpus": "a list of processors, each below 8192",
    "landlock_access": "the name of an access to files",
    "profile": "at most 255 bytes, without a control character or a blank "
               "at an end",
    "context": "at most 4096 bytes, without a control character or a blank "
               "at an end",
    "rlimit": "the name of a resource limit",
}

Entry = collections.namedtuple(
    "Entry", "name type default text values lines")
Section = collections.namedtuple("Section", "name places text entries")


def split_comment(comment):
    """The text of a comment as one line, and its tagged lines by tag."""
    text, tags, tag = [], {}, None
    for line in comment.splitlines():
        head, colon, rest = line.partition(": ")
        if colon and head in TAGS:
            tag = head
            tags[tag] = rest
        elif tag:
            tags[tag] += " " + line
        else:
            text.append(line)
    return " ".join(" ".join(text).split()), tags


def type_of(field):
    if field.is_map:
        return "map of " + " to ".join(
            schema.TYPE_NAMES[part.kind] for part in field.of.fields)
    if field.of is not None:
        name = field.of.name.rpartition(".")[2]
        name = f"enum {name}" if field.kind == schema.ENUM else name
    else:
        name = schema.TYPE_NAMES[field.kind]
    return f"list of {name}" if field.repeated else name


def default_of(field, text):
    """What an empty field is, and what that means where it is said."""
    said = DEFAULT.search(text)
    if field.repeated:
        empty = "none"
    elif field.kind == schema.ENUM:
        return field.of.values[0][0]
    elif field.is_message:
        empty = "all of its defaults"
    else:
        empty = {schema.STRING: '""', schema.BYTES: '""',
                 schema.BOOL: "false"}.get(field.kind, "0")
    return f"{empty}: {said[2].strip()}" if said else empty


def rule_faults(row):
    """How a field fails by its own row, as a list of phrases."""
    faults = []
    if row["most"]:
        faults.append(f"above {row['most']}")
    if row["most_elements"]:
        faults.append(f"with more than {row['most_elements']} elements")
    if row["only"]:
        faults.append("with another kind or mode than "
                      + ", ".join(row["only"].split()))
    if row["grammar"]:
        faults.append("unless it is " + GRAMMARS[row["grammar"]])
    return faults


def status(path, message, field, rules):
    """What this build does with a field at one place: None = all of it."""
    if not schema.is_implemented(path, message, rules):
        return "refused"
    if field.kind == schema.ENUM:
        taken = schema.implemented_values(field, rules[path])
        missing = [name for name, _ in field.of.values if name not in taken]
        if missing:
            return "refused: " + ", ".join(missing)
    return None


def build_line(places, message, field, rules):
    """What this build does with a field, wherever the message stands."""
    found = collections.defaultdict(list)
    for place in places:
        path = f"{place}.{field.name}" if place else field.name
        found[status(path, message, field, rules)].append(path)
    words = {None: "implemented", "refused": "not implemented, refused by name"}
    parts = [(words.get(what) or "implemented, but for values that are "
              + what, paths) for what, paths in found.items()]
    if len(parts) == 1:
        return parts[0][0]
    return "; ".join(f"{what} at {', '.join(paths)}"
                     for what, paths in parts)


def fails_line(rows, said):
    faults = ", ".join(rule_faults(rows[0])) if rows else ""
    parts = [part.strip().rstrip(".") for part in (faults, said) if part]
    return "; ".join(parts) or "not by itself"


def rule_lines(message, field, places, rules, said):
    """What the manual has to say besides the text, by its heading.  Of what
    is not implemented it says no more than the schema does."""
    paths = [f"{place}.{field.name}" if place else field.name
             for place in places]
    build = build_line(places, message, field, rules)
    if not any(schema.is_implemented(path, message, rules)
               for path in paths):
        return {**said, "This build": build}
    rows = [rules[path] for path in paths if path in rules]
    return {"Needs": said.get("Needs", "nothing"),
            "Fails": fails_line(rows, said.get("Fails", "")),
            "Rootless": said.get("Rootless", "as for root"),
            "This build": build}


def entry(message, field, places, rules):
    """One field; without @rules that of a document we write ourselves."""
    text, said = split_comment(field.comment)
    values = []
    if field.kind == schema.ENUM:
        values = [(name, " ".join(comment.split()))
                  for name, comment in field.of.values]
    if rules is None:
        return Entry(field.name, type_of(field), None, text, values, said)
    return Entry(field.name, type_of(field), default_of(field, text), text,
                 values, rule_lines(message, field, places, rules, said))


def sections(reader, top, rules):
    """One section a message, in the order in which they are first met."""
    places = {top: [""]}
    for path, _, field in schema.walk(reader, top):
        if field.is_message:
            places.setdefault(field.type_name, []).append(path)
    for name, paths in places.items():
        message = reader.messages[name]
        text, _ = split_comment(message.comment)
        yield Section(name.rpartition(".")[2], [p for p in paths if p], text,
                      [entry(message, field, paths, rules)
                       for field in message.fields])


def intro(reader):
    """The paragraphs at the head of the schema that are for its users."""
    for paragraph in reader.intro.split("\n\n"):
        lines = [line for line in paragraph.splitlines()
                 if not line.startswith("SPDX-")]
        if not lines[0].startswith("For those who change"):
            yield " ".join(" ".join(lines).split())


def main(form, descriptors, table, version=""):
    reader = schema.read_schema(descriptors)
    writer = {"markdown": manual_markdown, "man": manual_man}[form]
    print(writer.write(list(intro(reader)),
                       [*sections(reader, schema.SPEC,
                                  schema.read_rules(table)),
                        *sections(reader, schema.RESULT, None)],
                       version), end="")


if __name__ == "__main__":
    main(*sys.argv[1:])
