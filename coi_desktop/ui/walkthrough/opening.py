"""An evaluation is opened: at once where it is small, else a little in each turn of the window."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator

from PySide6.QtCore import QObject, QTimer

from coi_desktop.errors import Problem
from coi_desktop.models.walkthrough import Walkthrough
from coi_desktop.operations.evaluations import LoadedEvaluation, iter_loading
from coi_desktop.store.register import Register
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.jobs import SECONDS_AT_A_TIME

#: What is called with the evaluation and its walk-through when both stand.
Opened = Callable[[LoadedEvaluation, Walkthrough], None]


class Opening(QObject):
    """Opens one evaluation at a time; beginning another gives up the one before."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._evaluation_id = self._position = ""
        self._opened: Opened | None = None
        self._gone: Callable[[], None] | None = None
        self._steps: Generator[None, None, tuple[LoadedEvaluation, Walkthrough]] | None = None
        self._next_turn = QTimer(self, singleShot=True, interval=0)
        self._next_turn.timeout.connect(self._go_on)
        desk.bridge.changed.connect(self._begin_anew)
        desk.bridge.closed.connect(self.stop)

    @property
    def is_under_way(self) -> bool:
        """Whether an evaluation is being opened."""
        return self._steps is not None

    def begin(
        self, evaluation_id: str, position: str, opened: Opened, gone: Callable[[], None] | None = None
    ) -> None:
        """Open an evaluation at ``position``, or where it was left. What fits into a turn is done at once.

        KeyError when there is none. ``gone`` is called when it is removed on the way.
        """
        self.stop()
        self._evaluation_id, self._position = evaluation_id, position
        self._opened, self._gone = opened, gone
        self._steps = _iter_opening(self._desk.register, evaluation_id, position)
        try:
            self._advance()
        except (KeyError, Problem):
            self.stop()
            raise

    def stop(self) -> None:
        """Open nothing any more."""
        self._next_turn.stop()
        self._steps = None

    def _begin_anew(self, _changes: object) -> None:
        """What was read on the way may not be what the register holds now."""
        if self._steps is not None:
            self._steps = _iter_opening(self._desk.register, self._evaluation_id, self._position)
            self._next_turn.start()

    def _go_on(self) -> None:
        try:
            self._advance()
        except KeyError:
            self.stop()
            if self._gone is not None:
                self._gone()
        except Problem as problem:
            self.stop()
            self._desk.notices.show_problem(problem, key="open_evaluation")

    def _advance(self) -> None:
        """Some milliseconds of it, and the rest when the window has answered whoever works in it."""
        until = time.monotonic() + SECONDS_AT_A_TIME
        while self._steps is not None:
            try:
                next(self._steps)
            except StopIteration as end:
                self._steps = None
                if self._opened is not None:
                    self._opened(*end.value)
                return
            if time.monotonic() >= until:
                self._next_turn.start()
                return


def _iter_opening(
    register: Register, evaluation_id: str, position: str
) -> Generator[None, None, tuple[LoadedEvaluation, Walkthrough]]:
    """The evaluation and its walk-through; what takes long comes between two pauses."""
    loaded = yield from iter_loading(register, evaluation_id)
    yield from loaded.iter_working_out()
    return loaded, loaded.walkthrough.at(position) if position else loaded.walkthrough
