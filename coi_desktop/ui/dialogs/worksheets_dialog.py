"""Which dialogue sheets are to be written, in which forms, on which paper; where they go is asked next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from coi_desktop.i18n import N_, _, current_language
from coi_desktop.models.worksheets import Worksheets
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.answer_buttons import make_answer_buttons
from coi_desktop.ui.dialogs.foot import make_foot
from coi_desktop.ui.plain import PlainLabel, isolated, menu_text
from coi_desktop.ui.tick_box import TickBox

_WIDTH = 520

#: Forms of files with what each is good for (English).
FORMATS = (
    ("pdf", N_("PDF – to print and write on, with the method cards")),
    ("xlsx", N_("Excel – to fill in and take back")),
)
_PAPERS = ("A4", "A3")


class WantedSheets(NamedTuple):
    """What was chosen: steps (empty: all, with the method cards), forms, blank or filled, paper, language."""

    steps: tuple[str, ...]
    formats: tuple[str, ...]
    is_blank: bool
    paper: str
    language: str


class WorksheetsDialog(QDialog):
    """Everything is ticked when it opens; blank sheets are offered while nothing is answered."""

    def __init__(self, desk: Desk, content: Worksheets, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(_("Dialogue sheets"))
        self.setMinimumWidth(_WIDTH)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 16, 20, 16)
        self._column.setSpacing(6)
        self._column.addWidget(PlainLabel(isolated(content.title), rank="head", wrap=True))
        self.steps = self._add_steps(content)
        self._add_heading(_("File formats"))
        self.formats = {name: self._add_tick(_(label)) for name, label in FORMATS}
        self.filled, self.blank = self._add_choice(
            _("On paper"), [_("&What is answered so far"), _("&Blank, to write on")]
        )
        self.papers = self._add_choice(_("Size of the paper"), list(_PAPERS))
        language = desk.settings.get("export_language") or current_language()
        self.languages = self._add_choice(
            _("Language of the files"), ["&Dansk", "&English"], 0 if language == "da" else 1
        )
        self._go = QPushButton(_("&Choose where…"))
        self._column.addSpacing(10)
        self._column.addWidget(make_foot(self, self._go))
        for box in (*self.steps.values(), *self.formats.values()):
            box.toggled.connect(self._update)
        self._update()
        next(iter(self.steps.values())).setFocus()

    @property
    def wanted(self) -> WantedSheets:
        """What is chosen now."""
        steps = tuple(step for step, box in self.steps.items() if box.isChecked())
        return WantedSheets(
            () if len(steps) == len(self.steps) else steps,
            tuple(name for name, box in self.formats.items() if box.isChecked()),
            self.blank.isChecked(),
            _PAPERS[1 if self.papers[1].isChecked() else 0],
            "en" if self.languages[1].isChecked() else "da",
        )

    def accept(self) -> None:
        """Remember the language for the next time."""
        self._desk.settings.set("export_language", self.wanted.language)
        super().accept()

    def _add_steps(self, content: Worksheets) -> dict[str, TickBox]:
        self._add_heading(_("Steps"))
        grid = QGridLayout()
        grid.setSpacing(6)
        boxes = {}
        for place, sheet in enumerate(content.sheets):
            box = TickBox(menu_text(f"{sheet.number} · {sheet.title}"))
            box.setChecked(True)
            boxes[sheet.step_id] = box
            grid.addWidget(box, place // 2, place % 2)
        self._column.addLayout(grid)
        return boxes

    def _add_tick(self, label: str) -> TickBox:
        box = TickBox(label)
        box.setChecked(True)
        self._column.addWidget(box)
        return box

    def _add_choice(self, heading: str, labels: Sequence[str], chosen: int = 0) -> list[QRadioButton]:
        self._add_heading(heading)
        buttons = make_answer_buttons(self, heading, labels, chosen)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._column.addLayout(row)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        return buttons

    def _add_heading(self, heading: str) -> None:
        self._column.addSpacing(8)
        self._column.addWidget(PlainLabel(heading, rank="section"))

    def _update(self) -> None:
        """Without a step or a form there is nothing to write."""
        has_pdf = self.formats["pdf"].isChecked()
        for button in (self.filled, self.blank, *self.papers):
            button.setEnabled(has_pdf)
        has_step = any(box.isChecked() for box in self.steps.values())
        self._go.setEnabled(has_step and any(box.isChecked() for box in self.formats.values()))
