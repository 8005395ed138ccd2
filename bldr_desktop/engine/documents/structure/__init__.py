# SPDX-License-Identifier: MIT
"""What a document is and how it is built: designation, title, editions, clauses, terms."""

from bldr_desktop.engine.documents.structure.build import structure_of

__all__ = ["structure_of"]
