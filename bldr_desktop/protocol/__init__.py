# SPDX-License-Identifier: MIT
"""The Bldr v2 wire contract as typed models: REST bodies, event frames, routes, error codes. No I/O.

Each model names one JSON object of the wire. Unknown fields are kept out of our models but never
refused (``extra="ignore"``): a newer or older peer must not break us.
"""
