"""Read the words of a guide: every id of the structure in every language, and nothing that is left over."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from coi_desktop.i18n import LANGUAGES
from coi_desktop.models.guide import TABLES, Guide, GuideError, Question
from coi_desktop.models.guide_table import GuideTable
from coi_desktop.models.guide_words import GuideWords, Help, QuestionWords


def texts_file(language: str) -> str:
    """The name of the file that holds the words of ``language``."""
    return f"texts.{language}.toml"


def read_words(guide: Guide, texts: Mapping[str, Mapping[str, Any]]) -> Mapping[str, GuideWords]:
    """The words by language. GuideError for a text that is missing, left over, or in one language only."""
    for language in LANGUAGES:
        if language not in texts:
            raise GuideError(texts_file(language), "", "the file is missing")
    words = {language: _words(guide, language, texts[language]) for language in LANGUAGES}
    for language in LANGUAGES[1:]:
        _check_same_optional(words[LANGUAGES[0]], words[language], language)
    return MappingProxyType(words)


def _words(guide: Guide, language: str, texts: Mapping[str, Any]) -> GuideWords:
    top = GuideTable(texts_file(language), "", texts)
    steps = top.table("step")
    words_of_steps: dict[str, Help] = {}
    questions: dict[str, QuestionWords] = {}
    checks: dict[str, str] = {}
    for step in guide.steps:
        table = steps.table(step.id)
        words_of_steps[step.id] = _help(table)
        asked = table.table("question")
        for question in step.questions:
            questions[question.id] = _question(asked.table(question.id.partition(".")[2]), question)
        asked.close()
        for name, found in (("rule", step.rules), ("warning", step.warnings)):
            sentences = table.table(name)
            for check in found:
                checks[f"{step.id}.{check.id}"] = sentences.text(check.id)
            sentences.close()
        table.close()
    steps.close()
    words = GuideWords(
        title=top.text("title"),
        source=top.text("source"),
        phases=_phases(top.table("phase"), guide),
        steps=words_of_steps,
        screens=_screens(top.table("screen"), guide),
        questions=questions,
        checks=checks,
    )
    top.close()
    return words


def _phases(table: GuideTable, guide: Guide) -> dict[str, Help]:
    found = {}
    for phase in guide.phases:
        words = table.table(phase)
        found[phase] = Help(words.text("title"), words.text("why", ""))
        words.close()
    table.close()
    return found


def _screens(table: GuideTable, guide: Guide) -> dict[str, Help]:
    found = {}
    for path in guide.paths:
        if path.by_steps:
            continue
        screens = table.table(path.id)
        for screen in path.screens:
            words = screens.table(screen.id)
            found[f"{path.id}.{screen.id}"] = _help(words)
            words.close()
        screens.close()
    table.close()
    return found


def _help(table: GuideTable) -> Help:
    return Help(table.text("title"), table.text("why"), table.text("example", ""))


def _question(table: GuideTable, question: Question) -> QuestionWords:
    labels: dict[str, str] = {}
    row = ""
    if question.kind in TABLES:
        row = table.text("row") if not question.by else ""
        columns = table.table("columns")
        labels = {column.id: columns.text(column.id) for column in question.columns}
        columns.close()
    words = QuestionWords(table.text("label"), table.text("hint", ""), row, MappingProxyType(labels))
    table.close()
    return words


def _check_same_optional(first: GuideWords, other: GuideWords, language: str) -> None:
    """Hints, reasons and examples may be left out, but then in every language."""
    pairs = [
        *(
            (f"phase {key}", help_words.why, other.phases[key].why)
            for key, help_words in first.phases.items()
        ),
        *(
            (f"step {key} example", help_words.example, other.steps[key].example)
            for key, help_words in first.steps.items()
        ),
        *(
            (f"screen {key} example", help_words.example, other.screens[key].example)
            for key, help_words in first.screens.items()
        ),
        *(
            (f"question {key} hint", words.hint, other.questions[key].hint)
            for key, words in first.questions.items()
        ),
    ]
    for place, one, two in pairs:
        if bool(one) != bool(two):
            missing = texts_file(language if one else LANGUAGES[0])
            raise GuideError(missing, place, "the text stands in the other language only")
    for key, sentence in first.checks.items():
        if ("{names}" in sentence) != ("{names}" in other.checks[key]):
            raise GuideError(texts_file(language), key, "{names} stands in one language only")
