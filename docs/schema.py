# SPDX-License-Identifier: Apache-2.0
"""The schema with its comments, and what this build implements of it.

Reads the descriptors that protoc writes (FileDescriptorSet, with source
info), without a protobuf library, and the table that list_rules prints.
"""
import dataclasses
import json

SPEC, RESULT = ".sandbox.v1.SandboxSpec", ".sandbox.v1.Result"
MESSAGE, ENUM, STRING, BYTES, BOOL = 11, 14, 9, 12, 8
TYPE_NAMES = {3: "int64", 4: "uint64", 5: "int32", 8: "bool", 9: "string",
              12: "bytes", 13: "uint32"}


@dataclasses.dataclass
class Enum:
    name: str
    comment: str
    values: list  # (name, comment), the zero value first


@dataclasses.dataclass
class Field:
    name: str
    number: int
    kind: int  # FieldDescriptorProto.Type
    type_name: str
    repeated: bool
    comment: str
    of: object = None  # the Message or the Enum that it holds

    @property
    def is_map(self):
        return self.kind == MESSAGE and self.of.is_map_entry

    @property
    def is_message(self):
        """Whether it only holds other fields."""
        return self.kind == MESSAGE and not self.is_map


@dataclasses.dataclass
class Message:
    name: str
    comment: str
    fields: list
    is_map_entry: bool


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def parts(data):
    """(number, value) of each field of a message on the wire."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        if key & 7 == 0:
            value, at = varint(data, at)
        elif key & 7 == 2:
            size, at = varint(data, at)
            value, at = data[at:at + size], at + size
        else:
            raise ValueError(f"wire type {key & 7} in a descriptor")
        yield key >> 3, value


def every(data, number):
    return [value for key, value in parts(data) if key == number]


def one(data, number, default=b""):
    return (every(data, number) or [default])[-1]


def text(data, number):
    return one(data, number).decode()


def packed(data):
    at, numbers = 0, []
    while at < len(data):
        number, at = varint(data, at)
        numbers.append(number)
    return tuple(numbers)


class Reader:
    """One file of descriptors, into messages and enums by full name."""

    def __init__(self, file):
        self.comments = {packed(one(place, 1)): text(place, 3)
                         for place in every(one(file, 9), 1)}
        self.messages, self.enums = {}, {}
        package = "." + text(file, 2)
        # The header of the file stands before its `syntax`, field 12.
        self.intro = self.comment((12,))
        for i, data in enumerate(every(file, 4)):
            self.read_message(data, package, (4, i))
        for i, data in enumerate(every(file, 5)):
            self.read_enum(data, package, (5, i))
        for message in self.messages.values():
            for field in message.fields:
                known = self.messages if field.kind == MESSAGE else self.enums
                field.of = known.get(field.type_name)

    def comment(self, path):
        lines = self.comments.get(path, "").splitlines()
        return "\n".join(line[1:] if line.startswith(" ") else line
                         for line in lines)

    def read_message(self, data, scope, path):
        name = f"{scope}.{text(data, 1)}"
        fields = []
        for i, field in enumerate(every(data, 2)):
            fields.append(Field(text(field, 1), one(field, 3, 0),
                                one(field, 5, 0), text(field, 6),
                                one(field, 4, 0) == 3,
                                self.comment(path + (2, i))))
        self.messages[name] = Message(name, self.comment(path), fields,
                                      bool(one(one(data, 7), 7, 0)))
        for i, nested in enumerate(every(data, 3)):
            self.read_message(nested, name, path + (3, i))
        for i, nested in enumerate(every(data, 4)):
            self.read_enum(nested, name, path + (4, i))

    def read_enum(self, data, scope, path):
        name = f"{scope}.{text(data, 1)}"
        values = [(text(value, 1), self.comment(path + (2, i)))
                  for i, value in enumerate(every(data, 2))]
        self.enums[name] = Enum(name, self.comment(path), values)


def read_schema(path):
    with open(path, "rb") as file:
        return Reader(one(file.read(), 1))


def read_rules(path):
    """{path of a field: its row} of what is implemented."""
    with open(path, encoding="utf-8") as file:
        return {row["path"]: row for row in json.load(file)}


def walk(schema, top=SPEC, before=""):
    """(path, message, field) of each field, containers first."""
    message = schema.messages[top]
    for field in message.fields:
        path = before + field.name
        yield path, message, field
        if field.is_message:
            yield from walk(schema, field.type_name, path + ".")


def switch(message):
    """The enum by which a message says what it is, or None."""
    enums = {field.name: field for field in message.fields
             if field.kind == ENUM}
    return enums.get("kind") or enums.get("mode")


def implemented_values(field, row):
    """Names of the values of an enum that this build takes, zero first."""
    return [field.of.values[0][0], *(row["values"] or "").split()]


def is_implemented(path, message, rules):
    """Whether the field can be set at all: it has a row, and if the row says
    "only with", then one of these kinds is implemented as well."""
    row = rules.get(path)
    kind = switch(message)
    if row is None or not row["only"] or kind is None:
        return row is not None
    kind_path = path.rpartition(".")[0] + "." + kind.name
    kinds = implemented_values(kind, rules[kind_path])
    return any(word in kinds for word in row["only"].split())
