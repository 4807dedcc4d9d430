"""The answers to one question read as what they stand for: steps of a scale, yes and no, numbers, or nothing.

A label that the program knows, or that a person said what it stands for, has a key of the value list
``answer``; anything else is told and never guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from coi_desktop.models.column_values import is_dash, parse_yes_no, shown_text
from coi_desktop.models.folding import clean_line
from coi_desktop.models.measure_mapping import LEFT_OUT, NO, YES, is_coded
from coi_desktop.models.measure_values import Form, read_value, scale_of
from coi_desktop.models.measure_words import SCALE_LENGTH, MeasureWords, folded
from coi_desktop.models.records import Record
from coi_desktop.models.tables import Cell, CellKind
from coi_desktop.models.text import parse_number

#: More different answers than this are no choices: the question was open.
MOST_LABELS = 15
#: A longer answer is a text somebody wrote.
LONGEST_LABEL = 80

#: Stands for an empty cell where ticks are asked for.
BLANK = ""

_STEP = re.compile(r"(-?[0-9]{1,2})(?:[.:)]? ?[-–=:.)]? ?)(\D.*)?")
_SEVERAL = re.compile(r"[;|\n]")
_ONE_TWO = frozenset(("1", "2"))


class AnswerRead(NamedTuple):
    """One answer: its number (1 or 0 for yes and no), its label in the distribution, and whether it could not
    be read; neither for one that is none.
    """

    value: Decimal | None = None
    label: str = ""
    is_unread: bool = False


_NONE = AnswerRead()
_UNREAD = AnswerRead(is_unread=True)


def labels_of(cells: Iterable[Cell]) -> Counter[str]:
    """How often each answer stands there, as written; what is empty or a dash is none."""
    return Counter(
        text
        for cell in cells
        if not cell.is_empty and not is_dash(cell) and (text := clean_line(shown_text(cell)))
    )


def is_open_question(labels: Mapping[str, int]) -> bool:
    """Whether the answers are texts that people wrote, rather than choices or numbers."""
    texts = [label for label in labels if not parse_number(label).is_number]
    return len(texts) > MOST_LABELS or any(len(label) > LONGEST_LABEL for label in texts)


def suggest_choices(indicator: Record, cells: Sequence[Cell], words: MeasureWords) -> dict[str, str]:
    """What the answers stand for, by label, as far as it is known. Numbers on a scale need no saying."""
    labels = labels_of(cells)
    if not is_coded(indicator) or is_open_question(labels):
        return {}
    choices = {label: LEFT_OUT for label in labels if words.answer(label) == LEFT_OUT}
    others = [label for label in labels if label not in choices]
    if indicator.text("measure") == "scale":
        return choices | _steps(indicator, others, words)
    return choices | _yes_and_no(others, words, has_blanks=any(cell.is_empty for cell in cells))


def _steps(indicator: Record, labels: Sequence[str], words: MeasureWords) -> dict[str, str]:
    ends = scale_of(indicator)
    assert ends is not None
    found: dict[str, str] = {}
    bare: dict[str, str] = {}
    for label in labels:
        if parse_number(label).is_number:
            continue
        match = _STEP.fullmatch(label)
        if match and match[2] and ends.has(Decimal(match[1])):
            found[label] = str(int(match[1]))
        else:
            bare[label] = folded(label)
    is_usual = ends.lowest == 1 and ends.highest == SCALE_LENGTH
    places = words.steps(frozenset(bare.values())) if is_usual else {}
    return found | {label: str(places[text]) for label, text in bare.items() if text in places}


def _yes_and_no(labels: Sequence[str], words: MeasureWords, *, has_blanks: bool) -> dict[str, str]:
    parts = {part for label in labels for part in split_several(label)}
    if parts == _ONE_TWO:  # the codes of a questionnaire: 1 is the first answer, which is yes
        return {"1": YES, "2": NO}
    answers = {label: parse_yes_no(Cell(CellKind.TEXT, label)) for label in labels}
    choices = {label: YES if answer else NO for label, answer in answers.items() if answer is not None}
    if len(labels) == 1 and has_blanks and folded(labels[0]) not in ("ja", "yes"):
        return {labels[0]: choices.get(labels[0], YES), BLANK: NO}  # one option of several: ticked or not
    return choices


def split_several(label: str) -> list[str]:
    """The answers in a cell in which several could be ticked."""
    return [part for part in map(clean_line, _SEVERAL.split(label)) if part]


def read_answer(
    cell: Cell, indicator: Record, choices: Mapping[str, str], words: MeasureWords, form: Form = ""
) -> AnswerRead:
    """One answer under what the labels stand for."""
    if cell.is_empty or is_dash(cell):
        return AnswerRead(Decimal(0), "") if choices.get(BLANK) == NO and cell.is_empty else _NONE
    label = clean_line(shown_text(cell))
    key = choices.get(label) or _key_of_several(label, choices)
    if not key and words.answer(label) == LEFT_OUT:
        key = LEFT_OUT
    if key == LEFT_OUT:
        return _NONE
    if not is_coded(indicator):
        value = read_value(cell, indicator, form).value
        return _UNREAD if value is None else AnswerRead(value)
    if indicator.text("measure") == "scale":
        return _read_step(cell, indicator, key or "", label)
    if key in (YES, NO):
        return AnswerRead(Decimal(int(key == YES)), label)
    answer = parse_yes_no(cell) if not key else None
    return _UNREAD if answer is None else AnswerRead(Decimal(int(answer)), label)


def _read_step(cell: Cell, indicator: Record, key: str, label: str) -> AnswerRead:
    if key.isdigit():
        ends = scale_of(indicator)
        is_on = ends is not None and ends.has(Decimal(key))
        return AnswerRead(Decimal(key), label) if is_on else _UNREAD
    value = read_value(cell, indicator).value if not key else None
    return _UNREAD if value is None else AnswerRead(value, label)


def _key_of_several(label: str, choices: Mapping[str, str]) -> str:
    """Yes where one of several answers in a cell counts, else no where one is known not to; else nothing."""
    parts = split_several(label)
    if len(parts) < 2:
        return ""
    keys = [choices.get(part, "") for part in parts]
    if not all(keys):
        return ""
    return YES if YES in keys else NO if NO in keys else LEFT_OUT
