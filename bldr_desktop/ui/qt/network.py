# SPDX-License-Identifier: MIT
"""Notices that the network changed or the machine woke, so that nobody waits out a countdown.

Qt's network information tells what the system tells (NetworkManager, GLib, Windows, macOS). Not every backend
knows of a change of address, and a machine may have none of them: so the addresses are compared every two
seconds too, one call of a few dozen microseconds, and the clocks with them.
"""

import logging
from collections.abc import Callable
from ipaddress import ip_address

from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QNetworkInformation, QNetworkInterface

from bldr_desktop.client.link import LinkReason
from bldr_desktop.client.wake import SleepSense

_log = logging.getLogger(__name__)

LOOK_EVERY_MS = 2000
SETTLE_MS = 400
"""One change of network is told in several signals; they are taken together."""

Addresses = frozenset[str]


def addresses() -> Addresses:
    """Addresses of this machine that lead anywhere."""
    found = (address.toString() for address in QNetworkInterface.allAddresses())
    return frozenset(one for one in found if not ip_address(one.split("%")[0]).is_loopback)


class NetworkWatch(QObject):
    """Tells of a change, at most twice a second.

    Args:
        changed: Called with :data:`LinkReason.NETWORK_CHANGED` or :data:`LinkReason.WOKE`.
        look: Gives the addresses now.
        sense: Whether the machine slept.
    """

    def __init__(
        self,
        changed: Callable[[LinkReason], None],
        parent: QObject | None = None,
        *,
        look: Callable[[], Addresses] = addresses,
        sense: SleepSense | None = None,
    ) -> None:
        super().__init__(parent)
        self._changed, self._look, self._sense = changed, look, sense or SleepSense()
        self._known = look()
        self._why = LinkReason.NETWORK_CHANGED
        self._online = True
        self._settle = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._settle.timeout.connect(self._tell)
        self._tick = QTimer(self, interval=LOOK_EVERY_MS)
        self._tick.timeout.connect(self.look)
        self._tick.start()

    def listen(self) -> bool:
        """Listen to the system too; False when it offers nothing."""
        if not QNetworkInformation.loadDefaultBackend():
            _log.info("no network information from the system: addresses are compared")
            return False
        information = QNetworkInformation.instance()
        self._online = information.reachability() is not QNetworkInformation.Reachability.Disconnected
        information.reachabilityChanged.connect(self._on_reachability)
        information.transportMediumChanged.connect(self._on_medium)
        return True

    def look(self) -> None:
        """Compare addresses and clocks now."""
        slept = self._sense.slept()
        now = self._look()
        gained, self._known = now - self._known, now
        if slept:
            _log.info("the machine slept for %.0f s", slept)
            self._begin(LinkReason.WOKE)
        elif gained:
            self._begin(LinkReason.NETWORK_CHANGED)

    def close(self) -> None:
        """Stop."""
        self._tick.stop()
        self._settle.stop()

    def _on_reachability(self, reachability: QNetworkInformation.Reachability) -> None:
        """Only a network that comes back is worth an attempt."""
        online = reachability is not QNetworkInformation.Reachability.Disconnected
        came, self._online = online and not self._online, online
        if came:
            self._begin(LinkReason.NETWORK_CHANGED)

    def _on_medium(self, _medium: QNetworkInformation.TransportMedium) -> None:
        if self._online:
            self._begin(LinkReason.NETWORK_CHANGED)

    def _begin(self, why: LinkReason) -> None:
        if self._settle.isActive() and self._why is LinkReason.WOKE:
            return
        self._why = why
        self._settle.start()

    def _tell(self) -> None:
        self._changed(self._why)
