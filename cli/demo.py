# SPDX-License-Identifier: Apache-2.0
"""What `./dev run` runs in a sandbox: looks around, then does some work."""
import hashlib
import os
import socket


def status(field):
    """A line of /proc/self/status."""
    with open("/proc/self/status", encoding="ascii") as file:
        return next(line.split(":")[1].split()[0] for line in file
                    if line.startswith(field + ":"))


def attempt(what, action):
    try:
        action()
        print(f"  {what:<28} possible")
    except OSError as error:
        print(f"  {what:<28} refused: {error.strerror}")


def write(path):
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    os.unlink(path)


def reach_out():
    with socket.create_connection(("192.0.2.1", 80), timeout=2):
        pass


def compute():
    """Counts the primes below two million, and hashes them."""
    sieve = bytearray([1]) * 2_000_000
    sieve[:2] = b"\0\0"
    for n in range(2, 1415):
        if sieve[n]:
            sieve[n * n::n] = bytes(len(range(n * n, len(sieve), n)))
    return sum(sieve), hashlib.sha256(sieve).hexdigest()[:16]


print(f"user {os.getuid()}, group {os.getgid()}, pid {os.getpid()}, "
      f"host name {socket.gethostname()}, in {os.getcwd()}")
processes = sorted(int(p) for p in os.listdir("/proc") if p.isdigit())
print(f"processes      {processes}")
print(f"interfaces     {[name for _, name in socket.if_nameindex()]}")
print(f"/              {' '.join(sorted(os.listdir('/')))}")
print(f"/etc           {' '.join(sorted(os.listdir('/etc')))}")
print(f"environment    {' '.join(sorted(os.environ))}")
print(f"capabilities   {status('CapEff')}, no new privileges "
      f"{status('NoNewPrivs')}, system-call filter {status('Seccomp')}")
print("attempts")
attempt("write to /usr", lambda: write("/usr/mine"))
attempt("write to /tmp", lambda: write("/tmp/mine"))
attempt("read /etc/shadow", lambda: open("/etc/shadow").close())
attempt("reach 192.0.2.1", reach_out)
attempt("become another user", lambda: os.setuid(12345))
attempt("raise the priority", lambda: os.nice(-5))
primes, digest = compute()
print(f"work           {primes} primes below 2000000, digest {digest}")
