# SPDX-License-Identifier: MIT
"""Names under which leases are taken: they tell whether their holder still lives."""

import os
import socket

import psutil


def runner_name() -> str:
    """This process on this machine, told from an earlier one with the same id by its start time."""
    started = int(psutil.Process().create_time() * 100)
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{started}"


def is_gone(name: str) -> bool:
    """True when a runner of this machine no longer lives; False when unknown (another machine)."""
    host, _, rest = name.rpartition(":")
    host, _, pid = host.rpartition(":")
    if host != socket.gethostname()[:30] or not pid.isdigit() or not rest.isdigit():
        return False
    try:
        return int(psutil.Process(int(pid)).create_time() * 100) != int(rest)
    except psutil.Error:
        return True
