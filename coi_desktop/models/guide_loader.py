"""Read a guide from its parsed files. Strict: what is not exactly right is a GuideError with file and place.

``guide.toml`` holds the structure, ``texts.da.toml`` and ``texts.en.toml`` the words by the same ids. Beyond
form the loader checks that everything named exists and fits: record types and fields, value lists, questions
in conditions (none on a later step, none that can never hold), paths that reach every question.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from coi_desktop.models.fields import RecordType
from coi_desktop.models.guide import Check, Guide, Path, Question, Screen, Step
from coi_desktop.models.guide_checks import check_guide
from coi_desktop.models.guide_questions import QuestionReader
from coi_desktop.models.guide_rules import RULES, RuleFunction
from coi_desktop.models.guide_table import GuideTable
from coi_desktop.models.guide_texts import read_words
from coi_desktop.models.vocabulary import Vocabulary

STRUCTURE_FILE = "guide.toml"
SHIFTS = "change_kind"
_ID = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Surroundings:
    """What a guide is read against: where answers can be stored, the value lists, and the rule functions."""

    record_types: Mapping[str, RecordType]
    vocabulary: Vocabulary
    rules: Mapping[str, RuleFunction] = field(default_factory=lambda: RULES)


def parse_guide(
    structure: Mapping[str, Any], texts: Mapping[str, Mapping[str, Any]], surroundings: Surroundings
) -> Guide:
    """The guide of a parsed ``guide.toml`` and the parsed texts by language.

    Raises GuideError, naming file and place, at the first mistake.
    """
    top = GuideTable(STRUCTURE_FILE, "", structure)
    depths, phases = top.texts("depths"), top.texts("phases")
    owner, depth_at = top.text("owner"), top.text("depth_at")
    _check_owner(top, owner, depth_at, surroundings.record_types)
    steps: list[Step] = []
    for table in top.tables("step"):
        steps.append(_step(table, len(steps) + 1, phases, depths, owner, steps, surroundings))
    _check_unique(top, [step.id for step in steps], "step")
    paths = tuple(_path(table, depths, phases, steps) for table in top.tables("path"))
    guide = Guide(
        id=_id(top),
        version=top.text("version"),
        owner=owner,
        depth_at=depth_at,
        depths=depths,
        phases=phases,
        steps=tuple(steps),
        paths=paths,
        words_by_language={},
    )
    top.close()
    check_guide(guide, surroundings.vocabulary, STRUCTURE_FILE)
    return replace(guide, words_by_language=read_words(guide, texts))


def _check_owner(top: GuideTable, owner: str, depth_at: str, record_types: Mapping[str, RecordType]) -> None:
    if owner not in record_types:
        top.fail(f"there is no record type {owner!r}", at="owner")
    if depth_at not in record_types[owner].by_name:
        top.fail(f"{owner} has no field {depth_at!r}", at="depth_at")


def _step(
    table: GuideTable,
    number: int,
    phases: tuple[str, ...],
    depths: tuple[str, ...],
    owner: str,
    before: list[Step],
    surroundings: Surroundings,
) -> Step:
    step_id = _id(table)
    reader = QuestionReader(
        step_id, depths, owner, before, surroundings.record_types, surroundings.vocabulary
    )
    questions: list[Question] = []
    for question_table in table.tables("question"):
        questions.append(reader.read(question_table, questions))
    if not questions:
        table.fail("a step has at least one question")
    local = {question.id.partition(".")[2] for question in questions}
    step = Step(
        id=step_id,
        number=number,
        phase=table.one_of("phase", phases),
        minutes=table.whole("minutes"),
        questions=tuple(questions),
        rules=tuple(
            _check(check, "holds", step_id, local, depths, surroundings) for check in table.tables("rule")
        ),
        warnings=tuple(
            _check(check, "when", step_id, local, depths, surroundings) for check in table.tables("warning")
        ),
        when=table.condition("when"),
        shift=_shift(table, surroundings.vocabulary),
        formerly=table.texts_or_none("formerly"),
    )
    _check_unique(table, [question.id for question in questions], "question")
    _check_unique(table, [check.id for check in (*step.rules, *step.warnings)], "rule or warning")
    table.close()
    return step


def _shift(table: GuideTable, vocabulary: Vocabulary) -> str:
    shift = table.text("shift", "")
    if shift and not (vocabulary.has_list(SHIFTS) and vocabulary.has(SHIFTS, shift)):
        table.fail(f"{shift!r} is none of {SHIFTS}", at="shift")
    return shift


def _check(
    table: GuideTable,
    condition_key: str,
    step_id: str,
    questions: set[str],
    depths: tuple[str, ...],
    surroundings: Surroundings,
) -> Check:
    at = table.text("at")
    if at not in questions:
        table.fail(f"the step has no question {at!r}", at="at")
    from_depth = table.one_of("from", depths, depths[0])
    condition = table.condition(condition_key)
    function = table.text("function", "")
    if (condition is None) == (not function):
        table.fail(f"expected either {condition_key} or function")
    if function and function not in surroundings.rules:
        table.fail(f"there is no rule function {function!r}", at="function")
    limits = table.by_depth("limit", depths, from_depth) if function else {}
    names = table.text("names", "") if function else ""
    if names and not surroundings.vocabulary.has_list(names):
        table.fail(f"there is no value list {names!r}", at="names")
    rule = surroundings.rules.get(function)
    check = Check(_id(table), f"{step_id}.{at}", from_depth, condition, rule, limits, names)
    table.close()
    return check


def _path(table: GuideTable, depths: tuple[str, ...], phases: tuple[str, ...], steps: list[Step]) -> Path:
    screens = tuple(_screen(screen, phases) for screen in table.tables("screen"))
    depth = table.one_of("depth", depths)
    by_steps = not screens
    if by_steps:
        screens = tuple(_step_screen(step, depth, depths) for step in steps)
    _check_unique(table, [screen.id for screen in screens], "screen")
    path = Path(_id(table), depth, screens, by_steps)
    table.close()
    return path


def _step_screen(step: Step, depth: str, depths: tuple[str, ...]) -> Screen:
    """A step as a screen of its own: what only a deeper evaluation requires is folded, unless that is all."""
    later = depths[depths.index(depth) + 1 :]
    ids = tuple(question.id for question in step.questions)
    folded = tuple(question.id for question in step.questions if question.required in later)
    if len(folded) == len(ids):
        folded = ()
    shown = tuple(question_id for question_id in ids if question_id not in folded)
    return Screen(step.id, step.phase, step.minutes, shown, folded=folded, formerly=step.formerly)


def _screen(table: GuideTable, phases: tuple[str, ...]) -> Screen:
    screen = Screen(
        id=_id(table),
        phase=table.one_of("phase", phases),
        minutes=table.whole("minutes"),
        questions=table.texts("questions"),
        sitting=table.whole("sitting", 0),
        folded=table.texts_or_none("folded"),
        formerly=table.texts_or_none("formerly"),
    )
    table.close()
    return screen


def _id(table: GuideTable) -> str:
    found = table.text("id")
    if not _ID.fullmatch(found):
        table.fail("an id has small letters, digits and _", at="id")
    return found


def _check_unique(table: GuideTable, ids: list[str], what: str) -> None:
    seen: set[str] = set()
    for found in ids:
        if found in seen:
            table.fail(f"the {what} {found!r} stands twice")
        seen.add(found)
