# SPDX-License-Identifier: MIT
"""Our colours as a ``QPalette`` and as the application's style sheet (Fusion below both)."""

from PySide6.QtGui import QColor, QPalette

from bldr_desktop.common.paths import resource
from bldr_desktop.ui.theme.tokens import Colors, Size


def palette(colors: Colors) -> QPalette:
    """The palette of one colour set."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, value in (
        (role.Window, colors.bg),
        (role.WindowText, colors.text),
        (role.Base, colors.surface),
        (role.AlternateBase, colors.bg),
        (role.Text, colors.text),
        (role.Button, colors.surface),
        (role.ButtonText, colors.text),
        (role.BrightText, colors.error),
        (role.ToolTipBase, colors.raised),
        (role.ToolTipText, colors.text),
        (role.PlaceholderText, colors.muted),
        (role.Highlight, colors.accent_soft),
        (role.HighlightedText, colors.text),
        (role.Accent, colors.accent),
        (role.Link, colors.accent),
        (role.LinkVisited, colors.accent),
        (role.Light, colors.surface),
        (role.Midlight, colors.raised),
        (role.Mid, colors.line),
        (role.Dark, colors.line),
        (role.Shadow, colors.shadow),
    ):
        made.setColor(which, QColor(value))
    faint = QColor(colors.muted)
    faint.setAlpha(150)
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, which, faint)
    return made


def style_sheet(c: Colors) -> str:
    """The style sheet: flat controls, hairlines, a visible focus ring. Tables are left to delegates."""
    up, down, check, dash = (
        resource("styles", f"{name}-{c.name}.svg").as_posix() for name in ("up", "down", "check", "dash")
    )
    return f"""
* {{ outline: 0; }}
QToolTip {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.line}; padding: 4px 6px; }}
QPushButton, QToolButton[look="button"] {{
  background: {c.surface}; color: {c.text}; border: 1px solid {c.line}; border-radius: {Size.RADIUS}px;
  padding: 0 12px; min-height: {Size.CONTROL - 2}px; }}
QPushButton:hover, QToolButton[look="button"]:hover {{ background: {c.raised}; }}
QPushButton:pressed, QToolButton[look="button"]:pressed {{ background: {c.line}; }}
QPushButton:focus, QToolButton[look="button"]:focus {{ border: 2px solid {c.accent}; padding: 0 11px;
  min-height: {Size.CONTROL - 4}px; }}
QPushButton:disabled, QToolButton[look="button"]:disabled {{ color: {c.muted}; background: {c.bg}; }}
QPushButton[look="primary"] {{ background: {c.accent}; color: {c.on_accent}; border-color: {c.accent};
  font-weight: 600; }}
QPushButton[look="primary"]:hover {{ background: {c.accent_hover}; border-color: {c.accent_hover}; }}
QPushButton[look="primary"]:focus {{ border: 2px solid {c.text}; }}
QPushButton[look="primary"]:disabled {{ background: {c.raised}; color: {c.muted}; border-color: {c.line}; }}
QPushButton[look="quiet"], QToolButton {{ background: transparent; border: 1px solid transparent;
  border-radius: {Size.RADIUS}px; }}
QPushButton[look="quiet"]:hover, QToolButton:hover {{ background: {c.raised}; }}
QPushButton[look="quiet"]:focus, QToolButton:focus {{ border: 2px solid {c.accent}; }}
QPushButton[look="quiet"]:disabled {{ background: transparent; }}
QToolButton:checked {{ background: {c.accent_soft}; }}
QPushButton[look="link"] {{ background: transparent; border: 1px solid transparent; color: {c.accent};
  padding: 0 4px; text-align: left; }}
QPushButton[look="link"]:hover {{ text-decoration: underline; }}
QPushButton[look="link"]:focus {{ border: 1px solid {c.accent}; min-height: {Size.CONTROL - 2}px; }}
QPushButton[look="danger"] {{ color: {c.error}; }}
QPushButton::menu-indicator, QToolButton::menu-indicator {{ width: 0; image: none; }}
QLineEdit, QPlainTextEdit[look="field"], QTextEdit[look="field"], QComboBox, QSpinBox, QDoubleSpinBox {{
  background: {c.surface}; color: {c.text}; border: 1px solid {c.line}; border-radius: {Size.RADIUS}px;
  padding: 0 8px; min-height: {Size.CONTROL - 2}px; selection-background-color: {c.accent};
  selection-color: {c.on_accent}; placeholder-text-color: {c.muted}; }}
QPlainTextEdit[look="field"], QTextEdit[look="field"] {{ padding: 6px; }}
QLineEdit:focus, QPlainTextEdit[look="field"]:focus, QTextEdit[look="field"]:focus, QComboBox:focus,
QSpinBox:focus, QDoubleSpinBox:focus {{ border: 2px solid {c.accent}; padding: 0 7px;
  min-height: {Size.CONTROL - 4}px; }}
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled {{ color: {c.muted}; background: {c.bg}; }}
QLineEdit[state="error"] {{ border-color: {c.error}; }}
QComboBox::drop-down {{ border: 0; width: 24px; }}
QCheckBox {{ spacing: 8px; }}
QCheckBox::indicator, QAbstractItemView::indicator {{ width: 14px; height: 14px; border-radius: 4px;
  border: 1px solid {c.muted}; background: {c.surface}; }}
QCheckBox::indicator:hover {{ border-color: {c.accent}; }}
QCheckBox::indicator:focus {{ border: 2px solid {c.accent}; width: 12px; height: 12px; }}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {{ background: {c.accent};
  border-color: {c.accent}; image: url("{check}"); }}
QCheckBox::indicator:indeterminate {{ background: {c.accent}; border-color: {c.accent};
  image: url("{dash}"); }}
QCheckBox::indicator:disabled, QAbstractItemView::indicator:disabled {{ border-color: {c.line};
  background: {c.bg}; }}
QComboBox::down-arrow {{ image: url("{down}"); width: 12px; height: 12px; }}
QComboBox {{ padding-right: 24px; }}
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::down-button {{
  subcontrol-origin: border; background: transparent; border: 0; width: 22px; }}
QSpinBox::up-button, QDoubleSpinBox::up-button {{ subcontrol-position: top right; margin-top: 2px; }}
QSpinBox::down-button, QDoubleSpinBox::down-button {{
  subcontrol-position: bottom right; margin-bottom: 2px; }}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {{ image: url("{up}"); width: 10px; height: 10px; }}
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {{ image: url("{down}"); width: 10px; height: 10px; }}
QListWidget[look="rows"]::item {{ min-height: {Size.ROW}px; padding-left: 8px; }}
QListWidget[look="rows"]::item:selected {{ background: {c.accent_soft}; color: {c.text}; }}
QComboBox QAbstractItemView {{ background: {c.surface}; border: 1px solid {c.line}; padding: 4px; }}
QFrame[look="card"] {{ background: {c.surface}; border: 1px solid {c.line};
  border-radius: {Size.RADIUS_L}px; }}
QFrame[look="line"] {{ background: {c.line}; border: 0; }}
QFrame[look="banner"] {{ border: 0; border-radius: {Size.RADIUS}px; background: {c.warn_soft}; }}
QFrame[look="banner"][tone="error"] {{ background: {c.error_soft}; }}
QFrame[look="banner"][tone="accent"] {{ background: {c.accent_soft}; }}
QLabel[look="accent"] {{ color: {c.accent}; }}
QToolButton[look="chip"] {{ border: 1px solid {c.line}; border-radius: 12px; padding: 0 10px;
  min-height: 22px; background: {c.surface}; color: {c.text}; }}
QToolButton[look="chip"]:hover {{ background: {c.raised}; }}
QToolButton[look="chip"]:checked {{ background: {c.accent_soft}; border-color: {c.accent};
  color: {c.accent}; }}
QToolButton[look="chip"]:focus {{ border: 2px solid {c.accent}; padding: 0 9px; min-height: 20px; }}
QLabel[look="muted"] {{ color: {c.muted}; }}
QLabel[look="error"] {{ color: {c.error}; }}
QLabel[look="warn"] {{ color: {c.warn}; }}
QLabel[look="ok"] {{ color: {c.ok}; }}
QTableView, QTreeView, QListView {{ background: {c.surface}; alternate-background-color: {c.bg};
  border: 1px solid {c.line}; border-radius: {Size.RADIUS}px; gridline-color: transparent;
  selection-background-color: {c.accent_soft}; selection-color: {c.text}; }}
QTableView:focus, QTreeView:focus, QListView:focus {{ border-color: {c.accent}; }}
QTableView[look="bare"], QListView[look="bare"], QTreeView[look="bare"] {{ border: 0; border-radius: 0;
  background: transparent; }}
QTableView::item {{ padding: 0 5px; }} /* with the style's own 3 px: the 8 px of the headings */
QHeaderView {{ background: {c.surface}; border: 0; }}
QHeaderView::section {{ background: {c.surface}; color: {c.muted}; border: 0;
  border-bottom: 1px solid {c.line}; padding: 0 8px; min-height: {Size.ROW}px; font-weight: 500; }}
QTableCornerButton::section {{ background: {c.surface}; border: 0; }}
QTabWidget::pane {{ border: 0; }}
QTabBar {{ background: transparent; }}
QTabBar::tab {{ color: {c.muted}; padding: 0 4px; margin-right: 16px; min-height: {Size.CONTROL}px;
  border-bottom: 2px solid transparent; }}
QTabBar::tab:hover {{ color: {c.text}; }}
QTabBar::tab:selected {{ color: {c.text}; border-bottom: 2px solid {c.accent}; font-weight: 600; }}
QTabBar::tab:focus {{ color: {c.accent}; }}
QProgressBar {{ background: {c.raised}; border: 0; border-radius: 3px; min-height: 6px; max-height: 6px;
  color: transparent; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
QMenuBar {{ background: {c.bg}; color: {c.text}; }}
QMenuBar::item {{ padding: 4px 8px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {c.raised}; }}
QMenu {{ background: {c.surface}; border: 1px solid {c.line}; padding: 4px; }}
QMenu::item {{ padding: 5px 24px 5px 12px; border-radius: 4px; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::item:selected {{ background: {c.accent_soft}; color: {c.text}; }}
QMenu::item:disabled {{ color: {c.muted}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 8px; }}
QScrollArea {{ background: transparent; border: 0; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {c.line}; border-radius: 3px; margin: 3px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {c.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: {c.line}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QSplitter::handle:hover {{ background: {c.accent}; }}
"""
