# SPDX-License-Identifier: MIT
"""A notification of the desktop on Linux (freedesktop.org), over D-Bus.

Qt's own D-Bus classes cannot be used from Python for it: they send a Python number as a signed one and an
empty list as a list of anything, and every desktop refuses the call for its signature.
"""

import logging
from contextlib import closing
from html import escape
from typing import Any

_log = logging.getLogger(__name__)
_SERVICE = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_SIGNATURE = "susssasa{sv}i"
_WITHIN = 3.0
"""Seconds that the desktop has for an answer."""


def post_notice(application: str, title: str, text: str) -> bool:
    """Show a notification; blocks. False where there is nobody to show it, or it was refused."""
    from jeepney import DBusErrorResponse
    from jeepney.io.blocking import open_dbus_connection

    try:
        with closing(open_dbus_connection("SESSION")) as bus:
            (abilities,) = _call(bus, "GetCapabilities")
            body = escape(text, quote=False) if "body-markup" in abilities else text
            hints = {"desktop-entry": ("s", "bldr-desktop")}
            call: tuple[object, ...] = (application, 0, "bldr-desktop", title, body, [], hints, -1)
            _call(bus, "Notify", _SIGNATURE, call)
    except (KeyError, OSError, TimeoutError, DBusErrorResponse) as error:
        _log.info("no notification was shown: %s: %s", type(error).__name__, error)
        return False
    return True


def _call(bus: Any, method: str, signature: str | None = None, body: tuple[object, ...] = ()) -> Any:
    from jeepney import DBusAddress, new_method_call
    from jeepney.wrappers import unwrap_msg

    address = DBusAddress(_PATH, _SERVICE, _SERVICE)
    message = new_method_call(address, method, signature, body)
    return unwrap_msg(bus.send_and_get_reply(message, timeout=_WITHIN))
