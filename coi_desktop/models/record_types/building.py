"""Short ways to write fields, so that a record type reads as a table."""

from __future__ import annotations

from coi_desktop.models.fields import FieldSpec, Kind, Search

LINE = 200
PARAGRAPH = 2_000
PAGE = 20_000

#: What a number is counted in, in Danish and in English.
Unit = tuple[str, str]

NO_UNIT: Unit = ("", "")
BYTES: Unit = ("byte", "bytes")
HOURS: Unit = ("timer", "hours")
KRONER: Unit = ("kr.", "DKK")
PERCENT: Unit = ("%", "%")
YEARS: Unit = ("år", "years")


def text(
    name: str,
    da: str,
    en: str,
    *,
    limit: int = LINE,
    required: bool = False,
    search: Search = Search.NONE,
    sortable: bool = False,
    shown: bool = True,
) -> FieldSpec:
    """One line of text."""
    return FieldSpec(
        name, Kind.TEXT, da, en, limit=limit, required=required, search=search, sortable=sortable, shown=shown
    )


def long_text(
    name: str,
    da: str,
    en: str,
    *,
    limit: int = PARAGRAPH,
    search: Search = Search.NONE,
    sortable: bool = False,
    shown: bool = True,
) -> FieldSpec:
    """Text of several lines."""
    return FieldSpec(name, Kind.LONG, da, en, limit=limit, search=search, sortable=sortable, shown=shown)


def choice(name: str, da: str, en: str, values: str, *, sortable: bool = False) -> FieldSpec:
    """One key of the value list ``values``."""
    return FieldSpec(name, Kind.CHOICE, da, en, values=values, sortable=sortable)


def choices(name: str, da: str, en: str, values: str) -> FieldSpec:
    """Several keys of the value list ``values``, in the order of the list."""
    return FieldSpec(name, Kind.CHOICES, da, en, values=values)


def rank(name: str, da: str, en: str, values: str) -> FieldSpec:
    """Several keys of the value list ``values``, in an order of one's own."""
    return FieldSpec(name, Kind.RANK, da, en, values=values)


def integer(
    name: str, da: str, en: str, *, unit: Unit = NO_UNIT, shown: bool = True, sortable: bool = False
) -> FieldSpec:
    """A whole number."""
    return FieldSpec(
        name, Kind.INTEGER, da, en, unit_da=unit[0], unit_en=unit[1], shown=shown, sortable=sortable
    )


def number(name: str, da: str, en: str, *, unit: Unit = NO_UNIT) -> FieldSpec:
    """A decimal number, kept as typed."""
    return FieldSpec(name, Kind.NUMBER, da, en, unit_da=unit[0], unit_en=unit[1])


def money(name: str, da: str, en: str, *, sortable: bool = False) -> FieldSpec:
    """An amount in Danish kroner."""
    return FieldSpec(name, Kind.MONEY, da, en, unit_da=KRONER[0], unit_en=KRONER[1], sortable=sortable)


def day(name: str, da: str, en: str, *, sortable: bool = False) -> FieldSpec:
    """A date."""
    return FieldSpec(name, Kind.DATE, da, en, sortable=sortable)


def moment(name: str, da: str, en: str, *, sortable: bool = False) -> FieldSpec:
    """A moment in time (UTC), set by the program."""
    return FieldSpec(name, Kind.TIME, da, en, sortable=sortable, shown=False)


def yes_no(name: str, da: str, en: str) -> FieldSpec:
    """Yes, no, or not answered."""
    return FieldSpec(name, Kind.YES_NO, da, en)


def reference(name: str, da: str, en: str, target: str, *, required: bool = False) -> FieldSpec:
    """The id of a record of another type; a record goes when what it requires goes."""
    return FieldSpec(name, Kind.REFERENCE, da, en, target=target, required=required, shown=False)
