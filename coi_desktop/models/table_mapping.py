"""How the columns of a list are read into fields: made by suggestion, reviewed by a person, remembered,
passed as JSON.

The JSON form (``--mapping``) names columns by heading, or by letters where headings are missing or doubled::

    {"source": "projektliste", "lookalikes": "ask", "columns": [{"heading": "Projektnavn", "field": "title"},
    {"heading": "Budget", "field": "budget", "number_form": "comma"}, {"column": "F", "field": "status",
    "choices": {"Pilot": {"phase": "develop"}, "Ukendt": {}}}]}
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as field_of_dataclass
from types import MappingProxyType
from typing import Any, Literal, get_args

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.dates import DateOrder
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.folding import clean_line
from coi_desktop.models.handed_back import headings_of_list
from coi_desktop.models.import_words import STATE_FIELDS, KeysByField
from coi_desktop.models.table_headers import fold_heading
from coi_desktop.models.tables import column_letters, column_number
from coi_desktop.models.text import NumberForm
from coi_desktop.models.vocabulary import Vocabulary

Lookalikes = Literal["ask", "new"]

_COLUMN_KEYS = {"column", "heading", "field", "number_form", "date_order", "choices"}
_LONGEST_SOURCE = 100


@dataclass(frozen=True)
class ColumnMapping:
    """One column that is read: its place (from 0), heading and field.

    ``number_form`` and ``date_order`` say how its texts are read; empty where its values leave that open.
    ``choices`` gives for every entry of the column, as written, the keys it stands for by field; no keys: the
    entry is known and goes in empty.
    """

    column: int
    heading: str
    field: str
    number_form: NumberForm | Literal[""] = ""
    date_order: DateOrder | Literal[""] = ""
    choices: Mapping[str, KeysByField] = field_of_dataclass(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class TableMapping:
    """The columns that are read, at most one for a field.

    ``source`` names the list that external ids belong to; empty, it goes by the file. ``lookalikes`` says
    what becomes of rows that look like an initiative that is here already: they wait for a decision, or go
    in as new.
    """

    columns: tuple[ColumnMapping, ...]
    source: str = ""
    lookalikes: Lookalikes = "ask"

    def column_of(self, field_name: str) -> ColumnMapping | None:
        """The column that is read into a field, or None."""
        return next((column for column in self.columns if column.field == field_name), None)

    def to_json(self) -> dict[str, Any]:
        """The mapping as plain values; ``parse_mapping`` reads them back."""
        return {
            "source": self.source,
            "lookalikes": self.lookalikes,
            "columns": [_column_to_json(column) for column in self.columns],
        }


def layout_fingerprint(headings: Sequence[str]) -> str:
    """What a layout is recognised by: its headings, whatever their order and signs (SHA-256, hexadecimal).

    Rows that were handed back have the layout of their list.
    """
    folded = sorted(fold_heading(heading) for heading in headings_of_list(headings) if heading)
    return hashlib.sha256(json.dumps(folded).encode()).hexdigest()


def _column_to_json(column: ColumnMapping) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "column": column_letters(column.column),
        "heading": column.heading,
        "field": column.field,
    }
    if column.number_form:
        plain["number_form"] = column.number_form
    if column.date_order:
        plain["date_order"] = column.date_order
    if column.choices:
        plain["choices"] = {text: dict(keys) for text, keys in column.choices.items()}
    return plain


def parse_mapping(
    plain: object, headings: Sequence[str], fields: Mapping[str, FieldSpec], vocabulary: Vocabulary
) -> TableMapping:
    """The mapping in parsed JSON, fitted to a table's headings.

    A column is found by its heading where that stands once, else by its letters. Raises Problem
    ``bad_mapping`` that names the place for whatever is unknown, missing, doubled or of the wrong kind. A
    ``field`` of null says that the column is left out.
    """
    top = _expect_object(plain, _("the mapping"), {"source", "lookalikes", "columns"})
    lookalikes = top.get("lookalikes", "ask")
    if lookalikes not in get_args(Lookalikes):
        raise _bad(_("“lookalikes” is “ask” or “new”."))
    source = top.get("source", "")
    if not isinstance(source, str) or len(source) > _LONGEST_SOURCE:
        raise _bad(_("“source” is a short text."))
    listed = top.get("columns")
    if not isinstance(listed, list):
        raise _bad(_("“columns” is a list."))
    columns: list[ColumnMapping] = []
    for number, entry in enumerate(listed, 1):
        place = _("column {number} of the mapping").format(number=number)
        parsed = _parse_column(
            _expect_object(entry, place, _COLUMN_KEYS), place, headings, fields, vocabulary
        )
        if parsed is None:
            continue
        if any(parsed.field == other.field or parsed.column == other.column for other in columns):
            raise _bad(_("{place}: its field or column stands twice.").format(place=place))
        columns.append(parsed)
    return TableMapping(tuple(columns), clean_line(source), lookalikes)


def _expect_object(plain: object, place: str, known: set[str]) -> dict[str, Any]:
    if not isinstance(plain, dict):
        raise _bad(_("{place} is not an object with names and values.").format(place=place))
    unknown = sorted(str(name) for name in set(plain) - known)
    if unknown:
        raise _bad(_("{place}: “{name}” is not known.").format(place=place, name=unknown[0]))
    return plain


def _parse_column(
    entry: Mapping[str, Any],
    place: str,
    headings: Sequence[str],
    fields: Mapping[str, FieldSpec],
    vocabulary: Vocabulary,
) -> ColumnMapping | None:
    column = _find_column(entry, place, headings)
    name = entry.get("field")
    if name is None:
        return None
    if not isinstance(name, str) or name not in fields:
        raise _bad(_("{place}: there is no field “{name}”.").format(place=place, name=str(name)[:80]))
    number_form, date_order = entry.get("number_form", ""), entry.get("date_order", "")
    if number_form not in ("", *get_args(NumberForm)):
        raise _bad(_("{place}: “number_form” is “comma” or “point”.").format(place=place))
    if date_order not in ("", *get_args(DateOrder)):
        raise _bad(_("{place}: “date_order” is “dmy”, “mdy” or “ymd”.").format(place=place))
    choices = _parse_choices(entry.get("choices", {}), place, name, fields, vocabulary)
    return ColumnMapping(column, headings[column], name, number_form, date_order, choices)


def _find_column(entry: Mapping[str, Any], place: str, headings: Sequence[str]) -> int:
    heading, letters = entry.get("heading", ""), entry.get("column", "")
    if not isinstance(heading, str) or not isinstance(letters, str):
        raise _bad(_("{place}: “heading” and “column” are texts.").format(place=place))
    folded = fold_heading(heading)
    named = [index for index, text in enumerate(headings) if folded and fold_heading(text) == folded]
    if len(named) == 1:
        return named[0]
    try:
        lettered = column_number(letters) if letters else -1
    except ValueError:
        lettered = -1
    if 0 <= lettered < len(headings) and (lettered in named or not folded):
        return lettered
    if named:
        raise _bad(
            _(
                "{place}: the heading “{heading}” stands twice; name the column by its letters as well."
            ).format(place=place, heading=heading)
        )
    raise _bad(
        _("{place}: the list has no such column: “{heading}”.").format(
            place=place, heading=heading or letters
        )
    )


def _parse_choices(
    plain: object, place: str, name: str, fields: Mapping[str, FieldSpec], vocabulary: Vocabulary
) -> Mapping[str, KeysByField]:
    if not isinstance(plain, dict):
        raise _bad(_("{place}: “choices” is an object.").format(place=place))
    if plain and fields[name].kind not in (Kind.CHOICE, Kind.CHOICES):
        raise _bad(_("{place}: the field “{name}” has no choices.").format(place=place, name=name))
    allowed = STATE_FIELDS if name in STATE_FIELDS else (name,)
    choices: dict[str, KeysByField] = {}
    for text, keys in plain.items():
        by_field = {name: keys} if isinstance(keys, str) else {} if keys is None else keys
        if not isinstance(by_field, dict):
            raise _bad(
                _("{place}: “{text}” stands for a key, or keys by field.").format(place=place, text=text)
            )
        for field_name, key in by_field.items():
            values = fields[field_name].values if field_name in allowed else ""
            if not values or not isinstance(key, str) or not vocabulary.has(values, key):
                raise _bad(
                    _("{place}: there is no choice “{key}” in the field “{name}”.").format(
                        place=place, key=str(key)[:80], name=str(field_name)[:80]
                    )
                )
        choices[text] = MappingProxyType(dict(by_field))
    return MappingProxyType(choices)


def _bad(what: str) -> Problem:
    return Problem(
        _("The mapping of columns cannot be used: {what}").format(what=what),
        meaning=_("Nothing was imported or changed."),
        advice=_("Make the mapping anew with a dry run, and change what it reports under “mapping”."),
        code="bad_mapping",
    )
