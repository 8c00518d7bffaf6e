# SPDX-License-Identifier: Apache-2.0
"""What `./dev run` runs in a sandbox: looks around, tries what it may not do,
and then does some work."""
import ctypes
import hashlib
import json
import os
import socket
import textwrap
import time

CLONE_NEWUSER = 0x10000000
PTRACE_ATTACH = 16
libc = ctypes.CDLL(None, use_errno=True)


def show(label, text):
    print(textwrap.fill(text, 80, initial_indent=f"{label:<15}",
                        subsequent_indent=" " * 15))


def status(field):
    """A line of /proc/self/status."""
    with open("/proc/self/status", encoding="ascii") as file:
        return next(line.split(":")[1].split()[0] for line in file
                    if line.startswith(field + ":"))


def attempt(what, action):
    try:
        action()
        print(f"  {what:<34} worked")
    except OSError as error:
        print(f"  {what:<34} refused: {error.strerror}")


def call(name, *arguments):
    """A function of the C library that sets errno."""
    if getattr(libc, name)(*arguments) < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def write(path):
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    os.unlink(path)


def run_from_tmp():
    path = "/tmp/program"
    with open(path, "w", encoding="ascii") as file:
        file.write("#!/bin/sh\n")
    os.chmod(path, 0o755)
    try:
        os.posix_spawn(path, [path], {})
    finally:
        os.unlink(path)


def reach_out():
    with socket.create_connection(("192.0.2.1", 80), timeout=2):
        pass


def count_primes(limit):
    sieve = bytearray([1]) * limit
    sieve[:2] = b"\0\0"
    for n in range(2, int(limit ** 0.5) + 1):
        if sieve[n]:
            sieve[n * n::n] = bytes(len(range(n * n, limit, n)))
    return sum(sieve), hashlib.sha256(sieve).hexdigest()


def look_around():
    show("who", f"user {os.getuid()}, group {os.getgid()}, process "
         f"{os.getpid()}, host {socket.gethostname()}, in {os.getcwd()}")
    show("processes", " ".join(sorted(filter(str.isdigit,
                                             os.listdir("/proc")), key=int)))
    show("interfaces", " ".join(name for _, name in socket.if_nameindex()))
    show("/", " ".join(sorted(os.listdir("/"))))
    show("/etc", " ".join(sorted(os.listdir("/etc"))))
    show("environment", " ".join(sorted(os.environ)))
    show("privileges", f"capabilities {status('CapEff')}, no_new_privs "
         f"{status('NoNewPrivs')}, seccomp {status('Seccomp')}")


def try_the_fence():
    print("tries")
    attempt("write to /tmp", lambda: write("/tmp/mine"))
    attempt("write to /usr", lambda: write("/usr/mine"))
    attempt("run a program written to /tmp", run_from_tmp)
    attempt("read /etc/shadow", lambda: open("/etc/shadow", "rb").close())
    attempt("read /proc/kcore", lambda: open("/proc/kcore", "rb").close())
    attempt("mount a file system",
            lambda: call("mount", b"none", b"/tmp", b"tmpfs", 0, None))
    attempt("make a user namespace", lambda: call("unshare", CLONE_NEWUSER))
    attempt("trace process 1", lambda: call("ptrace", PTRACE_ATTACH, 1, 0, 0))
    attempt("become another user", lambda: os.setuid(12345))
    attempt("reach 192.0.2.1", reach_out)


def work():
    began = time.monotonic()
    primes, digest = count_primes(2_000_000)
    report = json.dumps({"primes": primes, "sha256": digest[:16],
                         "ms": round((time.monotonic() - began) * 1000)})
    show("work", report)


look_around()
try_the_fence()
work()
