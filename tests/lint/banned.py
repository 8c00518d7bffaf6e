#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Calls a library must not make, and words that do not belong in the tree."""
import re
import sys

import tree

# They end or change the host process, print, or cannot be used safely.
CALLS = ("exit abort _Exit quick_exit atexit err errx warn warnx perror syslog "
         "printf vprintf fprintf vfprintf puts fputs putchar fputc system "
         "popen strcpy strcat sprintf vsprintf strtok gets atoi atol atoll "
         "signal sigaction sigprocmask alarm setenv putenv unsetenv clearenv "
         "chdir fchdir chroot umask fork vfork dup wait setlocale srand rand "
         "strerror setuid setgid seteuid setegid setresuid setresgid "
         "setgroups").split()
# Folder (or file, by its beginning): what its code may not contain, and why.
# A generator is a program of the build and may print.
RULES = [
    (("libsandbox/",), rf"\b({'|'.join(CALLS)})\s*\(",
     "a library does not call {}", r"/generate_"),
    (("libsandbox/", "cli/"), r"\b(syscall)\s*\(",
     "{}() by number belongs in kernel/", r"^libsandbox/kernel/"),
    (("libsandbox/", "cli/"), r"\b(__asm__|asm)\b",
     "{} belongs in kernel/", r"^libsandbox/(kernel|launcher)/"),
    (("",), r"(//)", "{} begins no comment here", r"^$"),
]
# Anywhere, in any text; the brackets keep this file from finding itself.
WORDS = [
    (re.compile(r"/wor[k]/|/roo[t]/\."), "a path of one machine"),
    (re.compile(r"\b(?:TOD[O]|FIXM[E])\b(?!.*https?://)"),
     "an open end needs the link of its issue"),
]


def code_problems(path, text):
    code = tree.blank_comments(text)
    for folders, pattern, reason, but in RULES:
        if not path.startswith(folders) or re.search(but, path):
            continue
        for match in re.finditer(pattern, code):
            line = tree.line_of(code, match.start())
            yield f"{path}:{line}: {reason.format(match[1])}"


def word_problems(path, text):
    for pattern, reason in WORDS:
        for match in pattern.finditer(text):
            line = tree.line_of(text, match.start())
            yield f"{path}:{line}: {reason}: {match[0]}"


def main(root):
    problems, count = [], 0
    for path in tree.files(root):
        try:
            text = tree.read(root, path)
        except UnicodeDecodeError:
            continue  # not text
        count += 1
        problems += word_problems(path, text)
        if path.endswith((".c", ".h")):
            problems += code_problems(path, text)
    print("\n".join(problems) or f"{count} files")
    return 1 if problems or not count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
