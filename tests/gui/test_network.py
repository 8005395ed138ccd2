# SPDX-License-Identifier: MIT
"""A network that changes or a machine that wakes ends the countdown to the next attempt."""

from typing import Any

from PySide6.QtNetwork import QNetworkInformation
from watching import until

from bldr_desktop.client.link import LinkReason
from bldr_desktop.client.wake import SleepSense
from bldr_desktop.ui.qt.network import NetworkWatch, addresses


class Machine:
    """Addresses and clocks that the test moves."""

    def __init__(self) -> None:
        self.addresses = frozenset({"192.0.2.1"})
        self.awake = self.altogether = 100.0
        self.told: list[LinkReason] = []
        sense = SleepSense(lambda: self.awake, lambda: self.altogether)
        self.watch = NetworkWatch(self.told.append, look=lambda: self.addresses, sense=sense)


async def test_a_new_address_a_wake_and_nothing(qapp: Any) -> None:
    machine = Machine()
    machine.watch.look()
    machine.addresses = frozenset()
    machine.watch.look()  # a cable pulled: nothing that an attempt could help
    machine.addresses = frozenset({"198.51.100.7"})
    machine.watch.look()
    machine.watch.look()
    await until(lambda: machine.told == [LinkReason.NETWORK_CHANGED], 5, "told once")
    machine.altogether += 600
    machine.addresses = frozenset({"203.0.113.9"})
    machine.watch.look()
    machine.addresses |= {"2001:db8::1"}
    machine.watch.look()  # the network comes with the wake
    await until(lambda: len(machine.told) == 2, 5, "told again")
    assert machine.told[1] is LinkReason.WOKE
    machine.watch.close()


async def test_what_the_system_tells_is_listened_to(qapp: Any) -> None:
    machine = Machine()
    if machine.watch.listen():
        information = QNetworkInformation.instance()
        state = QNetworkInformation.Reachability
        information.reachabilityChanged.emit(state.Disconnected)
        information.reachabilityChanged.emit(state.Online)
        await until(lambda: machine.told == [LinkReason.NETWORK_CHANGED], 5, "told")
        information.transportMediumChanged.emit(QNetworkInformation.TransportMedium.WiFi)
        await until(lambda: len(machine.told) == 2, 5, "told of the medium")
    machine.watch.close()
    assert "127.0.0.1" not in addresses()
