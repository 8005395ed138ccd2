# SPDX-License-Identifier: MIT
"""Bldr Desktop: construction norms, indexed and answered with document, edition, clause and page."""

__version__ = "0.1.0"
