"""Columns of a table about single persons, told by heading and by content; such columns are never read.

A heading that promises civil registration numbers, names, mail addresses or telephone numbers is enough, and
so is what stands below: one civil registration number or mail address, or mostly names or telephone numbers.
What is told of a column is its place, its kind and some rows, never what stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from coi_desktop.i18n import _
from coi_desktop.models.folding import clean_line
from coi_desktop.models.measure_words import MeasureWords
from coi_desktop.models.privacy import find_personal_details, masked
from coi_desktop.models.tables import Cell, CellKind, Table, column_letters

_MOST_ROWS = 5
_FEWEST_CELLS = 3
_NAME = re.compile(r"[A-ZÆØÅÉ][a-zæøåéüöä]+(?:[ -](?:[A-ZÆØÅÉ]\.|[A-ZÆØÅÉ][a-zæøåéüöä]+)){1,3}")
_PLAIN_PHONE = re.compile(r"(?:(?:\+|00)45 ?)?[2-9][0-9](?: ?[0-9]{2}){3}")


class PersonalColumn(NamedTuple):
    """A column about single persons: its place and heading, the kind (``cpr``, ``mail``, ``phone``,
    ``name``), and the rows it was told by; none where its heading says it.
    """

    column: int
    heading: str
    kind: str
    rows: tuple[int, ...]

    @property
    def name(self) -> str:
        """Letters and heading."""
        letters = column_letters(self.column)
        return f"{letters} · {self.heading}" if self.heading else letters

    def remark(self) -> str:
        """What the column holds, and what to do instead."""
        what = {
            "cpr": _("{column} holds civil registration numbers and is not read."),
            "mail": _("{column} holds mail addresses and is not read."),
            "phone": _("{column} holds telephone numbers and is not read."),
            "name": _("{column} holds names of persons and is not read."),
        }[self.kind].format(column=self.name)
        return f"{what} {self.advice}"

    @property
    def advice(self) -> str:
        """What to do instead."""
        if self.kind in ("cpr", "name"):
            return _(
                "To pair two rounds, give each person a running number in the file, keep the list of numbers "
                "elsewhere, and delete this column."
            )
        return _("Delete the column in the file: nobody needs it to count the answers.")


def find_personal_columns(
    table: Table, words: MeasureWords, is_known: Callable[[str], bool] = lambda _text: False
) -> tuple[PersonalColumn, ...]:
    """The columns about single persons, in order.

    ``is_known`` tells of a text that it is the name of an indicator: a column of such names is none of
    persons, whatever its heading says.
    """
    found = []
    for column, heading in enumerate(table.headings):
        filled = [
            (row.row_number, cell)
            for row in table.rows
            if not (cell := row.cells[column]).is_empty and cell.kind in (CellKind.TEXT, CellKind.NUMBER)
        ]
        kind, rows = _judge(heading, filled, words, is_known)
        if kind:
            found.append(PersonalColumn(column, masked(clean_line(heading)), kind, rows[:_MOST_ROWS]))
    return tuple(found)


def _judge(
    heading: str,
    filled: Sequence[tuple[int, Cell]],
    words: MeasureWords,
    is_known: Callable[[str], bool],
) -> tuple[str, tuple[int, ...]]:
    by_kind: dict[str, list[int]] = {"cpr": [], "mail": [], "phone": [], "name": []}
    for number, cell in filled:
        for finding in find_personal_details(cell.text, is_cell=True):
            if finding.kind in ("cpr", "mail"):
                by_kind[finding.kind].append(number)
        if _PLAIN_PHONE.fullmatch(cell.text.strip()):
            by_kind["phone"].append(number)
        elif _NAME.fullmatch(clean_line(cell.text)):
            by_kind["name"].append(number)
    for kind in ("cpr", "mail"):
        if by_kind[kind]:
            return kind, tuple(dict.fromkeys(by_kind[kind]))
    texts = [clean_line(cell.text) for _number, cell in filled]
    if texts and 2 * sum(map(is_known, texts)) >= len(texts):
        return "", ()
    promised = words.personal_kind(heading)
    if promised:
        return promised, ()
    if len(by_kind["phone"]) >= _FEWEST_CELLS and len(by_kind["phone"]) == len(filled):
        return "phone", tuple(by_kind["phone"])
    names = {text for text in texts if _NAME.fullmatch(text)}
    if len(by_kind["name"]) >= _FEWEST_CELLS and 2 * len(names) > len(filled):
        return "name", tuple(by_kind["name"])
    return "", ()
