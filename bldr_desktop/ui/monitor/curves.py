# SPDX-License-Identifier: MIT
"""Curves of a run and of the engine. pyqtgraph is imported when the tab is first shown."""

import math
from array import array
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from bldr_desktop.services.series import Series
from bldr_desktop.ui.qt.glue import Translated
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets import words
from bldr_desktop.ui.widgets.basics import label, name_tool, tool_button

SMOOTHING = (0.0, 5.0, 15.0, 60.0)
METRICS = ("files", "chunks", "bytes", "left")
_FACTORS = {"files": 60.0, "chunks": 1.0, "bytes": 1e-6}


def tick_words(values: Sequence[float], scale: float, spacing: float) -> list[str]:
    """Numbers at an axis with the language's decimal sign, as fine as the ticks are apart."""
    digits = max(0, math.ceil(-math.log10(spacing * scale)))
    return [words.decimal(value * scale, digits) for value in values]


class CurvesTab(Translated):
    """Throughput or queue above, CPU and memory of the engine below.

    Signals:
        save_wanted: ``png`` or ``csv``.
    """

    save_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("monitor.chart")
        self._theme = theme
        self._plots: list[Any] = []
        self._lines: dict[str, Any] = {}
        self._run: Series | None = None
        self._load: Series | None = None
        self._shift = 0.0
        self.what = QComboBox()
        self.what.setObjectName("monitor.chartMetric")
        self.smooth = QComboBox()
        self.smooth.setObjectName("monitor.chartSmooth")
        self.fit = tool_button(theme, "monitor.chartFit", "locate")
        self.png = tool_button(theme, "monitor.chartPng", "image")
        self.csv = tool_button(theme, "monitor.chartCsv", "table")
        self.none = label(look="muted", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, Space.S, 0, 0)
        self._column.setSpacing(Space.S)
        tools = QHBoxLayout()
        tools.setSpacing(Space.S)
        for widget in (self.what, self.smooth):
            tools.addWidget(widget)
        tools.addStretch(1)
        for tool in (self.fit, self.png, self.csv):
            tools.addWidget(tool)
        self._column.addLayout(tools)
        self._column.addWidget(self.none)
        self._column.addStretch(1)
        self.what.currentIndexChanged.connect(self._draw)
        self.smooth.currentIndexChanged.connect(self._draw)
        self.fit.clicked.connect(self._fit)
        self.png.clicked.connect(lambda: self.save_wanted.emit("png"))
        self.csv.clicked.connect(lambda: self.save_wanted.emit("csv"))
        theme.changed.connect(self._dress)
        self.retranslate()

    def show_curves(self, run: Series, load: Series, now: float | None) -> None:
        """Show these; called once a second while the tab is in front. ``now``: seconds of the run."""
        self._run, self._load = run, load
        self._shift = max(0.0, now - load.x[-1]) if now is not None and len(load) else 0.0
        self._draw()

    def picture(self) -> QImage:
        """The curves as they stand, as a picture."""
        return self.grab().toImage()

    # -- drawing --------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's hook: the first time, make the plots."""
        super().showEvent(event)
        if not self._plots:
            self._make()
        self._draw()

    def _make(self) -> None:
        import pyqtgraph

        pyqtgraph.setConfigOptions(antialias=True)
        self._column.takeAt(self._column.count() - 1)
        for key, names in (("run", ("value",)), ("cpu", ("cpu",)), ("memory", ("memory",))):
            plot = pyqtgraph.PlotWidget()
            plot.setObjectName(f"monitor.chart.{key}")
            plot.setFrameShape(plot.Shape.NoFrame)
            plot.setMouseEnabled(x=True, y=False)
            plot.setMenuEnabled(False)
            plot.hideButtons()
            plot.setClipToView(True)
            plot.setDownsampling(auto=True, mode="peak")
            for name in names:
                self._lines[name] = plot.plot([], [])
            plot.setLimits(xMin=0, yMin=0)
            self._plots.append(plot)
        self._column.addWidget(self._plots[0], 3)
        below = QHBoxLayout()
        below.setSpacing(Space.S)
        below.addWidget(self._plots[1])
        below.addWidget(self._plots[2])
        self._column.addLayout(below, 2)
        self._dress()
        self._say_axes()

    def _dress(self) -> None:
        if not self._plots:
            return
        import pyqtgraph

        colors = self._theme.colors
        for plot in self._plots:
            plot.setBackground(colors.surface)
            plot.showGrid(x=False, y=True, alpha=0.15)
            for side in ("left", "bottom"):
                axis = plot.getAxis(side)
                axis.setPen(pyqtgraph.mkPen(colors.line))
                axis.setTextPen(pyqtgraph.mkPen(colors.muted))
                axis.enableAutoSIPrefix(False)
                axis.tickStrings = tick_words  # pyqtgraph's own knows no language
            plot.getAxis("left").setWidth(56)
        for name, color in (("value", colors.accent), ("cpu", colors.ok), ("memory", colors.warn)):
            soft = pyqtgraph.mkColor(color)
            soft.setAlpha(36)
            self._lines[name].setPen(pyqtgraph.mkPen(color, width=2))
            self._lines[name].setFillLevel(0)
            self._lines[name].setBrush(soft)

    def _draw(self, *_signal: object) -> None:
        run = self._run
        self.none.setVisible(run is None or len(run) < 2)
        if not self._plots or run is None or not self.isVisible():
            return
        metric = METRICS[max(0, self.what.currentIndex())]
        window = SMOOTHING[max(0, self.smooth.currentIndex())]
        if metric == "left":
            values = list(run.values("left"))
        else:
            rate = run.rate(metric, max(window, 1.0))
            values = [value * _FACTORS[metric] for value in rate]
        self._lines["value"].setData(list(run.x), values)
        load = self._load
        if load is not None:
            at = [x + self._shift for x in load.x]
            self._lines["cpu"].setData(at, _smooth(load, "cpu", window))
            memory = [value / 1e6 for value in _smooth(load, "memory", window)]
            self._lines["memory"].setData(at, memory)
        self._say_axes()

    def _say_axes(self) -> None:
        if not self._plots:
            return
        titles = [
            self.what.currentText(),
            tr("monitor", "Engine CPU, %"),
            tr("monitor", "Engine memory, MB"),
        ]
        titles[0] += " · " + tr("monitor", "seconds of the run")
        for plot, text in zip(self._plots, titles, strict=True):
            plot.setTitle(text, color=self._theme.colors.muted, size="9pt")
            plot.setAccessibleName(text)

    def _fit(self) -> None:
        for plot in self._plots:
            plot.enableAutoRange()

    def retranslate(self) -> None:
        """Texts in the person's language."""
        self._fill(
            self.what,
            (
                tr("monitor", "Files a minute"),
                tr("monitor", "Chunks a second"),
                tr("monitor", "Megabytes a second"),
                tr("monitor", "Files still waiting"),
            ),
        )
        seconds = (tr("monitor", "Smooth: {n} s", n=int(n)) for n in SMOOTHING[1:])
        self._fill(self.smooth, (tr("monitor", "Not smoothed"), *seconds))
        self.what.setAccessibleName(tr("monitor", "What the curve shows"))
        self.smooth.setAccessibleName(tr("monitor", "Smoothing"))
        name_tool(self.fit, tr("monitor", "Show the whole curve"))
        name_tool(self.png, tr("monitor", "Save as a picture…"))
        name_tool(self.csv, tr("monitor", "Save the numbers as CSV…"))
        self.none.setText(tr("monitor", "The curve begins with the first finished files."))
        self.setAccessibleName(tr("monitor", "Curves"))
        self._say_axes()

    def _fill(self, box: QComboBox, texts: tuple[str, ...]) -> None:
        chosen = max(0, box.currentIndex())
        box.blockSignals(True)
        box.clear()
        box.addItems(texts)
        box.setCurrentIndex(chosen)
        box.blockSignals(False)


def _smooth(series: Series, name: str, window: float) -> list[float]:
    """The mean over the last ``window`` seconds at each point."""
    x, y = series.x, series.values(name)
    if window <= 0:
        return list(y)
    out, total, start = array("d"), 0.0, 0
    for i, value in enumerate(y):
        total += value
        while x[i] - x[start] > window:
            total -= y[start]
            start += 1
        out.append(total / (i - start + 1))
    return list(out)
