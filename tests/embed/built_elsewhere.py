#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Projects that use the library: as it is installed, and as a subproject.

    built_elsewhere.py installed|subproject SOURCE BUILD MESON

Everything is made in a temporary folder.  Prints TAP.
"""
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
STRICT = ["-pedantic", "-Wall", "-Wextra", "-Werror"]
HEADERS = {"error.h", "result.h", "sandbox.h", "spec.h", "version.h"}
COMPILERS = {
    "a strict C99 host": ["gcc", "-std=c99", *STRICT, "host_c99.c"],
    "a strict C11 host of clang": ["clang", "-std=c11", *STRICT, "host_c99.c"],
    "a strict C++11 host": ["g++", "-std=c++11", *STRICT, "host_cxx.cc"],
    "a strict C++20 host": ["g++", "-std=c++20", *STRICT, "host_cxx.cc"],
}

PROJECT = """
project('embedder', 'c', version: '7.7')
sandbox = dependency('libsandbox', fallback: ['libsandbox', 'libsandbox_dep']%s)
executable('host', 'host.c', dependencies: sandbox)
"""
SMALL = ",\n  default_options: ['tests=false', 'cli=false']"


class Failure(Exception):
    """What makes a test fail, in words."""


class Skip(Exception):
    """Why a test cannot be made here."""


def run(*command, **options):
    """The output of a command that has to succeed."""
    try:
        done = subprocess.run(command, check=False, text=True,
                              stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, **options)
    except FileNotFoundError as error:
        raise Skip(f"no {error.filename}") from error
    if done.returncode != 0:
        raise Failure(f"{' '.join(command)}: {done.returncode}\n"
                      f"{done.stdout[-4000:]}")
    return done.stdout.strip()


def expect(found, wanted, what):
    """Ends the test unless both are the same."""
    if found != wanted:
        raise Failure(f"{what}: {found!r}, not {wanted!r}")


def source_version(source):
    """The version that the project's own build description says."""
    with open(os.path.join(source, "meson.build"), encoding="utf-8") as file:
        return re.search(r"version: '([^']+)'", file.read())[1]


class Installed:
    """The library in a folder of its own, found through pkg-config."""

    def __init__(self, folder, source, build, meson):
        self.folder = folder
        self.version = source_version(source)
        self.root = os.path.join(folder, "root")
        self.build = build
        self.meson = meson
        self.environment = {}

    def tests(self):
        """Sentences and what is to be done for them, in order."""
        yield "the library is installed into a folder", self.install
        yield "pkg-config tells its version and no more than it needs", \
            self.describe
        for name, command in COMPILERS.items():
            yield f"{name} is built with what pkg-config says, and runs", \
                lambda command=command: self.embed(command)

    def install(self):
        """Copies what is built; builds nothing."""
        run(self.meson, "install", "-C", self.build, "--no-rebuild",
            "--destdir", self.root)
        found = [os.path.join(folder, name)
                 for folder, _, names in os.walk(self.root) for name in names]
        headers = {os.path.basename(path) for path in found
                   if "/include/" in path}
        expect(headers, HEADERS, "headers")
        described = [path for path in found if path.endswith(".pc")]
        expect([os.path.basename(path) for path in described],
               ["libsandbox.pc"], "descriptions")
        libraries = [path for path in found if "/libsandbox.so" in path]
        expect(len(libraries), 3, "names of the library")
        self.environment = {
            **os.environ, "PKG_CONFIG_SYSROOT_DIR": self.root,
            "PKG_CONFIG_PATH": os.path.dirname(described[0]),
            "LD_LIBRARY_PATH": os.path.dirname(libraries[0])}

    def ask(self, *options):
        """What pkg-config answers, in words."""
        return run("pkg-config", *options, "libsandbox",
                   env=self.environment).split()

    def describe(self):
        """Its parts are its own matter: a host links nothing else."""
        expect(self.ask("--modversion"), [self.version], "version")
        libraries = [word for word in self.ask("--libs")
                     if word.startswith("-l")]
        expect(libraries, ["-lsandbox"], "libraries")

    def embed(self, command):
        """Compiles one host and runs it."""
        host = os.path.join(self.folder, "host")
        run(*command, "-o", host, *self.ask("--cflags", "--libs"), cwd=HERE,
            env=self.environment)
        expect(run(host, env=self.environment),
               f"version {self.version}, ending 1, code 0", "the host said")


class Subproject:
    """The library's source below another project."""

    def __init__(self, folder, source, _, meson):
        self.folder = folder
        self.version = source_version(source)
        self.meson = meson
        os.mkdir(os.path.join(folder, "subprojects"))
        os.symlink(source, os.path.join(folder, "subprojects", "libsandbox"))
        os.symlink(os.path.join(HERE, "host_c99.c"),
                   os.path.join(folder, "host.c"))

    def tests(self):
        """Sentences and what is to be done for them, in order."""
        yield "a project with the library as subproject can be configured", \
            lambda: self.configure("all", "")
        yield "one that wants neither its tests nor its command runs a host", \
            self.embed

    def configure(self, build, options):
        """Sets a build folder up; nothing is installed on this machine."""
        with open(os.path.join(self.folder, "meson.build"), "w",
                  encoding="utf-8") as file:
            file.write(PROJECT % options)
        run(self.meson, "setup", build, "--force-fallback-for=libsandbox",
            cwd=self.folder)

    def embed(self):
        """Builds the host, and of the library no more than it needs."""
        self.configure("small", SMALL)
        run("ninja", "-C", "small", cwd=self.folder)
        expect(run(os.path.join(self.folder, "small", "host")),
               f"version {self.version}, ending 1, code 0", "the host said")


def report(number, sentence, act):
    """Makes one test; whether it did not fail."""
    try:
        act()
    except Skip as why:
        print(f"ok {number} {sentence} # SKIP {why}", flush=True)
    except Failure as why:
        print(f"not ok {number} {sentence}")
        print("# " + str(why).replace("\n", "\n# "), flush=True)
        return False
    else:
        print(f"ok {number} {sentence}", flush=True)
    return True


def main(kind, *arguments):
    """Prints TAP; 0 when nothing failed."""
    kinds = {"installed": Installed, "subproject": Subproject}
    good = True
    with tempfile.TemporaryDirectory(prefix="sandbox-embed-") as folder:
        tests = list(kinds[kind](folder, *arguments).tests())
        print(f"TAP version 13\n1..{len(tests)}", flush=True)
        for number, (sentence, act) in enumerate(tests, 1):
            good = report(number, sentence, act) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
