"""The initiatives as a board: a column for each phase, a card for each; dragging a card moves it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language
from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.phases import Phase
from coi_desktop.models.text import format_number
from coi_desktop.operations.gates import find_missing_gates, move_to_phase
from coi_desktop.operations.library import words_of
from coi_desktop.operations.phases import get_phases
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.itemmodels.board_model import BoardModel
from coi_desktop.ui.notices import NextStep
from coi_desktop.ui.pages.board_column import BoardColumn
from coi_desktop.ui.pages.chosen_initiatives import ChosenInitiatives
from coi_desktop.ui.pages.shape import Shape
from coi_desktop.ui.plain import PlainLabel, isolated
from coi_desktop.ui.undoing import undo_step

_LEAST_COLUMN = 190


class Board(Shape):
    """Shows what the chosen initiatives ask for, by phase."""

    def __init__(self, desk: Desk, chosen: ChosenInitiatives) -> None:
        super().__init__()
        self._desk = desk
        self._chosen = chosen
        self._phases: tuple[Phase, ...] = ()
        self.columns: list[BoardColumn] = []
        self._heads: list[PlainLabel] = []
        self._across = QHBoxLayout()
        self._across.setContentsMargins(12, 0, 12, 8)
        self._across.setSpacing(8)
        page = QWidget()
        page.setLayout(self._across)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)
        chosen.found.connect(self._ask_when_seen)

    # What is shown

    def ask(self) -> None:
        """Ask the register for what is to be shown; the chosen initiative stays chosen."""
        phases = get_phases(self._desk.register)
        if phases != self._phases:
            self._make_columns(phases)
        for column in self.columns:
            column.blockSignals(True)
            column.cards.ask(self._chosen.query)
            column.blockSignals(False)
        self._count()
        self._choose(self._chosen.record_id)

    def take_in(self, changes: ChangeSet) -> None:
        """Show what a commit changed."""
        if changes.touches("phase"):
            self.ask()
            return
        for column in self.columns:
            column.blockSignals(True)  # a card that leaves makes its neighbour current, which nobody chose
            column.cards.take_in(changes)
            column.blockSignals(False)
        self._count()
        self._choose(self._chosen.record_id)

    def current_id(self) -> str:
        """The initiative of the chosen card, or an empty string."""
        return next((found for column in self.columns if (found := column.current_id)), "")

    def choose(self, record_id: str) -> bool:
        """Choose a card and bring it into sight; False when it is not shown."""
        found = self._choose(record_id)
        for column in self.columns:
            if column.current_id == record_id:
                self._scroll.ensureWidgetVisible(column)
        return found

    def _choose(self, record_id: str) -> bool:
        found = False
        for column in self.columns:
            column.blockSignals(True)
            found = column.choose(record_id) or found
            column.blockSignals(False)
        return found

    def enter(self) -> None:
        """Put the keyboard on the chosen card, or the first one."""
        chosen = [column for column in self.columns if column.current_id]
        filled = [column for column in self.columns if column.cards.rowCount()]
        for column in (*chosen, *filled)[:1]:
            column.setFocus(Qt.FocusReason.OtherFocusReason)
            column.stand()

    def draw(self) -> None:
        """Paint in the colours of the theme."""
        for column in self.columns:
            column.viewport().update()

    def _ask_when_seen(self) -> None:
        if self.isVisible():
            self.ask()

    def _make_columns(self, phases: tuple[Phase, ...]) -> None:
        while (item := self._across.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._phases = phases
        self.columns, self._heads = [], []
        for key, name in (*((phase.key, phase.label()) for phase in phases), ("", _("In no phase"))):
            self._across.addWidget(self._make_column(key, name), 1)

    def _make_column(self, key: str, name: str) -> QWidget:
        model = BoardModel(self._desk.register, words_of(self._desk.register), ("title",))
        model.set_phase(key, tuple(phase.key for phase in self._phases))
        column = BoardColumn(model, name, self._desk.looks)
        column.setMinimumWidth(_LEAST_COLUMN)
        head = PlainLabel(name, rank="label")
        head.setBuddy(column)
        column.card_chosen.connect(lambda: self._card_chosen(column))
        column.moved.connect(lambda step, takes: self._go(column, step, takes=takes))
        column.dropped.connect(lambda record_id: self.move_card(record_id, key))
        column.menu_wanted.connect(self.menu_wanted)
        box = QWidget()
        below = QVBoxLayout(box)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(4)
        below.addWidget(head)
        below.addWidget(column, 1)
        self.columns.append(column)
        self._heads.append(head)
        return box

    def _count(self) -> None:
        names = [*(phase.label() for phase in self._phases), _("In no phase")]
        for head, column, name in zip(self._heads, self.columns, names, strict=True):
            count = column.cards.rowCount()
            head.setText(f"{name}  {format_number(count, current_language())}")
            column.setAccessibleName(f"{name}, {format_number(count, current_language())}")
        box = self.columns[-1].parentWidget()
        if box is not None:  # nobody needs a column of what has no phase when everything has one
            box.setVisible(self.columns[-1].cards.rowCount() > 0)

    # Choosing and moving

    def _card_chosen(self, column: BoardColumn) -> None:
        for other in self.columns:
            if other is not column:
                other.clear()
        self.row_chosen.emit()

    def _go(self, column: BoardColumn, step: int, *, takes: bool) -> None:
        """To the next column that can be seen, with or without the card."""
        shown = [one for one in self.columns if one.isVisibleTo(self)]
        place = shown.index(column) + step
        if not 0 <= place < len(shown):
            return
        target = shown[place]
        if takes:
            if column.current_id and self.move_card(column.current_id, target.cards.phase):
                target.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        target.stand()
        self._scroll.ensureWidgetVisible(target)
        if target.current_id:
            self._card_chosen(target)

    def move_card(self, record_id: str, phase: str) -> bool:
        """Put an initiative into a phase at once; what its gate lacks is offered, never asked for."""
        register = self._desk.register
        if not self._desk.can_write or not self._desk.routes.flush():
            return False
        try:
            if not move_to_phase(register, record_id, phase):
                return False
        except Problem as problem:
            self._desk.notices.show_problem(problem, key="board")
            return False
        except KeyError:
            return False  # dropped, and gone meanwhile
        self.choose(record_id)
        self.row_chosen.emit()
        title = isolated(register.get("initiative", record_id).text("title"))
        name = next((one.label() for one in self._phases if one.key == phase), _("In no phase"))
        steps = [undo_step(self._desk)]
        if find_missing_gates(register, record_id):
            steps.append(NextStep(_("Note the &gate"), lambda: self._note_gate(record_id)))
        self._desk.notices.show_done(
            _("“{title}” stands in {phase} now.").format(title=title, phase=isolated(name)), steps
        )
        return True

    def _note_gate(self, record_id: str) -> None:
        self._desk.routes.show_record("initiatives", record_id, "phases")
