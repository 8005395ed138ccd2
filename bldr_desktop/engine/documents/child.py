# SPDX-License-Identifier: MIT
"""The program of a reader process: requests on stdin, answers on stdout, limits on itself.

It ends when its parent does: stdin is read by a thread of its own that exits the process at its
end, and on Linux the kernel is asked to kill it as well. A module named on the command line finishes each
file that was read.
"""

import contextlib
import ctypes
import gc
import importlib
import json
import logging
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from bldr_desktop.engine.documents import frames
from bldr_desktop.engine.documents.failure import ReadError
from bldr_desktop.engine.ports.domain import Parsed, ParseFailure, ParseLimits
from bldr_desktop.protocol.errors import ErrorCode

_RECYCLE_BYTES = 900 << 20
_RECYCLE_REQUESTS = 2_000
_IDLE_SECONDS = 0.5
_PR_SET_PDEATHSIG = 1


def main() -> int:
    """Serve requests until stdin ends."""
    answers = _private_pipes()
    _die_with_parent()
    logging.disable(logging.CRITICAL)
    inbox: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(answers[0], inbox), daemon=True).start()
    _warm_up()
    # What is loaded by now stays: the collector need not look at it again with every file.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    _send(answers[1], frames.READY, 0, b"")
    served = 0
    while True:
        request = json.loads(_next(inbox))
        served += 1
        answer = _answer(request)
        tag, body = frames.encode(answer)
        flags = frames.RECYCLE if served >= _RECYCLE_REQUESTS or _peak_bytes() > _RECYCLE_BYTES else 0
        _send(answers[1], tag, flags, body)


def _next(inbox: "queue.SimpleQueue[bytes]") -> bytes:
    """The next request; the readers of common files are loaded while none comes."""
    with contextlib.suppress(queue.Empty):
        return inbox.get(timeout=_IDLE_SECONDS)
    _load_readers()
    return inbox.get()


@cache
def _load_readers() -> None:
    from bldr_desktop.engine.documents import parse

    parse.load_readers()
    gc.freeze()


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Take stdin and stdout away from libraries that print or read."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    return requests, answers


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _listen(requests: BinaryIO, inbox: "queue.SimpleQueue[bytes]") -> None:
    while True:
        header = requests.read(frames.HEADER.size)
        if len(header) < frames.HEADER.size:
            os._exit(0)
        _, _, length = frames.HEADER.unpack(header)
        inbox.put(requests.read(length))


def _warm_up() -> None:
    """Load what nearly every file needs; the rest comes with the first file that needs it."""
    from bldr_desktop.engine.documents import pages, parse

    finish = _finisher()
    if finish is not None:
        finish(parse.warm_up())
    else:
        parse.warm_up()
    pages.warm_up()


def _send(pipe: BinaryIO, tag: bytes, flags: int, body: bytes) -> None:
    pipe.write(frames.HEADER.pack(tag, flags, len(body)))
    pipe.write(body)
    pipe.flush()


def _answer(request: dict[str, Any]) -> frames.Answer:
    limits = frames.limits_adapter.validate_python(request["limits"])
    _limit_myself(limits)
    try:
        return _OPERATIONS[request["op"]](request, limits)
    except ReadError as error:
        return error.as_failure()
    except MemoryError:
        size = f"{limits.memory_bytes >> 20} MB"
        return ParseFailure(
            ErrorCode.FILE_MEMORY_LIMIT, f"Reading needs more memory than the limit of {size}"
        )
    except RecursionError:
        return ParseFailure(ErrorCode.FILE_BOMB, "The file is nested too deep to be read")
    except FileNotFoundError:
        return ParseFailure(ErrorCode.FILE_NOT_FOUND, "The file is not there any more")
    except PermissionError as error:
        return ParseFailure(
            ErrorCode.FILE_LOCKED, "The file is locked or not allowed to be read", str(error), transient=True
        )
    except Exception as error:  # noqa: BLE001 - a library's bug on a hostile file is an answer here
        return ParseFailure(
            ErrorCode.FILE_DAMAGED,
            "The file cannot be read: it is damaged or not what it claims to be",
            f"{type(error).__name__}: {error}"[:2000],
        )


def _parse(request: dict[str, Any], limits: ParseLimits) -> frames.Answer:
    from bldr_desktop.engine.documents.parse import parse_file

    parsed = parse_file(Path(request["path"]), request["name"], limits)
    if (finish := _finisher()) is not None:
        began = time.perf_counter()
        finish(parsed)
        parsed.seconds["chunk"] += time.perf_counter() - began
    return parsed


@cache
def _finisher() -> Callable[[Parsed], None] | None:
    """What the module on the command line does with a file that was read; None without one."""
    if len(sys.argv) < 2:
        return None
    finish: Callable[[Parsed], None] = importlib.import_module(sys.argv[1]).finish
    return finish


def _render(request: dict[str, Any], limits: ParseLimits) -> frames.Answer:
    from bldr_desktop.engine.documents.pages import render

    return render(Path(request["path"]), request["page"], request["width"], limits)


def _boxes(request: dict[str, Any], limits: ParseLimits) -> frames.Answer:
    from bldr_desktop.engine.documents.pages import boxes

    return boxes(Path(request["path"]), request["page"], request["start"], request["end"])


def _text(request: dict[str, Any], limits: ParseLimits) -> frames.Answer:
    from bldr_desktop.engine.documents.pages import text

    return text(Path(request["path"]), request["page"], limits)


_OPERATIONS: dict[str, Callable[[dict[str, Any], ParseLimits], frames.Answer]] = {
    "parse": _parse,
    "render": _render,
    "boxes": _boxes,
    "text": _text,
}


def _limit_myself(limits: ParseLimits) -> None:
    """Soft limits for the next request: CPU counted from now, address space above what is mapped."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime + limits.cpu_seconds) + 1
    _soft_limit(resource.RLIMIT_CPU, seconds)
    if sys.platform == "linux":
        _soft_limit(resource.RLIMIT_AS, limits.memory_bytes)


def _soft_limit(kind: int, value: int) -> None:
    """Set a soft limit, below a hard one that the system may have set."""
    import resource

    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, hard))


def _peak_bytes() -> int:
    if sys.platform == "win32":
        import psutil

        return int(psutil.Process().memory_info().rss)
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    sys.exit(main())
