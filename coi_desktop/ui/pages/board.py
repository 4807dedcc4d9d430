"""The initiatives as a board: a column for each phase, a card for each; dragging moves what is chosen."""

from __future__ import annotations

from collections.abc import Collection, Sequence

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
from coi_desktop.ui.pages.board_column import BoardColumn
from coi_desktop.ui.pages.chosen_initiatives import ChosenInitiatives
from coi_desktop.ui.pages.phase_moves import move_several, tell_moved
from coi_desktop.ui.pages.row_selection import ADD, KEEP, chosen_numbers, chosen_rows
from coi_desktop.ui.pages.shape import Shape
from coi_desktop.ui.plain import PlainLabel

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
        self._offer_tab()

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
        self._offer_tab()

    def current_id(self) -> str:
        """The initiative of the chosen card, or an empty string."""
        return next((found for column in self.columns if (found := column.current_id)), "")

    def choose(self, record_id: str) -> bool:
        """Choose a card and bring it into sight; False when it is not shown."""
        found = self._choose(record_id)
        self._offer_tab()
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

    def chosen_ids(self) -> list[str]:
        """The initiatives whose cards are chosen, column by column."""
        return [record_id for column in self.columns for record_id in column.chosen_ids()]

    def chosen_numbers(self) -> Sequence[int]:
        """The row numbers in the register of the cards that are chosen."""
        return [number for column in self.columns for number in chosen_numbers(column, column.cards)]

    def choose_numbers(self, numbers: Collection[int]) -> None:
        """Choose the cards of these row numbers and no others, unsaid; the current card stays current."""
        for column in self.columns:
            column.blockSignals(True)
            column.choose_numbers(numbers)
            column.blockSignals(False)

    def enter(self) -> None:
        """Put the keyboard on the chosen card, or the first one."""
        chosen = [column for column in self.columns if column.current_id]
        filled = [column for column in self.columns if column.cards.rowCount()]
        for column in (*chosen, *filled)[:1]:
            column.setFocus(Qt.FocusReason.OtherFocusReason)
            self._stand(column)

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
        column.several_chosen.connect(self.several_chosen)
        column.alone.connect(lambda: self._clear_others(column))
        column.all_wanted.connect(self._choose_all)
        column.entered.connect(lambda: self._stand(column))
        column.moved.connect(lambda step, keys: self._go(column, step, keys))
        column.dropped.connect(lambda ids: self.move_cards(self._with_chosen(ids), column))
        column.menu_wanted.connect(self.menu_wanted)
        column.opened.connect(self.opened)
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
        """A card of this column is current; none of the others is any more, but what is chosen stays so."""
        for other in self.columns:
            if other is not column:
                other.leave()
        self._offer_tab()
        self.row_chosen.emit()

    def _offer_tab(self) -> None:
        """The Tab key halts at the board once, where the current card is: arrows go from column to column,
        and on the way to the record no other card becomes the current one.
        """
        current = [column for column in self.columns if column.current_id]
        filled = [column for column in self.columns if column.cards.rowCount()]
        for column in self.columns:
            is_stop = column in (*current, *filled, *self.columns)[:1]
            column.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus)

    def _clear_others(self, column: BoardColumn) -> None:
        others = [other for other in self.columns if other is not column and chosen_rows(other)]
        for other in others:
            other.clear()
        if others:
            self.several_chosen.emit()

    def _choose_all(self) -> None:
        for column in self.columns:
            column.blockSignals(True)
            column.selectAll()
            column.blockSignals(False)
        self.several_chosen.emit()

    def _stand(self, column: BoardColumn) -> None:
        """The keyboard came here: a card becomes current, and the chosen one where not several are."""
        self._scroll.ensureWidgetVisible(column)
        if len(self.chosen_numbers()) > 1:
            column.stand(KEEP)
        elif column.cards.rowCount():
            column.stand()

    def _go(self, column: BoardColumn, step: int, keys: Qt.KeyboardModifier) -> None:
        """To the next column that can be seen: with Ctrl with what is chosen, with Shift choosing more."""
        shown = [one for one in self.columns if one.isVisibleTo(self)]
        place = shown.index(column) + step
        if not 0 <= place < len(shown):
            return
        target = shown[place]
        if keys == Qt.KeyboardModifier.ControlModifier:
            if column.current_id:
                self.move_cards(self._with_chosen([column.current_id]), target, follow=True)
            return
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(target)
        if not target.cards.rowCount():
            return
        if keys == Qt.KeyboardModifier.ShiftModifier:
            target.stand(ADD)
        else:
            target.clear()
            target.stand()

    def _with_chosen(self, ids: list[str]) -> list[str]:
        """All that is chosen, when what is moved belongs to it."""
        chosen = self.chosen_ids()
        return chosen if set(ids) & set(chosen) else ids

    def move_cards(self, ids: list[str], target: BoardColumn, *, follow: bool = False) -> None:
        """Put initiatives into the phase of a column, as one step; the keyboard may ``follow``."""
        if len(ids) == 1:
            if self.move_card(ids[0], target.cards.phase) and follow:
                target.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._desk.can_write:
            place = self.columns.index(target)
            move_several(self._desk, ids, target.cards.phase, lambda: self._show_moved(place, follow=follow))

    def _show_moved(self, place: int, *, follow: bool) -> None:
        """Bring the column into sight; the current card, if it went along, has the keyboard there."""
        if follow and place < len(self.columns) and self.isVisible():
            self.enter()
            self._scroll.ensureWidgetVisible(self.columns[place])

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
        tell_moved(self._desk, record_id, phase, is_ungated=bool(find_missing_gates(register, record_id)))
        return True
