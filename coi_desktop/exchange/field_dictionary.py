"""The fields of the register, as the last sheets of a workbook explain them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coi_desktop.i18n import _
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.models.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class DictionaryLine:
    """One field of the register."""

    table: str
    field: str
    da: str
    en: str
    kind: str
    unit: str
    options: str


def dictionary_lines(tables: Iterable[str], words: Vocabulary) -> list[DictionaryLine]:
    """Every field that people see, table by table."""
    return [
        DictionaryLine(
            name,
            field.name,
            field.da,
            field.en,
            _kind_words(field.kind),
            field.unit(),
            _options(field, words),
        )
        for name in tables
        for field in RECORD_TYPES[name].fields
        if field.shown
    ]


def _options(field: FieldSpec, words: Vocabulary) -> str:
    if not field.values:
        return ""
    return " · ".join(f"{key} = {words.label(field.values, key)}" for key in words.keys(field.values))


def _kind_words(kind: Kind) -> str:
    return {
        Kind.TEXT: _("text"),
        Kind.LONG: _("long text"),
        Kind.INTEGER: _("whole number"),
        Kind.NUMBER: _("number"),
        Kind.MONEY: _("amount"),
        Kind.DATE: _("date"),
        Kind.TIME: _("time"),
        Kind.YES_NO: _("yes or no"),
        Kind.CHOICE: _("choice"),
        Kind.CHOICES: _("several choices"),
        Kind.RANK: _("choices in order"),
        Kind.REFERENCE: _("reference"),
    }[kind]
