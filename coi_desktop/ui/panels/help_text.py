"""One page of help, composed of plain labels: nothing in it is a link to the outside."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.help_pages import Block, BlockKind, HelpPage
from coi_desktop.ui.plain import PlainLabel, menu_text

_WIDEST = 640
_WIDTH_OF_MARK = 24


class HelpText(QScrollArea):
    """Shows a page; ``wanted`` asks for another by name."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_page(self, page: HelpPage, titles: dict[str, str]) -> None:
        """Show ``page`` from its top; ``titles`` are those of the pages it leads to, by name."""
        sheet = QWidget()
        sheet.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(20, 16, 20, 20)
        column.setSpacing(8)
        column.addWidget(PlainLabel(page.title, rank="title", wrap=True, selectable=True))
        number = 0
        for block in page.blocks:
            number = number + 1 if block.kind is BlockKind.STEP else 0
            column.addWidget(_show_block(block, number))
        further = [name for name in page.further if name in titles]
        if further:
            column.addWidget(PlainLabel(_("See also"), rank="section"))
        for name in further:
            column.addWidget(self._make_way(name, titles[name]), 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.setAccessibleName(page.title)
        self.setAccessibleDescription(page.text())
        self.setWidget(sheet)
        self.verticalScrollBar().setValue(0)

    def _make_way(self, name: str, title: str) -> QPushButton:
        button = QPushButton(menu_text(title))
        button.setProperty("look", "link")
        button.clicked.connect(lambda: self.wanted.emit(name))
        return button


def _show_block(block: Block, number: int) -> QWidget:
    if block.kind is BlockKind.HEADING:
        heading = PlainLabel(block.text, rank="head", wrap=True, selectable=True)
        heading.setContentsMargins(0, 8, 0, 0)
        return heading
    if block.kind is BlockKind.TEXT:
        return PlainLabel(block.text, wrap=True, selectable=True)
    if block.kind is BlockKind.KEYS:
        return _side_by_side(block.text, block.more, 180)
    return _side_by_side(f"{number}." if number else "–", block.text, _WIDTH_OF_MARK)


def _side_by_side(left: str, right: str, width: int) -> QWidget:
    row = QWidget()
    grid = QGridLayout(row)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(4)
    grid.setColumnMinimumWidth(0, width)
    grid.setColumnStretch(1, 1)
    grid.addWidget(PlainLabel(left, selectable=True), 0, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(PlainLabel(right, wrap=True, selectable=True), 0, 1)
    return row
