"""What the sheets tell of the steps of an evaluation: questions and what answers them, methods, findings,
actions, versions of the plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from coi_desktop.i18n import _
from coi_desktop.models.chart_figures import shown_day
from coi_desktop.models.evaluation_figures import EvaluationFigures
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.models.vocabulary import Vocabulary

#: The fields that tell how sure an answer is.
_SURENESS = (
    "agreement",
    "strength",
    "quality",
    "rivals_checked",
    "transfer",
    "differs_for",
    "theory_state",
    "new_insight",
)

_LONGEST_SOURCE = 80


@dataclass(frozen=True, slots=True)
class GuideNotes:
    """What only the guide can tell of an evaluation, in the language of the file.

    ``missing``: a step and what it still asks for, each; ``remarks``: rules that are not kept and what is
    worth a thought; ``versions``: the plans that were left, the oldest first; ``source``: what the guide
    follows.
    """

    missing: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    versions: tuple[VersionLine, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A plan that was left: its number, the day, the reason given, what is otherwise in the next one."""

    number: int
    day: date | None
    reason: str
    moved: str


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question with its answer, what the answer rests on, and how many indicators go with it."""

    question: Record
    answer: Record | None
    sources: str
    indicators: int

    @property
    def is_weighed(self) -> bool:
        """Whether anything is said about how sure the answer is."""
        answer = self.answer
        return bool(self.sources) or (
            answer is not None and any(answer[name] is not None for name in _SURENESS)
        )


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding with the method it stems from; an unexpected one is called so."""

    finding: Record
    method: Record | None

    @property
    def was_expected(self) -> str:
        """Whether it was expected, in a word; empty where nobody said."""
        expected = self.finding["expected"]
        if expected is None:
            return ""
        return _("Yes") if expected else unexpected()


@dataclass(frozen=True, slots=True)
class MethodLine:
    """A method with the numbers of the questions it answers."""

    record: Record
    questions: str


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """The evidence level with its ceiling, and what the next level asks for; ``record`` holds what was
    written.
    """

    level: str
    ceiling: str
    missing: str
    record: Record | None


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action with what it is about: an indicator or a benefit."""

    record: Record
    about: str


def unexpected() -> str:
    """What an unexpected finding is called."""
    return _("Unexpected")


def question_lines(snapshot: Snapshot, evaluation_id: str) -> list[QuestionLine]:
    """The questions of an evaluation with their answers."""
    indicators = snapshot.children("indicator", evaluation_id, "evaluation_id")
    found = []
    for question in snapshot.children("question", evaluation_id, "evaluation_id"):
        answer = snapshot.single("answer", question.id)
        sources = _sources(snapshot, answer) if answer is not None else ""
        count = sum(1 for one in indicators if one.text("question_id") == question.id)
        found.append(QuestionLine(question, answer, sources, count))
    return found


def _sources(snapshot: Snapshot, answer: Record) -> str:
    """What an answer rests on: measurements by indicator and day (never their values), findings by text."""
    said = []
    for source in snapshot.children("answer_source", answer.id, "answer_id"):
        measurement = snapshot.find("measurement", source.text("measurement_id"))
        finding = snapshot.find("finding", source.text("finding_id"))
        if measurement is not None:
            indicator = snapshot.find("indicator", measurement.text("indicator_id"))
            name = indicator.text("name") if indicator is not None else ""
            said.append(" ".join(part for part in (name, shown_day(measurement.day("date"))) if part))
        elif finding is not None:
            text = finding.text("text")
            said.append(text if len(text) <= _LONGEST_SOURCE else text[: _LONGEST_SOURCE - 1] + "…")
    return "; ".join(dict.fromkeys(said))


def finding_lines(snapshot: Snapshot, evaluation_id: str) -> list[FindingLine]:
    """The findings of an evaluation, the oldest first."""
    records = snapshot.children("finding", evaluation_id, "evaluation_id")
    ordered = sorted(records, key=lambda record: record.day("date") or date.min)
    return [FindingLine(one, snapshot.find("method_use", one.text("method_use_id"))) for one in ordered]


def answered_by(snapshot: Snapshot, evaluation_id: str) -> Mapping[str, frozenset[str]]:
    """The ids of the questions that each method of an evaluation answers, by the method's id."""
    return {
        method.id: frozenset(
            one.text("question_id")
            for one in snapshot.children("method_question", method.id, "method_use_id")
        )
        for method in snapshot.children("method_use", evaluation_id, "evaluation_id")
    }


def method_lines(snapshot: Snapshot, evaluation_id: str) -> list[MethodLine]:
    """The methods of an evaluation; questions count from 1 as on their own sheet."""
    questions = snapshot.children("question", evaluation_id, "evaluation_id")
    answered = answered_by(snapshot, evaluation_id)
    found = []
    for method in snapshot.children("method_use", evaluation_id, "evaluation_id"):
        numbers = [place for place, one in enumerate(questions, 1) if one.id in answered[method.id]]
        found.append(MethodLine(method, ", ".join(map(str, numbers))))
    return found


def action_lines(snapshot: Snapshot, evaluation_id: str) -> list[ActionLine]:
    """The actions of an evaluation, the first due first."""
    records = snapshot.children("action", evaluation_id, "evaluation_id")
    ordered = sorted(records, key=lambda record: record.day("due") or date.max)
    return [ActionLine(one, _about(snapshot, one)) for one in ordered]


def _about(snapshot: Snapshot, action: Record) -> str:
    indicator = snapshot.find("indicator", action.text("indicator_id"))
    benefit = snapshot.find("benefit", action.text("benefit_id"))
    named = [
        record.text(field) for record, field in ((indicator, "name"), (benefit, "text")) if record is not None
    ]
    return "; ".join(text for text in named if text)


def evidence_line(snapshot: Snapshot, figures: EvaluationFigures, words: Vocabulary) -> EvidenceLine | None:
    """The evidence level as the plan of methods carries it; None while nothing is said about comparison or
    methods.
    """
    record = snapshot.single("evidence", figures.evaluation_id)
    planned = snapshot.single("design", figures.evaluation_id) is not None or bool(
        snapshot.children("method_use", figures.evaluation_id, "evaluation_id")
    )
    if record is None and not planned:
        return None
    evidence = figures.evidence
    level = level_words(evidence.level, words)
    if evidence.is_set_manually:
        level = f"{level} · {_('set manually')}"
    missing = "; ".join(words.label("evidence.missing", key) for key in evidence.missing)
    return EvidenceLine(level, level_words(evidence.ceiling, words), missing, record)


def level_words(level: int, words: Vocabulary) -> str:
    """An evidence level by number and name."""
    return f"{level} · {words.label('evidence.level', str(level))}"
