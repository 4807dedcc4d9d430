"""How records are spoken of: the name of one of them, and how many of a kind there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from coi_desktop.i18n import current_language
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.record_types.table import RECORD_TYPES, record_type
from coi_desktop.models.records import Values
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.text import format_number
from coi_desktop.models.vocabulary import Vocabulary

FILE = "catalogue/counted.toml"

#: The field a record goes by, where it has one of them.
_NAMES = ("title", "name", "da", "text", "headline", "what")
_MOST_PARTS = 3
_LONGEST = 120

Counted = Mapping[str, tuple[str, str, str, str]]
"""Words for one and for several, in Danish and in English, by record type."""


def parse_counted(table: Mapping[str, object]) -> Counted:
    """The words of the file ``FILE``. ValueError names what is not right in it."""
    found: dict[str, tuple[str, str, str, str]] = {}
    lines = table.get("counted")
    if set(table) != {"counted"} or not isinstance(lines, Mapping):
        raise ValueError(f"{FILE}: expected one table, [counted]")
    for name, words in lines.items():
        if name not in RECORD_TYPES:
            raise ValueError(f"{FILE}: {name} is no record type")
        if not (isinstance(words, list) and len(words) == 4 and all(isinstance(one, str) for one in words)):
            raise ValueError(f"{FILE} {name}: expected one and several, in Danish and in English")
        found[name] = (words[0], words[1], words[2], words[3])
    return found


def count_words(counts: Mapping[str, int], counted: Counted) -> str:
    """How many of each kind: "1 evaluering, 12 målinger", in the order of the record types."""
    language = current_language()
    place = 0 if language == "da" else 2
    parts = [
        f"{format_number(counts[name], language)} {counted[name][place + (counts[name] != 1)]}"
        for name in RECORD_TYPES
        if counts.get(name) and name in counted
    ]
    return ", ".join(parts)


def name_record(type_name: str, values: Values, words: Vocabulary) -> str:
    """The name a record goes by: its title or name, else what its first filled fields say."""
    kind = record_type(type_name)
    for name in _NAMES:
        value = values.get(name)
        if name in kind.by_name and isinstance(value, str) and value:
            return _cut(value)
    parts = [text for field in kind.fields if (text := _said(field, values, words))]
    return _cut(" · ".join(parts[:_MOST_PARTS])) or kind.label()


def _said(field: FieldSpec, values: Values, words: Vocabulary) -> str:
    if not field.shown or field.kind is Kind.REFERENCE:
        return ""
    return show_value(field, values.get(field.name), words)


def _cut(text: str) -> str:
    line = " ".join(text[: 2 * _LONGEST].split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def count_kinds(type_names: Iterable[str]) -> dict[str, int]:
    """How often each name stands there."""
    counts: dict[str, int] = {}
    for name in type_names:
        counts[name] = counts.get(name, 0) + 1
    return counts
