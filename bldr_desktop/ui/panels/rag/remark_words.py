# SPDX-License-Identifier: MIT
"""What is said beside the hits when what was named is not what is shown."""

from collections.abc import Iterable

from bldr_desktop.protocol.rag import QueryRemark
from bldr_desktop.ui.qt.i18n import tr


def remarks_said(remarks: Iterable[QueryRemark]) -> list[str]:
    """A sentence for each remark that this version knows."""
    return [said for remark in remarks if (said := _sentence(remark))]


def _sentence(remark: QueryRemark) -> str:
    norm = remark.norm or ""
    if remark.code == "norm_absent":
        return tr("rag", "{norm} is not among your documents.", norm=norm)
    if remark.code == "edition_absent":
        found = remark.found or ""
        return tr("rag", "{norm} is not among your documents; {found} is.", norm=norm, found=found)
    if remark.code == "norm_left_out":
        return tr("rag", "{norm} is left out by the filters.", norm=norm)
    if remark.code == "clause_absent":
        return _place_absent(remark.kind or "clause", norm, remark.clause or "")
    if remark.code == "spelling":
        return tr("rag", "Searched for: {text}", text=remark.text or "")
    return ""


def _place_absent(kind: str, norm: str, number: str) -> str:
    if kind == "table":
        return tr("rag", "Table {number} was not found in {norm}.", number=number, norm=norm)
    if kind == "figure":
        return tr("rag", "Figure {number} was not found in {norm}.", number=number, norm=norm)
    if kind == "appendix":
        return tr("rag", "Appendix {number} was not found in {norm}.", number=number, norm=norm)
    if kind == "formula":
        return tr("rag", "Formula {number} was not found in {norm}.", number=number, norm=norm)
    return tr("rag", "Clause {number} was not found in {norm}.", number=number, norm=norm)
