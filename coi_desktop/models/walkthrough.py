"""Walking a guide: a place on its path, and the moves from there. Frozen values; nothing is stored here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coi_desktop.models.answers import Answers
from coi_desktop.models.completeness import Completeness, Missing, QuestionState
from coi_desktop.models.guide import Guide, Path
from coi_desktop.models.guide_answers import Sight
from coi_desktop.models.standing import PartState, PhaseState, Remark, Standing


@dataclass(frozen=True)
class Walkthrough:
    """A guide with the answers of this moment, opened at the screen ``position`` of its depth's path.

    Moves and changes give a new Walkthrough. Moving never depends on what is filled in. How things stand is
    worked out once for all places with the same answers.
    """

    standing: Standing
    position: str

    @classmethod
    def open(cls, guide: Guide, answers: Answers, position: str = "") -> Walkthrough:
        """Open at the stored depth and at ``position``; where that is not (or no longer) a screen of the
        path, at the first screen that is not complete.
        """
        return cls(Standing(guide, answers, _depth(guide, answers)), "").at(position)

    def at(self, position: str) -> Walkthrough:
        """The same where ``open`` would be with ``position``."""
        position = self.path.screen_now(position)
        return replace(self, position=position if self.has_screen(position) else self.standing.resume_at)

    # Moving

    def forward(self) -> Walkthrough:
        """The next visible screen; on the last one the same place."""
        return self._moved([screen.id for screen in self.path.screens])

    def back(self) -> Walkthrough:
        """The visible screen before; on the first one the same place."""
        return self._moved([screen.id for screen in reversed(self.path.screens)])

    def jump(self, screen_id: str) -> Walkthrough:
        """A visible screen by its id; KeyError when there is none."""
        if not self.has_screen(screen_id):
            raise KeyError(screen_id)
        return replace(self, position=screen_id)

    def jump_to_question(self, question_id: str) -> Walkthrough:
        """The screen that shows a question; KeyError when none does."""
        screen_id = self.standing.find_screen(question_id)
        if screen_id is None:
            raise KeyError(question_id)
        return replace(self, position=screen_id)

    def with_answers(self, answers: Answers) -> Walkthrough:
        """The same place after something was answered. Where another depth was chosen: the screen of its
        path that shows what this one shows.
        """
        return self.with_standing(Standing(self.guide, answers, _depth(self.guide, answers)))

    def with_standing(self, standing: Standing) -> Walkthrough:
        """As ``with_answers``, where it is known how things stand with them."""
        if standing.depth == self.depth:
            return replace(self, standing=standing)
        here = next((screen for screen in self.path.screens if screen.id == self.position), None)
        for question_id in (*here.questions, *here.folded) if here is not None else ():
            screen_id = standing.find_screen(question_id)
            if screen_id is not None:
                return Walkthrough(standing, screen_id)
        return Walkthrough(standing, standing.resume_at)

    def _moved(self, ids: Sequence[str]) -> Walkthrough:
        start = ids.index(self.position) + 1 if self.position in ids else 0
        following = next(
            (screen_id for screen_id in ids[start:] if self.has_screen(screen_id)), self.position
        )
        return replace(self, position=following)

    @property
    def current(self) -> PartState:
        """The screen one stands on (the first visible one while its own is hidden)."""
        screens = self.standing.screens
        return next((screen for screen in screens if screen.id == self.position), screens[0])

    @property
    def is_first(self) -> bool:
        """Whether no screen lies before this one."""
        return self.back().position == self.position

    @property
    def is_last(self) -> bool:
        """Whether no screen follows this one."""
        return self.forward().position == self.position

    # How it stands

    @property
    def guide(self) -> Guide:
        """The guide that is walked."""
        return self.standing.guide

    @property
    def depth(self) -> str:
        """The depth that is walked."""
        return self.standing.depth

    @property
    def path(self) -> Path:
        """The path of this depth."""
        return self.standing.path

    @property
    def sight(self) -> Sight:
        """The answers as conditions see them."""
        return self.standing.sight

    @property
    def screens(self) -> tuple[PartState, ...]:
        """The visible screens of the path, in order."""
        return self.standing.screens

    @property
    def steps(self) -> tuple[PartState, ...]:
        """The visible steps of the guide at this depth, in order, whatever the path shows together."""
        return self.standing.steps

    @property
    def phases(self) -> tuple[PhaseState, ...]:
        """The phases of the guide, in order."""
        return self.standing.phases

    @property
    def completeness(self) -> Completeness:
        """Required inputs of the whole guide filled in at this depth."""
        return self.standing.completeness

    @property
    def missing(self) -> tuple[Missing, ...]:
        """All required inputs that are empty, in order."""
        return self.standing.missing

    @property
    def broken(self) -> tuple[Remark, ...]:
        """All completion rules that are not kept."""
        return self.standing.broken

    @property
    def warnings(self) -> tuple[Remark, ...]:
        """All warnings, in order."""
        return self.standing.warnings

    @property
    def minutes_left(self) -> int:
        """Minutes for what is still required on the path (an estimate)."""
        return self.standing.minutes_left

    @property
    def may_finish(self) -> bool:
        """Whether nothing required is missing and every completion rule is kept. Says so; blocks nothing."""
        return self.standing.may_finish

    def has_screen(self, screen_id: str) -> bool:
        """Whether the path shows a screen of this id now."""
        return self.standing.has_screen(screen_id)

    def state(self, question_id: str) -> QuestionState | None:
        """A question as it stands, None while it is hidden."""
        return self.standing.state(question_id)


def _depth(guide: Guide, answers: Answers) -> str:
    """The stored depth; the lightest where none, or one of another guide, is chosen."""
    stored = answers.single(guide.owner).get(guide.depth_at)
    return stored if isinstance(stored, str) and stored in guide.depths else guide.depths[0]
