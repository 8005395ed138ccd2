# SPDX-License-Identifier: MIT
"""Stands in for a desktop's notifications on the session bus, as strict with signatures as they are.

python notification_daemon.py          says "ready", then one JSON line for each notification
"""

import json
import sys
from typing import Any

from jeepney import HeaderFields, MessageType, message_bus, new_error, new_method_return
from jeepney.io.blocking import open_dbus_connection

SERVICE = "org.freedesktop.Notifications"
SIGNATURE = "susssasa{sv}i"


def say(value: object) -> None:
    """One line for the parent."""
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Serve until killed."""
    bus: Any = open_dbus_connection("SESSION")
    bus.send_and_get_reply(message_bus.RequestName(SERVICE))
    say("ready")
    shown = 0
    while True:
        message = bus.receive()
        if message.header.message_type is not MessageType.method_call:
            continue
        fields = message.header.fields
        method, signature = fields.get(HeaderFields.member), fields.get(HeaderFields.signature, "")
        if method == "GetCapabilities":
            bus.send(new_method_return(message, "as", (["body", "body-markup"],)))
        elif method == "Notify" and signature == SIGNATURE:
            shown += 1
            name, _, icon, title, text, _, hints, _ = message.body
            say(
                {"name": name, "icon": icon, "title": title, "text": text, "entry": hints["desktop-entry"][1]}
            )
            bus.send(new_method_return(message, "u", (shown,)))
        else:
            say({"refused": method, "signature": signature})
            refusal = "org.freedesktop.DBus.Error.InvalidArgs"
            bus.send(new_error(message, refusal, "s", (f"{method}: {signature}",)))


if __name__ == "__main__":
    main()
