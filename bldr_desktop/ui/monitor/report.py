# SPDX-License-Identifier: MIT
"""The finish report, as a page to read."""

from html import escape

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QTextBrowser, QWidget

from bldr_desktop.services.run_report import RunReport
from bldr_desktop.services.training_state import RunState
from bldr_desktop.ui.monitor import texts
from bldr_desktop.ui.monitor.problems import reason_text
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.sizes import size
from bldr_desktop.ui.theme.theme import Theme


class ReportView(QTextBrowser):
    """Shows a report; loads nothing from anywhere."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("monitor.report")
        self._theme = theme
        self._shown: tuple[RunState, RunReport] | None = None
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(12)
        theme.changed.connect(self.retranslate)
        self.retranslate()

    def loadResource(self, _kind: int, _name: object) -> QImage:
        """Qt's hook: a file's name must not make us read anything."""
        return QImage()

    def show_report(self, run: RunState, report: RunReport) -> None:
        """Show one; kept for a change of language or colours."""
        self._shown = (run, report)
        self.setHtml(self._page(run, report))

    def retranslate(self) -> None:
        """Texts in the person's language."""
        self.setAccessibleName(tr("monitor", "Report"))
        if self._shown is None:
            self.setHtml("")
        else:
            self.show_report(*self._shown)

    def _page(self, run: RunState, report: RunReport) -> str:
        muted = self._theme.colors.muted
        parts = [f"<h3>{escape(texts.run_name(run))} — {escape(texts.status_text(run))}</h3>"]
        if not run.is_final:
            running = tr("monitor", "The run goes on; this is how it stands now.")
            parts.append(f'<p style="color:{muted}">{escape(running)}</p>')
        if run.receipt is not None:
            parts.append(f"<p>{escape(receipt_text(run))}</p>")
        parts.append(_table(_facts(report), muted))
        if report.stage_seconds:
            total = sum(report.stage_seconds.values()) or 1.0
            rows = [
                (texts.stage_text(stage), f"{texts.short_duration(seconds)} · {seconds / total:.0%}")
                for stage, seconds in report.stage_seconds.items()
            ]
            parts += [f"<h4>{escape(tr('monitor', 'Where the time went'))}</h4>", _table(rows, muted)]
        if report.problems:
            title = tr("monitor", "Files with problems")
            rows = [(row.name, reason_text(row)) for row in run.troubled()[:200]]
            parts += [f"<h4>{escape(title)} ({len(report.problems)})</h4>", _table(rows, muted)]
        if report.slowest:
            rows = [(_name(path), texts.short_duration(seconds)) for path, seconds in report.slowest]
            parts += [f"<h4>{escape(tr('monitor', 'Slowest files'))}</h4>", _table(rows, muted)]
        return "".join(parts)


def receipt_text(run: RunState) -> str:
    """The receipt of a stopped run: asked, stopped, what is kept."""
    receipt = run.receipt
    if receipt is None:
        return ""
    return tr(
        "monitor",
        "Stop asked at {asked}, stopped at {stopped}. {kept} of {total} files are kept and searchable.",
        asked=texts.second_text(receipt.asked_at),
        stopped=texts.second_text(receipt.stopped_at) or "…",
        kept=receipt.kept,
        total=receipt.total,
    )


def _facts(report: RunReport) -> list[tuple[str, str]]:
    number = texts.number
    facts = [
        (tr("monitor", "Started"), texts.moment_text(report.started_at)),
        (tr("monitor", "Time"), texts.duration(report.seconds) if report.seconds is not None else "–"),
        (tr("monitor", "Files done"), f"{number(report.files_done)} / {number(report.files_total)}"),
        (tr("monitor", "Of them unchanged"), number(report.unchanged)),
        (tr("monitor", "Files failed"), number(report.files_failed)),
        (tr("monitor", "Pages"), number(report.pages)),
        (tr("monitor", "Chunks"), number(report.chunks)),
        (tr("monitor", "Read"), size(report.bytes)),
    ]
    if report.files_a_second:
        facts.append((tr("monitor", "Files a minute"), number(report.files_a_second * 60, 1)))
    return facts


def _table(rows: list[tuple[str, str]], muted: str) -> str:
    cells = "".join(
        f'<tr><td style="color:{muted};padding-right:24px">{escape(left)}</td><td>{escape(right)}</td></tr>'
        for left, right in rows
    )
    return f'<table cellspacing="0" cellpadding="3">{cells}</table>'


def _name(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1]
