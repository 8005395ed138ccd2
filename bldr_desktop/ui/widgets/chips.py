# SPDX-License-Identifier: MIT
"""A row of small switches that filter what is shown."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.widgets.flow import FlowRow


class Chips(FlowRow):
    """Choices as chips; ``chosen(keys)`` tells all that are on. With ``single`` exactly one is."""

    chosen = Signal(list)

    def __init__(
        self, _theme: Theme, name: str, *, single: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._single = single
        self._buttons: dict[str, QToolButton] = {}

    def offer(self, choices: dict[str, str]) -> None:
        """Set or rename the choices, key to text, in their order; what was on stays on."""
        for key in [key for key in self._buttons if key not in choices]:
            self.take(self._buttons.pop(key))
        for place, (key, text) in enumerate(choices.items()):
            chip = self._buttons.get(key) or self._make(key, place)
            chip.setText(text)
            chip.setAccessibleName(text)
        if self._single and self._buttons and not self.keys():
            next(iter(self._buttons.values())).setChecked(True)

    def _make(self, key: str, place: int) -> QToolButton:
        chip = QToolButton(self)
        chip.setObjectName(f"{self.objectName()}.{key}")
        chip.setProperty("look", "chip")
        chip.setCheckable(True)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.clicked.connect(lambda: self._on_clicked(key))
        self._buttons[key] = chip
        self.add(chip, place)
        return chip

    def keys(self) -> list[str]:
        """The keys that are on."""
        return [key for key, chip in self._buttons.items() if chip.isChecked()]

    def choose(self, keys: list[str]) -> None:
        """Turn exactly these on, without a signal."""
        for key, chip in self._buttons.items():
            chip.setChecked(key in keys)

    def _on_clicked(self, key: str) -> None:
        if self._single:
            self.choose([key])
        self.chosen.emit(self.keys())
