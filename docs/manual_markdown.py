# SPDX-License-Identifier: Apache-2.0
"""The manual of the specification as Markdown: docs/spec.md."""
import re

HEAD = """# The specification

<!-- Made from the schema and the rules by `./dev docs`; not to be edited. -->

"""


def escape(text):
    """Text that Markdown leaves as it is."""
    return re.sub(r"([\\*_<>|\[\]])", r"\\\1", text)


def anchor(name):
    return name.lower()


def write_entry(section, entry):
    yield f"### `{section.name}.{entry.name}`\n"
    default = ""
    if entry.default is not None:
        default = f", default {escape(entry.default)}"
    yield f"*{escape(entry.type)}*{default}\n"
    if entry.text:
        yield escape(entry.text) + "\n"
    if entry.values:
        yield "\n".join(f"- `{name}`" + (f": {escape(text)}" if text else "")
                        for name, text in entry.values) + "\n"
    if entry.lines:
        yield "\n".join(f"- **{head}**: {escape(text)}"
                        for head, text in entry.lines.items()) + "\n"


def write_section(section):
    yield f"## {section.name}\n"
    if section.places:
        yield "Stands at " + ", ".join(f"`{p}`" for p in section.places) + ".\n"
    if section.text:
        yield escape(section.text) + "\n"
    for entry in section.entries:
        yield from write_entry(section, entry)


def write(intro, sections, version):
    del version  # the text belongs to the commit it is in
    blocks = [escape(paragraph) + "\n" for paragraph in intro]
    blocks.append("\n".join(
        f"- [{section.name}](#{anchor(section.name)})"
        for section in sections) + "\n")
    for section in sections:
        blocks += write_section(section)
    return HEAD + "\n".join(blocks)
