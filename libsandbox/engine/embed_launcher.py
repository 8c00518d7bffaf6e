# SPDX-License-Identifier: Apache-2.0
"""Writes a program as a C array: embed_launcher.py PROGRAM OUTPUT."""
import sys

with open(sys.argv[1], "rb") as program:
    image = program.read()
with open(sys.argv[2], "w", encoding="ascii") as out:
    out.write('#include "engine/launcher_image.h"\n')
    out.write(f"const size_t launcher_image_size = {len(image)};\n")
    out.write("const unsigned char launcher_image[] = {\n")
    for start in range(0, len(image), 16):
        row = image[start : start + 16]
        out.write("".join(f"{byte}," for byte in row) + "\n")
    out.write("};\n")
