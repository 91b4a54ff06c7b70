"""A line with a round-trip time: two network namespaces, joined by a process that hands on every packet late.

Each end is a TUN device.  Every packet waits, so setting up TCP and TLS costs its round trips as it does on a real
line; a relay of byte streams could not delay a handshake.
"""

import ctypes
import fcntl
import os
import select
import socket
import struct
import subprocess
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

CLIENT, SERVER = "10.66.0.1", "10.66.0.2"
_TUNSETIFF, _IFF_TUN, _IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
_CLONE_NEWNET = 0x40000000
_libc = ctypes.CDLL(None, use_errno=True)


def lay(round_trip: float, start_server: Callable[[str], None]) -> str:
    """Lay a line in the network namespace of this process, which must be its own, and give the far end's address.

    ``start_server`` is called with the address to listen on, in the namespace of the far end.
    """
    _ip("link", "set", "lo", "up")
    if round_trip == 0:
        start_server("127.0.0.1")
        return "127.0.0.1"
    near = _device(CLIENT, SERVER)
    here = os.open("/proc/self/ns/net", os.O_RDONLY)
    _checked(_libc.unshare(_CLONE_NEWNET))
    far = _device(SERVER, CLIENT)
    start_server(SERVER)
    _checked(_libc.setns(here, _CLONE_NEWNET))
    os.close(here)
    if os.fork() == 0:
        _relay_until_orphaned(near, far, round_trip / 2)
    os.close(near)
    os.close(far)
    return SERVER


def _device(own: str, peer: str) -> int:
    """A TUN device in the namespace of this moment, up, with a route to the other end."""
    fd = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(fd, _TUNSETIFF, struct.pack("16sH22x", b"bench", _IFF_TUN | _IFF_NO_PI))
    _ip("address", "add", own, "peer", peer, "dev", "bench")
    _ip("link", "set", "bench", "mtu", "1500", "up")
    # A second connection must not profit from what the first one learned of the line.
    Path("/proc/sys/net/ipv4/tcp_no_metrics_save").write_text("1", encoding="ascii")
    return fd


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)


def _checked(result: int) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _relay_until_orphaned(near: int, far: int, one_way: float) -> NoReturn:
    parent = os.getppid()
    with suppress(OSError):  # without the right to, the line is a little less even
        os.nice(-10)
    relay(near, far, one_way, until=lambda: os.getppid() != parent)
    os._exit(0)


def relay(near: int, far: int, one_way: float, until: Callable[[], bool]) -> None:
    """Hand on every packet from one descriptor to the other, ``one_way`` seconds after it came."""
    other = {near: far, far: near}
    late: deque[tuple[float, int, bytes]] = deque()
    while not until():
        wait = max(0.0, late[0][0] - time.monotonic()) if late else 1.0
        for fd in select.select(list(other), [], [], wait)[0]:
            late.append((time.monotonic() + one_way, other[fd], os.read(fd, 65536)))
        while late and late[0][0] <= time.monotonic():
            _, fd, packet = late.popleft()
            os.write(fd, packet)


def measured(address: str, port: int) -> float:
    """The line's round trip in seconds, as one TCP handshake takes it."""
    begun = time.perf_counter()
    with socket.create_connection((address, port), timeout=10):
        return time.perf_counter() - begun
