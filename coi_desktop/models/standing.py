"""How a guide stands with the answers of this moment: screens, steps, phases, what is missing, warnings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from coi_desktop.models.answers import Answers
from coi_desktop.models.completeness import (
    Completeness,
    Missing,
    QuestionState,
    Status,
    question_state,
    total,
)
from coi_desktop.models.guide import Check, Guide, Path, Step
from coi_desktop.models.guide_answers import Sight
from coi_desktop.models.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Remark:
    """A completion rule that is not kept, or a warning: ``step.check``, the question it stands beside, and
    the names of what it speaks of (may be empty).
    """

    check_id: str
    question_id: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartState:
    """A screen or step as it stands: its visible questions, broken rules and warnings.

    ``id`` is that of the screen or step, ``number`` its place (from 1), ``minutes`` its estimate. ``folded``
    are the visible questions that a screen keeps for whoever wants more; they count for nothing here.
    """

    id: str
    number: int
    phase: str
    minutes: int
    questions: tuple[QuestionState, ...]
    broken: tuple[Remark, ...]
    warnings: tuple[Remark, ...]
    sitting: int = 0
    folded: tuple[QuestionState, ...] = ()

    @property
    def completeness(self) -> Completeness:
        """Required inputs filled in."""
        return total(state.completeness for state in self.questions)

    @property
    def is_answered(self) -> bool:
        """Whether anything is answered here."""
        return any(state.is_answered for state in self.questions)

    @property
    def is_required(self) -> bool:
        """Whether anything here is required at this depth."""
        return any(state.is_required for state in self.questions)

    @property
    def is_complete(self) -> bool:
        """Whether nothing required is missing and every completion rule is kept."""
        return not self.completeness.missing and not self.broken

    @property
    def status(self) -> Status:
        """The state of this part."""
        return self.completeness.status(
            is_required=self.is_required, is_answered=self.is_answered, is_broken=bool(self.broken)
        )

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Required inputs that are empty."""
        return tuple(missing for state in self.questions for missing in state.missing)

    @property
    def minutes_left(self) -> int:
        """Minutes for what is still required, in proportion and rounded up; 0 when nothing is."""
        counts = self.completeness
        return -(-self.minutes * counts.missing // counts.required) if counts.required else 0


@dataclass(frozen=True, slots=True)
class PhaseState:
    """A phase as it stands: its visible steps, and the screens of the path that belong to it."""

    id: str
    steps: tuple[PartState, ...]
    screens: tuple[PartState, ...]

    @property
    def completeness(self) -> Completeness:
        """Required inputs of the phase's steps filled in."""
        return total(step.completeness for step in self.steps)

    @property
    def status(self) -> Status:
        """The state of the phase."""
        return self.completeness.status(
            is_required=any(step.is_required for step in self.steps),
            is_answered=any(step.is_answered for step in self.steps),
            is_broken=any(step.broken for step in self.steps),
        )


@dataclass(frozen=True)
class Standing:
    """A guide at a depth with the answers of this moment. Everything is worked out once, when asked for."""

    guide: Guide
    answers: Answers
    depth: str

    @property
    def path(self) -> Path:
        """The path of this depth."""
        return self.guide.path(self.depth)

    @cached_property
    def screens(self) -> tuple[PartState, ...]:
        """The visible screens of the path, in order."""
        parts = (
            self._part(
                screen.id,
                number,
                screen.phase,
                screen.minutes,
                screen.questions,
                screen.sitting,
                screen.folded,
            )
            for number, screen in enumerate(self.path.screens, start=1)
        )
        return tuple(part for part in parts if part.questions)

    @cached_property
    def steps(self) -> tuple[PartState, ...]:
        """The visible steps of the guide at this depth, in order, whatever the path shows together."""
        parts = (self._step(step) for step in self.guide.steps)
        return tuple(part for part in parts if part.questions)

    @cached_property
    def phases(self) -> tuple[PhaseState, ...]:
        """The phases of the guide, in order."""
        return tuple(
            PhaseState(
                phase,
                tuple(step for step in self.steps if step.phase == phase),
                tuple(screen for screen in self.screens if screen.phase == phase),
            )
            for phase in self.guide.phases
        )

    def has_screen(self, screen_id: str) -> bool:
        """Whether the path shows a screen of this id now."""
        return any(screen.id == screen_id for screen in self.screens)

    def find_screen(self, question_id: str) -> str | None:
        """The visible screen of the path that shows a question; None when none does."""
        for screen in self.screens:
            if any(state.question.id == question_id for state in (*screen.questions, *screen.folded)):
                return screen.id
        return None

    @property
    def resume_at(self) -> str:
        """The first screen that is not complete; the last one when all are."""
        return next((screen.id for screen in self.screens if not screen.is_complete), self.screens[-1].id)

    @cached_property
    def completeness(self) -> Completeness:
        """Required inputs of the whole guide filled in at this depth."""
        return total(step.completeness for step in self.steps)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """All required inputs that are empty, in order."""
        return tuple(missing for step in self.steps for missing in step.missing)

    @property
    def broken(self) -> tuple[Remark, ...]:
        """All completion rules that are not kept."""
        return tuple(remark for step in self.steps for remark in step.broken)

    @property
    def warnings(self) -> tuple[Remark, ...]:
        """All warnings, in order."""
        return tuple(remark for step in self.steps for remark in step.warnings)

    @property
    def minutes_left(self) -> int:
        """Minutes for what is still required on the path (an estimate)."""
        return sum(screen.minutes_left for screen in self.screens)

    @property
    def may_finish(self) -> bool:
        """Whether nothing required is missing and every completion rule is kept. Says so; blocks nothing."""
        return not self.completeness.missing and not self.broken

    @cached_property
    def sight(self) -> Sight:
        """The answers as conditions see them."""
        return Sight(self.guide, self.answers)

    @cached_property
    def _states(self) -> dict[str, QuestionState]:
        return {
            question.id: question_state(question, self.sight, self.depth)
            for question in self.guide.by_id.values()
            if self.sight.is_visible(question)
        }

    def state(self, question_id: str) -> QuestionState | None:
        """A question as it stands, None while it is hidden."""
        return self._states.get(question_id)

    def _step(self, step: Step) -> PartState:
        ids = tuple(question.id for question in step.questions)
        return self._part(step.id, step.number, step.phase, step.minutes, ids)

    def _part(
        self,
        part_id: str,
        number: int,
        phase: str,
        minutes: int,
        questions: Iterable[str],
        sitting: int = 0,
        folded: Iterable[str] = (),
    ) -> PartState:
        states = tuple(self._states[question_id] for question_id in questions if question_id in self._states)
        kept = tuple(self._states[question_id] for question_id in folded if question_id in self._states)
        shown = {state.question.id for state in states}
        spoken = shown | {state.question.id for state in kept}
        steps = tuple(dict.fromkeys(state.question.step_id for state in (*states, *kept)))
        broken = [remark for step in steps for remark in self._broken[step]]
        warnings = [remark for step in steps for remark in self._warnings[step]]
        return PartState(
            part_id,
            number,
            phase,
            minutes,
            states,
            tuple(remark for remark in broken if remark.question_id in shown),
            tuple(remark for remark in warnings if remark.question_id in spoken),
            sitting,
            kept,
        )

    @cached_property
    def _broken(self) -> dict[str, tuple[Remark, ...]]:
        return {
            step.id: tuple(self._remarks(step, step.rules, speaks_when=False)) for step in self.guide.steps
        }

    @cached_property
    def _warnings(self) -> dict[str, tuple[Remark, ...]]:
        return {
            step.id: tuple(self._remarks(step, step.warnings, speaks_when=True)) for step in self.guide.steps
        }

    def _remarks(self, step: Step, checks: Iterable[Check], *, speaks_when: bool) -> Iterable[Remark]:
        """The remarks of the checks that stand beside a visible question. A warning's condition makes it
        speak, a rule's keeps it silent; functions give the names of what is wrong for both.
        """
        for check in checks:
            if check.at not in self._states or not self.guide.is_reached(check.from_depth, self.depth):
                continue
            check_id = f"{step.id}.{check.id}"
            if check.condition is not None:
                if self.sight.fulfils(check.condition) is speaks_when:
                    yield Remark(check_id, check.at)
            elif check.function is not None:
                names = check.function(self.answers, self.guide.at_depth(check.limits, self.depth))
                if names:
                    yield Remark(check_id, check.at, tuple(names))


def remark_text(guide: Guide, remark: Remark, vocabulary: Vocabulary, language: str | None = None) -> str:
    """A remark as a sentence in ``language`` or the one spoken now."""
    step_id, _, check_id = remark.check_id.partition(".")
    step = guide.step(step_id)
    check = next(check for check in (*step.rules, *step.warnings) if check.id == check_id)
    names = [vocabulary.label(check.names, name, language) if check.names else name for name in remark.names]
    sentence = guide.words(language).checks[remark.check_id]
    return sentence.replace("{names}", ", ".join(name for name in names if name))
