"""The tab Phases: where the initiative stands, its gates with checklist and decision, what was skipped."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from coi_desktop.i18n import _, current_language
from coi_desktop.models.dates import format_date
from coi_desktop.models.phases import Phase
from coi_desktop.models.records import Record
from coi_desktop.operations.gates import find_missing_gates
from coi_desktop.operations.library import words_of
from coi_desktop.operations.phases import get_phases
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.marks import Mark, MarkedLabel
from coi_desktop.ui.panels.figure_card import WayRow
from coi_desktop.ui.panels.gate_form import GateForm
from coi_desktop.ui.panels.reading_tab import ReadingTab
from coi_desktop.ui.panels.rows_frame import RowsFrame
from coi_desktop.ui.plain import PlainLabel
from coi_desktop.ui.walkthrough.flow_layout import FlowLayout

_DONE, _HERE, _AHEAD = Mark("check", "good"), Mark("circle", "accent"), Mark("ring", "quiet")
_SKIPPED = Mark("triangle", "warning")


class PhasesTab(ReadingTab):
    """The gate of the phase one stands in is open; another is opened from the lists."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._chosen = ""
        self._track = QWidget()
        self._steps = FlowLayout(self._track)
        self.form = GateForm(desk)
        self.missing = RowsFrame(_("No decision noted"))
        self.decided = RowsFrame(_("Decisions"))
        self._none = PlainLabel(_("The initiative stands in no phase. Choose one under Facts."), wrap=True)
        self.lay_out((self._track, self._none, self.form, self.missing, self.decided))
        self.form.noted.connect(self._back_to_where_it_stands)

    def show_record(self, record_id: str) -> None:
        """Show this initiative from now on, at the gate of its phase."""
        self._chosen = ""
        super().show_record(record_id)

    def unsaved(self) -> tuple[str, ...]:
        """The fields of decisions that are typed and not noted."""
        return self.form.unsaved()

    def read(self) -> None:
        """Show the phases, the open gate, and what was and was not decided."""
        register = self._desk.register
        found = register.get_many("initiative", [self._initiative])
        if not found:
            return
        record, phases = found[0], get_phases(register)
        missing = find_missing_gates(register, self._initiative)
        gates = [one for one in register.children("gate", self._initiative) if one["decision"] is not None]
        self._show_track(phases, record.text("phase"), {phase.key for phase in missing})
        by_key = {phase.key: phase for phase in phases}
        shown = by_key.get(self._chosen or record.text("phase"))
        self._none.setVisible(shown is None)
        self.form.setVisible(shown is not None)
        if shown is not None:
            self.form.show_gate(self._initiative, shown)
        self.missing.show_rows([self._missing_row(phase) for phase in missing])
        self.missing.setVisible(bool(missing))
        self.decided.show_rows([self._decided_row(gate) for gate in reversed(gates)])
        self.decided.setVisible(bool(gates))

    def _show_track(self, phases: Sequence[Phase], standing: str, skipped: set[str]) -> None:
        while (item := self._steps.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        keys = [phase.key for phase in phases]
        here = keys.index(standing) if standing in keys else -1
        for place, phase in enumerate(phases):
            label = MarkedLabel(self._desk.looks)
            if phase.key in skipped:
                mark, state = _SKIPPED, _("no decision noted")
            elif place == here:
                mark, state = _HERE, _("here")
            else:
                mark, state = (_DONE, _("left")) if place < here else (_AHEAD, _("ahead"))
            label.show_mark(mark, phase.label())
            label.setAccessibleName(f"{phase.label()}: {state}")
            self._steps.addWidget(label)

    def _missing_row(self, phase: Phase) -> WayRow:
        row = WayRow(phase.label(), _("Left without a decision being noted"))
        row.clicked.connect(lambda: self._choose(phase.key))
        return row

    def _decided_row(self, gate: Record) -> WayRow:
        words, language = words_of(self._desk.register), current_language()
        parts = (
            words.label("gate.decision", gate.text("decision")),
            format_date(gate.day("date"), language),
            gate.text("decided_by"),
            gate.text("reason"),
        )
        row = WayRow(
            words.label("initiative.phase", gate.text("phase")), " · ".join(part for part in parts if part)
        )
        row.clicked.connect(lambda: self._choose(gate.text("phase")))
        return row

    def _choose(self, phase: str) -> None:
        self._chosen = phase
        self.read()
        self.form.rows["decision"].editor.target.setFocus()

    def _back_to_where_it_stands(self) -> None:
        self._chosen = ""
        self.read()
