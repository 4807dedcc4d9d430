"""How the columns of a table become measurements: which field each is, and what its answers stand for.

There are two shapes. In ``rows`` a row holds measurements: long, with a column for the indicator and one
for the value, or wide, with a column an indicator or a date. In ``answers`` a row is what one person
answered; its columns are questions, and only what is summed up over all rows is ever kept.

What a column is read into goes by a name of a field, as in any list (``table_mapping``)::

    date · indicator · value · n · sd · response_rate · series · subgroup · quality · source · note
    value:<indicator> · value@2026-03-31                 a column an indicator, a column a date
    answer:<indicator> · before:<indicator> · after:<indicator> · key · round

In JSON an indicator goes by its name, or by its id where two have one name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from coi_desktop.errors import Problem
from coi_desktop.i18n import N_, _, current_language, speaking
from coi_desktop.models.dates import format_date
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.folding import clean_line, fold
from coi_desktop.models.points import INITIATIVE
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record
from coi_desktop.models.table_mapping import TableMapping, parse_mapping
from coi_desktop.models.vocabulary import Vocabulary

Shape = Literal["rows", "answers"]

#: Value lists of what an answer stands for, and of the rounds.
ANSWER, ROUND = "answer", "answer_round"
BEFORE, AFTER = "before", "after"
LEFT_OUT, YES, NO = "left_out", "yes", "no"

#: The fields of a measurement that a column may hold, in the order they are offered.
MEASURED = (
    "date",
    "indicator",
    "value",
    "n",
    "sd",
    "response_rate",
    "series",
    "subgroup",
    "quality",
    "source",
    "note",
)
#: Forms whose answers stand for something: a step of a scale, or yes and no.
_CODED = ("scale", "percent", "yes_no")
_OF_INDICATOR = ("value", "answer", BEFORE, AFTER)
_WORDS = {
    "value": N_("Value: {name}"),
    "answer": N_("Answers: {name}"),
    BEFORE: N_("Answers before: {name}"),
    AFTER: N_("Answers after: {name}"),
}


@dataclass(frozen=True)
class MeasureMapping:
    """The columns, and what holds for all rows: the day where no column tells it, and the series.

    ``day`` is that of the (second) round, ``before_day`` that of the first one.
    """

    shape: Shape
    table: TableMapping
    day: date | None = None
    before_day: date | None = None
    series: str = INITIATIVE

    def to_json(self, indicators: Sequence[Record]) -> dict[str, Any]:
        """The mapping as plain values; ``parse_measure_mapping`` reads them back."""
        columns = self.table.to_json()["columns"]
        for column in columns:
            column["field"] = _with_names(column["field"], indicators)
            if "choices" in column:
                column["choices"] = {
                    text: next(iter(keys.values()), None) for text, keys in column["choices"].items()
                }
        plain: dict[str, Any] = {"shape": self.shape, "series": self.series, "columns": columns}
        for name, day in (("day", self.day), ("before_day", self.before_day)):
            if day is not None:
                plain[name] = day.isoformat()
        return plain


def parse_measure_mapping(
    plain: object,
    headings: Sequence[str],
    days: Sequence[date],
    indicators: Sequence[Record],
    vocabulary: Vocabulary,
) -> MeasureMapping:
    """The mapping in parsed JSON, fitted to a table. Raises Problem ``bad_mapping`` that names the place.

    ``days`` are the dates that stand as headings.
    """
    if not isinstance(plain, dict):
        raise _bad(_("it is not an object with names and values."))
    unknown = sorted(set(plain) - {"shape", "series", "day", "before_day", "columns"})
    if unknown:
        raise _bad(_("“{name}” is not known.").format(name=unknown[0]))
    shape = plain.get("shape", "rows")
    if shape not in get_args(Shape):
        raise _bad(_("“shape” is “rows” or “answers”."))
    series = plain.get("series", INITIATIVE)
    if not isinstance(series, str) or not vocabulary.has("series", series):
        raise _bad(_("“series” is “initiative” or “comparison”."))
    columns = plain.get("columns")
    if isinstance(columns, list):
        columns = [_with_ids(column, indicators) for column in columns]
    fields = measure_fields(shape, indicators, days)
    table = parse_mapping({"columns": columns}, headings, fields, vocabulary)
    return MeasureMapping(shape, table, _day(plain, "day"), _day(plain, "before_day"), series)


def measure_fields(shape: Shape, indicators: Sequence[Record], days: Sequence[date]) -> dict[str, FieldSpec]:
    """What a column can be read into, by name, in the order it is offered."""
    if shape == "answers":
        fields = [
            _of_indicator(part, indicator)
            for part in ("answer", BEFORE, AFTER)
            for indicator in indicators
            if indicator.text("measure") != "sign"
        ]
        fields += [
            _field("subgroup", N_("Group of the person"), Kind.TEXT),
            _field("key", N_("Key that pairs two rounds (not kept)"), Kind.TEXT),
            _field("round", N_("Round: before or after"), Kind.CHOICE, ROUND),
            _field("date", N_("Date"), Kind.DATE),
        ]
        return {field.name: field for field in fields}
    stored = record_type("measurement").by_name
    fields = [
        _field("indicator", N_("Name of the indicator"), Kind.TEXT) if name == "indicator" else stored[name]
        for name in MEASURED
    ]
    fields += [
        _of_indicator("value", indicator) for indicator in indicators if indicator.text("measure") != "sign"
    ]
    fields += [_of_day(day) for day in days]
    return {field.name: field for field in fields}


def part_of(name: str) -> tuple[str, str]:
    """A field's name as what it is and of which indicator: ``("value", id)``; no id for the others."""
    part, colon, indicator_id = name.partition(":")
    return (part, indicator_id) if colon else (name, "")


def day_of(name: str) -> date | None:
    """The day of a ``value@…`` field; None for any other."""
    part, at, day = name.partition("@")
    return date.fromisoformat(day) if at and part == "value" else None


def field_of_day(day: date) -> str:
    """The name of the field of a column that holds the values of a day."""
    return f"value@{day.isoformat()}"


def is_coded(indicator: Record) -> bool:
    """Whether answers about an indicator stand for something, rather than being numbers."""
    return indicator.text("measure") in _CODED


def _of_indicator(part: str, indicator: Record) -> FieldSpec:
    is_choice = part != "value" and is_coded(indicator)
    name = clean_line(indicator.text("name"))
    return _field(
        f"{part}:{indicator.id}",
        _WORDS[part],
        Kind.CHOICE if is_choice else Kind.NUMBER,
        ANSWER if is_choice else "",
        called=name,
    )


def _of_day(day: date) -> FieldSpec:
    words = {
        language: _in(language, N_("Value on {day}")).format(day=format_date(day, language))
        for language in ("da", "en")
    }
    return FieldSpec(field_of_day(day), Kind.NUMBER, words["da"], words["en"])


def _field(name: str, words: str, kind: Kind, values: str = "", called: str = "") -> FieldSpec:
    da, en = (_in(language, words) for language in ("da", "en"))
    if called:
        da, en = da.format(name=called), en.format(name=called)
    return FieldSpec(name, kind, da, en, values=values)


def _in(language: str, words: str) -> str:
    if language == current_language():
        return _(words)
    with speaking(language):
        return _(words)


def _with_names(name: str, indicators: Sequence[Record]) -> str:
    part, indicator_id = part_of(name)
    if not indicator_id:
        return name
    names = Counter(_folded(one.text("name")) for one in indicators)
    found = next((one.text("name") for one in indicators if one.id == indicator_id), "")
    return f"{part}:{found}" if names[_folded(found)] == 1 else name


def _with_ids(column: object, indicators: Sequence[Record]) -> object:
    """A column of the JSON whose field names its indicator by id."""
    if not isinstance(column, dict) or not isinstance(column.get("field"), str):
        return column
    part, named = part_of(column["field"])
    if part not in _OF_INDICATOR or not named or any(one.id == named for one in indicators):
        return column
    found = [one.id for one in indicators if _folded(one.text("name")) == _folded(named)]
    if len(found) != 1:
        what = (
            _("there is no indicator “{name}” in this evaluation.")
            if not found
            else _("two indicators are called “{name}”; write the id instead.")
        )
        raise _bad(what.format(name=clean_line(named)[:80]))
    return {**column, "field": f"{part}:{found[0]}"}


def _folded(name: str) -> str:
    return fold(clean_line(name))


def _day(plain: Mapping[str, Any], name: str) -> date | None:
    written = plain.get(name)
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except (TypeError, ValueError):
        raise _bad(_("“{name}” is a day such as 2026-03-31.").format(name=name)) from None


def _bad(what: str) -> Problem:
    return Problem(
        _("The mapping of columns cannot be used: {what}").format(what=what),
        meaning=_("Nothing was imported or changed."),
        advice=_("Make the mapping anew with a dry run, and change what it reports under “mapping”."),
        code="bad_mapping",
    )
