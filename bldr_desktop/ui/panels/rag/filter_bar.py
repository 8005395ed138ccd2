# SPDX-License-Identifier: MIT
"""Filters as chips: what the search is narrowed to is always in sight, and one click takes it away."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from bldr_desktop.protocol.base import EditionStatus
from bldr_desktop.protocol.rag import SearchFilters
from bldr_desktop.services.search import default_filters
from bldr_desktop.ui.qt.glue import Translated
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets import words
from bldr_desktop.ui.widgets.basics import button
from bldr_desktop.ui.widgets.choice_popup import Choice, ChoicePopup
from bldr_desktop.ui.widgets.flow import FlowRow

FIELDS = ("document_ids", "categories", "kinds", "editions", "folders")
LONGEST = 28


class FilterBar(Translated):
    """``changed(filters)`` when the person chose. ``popup_asked(field)`` before a list opens, so that
    the controller can give fresh values with ``offer``."""

    changed = Signal(object)
    popup_asked = Signal(str)
    searched = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._filters = default_filters()
        self._choices: dict[str, list[Choice]] = {field: [] for field in FIELDS}
        self._chips: dict[str, QToolButton] = {}
        self._popups: dict[str, ChoicePopup] = {}
        row = FlowRow(spacing=Space.S)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(row)
        self.old = self._chip("outdated")
        self.old.setCheckable(True)
        self.old.clicked.connect(self._on_old_clicked)
        row.add(self.old)
        for field in FIELDS:
            row.add(self._choice_chip(field))
        self.clear = button(theme, "rag.filter.clear", look="link")
        self.clear.clicked.connect(lambda: self._choose(default_filters()))
        self.clear.setStyleSheet("min-height: 20px; padding: 2px 4px;")  # coming and going moves nothing
        row.add(self.clear)
        self.retranslate()

    def _chip(self, name: str) -> QToolButton:
        chip = QToolButton()
        chip.setObjectName(f"rag.filter.{name}")
        chip.setProperty("look", "chip")
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        return chip

    def _choice_chip(self, field: str) -> QToolButton:
        chip = self._chips[field] = self._chip(field)
        chip.setCheckable(True)
        popup = self._popups[field] = ChoicePopup(f"rag.filter.{field}.popup", self)
        popup.changed.connect(lambda values: self._on_values(field, values))
        popup.searched.connect(lambda text: self.searched.emit(field, text))
        chip.clicked.connect(lambda: self._open(field))
        return chip

    @property
    def filters(self) -> SearchFilters:
        """What is chosen."""
        return self._filters

    def show_filters(self, filters: SearchFilters) -> None:
        """Show what the search has."""
        if filters != self._filters:
            self._filters = filters
            self.retranslate()

    def offer(self, field: str, choices: list[Choice]) -> None:
        """The values of one chip."""
        self._choices[field] = choices
        self._popups[field].offer(choices, self._values(field))
        self.retranslate()

    def popup(self, field: str) -> ChoicePopup:
        """The list of one chip."""
        return self._popups[field]

    def _values(self, field: str) -> list[str]:
        return [str(value) for value in getattr(self._filters, field)]

    def _open(self, field: str) -> None:
        self._chips[field].setChecked(bool(self._values(field)))
        self.popup_asked.emit(field)
        self._popups[field].offer(self._choices[field], self._values(field))
        self._popups[field].show_under(self._chips[field])

    def _on_values(self, field: str, values: list[str]) -> None:
        if field == "editions":
            self._choose(self._filters.model_copy(update={field: [EditionStatus(value) for value in values]}))
        else:
            self._choose(self._filters.model_copy(update={field: values}))

    def _on_old_clicked(self, on: bool) -> None:
        self._choose(self._filters.model_copy(update={"include_outdated": on}))

    def _choose(self, filters: SearchFilters) -> None:
        self._filters = filters
        self.retranslate()
        self.changed.emit(filters)

    def _text_of(self, field: str, value: str) -> str:
        if field == "editions":
            return words.edition(value)
        if field == "kinds":
            return words.kind(value)
        return next((choice.text for choice in self._choices[field] if choice.value == value), value)

    def retranslate(self) -> None:
        """Texts, with the values chosen."""
        names = {
            "document_ids": tr("rag", "Document"),
            "categories": tr("rag", "Category"),
            "kinds": tr("rag", "Type"),
            "editions": tr("rag", "Edition"),
            "folders": tr("rag", "Folder"),
        }
        for field, chip in self._chips.items():
            values = self._values(field)
            text = names[field]
            if values:
                first = self._text_of(field, values[0])
                first = first if len(first) <= LONGEST else first[: LONGEST - 1] + "…"
                text = f"{text}: {first}" + (f" +{len(values) - 1}" if len(values) > 1 else "")
            chip.setText(text + "  ▾")
            chip.setAccessibleName(text)
            chip.setChecked(bool(values))
            hint = tr("rag", "Type to narrow the list")
            self._popups[field].words.setPlaceholderText(hint)
            self._popups[field].words.setAccessibleName(hint)
            self._popups[field].list.setAccessibleName(names[field])
        self.old.setText(tr("rag", "Replaced editions too"))
        self.old.setAccessibleName(self.old.text())
        self.old.setToolTip(tr("rag", "Off: of each norm only the newest edition is searched"))
        self.old.setChecked(self._filters.include_outdated)
        self.clear.setText(tr("rag", "Clear"))
        self.clear.setAccessibleName(tr("rag", "Clear all filters"))
        self.clear.setVisible(self._filters != default_filters())
