"""Dialogue sheets and method cards as something to be printed: forms with boxes to tick and room to write."""

from __future__ import annotations

from collections.abc import Iterable

from coi_desktop.i18n import _
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.method_cards import METHODS, MethodCard
from coi_desktop.models.printout import PrintBox, PrintForm, PrintOption, Printout, PrintSection
from coi_desktop.models.records import Value
from coi_desktop.models.returned_cells import YES_NO_WORDS
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.vocabulary import UNKNOWN, Vocabulary
from coi_desktop.models.worksheets import SheetEntry, SheetTable, Worksheet, Worksheets

#: Tables with more columns than this have their rows beside each other, so many on a page; more of them on
#: paper that lies, and with fewer lines each.
MOST_UPRIGHT = 5
_BESIDE, _BESIDE_LYING = 3, 4
_LABEL_SHARE, _LABEL_SHARE_BESIDE = 0.25, 0.19
_NUMBER_SHARE = 0.05

#: Lines to write on at least, by the kind of answer: a single one, and one in a table.
_ROOM = {Kind.LONG: 6, Kind.TEXT: 2}
_CELL_ROOM = {Kind.LONG: 5, Kind.TEXT: 3, Kind.CHOICES: 2}
_LYING_ROOM = {Kind.LONG: 4, Kind.TEXT: 2, Kind.CHOICES: 2}

#: Columns count so much for the width of a table.
_WEIGHTS = {Kind.LONG: 2.0, Kind.TEXT: 2.0, Kind.CHOICES: 1.6, Kind.CHOICE: 1.6, Kind.DATE: 1.1}


def worksheet_printout(
    content: Worksheets, sheet: Worksheet, unit: str, printed: str, language: str, paper: str = "A4"
) -> Printout:
    """One sheet, ready for paper of this size."""
    sections: list[PrintSection] = []
    for part in sheet.parts:
        if isinstance(part, SheetEntry):
            form = PrintForm((1.0,), ((_box(part.field, part.value, content.words, language, _ROOM),),))
            sections.append(PrintSection(part.label, note=_note(part.hint, part.is_optional), form=form))
        else:
            sections += _table(part, content.words, language, is_wide=sheet.is_wide)
    return Printout(
        f"{sheet.number} · {sheet.title}",
        (content.title, sheet.why),
        " · ".join(part for part in (unit, content.title) if part),
        printed,
        language,
        tuple(sections),
        foot=content.source,
        is_wide=sheet.is_wide,
        paper=paper,
    )


def method_cards_printout(
    cards: Iterable[MethodCard],
    words: Vocabulary,
    source: str,
    unit: str,
    printed: str,
    language: str,
    paper: str = "A4",
) -> Printout:
    """The method cards, one after the other."""
    sections = tuple(
        PrintSection(words.label(METHODS, card.method, language), facts=card.parts()) for card in cards
    )
    return Printout(
        _("Method cards"), (), unit, printed, language, sections, foot=source, is_wide=False, paper=paper
    )


def _note(hint: str, is_optional: bool) -> str:
    optional = _("Can be skipped at this depth.") if is_optional else ""
    return " ".join(part for part in (hint, optional) if part)


# ---------------------------------------------------------------------------------------------- tables


def _table(table: SheetTable, words: Vocabulary, language: str, *, is_wide: bool) -> list[PrintSection]:
    note = _note(table.hint, table.is_optional)
    if len(table.columns) > MOST_UPRIGHT:
        return _beside(table, words, language, note, is_wide=is_wide)
    return [PrintSection(table.label, note=note, form=_below(table, words, language))]


def _rows(table: SheetTable) -> list[tuple[str, dict[str, Value]]]:
    """The names and values of the rows, with empty ones to write in."""
    rows = [(row.name if table.is_grid else "", dict(row.values)) for row in table.rows]
    if table.is_grid and rows:
        return rows
    return rows + [("", {}) for _place in range(max(table.room - len(rows), 0 if len(rows) < 2 else 1))]


def _below(table: SheetTable, words: Vocabulary, language: str) -> PrintForm:
    weights = [_WEIGHTS.get(field.kind, 1.0) for field in table.columns]
    rows = []
    for number, (name, values) in enumerate(_rows(table), 1):
        boxes = [_box(field, values.get(field.name), words, language, _CELL_ROOM) for field in table.columns]
        rows.append((*_first(table, name, number), *boxes))
    first = _LABEL_SHARE if table.is_grid else _NUMBER_SHARE if table.is_numbered else 0.0
    shares = [weight / sum(weights) * (1 - first) for weight in weights]
    headings = [_heading(field) for field in table.columns]
    if first:
        shares.insert(0, first)
        headings.insert(0, _("No.") if table.is_numbered else "")
    return PrintForm(tuple(shares), tuple(rows), tuple(headings))


def _first(table: SheetTable, name: str, number: int) -> tuple[PrintBox, ...]:
    if table.is_grid:
        return (PrintBox(name, is_label=True),)
    return (PrintBox(str(number), is_label=True),) if table.is_numbered else ()


def _beside(
    table: SheetTable, words: Vocabulary, language: str, note: str, *, is_wide: bool
) -> list[PrintSection]:
    """The rows as columns, a few on each page, with what is asked at the left."""
    beside, rooms = (_BESIDE_LYING, _LYING_ROOM) if is_wide else (_BESIDE, _CELL_ROOM)
    rows = _rows(table)
    sections = []
    for first in range(0, len(rows), beside):
        some = rows[first : first + beside]
        some += [("", {})] * (beside - len(some))
        share = (1 - _LABEL_SHARE_BESIDE) / beside
        heads = [
            name or f"{table.row_word} {first + place}".strip() for place, (name, _v) in enumerate(some, 1)
        ]
        form = PrintForm(
            (_LABEL_SHARE_BESIDE, *[share] * beside),
            tuple(
                (
                    PrintBox(_heading(field), is_label=True),
                    *(_box(field, values.get(field.name), words, language, rooms) for _n, values in some),
                )
                for field in table.columns
            ),
            ("", *heads),
        )
        sections.append(PrintSection(table.label, note=note, form=form, is_first=first > 0))
    return sections


# ----------------------------------------------------------------------------------------------- boxes


def _box(
    field: FieldSpec, value: Value, words: Vocabulary, language: str, rooms: dict[Kind, int]
) -> PrintBox:
    """The place for an answer: what is answered, what may be ticked, room to write."""
    options = _options(field, value, words, language)
    if options:
        return PrintBox("", options)
    return PrintBox(show_value(field, value, words), room=rooms.get(field.kind, 1))


def _options(field: FieldSpec, value: Value, words: Vocabulary, language: str) -> tuple[PrintOption, ...]:
    if field.kind is Kind.YES_NO:
        return tuple(
            PrintOption(word, "x" if value is answer else "")
            for word, answer in zip(YES_NO_WORDS[language], (True, False), strict=True)
        )
    if not field.values or _names_rows(field):
        return ()
    chosen = value if isinstance(value, tuple) else () if value is None else (str(value),)
    keys = [key for key in words.keys(field.values) if key != UNKNOWN or key in chosen]
    return tuple(
        PrintOption(words.label(field.values, key, language), _mark(field, key, chosen)) for key in keys
    )


def _mark(field: FieldSpec, key: str, chosen: tuple[str, ...]) -> str:
    if key not in chosen:
        return ""
    return str(chosen.index(key) + 1) if field.kind is Kind.RANK else "x"


def _names_rows(field: FieldSpec) -> bool:
    """Whether the list holds the rows of another table, which are written by their numbers or names."""
    return field.values.count(".") > 1


def _heading(field: FieldSpec) -> str:
    unit = field.unit()
    return f"{field.label()} ({unit})" if unit else field.label()
