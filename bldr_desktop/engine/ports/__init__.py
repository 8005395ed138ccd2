# SPDX-License-Identifier: MIT
"""What the engine's rooms ask of each other and of technology: Protocols and plain domain types.

All store ports are synchronous and thread-safe, each call one short transaction; async code calls
them through ``asyncio.to_thread``. Expected failures are returned values, exceptions are bugs or
outages (``StoreUnavailable``).
"""


class StoreUnavailable(Exception):
    """The database cannot be reached now; routes answer 503 with ``Retry-After``, jobs wait."""
