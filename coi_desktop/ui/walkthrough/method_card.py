"""The method card in the help: six headings about the method one has chosen or asks about."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.method_cards import HEADINGS, METHODS
from coi_desktop.operations.methods import cards_of
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.forms.choice_editors import ChoiceBox
from coi_desktop.ui.plain import PlainLabel


class MethodCardPanel(QWidget):
    """One card at a time. Any of them can be looked up in the list on top."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.method = ""
        self.box = ChoiceBox()
        self.box.setAccessibleName(_("Method card"))
        self.box.addItem(_("Choose a method …"), "")
        for key in desk.words.keys(METHODS):
            self.box.addItem(desk.words.label(METHODS, key), key)
        self.box.activated.connect(lambda: self.show_method(str(self.box.currentData())))
        self._parts = [(PlainLabel(rank="label", wrap=True), PlainLabel(wrap=True)) for _name in HEADINGS]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(PlainLabel(_("Method card"), rank="section"))
        column.addWidget(self.box)
        for heading, text in self._parts:
            column.addSpacing(4)
            column.addWidget(heading)
            column.addWidget(text)
        self.show_method("")

    @property
    def texts(self) -> tuple[str, ...]:
        """What the card says, headings and texts in turn; nothing while no method is chosen."""
        return tuple(label.text() for pair in self._parts for label in pair if not label.isHidden())

    def show_method(self, method: str) -> None:
        """Show the card of a method, none for an empty or unknown one."""
        place = self.box.findData(method)
        self.method = method if place > 0 else ""
        self.box.setCurrentIndex(max(0, place))
        parts = cards_of(self._desk.register).card(self.method).parts() if self.method else ()
        for number, (heading, text) in enumerate(self._parts):
            for label in (heading, text):
                label.setVisible(bool(parts))
            if parts:
                heading.setText(parts[number][0])
                text.setText(parts[number][1])
