#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Shows that each check refuses what it is there to refuse.

Each row is a tree of one file that breaks one rule, and what must be said.
"""
import os
import subprocess
import sys
import tempfile

C = "/* SPDX-License-Identifier: Apache-2.0 */\n/* A sample. */\n"
TABLE = """| room | job | may include |
|---|---|---|
| `libsandbox/base/` | toolbox | `sandbox/error.h` |
| `libsandbox/spec/` | reading | `base/` |
"""
GOOD = {
    "docs/architecture.md": TABLE,
    "libsandbox/base/err.h": C + "int err_set(void);\n",
    "libsandbox/spec/spec.c": C + '#include "base/err.h"\n',
    "meson.build": "# SPDX-License-Identifier: Apache-2.0\n",
    "dev": "#!/bin/bash\n# SPDX-License-Identifier: Apache-2.0\n",
    ".ci/run": "#!/bin/bash\n# SPDX-License-Identifier: Apache-2.0\n",
}
BASE, SPEC = "libsandbox/base/a.c", "libsandbox/spec/a.c"
LONG = C + "int f(void)\n{\n" + "\tg();\n" * 60 + "}\n"
BAD = [
    ("layers", BASE, C + '#include "spec/spec.h"\n', "may not include spec/"),
    ("layers", SPEC, C + "#include <sandbox/error.h>\n", "may not include"),
    ("layers", "libsandbox/new/a.c", C, "not in the table"),
    ("sizes", BASE, "int a;\n", "no SPDX line"),
    ("sizes", BASE, C.splitlines()[0] + "\nint a;\n", "no opening comment"),
    ("sizes", BASE, C + "int a;\n" * 399, "401 lines"),
    ("sizes", BASE, LONG, "function of 62 lines"),
    ("banned", BASE, C + "int f(void) { exit(1); }\n", "a.c:3: a library"),
    ("banned", SPEC, C + 'void f(void) { printf ("x"); }\n', "call printf"),
    ("banned", BASE, C + "long f(void) { return syscall(1); }\n", "kernel/"),
    ("banned", BASE, C + 'char *s = "//"; // why\n', "begins no comment"),
    ("banned", BASE, C + "/* see /wor" "k/main */\n", "a path of one"),
    ("banned", "docs/a.md", "TO" "DO: more\n", "link of its issue"),
    ("format", BASE, C + "int f( void );\n", "clang-format"),
    ("spelling", "docs/a.md", "rec" "ieve\n", "receive"),
    ("shell", "tests/a.sh", "#!/bin/sh\nrm $1\n", "SC2086"),
]
# Legal, however much it looks like something that is not.
FINE = C + """/* exit(1) in a comment, "a // b" as well */
static const char *text = "system(1) // no";
void raw_fork(void);
int f(void)
{
	_exit('"');
	return sandbox_signal(1);
}
"""


def run(folder, name, path, text):
    """(status, output) of a check on the good tree and one more file."""
    with tempfile.TemporaryDirectory() as root:
        for file, content in {**GOOD, path: text}.items():
            os.makedirs(os.path.dirname(f"{root}/{file}") or root,
                        exist_ok=True)
            with open(f"{root}/{file}", "w", encoding="utf-8") as out:
                out.write(content)
        os.makedirs(f"{root}/tests/lint", exist_ok=True)
        for empty in ("include", "cli", "docs"):
            os.makedirs(f"{root}/{empty}", exist_ok=True)
        for copied in (".clang-format", "tests/lint/spelling.txt"):
            with open(f"{folder}/../../{copied}", encoding="utf-8") as source:
                with open(f"{root}/{copied}", "w", encoding="utf-8") as out:
                    out.write(source.read())
        script = [f"{folder}/{name}.sh"]
        if not os.path.exists(script[0]):
            script = ["/usr/bin/python3", f"{folder}/{name}.py"]
        done = subprocess.run([*script, root], capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr


def main(folder):
    problems = []
    for name, path, text, said in BAD:
        status, output = run(folder, name, path, text)
        if status == 0 or said not in output:
            problems.append(f"{name} {text[-40:]!r}: {status} {output!r}")
    for name in sorted({row[0] for row in BAD}):
        status, output = run(folder, name, BASE, FINE)
        if status != 0:
            problems.append(f"{name} refuses what is fine: {output}")
    print("\n".join(problems) or f"{len(BAD)} breaches are refused")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
