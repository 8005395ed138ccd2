# SPDX-License-Identifier: MIT
"""Controls that show a setting and change it: once bound, they need nobody."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from bldr_desktop.services.settings import TABLE, Settings
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.qt.translated import Translated
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Size, Space
from bldr_desktop.ui.widgets.basics import label

Say = Callable[[], str]


class SettingsPage(Translated):
    """A page of rows. Texts are given as functions, so that they can be said again."""

    def __init__(self, theme: Theme, settings: Settings, name: str, title: Say) -> None:
        super().__init__()
        self.setObjectName(f"settings.{name}")
        self.theme, self.settings = theme, settings
        self._said: list[tuple[QWidget, Say]] = []
        self._choices: list[tuple[QComboBox, Callable[[], dict[str, str]]]] = []
        self._lowest: list[tuple[QSpinBox, Say]] = []
        self._shows: dict[str, Callable[[], None]] = {}
        self.destroyed.connect(settings.changed.connect(self._on_changed))
        self._title = label()
        self._title.setFont(theme.font("title"))
        self._title_says = title
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(Space.L)
        self.form.setVerticalSpacing(Space.M)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        self.body.setSpacing(Space.L)
        self.body.addWidget(self._title)
        self.body.addLayout(self.form)
        self.body.addStretch(1)

    def title(self) -> str:
        """The page's name in the person's language."""
        return self._title_says()

    def _on_changed(self, key: str) -> None:
        """A setting was changed, here or elsewhere (the menu, another page): show it as it is now."""
        if key in self._shows:
            self._shows[key]()

    def _follow(self, box: QWidget, key: str, show: Callable[[], None]) -> None:
        """Show the value now and whenever it changes; showing it is no change."""

        def quietly() -> None:
            box.blockSignals(True)
            show()
            box.blockSignals(False)

        self._shows[key] = quietly
        quietly()

    def flag(self, key: str, says: Say, hint: Say | None = None) -> QCheckBox:
        """A row that turns a setting on or off."""
        box = QCheckBox()
        self._prepare(box, key, says)
        self._follow(box, key, lambda: box.setChecked(self.settings.flag(key)))
        box.toggled.connect(lambda on: self.settings.set(key, bool(on)))
        self.form.addRow(box)
        if hint is not None:
            self.hint(hint)
        return box

    def choice(self, key: str, says: Say, choices: Callable[[], dict[str, str]]) -> QComboBox:
        """A row that chooses one of some words."""
        box = QComboBox()
        self._prepare(box, key, says)
        self._choices.append((box, choices))
        for value, text in choices().items():
            box.addItem(text, value)
        self._follow(box, key, lambda: box.setCurrentIndex(max(box.findData(self.settings.text(key)), 0)))
        box.activated.connect(lambda _index: self.settings.set(key, str(box.currentData())))
        self.form.addRow(self._label(says, box), box)
        return box

    def number(self, key: str, says: Say, *, most: int, step: int = 1, none: Say | None = None) -> QSpinBox:
        """A row for a whole number; ``none`` is what the lowest value means."""
        box = QSpinBox()
        self._prepare(box, key, says)
        box.setRange(TABLE[key].low, most)
        box.setSingleStep(step)
        if none is not None:
            self._lowest.append((box, none))
        self._follow(box, key, lambda: box.setValue(self.settings.number(key)))
        box.setMinimumWidth(140)
        box.lineEdit().setTextMargins(Space.S, 0, 0, 0)  # the style sheet's padding does not reach it
        box.valueChanged.connect(lambda value: self.settings.set(key, int(value)))
        self.form.addRow(self._label(says, box), box)
        return box

    def text(self, key: str, says: Say, *, example: str = "") -> QLineEdit:
        """A row for a word or an address; it counts when the person leaves the field."""
        field = QLineEdit()
        self._prepare(field, key, says)
        self._follow(field, key, lambda: field.setText(self.settings.text(key)))
        field.setMinimumWidth(360)
        field.setPlaceholderText(example)
        field.editingFinished.connect(lambda: self.settings.set(key, field.text().strip()))
        self.form.addRow(self._label(says, field), field)
        return field

    def hint(self, says: Say) -> QLabel:
        """A quiet line below a row."""
        words = label(look="muted", wrap=True)
        words.setFont(self.theme.font("caption"))
        self._said.append((words, says))
        self.form.addRow(words)
        return words

    def say(self, widget: QWidget, says: Say) -> None:
        """Keep a widget's text in the person's language."""
        self._said.append((widget, says))

    def _label(self, says: Say, buddy: QWidget) -> QLabel:
        words = label()
        words.setBuddy(buddy)
        words.setMinimumHeight(Size.CONTROL)  # its words stand level with those of the field
        self._said.append((words, says))
        return words

    def _prepare(self, box: QWidget, key: str, says: Say) -> None:
        box.setObjectName(f"settings.{key}")
        if isinstance(box, QCheckBox):
            self._said.append((box, says))
        box.setAccessibleName(says())
        if self.settings.is_locked(key):
            box.setEnabled(False)
            box.setToolTip(tr("shell", "Set by your administrator"))

    def retranslate(self) -> None:
        """Say all texts again."""
        self._title.setText(self._title_says())
        self.setAccessibleName(self._title_says())
        for widget, says in self._said:
            text = says()
            if hasattr(widget, "setText"):
                widget.setText(text)
            widget.setAccessibleName(text)
        for number_box, none in self._lowest:
            number_box.setSpecialValueText(none())
        for box, choices in self._choices:
            for number, text in enumerate(choices().values()):
                box.setItemText(number, text)
