# SPDX-License-Identifier: MIT
"""Says in the window's status line what the connection and the queue are doing."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QTimer

from bldr_desktop.protocol.status import StatusData
from bldr_desktop.services.connection import Connection, ConnectionService, ConnectionWord
from bldr_desktop.services.queue import QueueService
from bldr_desktop.services.training import TrainingRuns
from bldr_desktop.ui.main_window import MainWindow
from bldr_desktop.ui.part_words import part_name, part_words
from bldr_desktop.ui.qt.i18n import tr

_TONES = {
    ConnectionWord.CONNECTED: "ok",
    ConnectionWord.CONNECTING: "neutral",
    ConnectionWord.RECONNECTING: "warn",
    ConnectionWord.OFFLINE: "error",
    ConnectionWord.UNAUTHORIZED: "warn",
    ConnectionWord.DEGRADED: "warn",
}


class WindowController:
    """Between the services and the window's own parts (rail, status line)."""

    def __init__(
        self,
        window: MainWindow,
        connection: ConnectionService,
        queue: QueueService,
        runs: TrainingRuns,
        sign_in: Callable[[], None],
    ) -> None:
        self._sign_in = sign_in
        self._any_running = False
        self._window, self._connection, self._queue, self._runs = window, connection, queue, runs
        self._countdown = QTimer(window, interval=1000)
        self._countdown.timeout.connect(self._say_connection)
        self._leave: list[Callable[[], None]] = [
            connection.changed.connect(lambda _state: self._say_connection()),
            connection.server_changed.connect(self._say_server),
            queue.changed.connect(lambda _ids: self._say_jobs()),
            runs.changed.connect(self._on_runs),
        ]
        window.status.pill_clicked.connect(self._on_pill)
        window.actions_by_name.connect("reconnect", connection.try_now)
        self._say_connection()
        self._say_server(connection.server)
        self._say_jobs()

    async def aclose(self) -> None:
        """Stop listening."""
        self._countdown.stop()
        for leave in self._leave:
            leave()
        self._window.status.pill_clicked.disconnect(self._on_pill)

    def _on_pill(self) -> None:
        """Do what helps in this state: sign in, or do not wait."""
        if self._connection.state.word is ConnectionWord.UNAUTHORIZED:
            self._sign_in()
        else:
            self._connection.try_now()

    def retranslate(self) -> None:
        """Say all again in another language."""
        self._say_connection()
        self._say_server(self._connection.server)

    def _say_connection(self) -> None:
        state = self._connection.state
        word, detail = connection_words(state, datetime.now(UTC))
        status = self._window.status
        tip = "\n".join(filter(None, (word, detail, state.sentence, _since(state))))
        status.pill.show_state(state.word, word, _TONES[state.word], tip)
        status.show_words(status.detail, detail, state.sentence)
        if state.next_try is not None and not self._countdown.isActive():
            self._countdown.start()
        elif state.next_try is None:
            self._countdown.stop()

    def _say_server(self, server: StatusData | None) -> None:
        status = self._window.status
        if server is None or server.workers is None:
            status.show_words(status.engine, "")
            return
        busy = server.workers_busy or 0
        words = tr("shell", "%n worker(s)", server.workers)
        if bool(busy) is self._any_running:  # else one of the two is older, and nothing is claimed
            words += " · " + (tr("shell", "%n busy", busy) if busy else tr("shell", "idle"))
        tips = [f"{part_name(name)}: {part_words(part.text)}" for name, part in server.details.items()]
        status.show_words(status.engine, words, "\n".join(tips))

    def _on_runs(self, keys: frozenset[str]) -> None:
        """Trainings with an id are jobs of the queue; those of field servers without ids are not."""
        if any(run is not None and run.synthetic for run in map(self._runs.get, keys)):
            self._say_jobs()

    def _say_jobs(self) -> None:
        running = [job.progress for job in self._queue.running()]
        running += [run.progress for run in self._runs.active() if run.synthetic]
        waiting = self._queue.counts()[1]
        mean = sum(running) / len(running) if running else None
        self._window.status.show_jobs(len(running), waiting, mean)
        alive = len(running) + waiting
        self._window.rail.buttons["queue"].set_badge(str(alive) if alive else "")
        if bool(running) is not self._any_running:
            self._any_running = bool(running)
            self._say_server(self._connection.server)


def connection_words(state: Connection, now: datetime) -> tuple[str, str]:
    """The pill's word and the sentence beside it (empty when all is well)."""
    words = {
        ConnectionWord.CONNECTED: tr("shell", "Connected"),
        ConnectionWord.CONNECTING: tr("shell", "Connecting"),
        ConnectionWord.RECONNECTING: tr("shell", "Reconnecting"),
        ConnectionWord.OFFLINE: tr("shell", "Offline"),
        ConnectionWord.UNAUTHORIZED: tr("shell", "Signed out"),
        ConnectionWord.DEGRADED: tr("shell", "Limited"),
    }
    return words[state.word], " ".join(filter(None, (_reason(state), _countdown(state, now))))


def _reason(state: Connection) -> str:
    if state.word is ConnectionWord.CONNECTED:
        return ""
    if state.service == "engine":
        return {
            "starting": tr("shell", "The engine is starting."),
            "waiting": tr("shell", "The engine stopped and is started again."),
            "given_up": tr("shell", "The engine does not start: {reason}", reason=state.sentence),
            "stopped": tr("shell", "The engine is stopped."),
        }.get(state.reason, "")
    if state.service == "index" and state.reason == "degraded":
        return tr("shell", "The search index is being opened.")
    if state.service == "sign_in":
        return tr("shell", "Sign in to go on.")
    sentence = {
        "dns": tr("shell", "No server of this name was found."),
        "refused": tr("shell", "Nothing answers at this address."),
        "tls": tr("shell", "The server's certificate is not trusted."),
        "timeout": tr("shell", "The server did not answer in time."),
        "network": tr("shell", "The connection to the server was cut."),
        "try_later": tr("shell", "The server takes no more connections now."),
        "not_bldr": tr("shell", "This is not a Bldr server."),
    }.get(state.reason, "")
    return sentence or (state.sentence if state.word is ConnectionWord.DEGRADED else "")


def _countdown(state: Connection, now: datetime) -> str:
    if state.next_try is None:
        return ""
    left = round((state.next_try - now).total_seconds())
    return tr("shell", "Next attempt in %n s.", left) if left > 0 else ""


def _since(state: Connection) -> str:
    return tr("shell", "Since {time}", time=state.since.astimezone().strftime("%H:%M:%S"))
