# SPDX-License-Identifier: MIT
"""``python -m bldr_desktop.engine.cli.programs worker|beat|index``: the cluster's processes.

Settings come from the environment (``BLDR_…``), as the supervisor or systemd sets it.
"""

import argparse
import contextlib
import logging
import signal
import sys
import threading
import time
from types import FrameType

from bldr_desktop.common.log import setup_logging
from bldr_desktop.engine.adapters import data_folder
from bldr_desktop.engine.settings import Settings

MODULE = "bldr_desktop.engine.cli.programs"


def main() -> int:
    """Run one of them until told to stop."""
    parser = argparse.ArgumentParser(prog="bldr-cluster", description=__doc__)
    parser.add_argument("program", choices=("worker", "beat", "index"))
    parser.add_argument("--name", default="worker")
    parser.add_argument("--processes", type=int, default=1)
    options = parser.parse_args()
    settings = Settings()
    as_json = settings.log_format == "json"
    setup_logging(None, options.program, level=logging.getLevelName(settings.log_level), as_json=as_json)
    if settings.tracing:
        from bldr_desktop.common import tracing

        tracing.enable(f"bldr-{options.program}")
    (settings.data_dir / "run").mkdir(parents=True, exist_ok=True)
    if options.program == "index":
        return _index(settings)
    from bldr_desktop.engine.app import build_engine
    from bldr_desktop.engine.cluster.celery_app import make_celery

    app = make_celery(settings, lambda alone: build_engine(alone, runs_jobs=True))
    if options.program == "beat":
        pid_file = settings.data_dir / "run" / "beat.pid"
        pid_file.unlink(missing_ok=True)  # of an earlier life; two beats at once do no harm (R43)
        app.start(["beat", "--loglevel=WARNING", f"--pidfile={pid_file}"])
        return 0
    _keep_saying_alive(settings, options.name)
    app.worker_main(
        [
            "worker", "--loglevel=WARNING", "--pool=prefork", f"--concurrency={options.processes}",
            f"--hostname={options.name}@%h", "--without-gossip", "--without-mingle", "-O", "fair",
        ]
    )  # fmt: skip
    return 0


def _keep_saying_alive(settings: Settings, name: str) -> None:
    """From the worker's main process, as long as it lives."""
    import redis

    from bldr_desktop.engine.cluster.presence import ALIVE_SECONDS, say_alive

    connection = redis.Redis.from_url(settings.redis_url or "", socket_timeout=2, socket_connect_timeout=2)

    def say() -> None:
        while True:
            with contextlib.suppress(redis.RedisError):
                say_alive(connection, name)
            time.sleep(ALIVE_SECONDS / 4)

    threading.Thread(target=say, name="alive", daemon=True).start()


def _index(settings: Settings) -> int:
    """The one writer of an in-process index that several processes share."""
    from bldr_desktop.engine.adapters.remote_index import IndexServer
    from bldr_desktop.engine.adapters.search_stack import open_edge
    from bldr_desktop.engine.adapters.weighing import make_weigher

    if settings.index_address is None:
        sys.stderr.write("bldr-cluster: BLDR_INDEX_ADDRESS is not set\n")
        return 1
    host, port = settings.index_address
    index = open_edge(settings.index_dir, make_weigher())
    server = IndexServer(index, host, port, data_folder.secret_key(settings.data_dir))
    stop = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)
    threading.Thread(target=server.serve, name="serve", daemon=True).start()
    stop.wait()
    server.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
