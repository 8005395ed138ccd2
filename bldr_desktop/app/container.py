# SPDX-License-Identifier: MIT
"""The composition root of the desktop: every object is made and wired here, and nowhere else."""

import asyncio
import logging
import ssl
import time
from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths

from bldr_desktop import __version__
from bldr_desktop.app.first_window import FirstWindow
from bldr_desktop.app.options import Options
from bldr_desktop.client.api import Api
from bldr_desktop.client.engine_process import EngineProcess, EngineState
from bldr_desktop.client.link import Link, LinkState
from bldr_desktop.client.realtime import Realtime
from bldr_desktop.client.secrets import Secrets
from bldr_desktop.client.session import Session, SessionState
from bldr_desktop.common import paths
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.services.connection import ConnectionService
from bldr_desktop.services.events import EventFeed
from bldr_desktop.services.keep_awake import KeepAwake
from bldr_desktop.services.log_store import sweep
from bldr_desktop.services.profiles import Profile, Profiles, clean_address, proxy_of, trust
from bldr_desktop.services.queue import QueueService
from bldr_desktop.services.run_watch import RunWatches
from bldr_desktop.services.servers import ServerService
from bldr_desktop.services.training import TrainingRuns
from bldr_desktop.services.updates import Updates
from bldr_desktop.ui.log_words import log_words

if TYPE_CHECKING:
    from bldr_desktop.app.early import EarlyFiles
    from bldr_desktop.client.task_feed import TaskFeed
    from bldr_desktop.ui.monitor.controller import MonitorController

_log = logging.getLogger(__name__)
GREETING_SECONDS = 3.0
_IDLE_SECONDS = 1.5
_MONITOR = ("services.run_report", "ui.monitor.stages", "ui.widgets.log_pane", "ui.monitor.controller")
NOWHERE = "http://127.0.0.1:9"
"""Where the client points until the embedded engine has said its address."""


class Container:
    """All long-lived objects. Owners of panels take what they need from here in ``app.panels``."""

    def __init__(self, first: FirstWindow, options: Options, profile: Profile | None = None) -> None:
        self.first, self.options = first, options
        self.window, self.theme = first.window, first.theme
        self.language, self.settings = first.language, first.settings
        self.data_dir: Path = paths.data_dir(options.data_dir)
        self.config_dir: Path = paths.config_dir(options.data_dir)
        self.cache_dir: Path = paths.cache_dir(options.data_dir)
        self.log_dir: Path = paths.log_dir(options.data_dir)
        self.scope = TaskScope("desktop")
        self.profiles = Profiles(self.settings)
        self.profile = profile or _first_profile(options, self.profiles)
        verify = self._trusted()
        self._ssl = verify if isinstance(verify, ssl.SSLContext) else None
        self.secrets = Secrets(file=self.config_dir / "secrets.json")
        self.secrets.allow_file(self.settings.flag("secrets.allow_file"))
        self.session = Session()
        self.api = Api(
            self.profile.url or NOWHERE,
            self.session,
            verify=verify,
            proxy=proxy_of(self.profile),
        )
        self.session.attach(self.api)
        self.realtime = Realtime(self.api, ssl_context=self._ssl, proxy=proxy_of(self.profile))
        self.feed = EventFeed(self.realtime)
        self.engine: EngineProcess | None = None
        if self.profile.is_embedded:
            self.engine = EngineProcess(self.data_dir, self._on_engine_ready)
        self.connection = ConnectionService(self.api, self.session, self.realtime, self.engine)
        self.servers = ServerService(self.profile, self.api, self.session, self.secrets, self.engine)
        self.runs = TrainingRuns(self.api, self.feed, say=log_words)
        self.queue = QueueService(self.api, self.feed, self.runs)
        self.watches = RunWatches(self.api, self.runs, self.cache_dir / "time_left.json")
        self.keep_awake = KeepAwake(self.queue, self.settings)
        self.updates = Updates(self.settings, __version__)
        self.early_files: EarlyFiles | None = None
        """The Files panel that stood before this; its factory takes it over."""
        self.on_close: list[Callable[[], Awaitable[None]]] = []
        """Ends of panels' controllers, called first when the application closes."""
        self.task_feed: TaskFeed | None = None
        self.controllers: dict[str, object] = {}
        """The controller of each panel, so that it lives as long as the panel; also for the demo."""
        self._leave = [
            self.session.changed.connect(self._on_session),
            self.window.monitor_requested.connect(self._on_monitor),
            self.keep_awake.close,
            self.realtime.link_changed.connect(self._on_link),
            self._stop_language,
        ]
        self.language.changed.connect(self._on_language)

    def _stop_language(self) -> None:
        self.language.changed.disconnect(self._on_language)

    def _on_language(self, _code: str) -> None:
        self.watches.reword()

    def _trusted(self) -> ssl.SSLContext | bool:
        """The profile's trust; with a CA file that is gone, the system's alone (and it is said)."""
        try:
            return trust(self.profile)
        except OSError as error:
            _log.warning("the CA file %s cannot be used: %s", self.profile.ca_file, error)
            self.settings.notes.append(f"The CA file {self.profile.ca_file} cannot be used: {error}")
            return True

    def start(self) -> None:
        """Begin to work; needs a running loop."""
        self.scope.spawn("keep_fresh", self.session.keep_fresh())
        self.connection.start()
        self.watch_runs()
        self.scope.spawn("watch_network", self.watch_network())
        self.scope.spawn("load_monitor", self.load_monitor())
        self.scope.spawn("sweep_logs", asyncio.to_thread(sweep, time.time()))
        self.updates.start()
        self.servers.start()

    def watch_runs(self) -> None:
        """Tell the person how runs ended, from the first one on."""
        from bldr_desktop.ui.monitor.attention import Attention

        def say(text: str, kind: str) -> None:
            self.window.toast(text, kind=kind)

        made = Attention(self.runs, self.window, say, lambda: self.settings.flag("notifications.enabled"))
        self.controllers["attention"] = made
        self._leave.append(made.close)

    async def watch_network(self) -> None:
        """Connect again at once when the network changes or the machine wakes; not in the start's way."""
        await asyncio.sleep(2.0)
        from bldr_desktop.ui.qt.network import NetworkWatch

        made = NetworkWatch(self.realtime.network_changed)
        made.listen()
        self.controllers["network"] = made
        self._leave.append(made.close)

    async def load_monitor(self) -> None:
        """Load and make the training monitor while nothing happens: it opens just when files begin to be
        read, and would take the processor from them."""
        await asyncio.sleep(_IDLE_SECONDS)
        for name in _MONITOR:
            import_module(f"bldr_desktop.{name}")
            await asyncio.sleep(0)
        self.monitor().prepare()

    def _on_link(self, link: Link) -> None:
        """A server whose events have no numbers may have its job frames on Socket.IO only."""
        if link.state is LinkState.CONNECTED and self.task_feed is None:
            self.scope.spawn("task-feed", self._feed_tasks())

    async def _feed_tasks(self) -> None:
        """Ours says its epoch in the first frame; who has not after a while is a field server."""
        await asyncio.sleep(GREETING_SECONDS)
        connected = self.realtime.link.state is LinkState.CONNECTED
        if not connected or self.realtime.epoch is not None or self.task_feed is not None:
            return
        from bldr_desktop.client.task_feed import TaskFeed

        self.task_feed = TaskFeed(self.api, ssl_context=self._ssl, proxy=proxy_of(self.profile))
        self.task_feed.frames.connect(self.feed.take)
        self.queue.commands = self.task_feed
        await self.task_feed.start()

    async def _on_engine_ready(self, url: str, launch_token: str) -> None:
        self.api.move(url)
        await self.session.sign_in_launched(launch_token)

    def monitor(self) -> "MonitorController":
        """The training monitor, made when it is first asked for."""
        from bldr_desktop.ui.monitor.controller import MonitorController

        made = self.controllers.get("monitor")
        if not isinstance(made, MonitorController):
            made = MonitorController(self.api, self.runs, self.watches, self.feed, self.theme, self.window)
            self.controllers["monitor"] = made
            self.on_close.append(made.aclose)
        return made

    def _on_monitor(self, job_id: str) -> None:
        self.monitor().open(job_id or None)

    def _on_session(self, state: SessionState) -> None:
        if state is SessionState.SIGNED_IN:
            self.realtime.start()
            self.scope.spawn("queue.read", self.queue.refresh())
        engine = self.engine
        if state is SessionState.OVER and engine is not None and engine.status.state is EngineState.RUNNING:
            engine.restart()  # only a start gives a launch token; nobody has to type anything

    async def aclose(self) -> None:
        """End everything, users first, sockets next, the engine last."""
        for leave in self._leave:
            leave()
        for end in reversed(self.on_close):
            try:
                await end()
            except Exception:  # noqa: BLE001 - the others must still end
                _log.exception("a panel did not end well")
        if self.task_feed is not None:
            await self.task_feed.aclose()
        for name, part in (
            ("updates", self.updates.aclose()),
            ("servers", self.servers.aclose()),
            ("queue", self.queue.aclose()),
            ("watches", self.watches.aclose()),
            ("runs", self.runs.aclose()),
            ("connection", self.connection.aclose()),
            ("feed", self.feed.aclose()),
            ("realtime", self.realtime.aclose()),
            ("scope", self.scope.close()),
            ("api", self.api.aclose()),
        ):
            try:
                await part
            except Exception:  # noqa: BLE001 - the others must still end
                _log.exception("%s did not end well", name)
        if self.engine is not None:
            await self.engine.stop()


def _first_profile(options: Options, profiles: Profiles) -> Profile:
    """The server of the command line, else the one used last."""
    if options.server is None:
        return profiles.current
    known = (profile for profile in profiles.all() if profile.url == options.server.rstrip("/"))
    return next(known, Profile("command_line", options.server, clean_address(options.server)))


def documents_folder() -> Path:
    """Where *Add folder* begins."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
