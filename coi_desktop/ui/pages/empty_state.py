"""What a screen without content says: what belongs here, and the first step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coi_desktop.ui.plain import PlainLabel

#: No line of help is longer than some seventy letters.
LINE_WIDTH = 460


class Offer(NamedTuple):
    """A first step: the words of a button, and what it does."""

    label: str
    run: Callable[[], object]


class EmptyState(QWidget):
    """A heading, a sentence or two, and the offers; the first is the obvious one."""

    def __init__(self, heading: str, text: str, offers: Sequence[Offer]) -> None:
        super().__init__()
        head = PlainLabel(heading, rank="head", wrap=True)
        head.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        said = PlainLabel(text, tone="muted", wrap=True)
        said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(head)
        column.addWidget(said)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for place, offer in enumerate(offers):
            button = QPushButton(offer.label)
            if place == 0 and len(offers) > 1:
                button.setProperty("look", "main")
            button.clicked.connect(lambda _checked=False, run=offer.run: run())
            if place == 0:
                self.setFocusProxy(button)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        inner = QWidget()
        inner.setMaximumWidth(LINE_WIDTH)
        inner.setLayout(column)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(inner, 4)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addLayout(row)
        whole.addStretch(3)
