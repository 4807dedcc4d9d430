"""The evaluations of the register, each with its state, next screen, minutes left and evidence."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.completeness import Status
from coi_desktop.models.evidence_words import hand_mark
from coi_desktop.models.query import Query
from coi_desktop.models.text import format_number
from coi_desktop.operations.evaluations import LoadedEvaluation, iter_loading
from coi_desktop.store.register import Register
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.jobs import SECONDS_AT_A_TIME
from coi_desktop.ui.pages.empty_state import EmptyState, Offer
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel

Index = QModelIndex | QPersistentModelIndex


class EvaluationList(QWidget):
    """A table; ``opened`` tells the id of the evaluation to walk, ``chosen`` that another one is chosen."""

    opened = Signal(str)
    chosen = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.model = EvaluationRows(
            [
                _("Initiative"),
                _("Evaluation"),
                _("State"),
                _("Next step"),
                _("Minutes left"),
                _("Evidence"),
            ],
            lambda evaluation_id: _iter_row(desk.register, evaluation_id),
        )
        self.table = EvaluationTable(self.model, _("Evaluations"), [240, 190, 110, 200, 120])
        self._count = PlainLabel(tone="muted")
        self._is_stale = True
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self.chosen)
        self.table.wanted.connect(self._open_chosen)
        desk.bridge.changed.connect(self._take_in)
        desk.bridge.closed.connect(self.rest)

    def showEvent(self, event: QShowEvent) -> None:
        """The rows are worked out when they are looked at."""
        if self._is_stale:
            self.refresh()
        super().showEvent(event)

    def refresh(self) -> None:
        """Read all evaluations anew, the newest first."""
        chosen = self.table.chosen()
        self._is_stale = False
        found = self._desk.register.find_ids(Query("evaluation"))
        self.model.set_rows([TextRow(evaluation_id, ()) for evaluation_id in reversed(found)])
        count = format_number(len(found), current_language())
        text = ngettext("{count} evaluation", "{count} evaluations", len(found))
        self._count.setText(text.format(count=count))
        self._whole.setCurrentWidget(self._filled if found else self._empty)
        self.choose(chosen.key if chosen is not None else "")

    def rest(self) -> None:
        """Work out no more rows until they are read anew: one of the evaluations is being opened."""
        self.model.rest()

    def choose(self, evaluation_id: str) -> None:
        """Choose an evaluation, or the first one."""
        for place in range(self.model.rowCount()):
            row = self.model.row(place)
            if row is not None and (row.key == evaluation_id or not evaluation_id):
                self.table.selectRow(place)
                break
        self.table.setFocus()

    def chosen_evaluation(self) -> str:
        """The id of the chosen evaluation, or an empty string."""
        row = self.table.chosen()
        return row.key if row is not None else ""

    def chosen_initiative(self) -> str:
        """The initiative of the chosen evaluation."""
        found = self._desk.register.get_many("evaluation", [self.chosen_evaluation()])
        return found[0].text("initiative_id") if found else ""

    def _lay_out(self) -> None:
        self._filled = QWidget()
        column = QVBoxLayout(self._filled)
        column.setContentsMargins(12, 12, 12, 4)
        column.setSpacing(8)
        column.addWidget(PlainLabel(_("Evaluations"), rank="title"))
        go_on = QPushButton(_("&Open the chosen one"))
        go_on.setProperty("look", "main")
        go_on.clicked.connect(self._open_chosen)
        told = QHBoxLayout()
        told.addWidget(PlainLabel(_("Press Enter to go on where an evaluation was left."), tone="muted"))
        told.addStretch(1)
        told.addWidget(go_on)
        column.addLayout(told)
        column.addWidget(self.table, 1)
        below = QHBoxLayout()
        below.addWidget(self._count)
        below.addStretch(1)
        column.addLayout(below)
        routes = self._desk.routes
        self._empty = EmptyState(
            _("No evaluation is begun"),
            _(
                "An evaluation belongs to an initiative. Choose one and press “Begin the evaluation” (F8): "
                "the light one takes some thirty minutes, in two sittings."
            ),
            (Offer(_("&Choose an initiative"), lambda: routes.show_place("initiatives")),),
        )
        self._whole = QStackedWidget()
        self._whole.addWidget(self._filled)
        self._whole.addWidget(self._empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._whole)

    def _open_chosen(self) -> None:
        row = self.table.chosen()
        if row is not None:
            self.opened.emit(row.key)

    def _take_in(self, _changes: ChangeSet) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._is_stale = True
            self.rest()


class EvaluationRows(TextRowsModel):
    """Evaluations by id; what their rows say is worked out when they are painted, a little in each of the
    next turns of the window.
    """

    def __init__(
        self, headings: Sequence[str], make: Callable[[str], Generator[None, None, TextRow]]
    ) -> None:
        super().__init__(headings, [])
        self._make = make
        self._is_resting = False
        self._waiting: dict[str, Generator[None, None, TextRow]] = {}
        self._next_turn = QTimer(self, singleShot=True, interval=0)
        self._next_turn.timeout.connect(self._go_on)

    def set_rows(self, rows: Sequence[TextRow]) -> None:
        """Show other rows."""
        self.rest()
        self._is_resting = False
        super().set_rows(rows)

    def rest(self) -> None:
        """Work nothing out any more."""
        self._is_resting = True
        self._waiting.clear()
        self._next_turn.stop()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As any list of texts; nothing as long as a row is not worked out."""
        if index.isValid() and not self._rows[index.row()].cells:
            key = self._rows[index.row()].key
            if not self._is_resting and key not in self._waiting:
                self._waiting[key] = self._make(key)
                self._next_turn.start()
            return None
        return super().data(index, role)

    @property
    def is_working(self) -> bool:
        """Whether rows that were looked at are not worked out yet."""
        return bool(self._waiting)

    def _go_on(self) -> None:
        until = time.monotonic() + SECONDS_AT_A_TIME
        try:
            while self._waiting and time.monotonic() < until:
                key = next(iter(self._waiting))
                if self._advance(key):
                    place = self._place(key)
                    last = self.columnCount() - 1
                    self.dataChanged.emit(self.index(place, 0), self.index(place, last), [])
        except (KeyError, Problem):  # it is gone, or cannot be read: whoever opens it is told
            self.rest()
        if self._waiting:
            self._next_turn.start()

    def _advance(self, key: str) -> bool:
        """Work on a row; whether it stands now."""
        try:
            next(self._waiting[key])
        except StopIteration as end:
            del self._waiting[key]
            self._rows[self._place(key)] = end.value
            return True
        return False

    def _place(self, key: str) -> int:
        return next(place for place, row in enumerate(self._rows) if row.key == key)


class EvaluationTable(TextTable):
    """``wanted``: Enter was pressed on a row, or it was double-clicked."""

    wanted = Signal()

    def __init__(self, model: TextRowsModel, name: str, widths: list[int]) -> None:
        super().__init__(model, name, widths)
        self.doubleClicked.connect(self.wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit()
            return
        super().keyPressEvent(event)


def _iter_row(register: Register, evaluation_id: str) -> Generator[None, None, TextRow]:
    loaded = yield from iter_loading(register, evaluation_id)
    yield from loaded.iter_working_out()
    return _row(loaded)


def _row(loaded: LoadedEvaluation) -> TextRow:
    words, walkthrough, figures = loaded.words, loaded.walkthrough, loaded.figures
    following = next((part for part in walkthrough.screens if part.status is not Status.COMPLETE), None)
    title = ""
    if following is not None and not walkthrough.may_finish:
        title = walkthrough.guide.screen_words(walkthrough.path, following.id).title
    evidence = _("{level} of at most {ceiling}").format(
        level=figures.evidence.level, ceiling=figures.evidence.ceiling
    )
    return TextRow(
        loaded.evaluation.id,
        (
            loaded.initiative.text("title"),
            loaded.evaluation.text("title"),
            words.label("evaluation.state", figures.state),
            title or "–",
            str(walkthrough.minutes_left) if walkthrough.minutes_left else "–",
            f"{evidence} · {words.label('evidence.level', str(figures.evidence.level))}"
            + hand_mark(figures.evidence),
        ),
    )
