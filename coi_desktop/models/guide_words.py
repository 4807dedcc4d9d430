"""The words of a guide in one language, by the ids of its structure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Help:
    """Words of a phase, step or screen: its title, why we ask, and a short example (may be empty)."""

    title: str
    why: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """Words of a question. ``row`` is one row of a table in the singular ("spørgsmål"); ``columns`` by id."""

    label: str
    hint: str
    row: str
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GuideWords:
    """All words of a guide in one language.

    ``source`` is the line shown under the guide. ``checks`` holds the sentences of rules and warnings by
    ``step.check``; ``{names}`` in one stands for what it speaks of. ``screens`` is by ``path.screen``; paths
    that show one step a screen use the words of the steps.
    """

    title: str
    source: str
    phases: Mapping[str, Help]
    steps: Mapping[str, Help]
    screens: Mapping[str, Help]
    questions: Mapping[str, QuestionWords]
    checks: Mapping[str, str]

    def label(self, question_id: str, column_id: str = "") -> str:
        """The label of a question, or of one of its columns."""
        words = self.questions[question_id]
        return words.columns[column_id] if column_id else words.label
