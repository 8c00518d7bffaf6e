# SPDX-License-Identifier: Apache-2.0
"""The manual of the specification as a man page: sandbox-spec(5)."""

HEAD = r""".\" SPDX-License-Identifier: Apache-2.0
.\" Made from the schema and the rules; not to be edited.
.TH SANDBOX-SPEC 5 "" "libsandbox {version}" "File formats"
.SH NAME
sandbox-spec \- the document that says what a sandbox is
.SH DESCRIPTION
"""
FOOT = """.SH SEE ALSO
.BR sandbox (1)
"""


def escape(text):
    """Text that roff leaves as it is."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text[:1] in (".", "'") else text


def write_entry(entry):
    yield f".TP\n.B {escape(entry.name)}"
    default = "" if entry.default is None else f"; default {entry.default}"
    yield escape(entry.type + default)
    if entry.text:
        yield ".IP\n" + escape(entry.text)
    for name, text in entry.values:
        yield f".RS\n.TP\n.B {escape(name)}\n{escape(text) or '.br'}\n.RE"
    for tag, text in entry.lines.items():
        yield f".IP\n.IR \"{tag}\" :\n{escape(text)}"


def write_section(section):
    yield f'.SS "{escape(section.name)}"'
    if section.places:
        yield escape("Stands at " + ", ".join(section.places) + ".")
    if section.text:
        yield ".PP\n" + escape(section.text)
    for entry in section.entries:
        yield from write_entry(entry)


def write(intro, sections, version):
    lines = ["\n.PP\n".join(escape(paragraph) for paragraph in intro)]
    lines.append(".SH FIELDS")
    for section in sections:
        lines += write_section(section)
    return HEAD.format(version=version) + "\n".join(lines) + "\n" + FOOT
