"""The gate of one phase: its checklist, and what is decided there."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.gates import CONTINUE, GateEntry, checked_lines, next_phase, open_gate
from coi_desktop.models.phases import Phase
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Value
from coi_desktop.operations.gates import decide_gate, suggested_decision, tick_line
from coi_desktop.operations.library import words_of
from coi_desktop.operations.people import known_names
from coi_desktop.operations.phases import get_phases
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.forms.draft import Drafts, Raw
from coi_desktop.ui.forms.field_row import FieldRow
from coi_desktop.ui.forms.name_completer import offer_names
from coi_desktop.ui.plain import PlainLabel, isolated
from coi_desktop.ui.tick_box import TickBox
from coi_desktop.ui.undoing import undo_step

_FIELDS = ("decision", "date", "decided_by", "reason")


class GateForm(QWidget):
    """Ticks save by themselves; the decision is noted with the button. ``noted`` is emitted then."""

    noted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._initiative = ""
        self._phase: Phase | None = None
        self._drafts = Drafts()
        self._waiting: dict[tuple[str, str], dict[str, Raw]] = {}
        self._untouched: dict[str, Raw] = {}
        self._lines: list[TickBox] = []
        fields, words = record_type("gate").by_name, words_of(desk.register)
        self.rows = {name: FieldRow(fields[name], words, desk.looks) for name in _FIELDS}
        offer_names(self.rows, ("decided_by",), partial(known_names, desk.register))
        self.note = QPushButton(_("Note the &decision"))
        self._head = PlainLabel(rank="section", wrap=True)
        self._product = PlainLabel(tone="muted", wrap=True)
        self._follows = PlainLabel(tone="muted", wrap=True)
        self._lay_out()
        self.note.clicked.connect(self._note)
        self.rows["decision"].edited.connect(self._tell_what_follows)

    @property
    def phase(self) -> str:
        """The key of the phase whose gate is shown."""
        return self._phase.key if self._phase is not None else ""

    def show_gate(self, initiative_id: str, phase: Phase) -> None:
        """Show the gate of a phase of an initiative; what was typed for another waits until that is shown."""
        is_same = (self._initiative, self.phase) == (initiative_id, phase.key)
        if not is_same:
            self._keep_typed()
        self._initiative, self._phase = initiative_id, phase
        gate = open_gate(self._desk.register.children("gate", initiative_id), phase.key)
        self._head.setText(_("Before {phase} is left").format(phase=isolated(phase.label())))
        self._product.setText(
            _("It produces: {product}").format(product=isolated(phase.product())) if phase.product() else ""
        )
        self._product.setVisible(bool(phase.product()))
        self._show_checklist(phase, checked_lines(gate))
        if not is_same:
            self._show_typed()
        self._tell_what_follows()

    def unsaved(self) -> tuple[str, ...]:
        """Labels of the fields of decisions that are typed and not noted, of all initiatives."""
        self._keep_typed()
        there = {
            one.id for one in self._desk.register.get_many("initiative", [at for at, _key in self._waiting])
        }
        labels = [
            self.rows[name].field.label()
            for (at, _key), typed in self._waiting.items()
            if at in there
            for name, raw in typed.items()
            if raw
        ]
        return tuple(dict.fromkeys(labels))

    def _typed(self) -> dict[str, Raw]:
        return {name: row.raw() for name, row in self.rows.items()}

    def _keep_typed(self) -> None:
        """Remember what was typed for the gate that is shown and not noted."""
        at = (self._initiative, self.phase)
        typed = self._typed()
        if self.phase and typed != self._untouched:
            self._waiting[at] = typed
        else:
            self._waiting.pop(at, None)

    def _show_typed(self) -> None:
        """Show what waits for this gate, or empty fields."""
        for name, row in self.rows.items():
            row.show_value(self._first_value(name))
        self._untouched = self._typed()
        for name, raw in self._waiting.get((self._initiative, self.phase), {}).items():
            self.rows[name].editor.set_raw(raw)

    def _first_value(self, name: str) -> Value:
        if name != "decision":
            return None
        return suggested_decision(self._desk.register, self._initiative) or None

    # Laying out

    def _lay_out(self) -> None:
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.rows["decision"], 0, 0)
        grid.addWidget(self.rows["date"], 0, 1)
        grid.addWidget(self.rows["decided_by"], 1, 0, 1, 2)
        grid.addWidget(self.rows["reason"], 2, 0, 1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addWidget(self._product)
        column.addLayout(self._list)
        column.addLayout(grid)
        column.addWidget(self._follows)
        column.addWidget(self.note, 0, Qt.AlignmentFlag.AlignLeft)
        for row in self.rows.values():
            row.set_read_only(not self._desk.can_write)
        if not self._desk.can_write:
            self.note.hide()

    def _show_checklist(self, phase: Phase, checked: tuple[str, ...]) -> None:
        """The lines of the unit's checklist, and those that were met when it had others."""
        lines = [*phase.checklist(), *(line for line in checked if line not in phase.checklist())]
        if [one.accessibleName() for one in self._lines] != lines:
            while (item := self._list.takeAt(0)) is not None:
                old = item.widget()
                if old is not None:
                    old.hide()
                    old.deleteLater()
            self._lines = [self._make_line(line) for line in lines]
        for box, line in zip(self._lines, lines, strict=True):
            box.blockSignals(True)
            box.setChecked(line in checked)
            box.blockSignals(False)

    def _make_line(self, line: str) -> TickBox:
        whole = TickLine(line)
        whole.box.setEnabled(self._desk.can_write)
        whole.box.toggled.connect(lambda met: self._tick(line, met=met))
        self._list.addWidget(whole)
        return whole.box

    # Deciding

    def _tick(self, line: str, *, met: bool) -> None:
        try:
            tick_line(self._desk.register, self._initiative, self.phase, line, met=met)
        except Problem as problem:
            self._desk.notices.show_problem(problem, key="gate")

    def _tell_what_follows(self) -> None:
        """Say what noting the decision changes."""
        text = ""
        register = self._desk.register
        here = register.get_many("initiative", [self._initiative])
        if here and here[0]["phase"] == self.phase:
            raw = self.rows["decision"].raw()
            following = next_phase(get_phases(register), self.phase)
            if raw == CONTINUE and following is not None:
                text = _("The initiative moves on to {phase}.").format(phase=isolated(following.label()))
            elif raw == "park":
                text = _("The initiative is parked.")
            elif raw == "stop":
                text = _("The initiative is stopped. Write the lesson under Facts; it counts as a result.")
        self._follows.setText(text)
        self._follows.setVisible(bool(text))

    def _note(self) -> None:
        values: dict[str, Value] = {}
        for name, row in self.rows.items():
            draft = self._drafts.put(name, row.field, row.raw())
            row.show_draft(draft)
            if draft.reading.problem:
                row.editor.target.setFocus()
                return
            values[name] = draft.reading.value
        day = values["date"]
        entry = GateEntry(
            str(values["decision"] or ""),
            str(values["decided_by"] or ""),
            day if isinstance(day, date) else None,
            str(values["reason"] or ""),
            tuple(one.accessibleName() for one in self._lines if one.isChecked()),
        )
        noted_at = (self._initiative, self.phase)
        try:
            decide_gate(self._desk.register, self._initiative, self.phase, entry)
        except Problem as problem:
            self._desk.notices.show_problem(problem, key="gate")
            return
        for row in self.rows.values():
            row.show_value(None)
        self._untouched = self._typed()
        self._waiting.pop(noted_at, None)
        self._desk.notices.show_done(_("The decision was noted."), [undo_step(self._desk)])
        self.noted.emit()


class TickLine(QWidget):
    """A box to tick and its text, which goes on in the next line where there is no more room."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.box = TickBox("")
        self.box.setAccessibleName(text)
        self.box.setFixedWidth(self.box.minimumSizeHint().height())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(PlainLabel(text, wrap=True), 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press on the text is one on the box."""
        if self.box.isEnabled() and self.rect().contains(event.position().toPoint()):
            self.box.click()
