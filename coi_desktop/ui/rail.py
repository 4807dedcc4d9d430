"""The rail on the left: the places with words beside icons, settings and help at its foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.ui.places import Place
from coi_desktop.ui.theme import Looks


class Rail(QWidget):
    """Buttons for the places that are to be shown. Emits ``wanted`` with a place's name."""

    wanted = Signal(str)

    def __init__(self, looks: Looks, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Places"))
        self._looks = looks
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        self._icons: dict[QToolButton, str] = {}
        self._shown: list[str] = []
        self._is_drawn = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 8)
        self._column.setSpacing(2)
        for place in places:
            self._add_place(place)
        self._column.addStretch(1)
        looks.changed.connect(self.draw)

    def set_places(self, names: Sequence[str]) -> None:
        """Show the buttons of these places and no others; Ctrl and a digit goes to each."""
        self._shown = [name for name in self._buttons if name in names]
        for name, button in self._buttons.items():
            button.setVisible(name in names)
        if self._is_drawn:
            self._give_keys()

    def choose(self, name: str) -> None:
        """Mark the button of the place that is in front."""
        self._buttons[name].setChecked(True)

    def add_foot(self, label: str, icon: str, run: Callable[[], object]) -> None:
        """A button at the foot for something that is no place."""
        button = self._make_button(label, icon)
        button.clicked.connect(lambda _checked: run())
        self._column.addWidget(button)

    def _add_place(self, place: Place) -> None:
        button = self._make_button(_(place.label), place.icon)
        button.setCheckable(True)
        button.clicked.connect(partial(self.wanted.emit, place.name))
        self._group.addButton(button)
        self._buttons[place.name] = button
        self._column.addWidget(button)

    def _make_button(self, label: str, icon: str) -> QToolButton:
        button = QToolButton()
        button.setText(label)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(20, 20))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._icons[button] = icon
        return button

    def _give_keys(self) -> None:
        from PySide6.QtGui import QKeySequence  # no window needs keys before it has painted

        for name, button in self._buttons.items():
            key = f"Ctrl+{self._shown.index(name) + 1}" if name in self._shown else ""
            button.setShortcut(QKeySequence(key))

    def draw(self) -> None:
        """Take the icons anew: at first when the window has painted, with the keys, then for every theme."""
        self._is_drawn = True
        self._give_keys()
        for button, icon in self._icons.items():
            button.setIcon(self._looks.icon(icon))
