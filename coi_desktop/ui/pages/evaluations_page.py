"""The place Evaluation: the walk-throughs under way, and the one that is being walked."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.operations.evaluations import (
    find_evaluations,
    load_evaluation,
    remove_evaluation,
    start_evaluation,
)
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.page import Page
from coi_desktop.ui.pages.evaluation_list import EvaluationList
from coi_desktop.ui.plain import isolated
from coi_desktop.ui.undoing import undo_step
from coi_desktop.ui.walkthrough.walk_panel import WalkPanel


class EvaluationsPage(Page):
    """The list of evaluations, or the walk-through of one in its place."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._positions = _positions(desk.settings.get("walk_positions"))
        self.list = EvaluationList(desk)
        self.panel: WalkPanel | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.list.opened.connect(self.open)
        self.list.chosen.connect(self.chosen)

    @property
    def is_walking(self) -> bool:
        """Whether a walk-through is in front, not the list."""
        return self.panel is not None and self._stack.currentWidget() is self.panel

    def show_record(self, record_id: str, part: str = "") -> None:
        """Walk an evaluation, or that of an initiative: the newest one, begun where there is none.

        ``part`` is the question to go to; without it one goes on where one left.
        """
        register = self._desk.register
        if register.get_many("evaluation", [record_id]):
            self.open(record_id, part)
            return
        found = find_evaluations(register, record_id)
        if found:
            self.open(found[0].id, part)
            return
        try:
            self.open(start_evaluation(register, record_id), part)
        except Problem as problem:
            self._desk.notices.show_problem(problem, key="start_evaluation")

    def open(self, evaluation_id: str, question_id: str = "") -> None:
        """Walk an evaluation from where it was left, or from a question."""
        if self.panel is None:
            self.panel = WalkPanel(self._desk)
            self.panel.closed.connect(self.show_list)
            self.panel.walk.opened.connect(self._show_walk)
            self._stack.addWidget(self.panel)
        self._keep_position()
        self.list.rest()
        self.panel.open(evaluation_id, self._positions.get(evaluation_id, ""), question_id)

    def _show_walk(self) -> None:
        """The walk-through comes to the front."""
        if self.panel is not None:
            self._stack.setCurrentWidget(self.panel)
            self.chosen.emit()

    def show_list(self) -> None:
        """Back to the list, with the evaluation that was walked chosen."""
        walked = self.panel.walk.evaluation_id if self.panel is not None else ""
        self._keep_position()
        if self.panel is not None:
            self.panel.walk.stop_opening()
            self.panel.walk.visit.end()
        self.list.refresh()
        self._stack.setCurrentWidget(self.list)
        self.list.choose(walked)
        self.chosen.emit()

    def flush(self) -> bool:
        """Write what is typed."""
        return self.panel is None or self.panel.flush()

    def unsaved(self) -> tuple[str, ...]:
        """The fields whose text is not in the register."""
        return () if self.panel is None else self.panel.unsaved()

    def current_initiative(self) -> str:
        """The initiative whose evaluation is walked or chosen."""
        if self.is_walking and self.panel is not None and self.panel.walk.is_open:
            return self.panel.walk.loaded.initiative.id
        return self.list.chosen_initiative()

    def act(self, action: str) -> bool:
        """Read anew, remove the evaluation that is chosen in the list, edit the initiative's title."""
        if action == "refresh":
            self.list.refresh()
        elif action == "present":
            self._present()
        elif action == "delete" and not self.is_walking:
            self._remove()
        elif action == "rename":
            self._desk.routes.show_record("initiatives", self.current_initiative())
            self._desk.routes.act("rename")
        else:
            return False
        return True

    def _present(self) -> None:
        """The steps of the evaluation that is walked on the whole screen."""
        if self.panel is not None and self.is_walking and self.panel.walk.is_open and self.panel.flush():
            from coi_desktop.ui.walkthrough.presentation import Presentation

            room = Presentation(self._desk, self.panel.walk)
            self._desk.prompts.ask_dialog(room)

    def _remove(self) -> None:
        evaluation_id = self.list.chosen_evaluation()
        if not evaluation_id:
            return
        loaded = load_evaluation(self._desk.register, evaluation_id)
        remove_evaluation(self._desk.register, evaluation_id)
        text = _("“{evaluation}” of “{initiative}” was removed.").format(
            evaluation=isolated(loaded.evaluation.text("title")),
            initiative=isolated(loaded.initiative.text("title")),
        )
        self._desk.notices.show_done(text, [undo_step(self._desk)])

    def keep_setup(self) -> None:
        """Where one stood last in each evaluation that is still there."""
        self._keep_position()
        if self.panel is not None:
            self.panel.walk.visit.end()
        there = {record.id for record in self._desk.register.get_many("evaluation", list(self._positions))}
        kept = {key: position for key, position in self._positions.items() if key in there}
        self._desk.settings.set("walk_positions", kept)

    def _keep_position(self) -> None:
        """Where one stood, also where nothing was answered since."""
        if self.panel is not None and self.panel.walk.is_open:
            walk = self.panel.walk
            self._positions[walk.evaluation_id] = walk.walkthrough.position


def _positions(stored: dict[object, object]) -> dict[str, str]:
    """Positions as the settings hold them; what is no text is left out."""
    return {key: place for key, place in stored.items() if isinstance(key, str) and isinstance(place, str)}
