"""Rows from Excel into a table of child records: read first, with what is wrong in each, then made in one
step.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from coi_desktop.errors import Problem
from coi_desktop.exchange.copied_rows import MOST_PASTED, pasted_rows
from coi_desktop.i18n import LANGUAGES, N_, _
from coi_desktop.models.changes import Op
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.folding import clean_line, fold
from coi_desktop.models.ids import new_id
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Value, Values
from coi_desktop.models.returned_cells import ColumnReader, WrongCell
from coi_desktop.models.tables import Cell, CellKind
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.store.register import Register

PASTE = Op("row.paste", N_("Paste rows"))

#: Cells and values that are quoted where they cannot be read are cut here.
_QUOTED = 40

_IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")


class PastedRow(NamedTuple):
    """One row of the clipboard: its number there (headings are one), the texts of its cells, the values
    they were read as, and what is wrong with it.
    """

    number: int
    cells: tuple[str, ...]
    values: Values
    problems: tuple[str, ...]


class PastePlan(NamedTuple):
    """What the clipboard holds: the fields its columns were taken for, the rows, and the columns that are not
    known (their heading, or their number) and are left out.
    """

    fields: tuple[FieldSpec, ...]
    rows: tuple[PastedRow, ...]
    left_out: tuple[str, ...]

    @property
    def good(self) -> list[Values]:
        """The values of the rows that can be pasted."""
        return [row.values for row in self.rows if not row.problems]

    @property
    def is_whole(self) -> bool:
        """Whether all of it can be pasted."""
        return not self.left_out and all(not row.problems for row in self.rows)


class PasteRules(NamedTuple):
    """How the rows of a table are read.

    ``columns`` are the fields of the table in its order, ``more`` those that are known by their headings
    only; columns that are ``worked_out`` are passed over. ``named`` gives, for fields whose words stand in
    no value list, the value by its words; ``check`` says what is wrong with a value of a field, or nothing.
    ``aliases`` are other headings that fields go by, each with the name of its field.
    """

    words: Vocabulary
    columns: Sequence[FieldSpec]
    more: Sequence[FieldSpec] = ()
    named: Mapping[str, Mapping[str, str]] = {}
    worked_out: Sequence[FieldSpec] = ()
    check: Callable[[FieldSpec, Value], str] | None = None
    aliases: Mapping[str, str] = {}


def plan_paste(rules: PasteRules, text: str) -> PastePlan:
    """Read the text that Excel puts into the clipboard.

    The columns are taken in the order of the table, or by their headings where the first row holds them.
    Problems ``too_many`` and ``no_rows``; what is wrong with single rows stands in them.
    """
    rows = pasted_rows(text)
    if len(rows) > MOST_PASTED:
        raise _refused(
            _("{count} rows are too many to paste at once.").format(count=len(rows)),
            _("Paste at most {count} at a time, or import them as a list.").format(count=MOST_PASTED),
            "too_many",
        )
    fields, left_out, found = _columns(rules, rows)
    read = _read(rules, fields, found, first=1 + len(rows) - len(found))
    if not read:
        raise _refused(
            _("There are no rows in the clipboard."), _("Copy cells in Excel, and try again."), "no_rows"
        )
    return PastePlan(tuple(field for field in fields if field is not None), tuple(read), left_out)


def paste_rows(register: Register, type_name: str, owner_id: str, rows: Sequence[Values]) -> int:
    """Make records under an owner, in one step; how many."""
    kind = record_type(type_name)
    records = [(new_id(), {**row, kind.parent: owner_id}) for row in rows]
    if records:
        register.transact(PASTE, lambda writer: writer.put_many(type_name, records), detail=kind.label())
    return len(records)


def _columns(
    rules: PasteRules, rows: list[list[str]]
) -> tuple[list[FieldSpec | None], tuple[str, ...], list[list[str]]]:
    """The field of each column, the columns nobody knows, and the rows without their headings.

    The first row holds headings where at least half of what stands in it are names of fields.
    """
    if not rows:
        return [], (), rows
    by_label = _labels(rules)
    heads = [clean_line(cell) for cell in rows[0]]
    named = [by_label.get(_heading(head)) for head in heads]
    filled = [head for head in heads if head]
    known = [field for field in named if field is not None]
    if known and 2 * len(known) >= len(filled):
        found: list[FieldSpec | None] = []
        left_out = []
        for head, field in zip(heads, named, strict=True):
            is_new = field is not None and field not in found and field not in rules.worked_out
            found.append(field if is_new else None)
            if head and not is_new and field not in rules.worked_out:
                left_out.append(head)
        return found, tuple(left_out), rows[1:]
    width = max(len(row) for row in rows)
    beyond = [
        str(place + 1)
        for place in range(len(rules.columns), width)
        if any(place < len(row) and row[place].strip() for row in rows)
    ]
    return list(rules.columns), tuple(beyond), rows


def _labels(rules: PasteRules) -> dict[str, FieldSpec]:
    """The fields by what their columns may be called; a column of the table comes before all others."""
    fields = (*rules.worked_out, *reversed(rules.more), *reversed(rules.columns))
    by_name = {field.name: field for field in fields}
    aliases = {_heading(label): by_name[name] for label, name in rules.aliases.items() if name in by_name}
    labels = {_heading(field.label(language)): field for field in fields for language in LANGUAGES}
    return aliases | labels


def _heading(text: str) -> str:
    """A heading as it is compared: folded, without what stands in brackets after it ("Price (DKK)")."""
    return fold(_IN_BRACKETS.sub("", text) or text).strip()


def _read(
    rules: PasteRules, fields: Sequence[FieldSpec | None], rows: Sequence[Sequence[str]], first: int
) -> list[PastedRow]:
    values: list[dict[str, Value]] = [{} for _row in rows]
    wrong: list[list[str]] = [[] for _row in rows]
    shown: list[list[str]] = [[] for _row in rows]
    for place, field in enumerate(fields):
        if field is None:
            continue
        cells = [Cell(CellKind.TEXT, row[place] if place < len(row) else "") for row in rows]
        reader = ColumnReader(field, rules.words, cells)
        for number, cell in enumerate(cells):
            shown[number].append(cell.text)
            value = _value(rules, field, reader, cell)
            if isinstance(value, WrongCell):
                wrong[number].append(_wrong(field, cell.text, value.reason))
            elif value is not None:
                values[number][field.name] = value
    for field in rules.columns:
        for number, one in enumerate(values):
            if field.required and one and field.name not in one and not wrong[number]:
                wrong[number].append(_("“{field}” is missing.").format(field=field.label()))
    return [
        PastedRow(first + number, tuple(shown[number]), values[number], tuple(wrong[number]))
        for number in range(len(rows))
        if values[number] or wrong[number]
    ]


def _value(rules: PasteRules, field: FieldSpec, reader: ColumnReader, cell: Cell) -> Value | WrongCell:
    """What a cell says; the words of ``named`` come before those of the field's list."""
    names = rules.named.get(field.name)
    value: Value | WrongCell
    if names is not None and not cell.is_empty:
        value = _named_value(field, names, cell.text)
        if isinstance(value, WrongCell) and field.values:
            value = reader.read(cell)
    else:
        value = reader.read(cell)
    if rules.check is not None and value is not None and not isinstance(value, WrongCell):
        problem = rules.check(field, value)
        if problem:
            return WrongCell(problem.rstrip("."), "")
    return value


def _named_value(field: FieldSpec, names: Mapping[str, str], text: str) -> Value | WrongCell:
    several = field.kind in (Kind.CHOICES, Kind.RANK)
    whole = names.get(fold(clean_line(text)).strip())
    if whole is not None:
        return (whole,) if several else whole
    entries = [clean_line(part) for part in text.replace("\n", ";").split(";")] if several else [text]
    keys: list[str] = []
    for entry in filter(None, entries):
        key = names.get(fold(clean_line(entry)).strip())
        if key is None:
            reason = _("there is no row of this name")
            return WrongCell(reason, "")
        if key not in keys:
            keys.append(key)
    return tuple(keys) or None


def _wrong(field: FieldSpec, text: str, reason: str) -> str:
    quoted = clean_line(text)
    return _("{field}, “{text}”: {reason}.").format(
        field=field.label(), text=quoted[:_QUOTED] + ("…" if len(quoted) > _QUOTED else ""), reason=reason
    )


def _refused(what: str, advice: str, code: str) -> Problem:
    return Problem(what, meaning=_("Nothing was pasted."), advice=advice, code=code)
