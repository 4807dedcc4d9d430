"""How an evaluation stands, in words: its state, what is missing, what deserves a note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coi_desktop.i18n import _, ngettext
from coi_desktop.models.answers import Answer, is_answered
from coi_desktop.models.completeness import Missing
from coi_desktop.models.guide import TABLES
from coi_desktop.models.guide_answers import NONE_YET
from coi_desktop.models.guide_fields import field_of
from coi_desktop.models.shown_values import show_value
from coi_desktop.operations.evaluations import LoadedEvaluation, load_evaluation
from coi_desktop.operations.library import words_of
from coi_desktop.store.register import Register


@dataclass(frozen=True, slots=True)
class EvaluationCheck:
    """What was found: keys and counts for programs, sentences for people."""

    evaluation_id: str
    state: str
    state_label: str
    depth: str
    filled: int
    required: int
    missing: tuple[Missing, ...]
    missing_lines: tuple[str, ...]
    broken: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def headline(self) -> str:
        """State and completeness on a line."""
        return _("{state}: {filled} of {required} required answers are there.").format(
            state=self.state_label, filled=self.filled, required=self.required
        )

    @property
    def parts(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What is to be said, under titles; what has nothing is left out."""
        found = (
            (_("Missing"), self.missing_lines),
            (_("Rules that are not kept"), self.broken),
            (_("Worth a thought"), self.warnings),
        )
        return tuple(part for part in found if part[1])

    def values(self) -> Mapping[str, Any]:
        """Plain values for JSON."""
        return {
            "evaluation": self.evaluation_id,
            "state": self.state,
            "depth": self.depth,
            "filled": self.filled,
            "required": self.required,
            "missing": [
                {"question": one.question_id, "column": one.column_id or None, "line": one.line or None}
                for one in self.missing
            ],
            "rules": list(self.broken),
            "warnings": list(self.warnings),
        }


def check_evaluation(register: Register, evaluation_id: str) -> EvaluationCheck:
    """How an evaluation stands at its depth; KeyError when there is none."""
    loaded = load_evaluation(register, evaluation_id)
    standing = loaded.walkthrough.standing
    words = words_of(register)
    return EvaluationCheck(
        evaluation_id,
        loaded.figures.state.value,
        words.label("evaluation.state", loaded.figures.state.value),
        standing.depth,
        standing.completeness.filled,
        standing.completeness.required,
        standing.missing,
        tuple(dict.fromkeys(_missing_line(loaded, one) for one in standing.missing)),
        tuple(loaded.remark_text(remark) for remark in standing.broken),
        tuple(loaded.remark_text(remark) for remark in standing.warnings),
    )


def describe_answer(loaded: LoadedEvaluation, question_id: str) -> str:
    """The answer to a question in a line; of a table the number of its rows."""
    question = loaded.guide.question(question_id)
    sight = loaded.walkthrough.sight
    if question.kind in TABLES:
        count = len(sight.rows(question_id))
        return ngettext("{count} row", "{count} rows", count).format(count=count) if count else ""
    answer: Answer = sight.answer(question_id)
    if not is_answered(answer):
        return ""
    if answer == NONE_YET:
        return _("No date yet")
    field = field_of(question, question.id, loaded.guide.words().label(question.id))
    ends = answer if question.until is not None and isinstance(answer, tuple) else (answer,)
    shown = [show_value(field, end, loaded.words) for end in ends if end is not None]  # type: ignore[arg-type]
    return " – ".join(shown)


def _missing_line(loaded: LoadedEvaluation, missing: Missing) -> str:
    words = loaded.guide.words()
    step = loaded.guide.step(missing.question_id.partition(".")[0])
    line = f"{step.number}. {words.label(missing.question_id)}"
    return f"{line}: {words.label(missing.question_id, missing.column_id)}" if missing.column_id else line
