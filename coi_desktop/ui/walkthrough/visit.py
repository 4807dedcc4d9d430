"""One visit to an evaluation, from opening to leaving: what moved in the plan is asked once a visit."""

from __future__ import annotations

from contextlib import suppress

from coi_desktop.errors import Problem
from coi_desktop.models.plan_versions import PlanChange
from coi_desktop.operations.evaluations import LoadedEvaluation
from coi_desktop.operations.versions import (
    Shift,
    current_plan,
    find_moves,
    is_measured,
    note_shift,
    save_version,
)
from coi_desktop.ui.desk import Desk


class Visit:
    """Holds the evaluation as it was when it was opened beside the one that is walked now."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._start: LoadedEvaluation | None = None
        self._now: LoadedEvaluation | None = None
        self._is_settled = True
        self._moves: tuple[PlanChange, ...] | None = None

    @property
    def moves(self) -> tuple[PlanChange, ...]:
        """What moved in this visit and is still to be asked about: nothing before the first measurement."""
        if self._is_settled or self._start is None or self._now is None:
            return ()
        if self._moves is None:
            self._moves = find_moves(self._desk.register, self._start, self._now)
        return self._moves

    def begin(self, loaded: LoadedEvaluation) -> None:
        """An evaluation is opened."""
        self._start = self._now = loaded
        self._moves = ()
        self._is_settled = False

    def follow(self, loaded: LoadedEvaluation) -> None:
        """Something was changed. As long as nothing was measured, every change is planning."""
        start = self._start
        if start is None or self._is_settled:
            return
        self._now = loaded
        if not is_measured(start):
            self._start = loaded
        self._moves = None if current_plan(self._start or loaded) != current_plan(loaded) else ()

    def note(self, shift: Shift) -> None:
        """Write down what moved. Raises Problem ``no_text``."""
        if self._start is not None:
            note_shift(self._desk.register, self._start.evaluation.id, current_plan(self._start), shift)
            self._is_settled = True

    def skip(self) -> None:
        """Keep the plan as it was, without a word."""
        if self._start is not None:
            self._is_settled = True
            save_version(self._desk.register, self._start.evaluation.id, plan=current_plan(self._start))

    def end(self) -> None:
        """The evaluation is left: what moved and was not spoken of is kept as a version all the same."""
        if self.moves and self._desk.can_write:
            # The evaluation may be gone, or the register take nothing any more: then there is nobody to tell.
            with suppress(KeyError, Problem):
                self.skip()
        self._start = self._now = None
        self._is_settled = True
