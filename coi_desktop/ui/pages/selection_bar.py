"""The strip over the list while several rows are chosen: how many, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.text import format_number
from coi_desktop.ui.plain import PlainLabel, announce
from coi_desktop.ui.walkthrough.flow_layout import FlowLayout

#: The words stand at the middle of the buttons beside them.
_HIGH = 30


class SelectionBar(QWidget):
    """Hidden until more than one row is chosen. ``edit``, ``remove`` and ``leave`` are its three buttons."""

    def __init__(
        self, edit: Callable[[], object], remove: Callable[[], object], leave: Callable[[], object]
    ) -> None:
        super().__init__()
        self._said = PlainLabel()
        self._said.setMinimumHeight(_HIGH)
        line = QWidget()
        around = QHBoxLayout(self)
        around.setContentsMargins(12, 2, 12, 6)
        around.addWidget(line)
        across = FlowLayout(line, across=8)
        across.addWidget(self._said)
        for label, act in (
            (_("Edit &several…"), edit),
            (_("Remove all of &them"), remove),
            (_("Choose &one"), leave),
        ):
            button = QPushButton(label)
            button.clicked.connect(lambda _checked=False, do=act: do())
            across.addWidget(button)
        self.hide()

    def show_count(self, count: int, *, can_write: bool = True) -> None:
        """Tell how many rows are chosen."""
        shown = count > 1 and can_write
        if shown:
            said = ngettext("{count} chosen", "{count} chosen", count).format(
                count=format_number(count, current_language())
            )
            self._said.setText(said)
            announce(self._said, said)
        self.setVisible(shown)
