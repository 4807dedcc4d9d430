"""Measures an evaluation can start from, by kind of value (``resources/catalogue/indicators.toml``).

Their keys are a name space of their own, apart from those of the national survey.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coi_desktop.i18n import LANGUAGES, current_language
from coi_desktop.models.folding import fold
from coi_desktop.models.method_cards import METHODS
from coi_desktop.models.records import Values
from coi_desktop.models.strict_tables import StrictTable
from coi_desktop.models.vocabulary import Vocabulary

FILE = "catalogue/indicators.toml"

#: The value list of the kinds of value.
KINDS = "value_kind"

_KEYS = ("kind", "name", "measure", "unit", "direction", "summing", "counts", "source", "methods")
_Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CatalogueIndicator:
    """One entry: kind of value, form, direction, kind of sum and what its number counts as keys, words by
    language, and the methods that usually give the number, the usual one first.
    """

    key: str
    kind: str
    measure: str
    direction: str
    summing: str
    counts: str
    names: _Words
    units: _Words
    sources: _Words
    methods: tuple[str, ...]

    def name(self, language: str | None = None) -> str:
        """What is measured."""
        return self.names[language or current_language()]

    def unit(self, language: str | None = None) -> str:
        """The unit of the numbers."""
        return self.units[language or current_language()]

    def source(self, language: str | None = None) -> str:
        """Where the numbers usually come from."""
        return self.sources[language or current_language()]

    def values(self, language: str | None = None) -> Values:
        """What a new indicator begins with; everything may be overwritten."""
        return {
            "catalog_key": self.key,
            "name": self.name(language),
            "kind": self.kind,
            "measure": self.measure,
            "unit": self.unit(language),
            "direction": self.direction,
            "summing": self.summing,
            "counts": self.counts,
            "baseline_source": self.source(language),
        }


def find_in_catalogue(
    catalogue: Sequence[CatalogueIndicator], text: str = "", kind: str = ""
) -> tuple[CatalogueIndicator, ...]:
    """The entries of a kind (all without one) whose name or source, in either language, has every word of
    ``text``, however it is written.
    """
    words = fold(text).split()
    return tuple(
        entry
        for entry in catalogue
        if kind in ("", entry.kind) and all(word in _searched(entry) for word in words)
    )


def parse_indicator_catalogue(
    table: Mapping[str, Any], vocabulary: Vocabulary
) -> tuple[CatalogueIndicator, ...]:
    """The entries of a parsed file, in its order. CatalogueError names file, place and what is wrong."""
    return tuple(_parse(key, entry, vocabulary) for key, entry in table.items())


def _parse(key: str, entry: object, vocabulary: Vocabulary) -> CatalogueIndicator:
    table = StrictTable(f"{FILE} [{key}]", entry, _KEYS)
    methods = table.texts("methods")
    if not methods or not all(vocabulary.has(METHODS, method) for method in methods):
        raise table.wrong("methods", "methods of the value list")
    return CatalogueIndicator(
        key=key,
        kind=_key(table, "kind", KINDS, vocabulary),
        measure=_key(table, "measure", "measure", vocabulary),
        direction=_key(table, "direction", "direction", vocabulary),
        summing=_key(table, "summing", "summing", vocabulary),
        counts=_key(table, "counts", "counts", vocabulary),
        names=_words(table, "name"),
        units=_words(table, "unit"),
        sources=_words(table, "source"),
        methods=methods,
    )


def _key(table: StrictTable, name: str, list_name: str, vocabulary: Vocabulary) -> str:
    found = table.text(name)
    if not vocabulary.has(list_name, found):
        raise table.wrong(name, f"a key of the value list {list_name}")
    return found


def _words(table: StrictTable, name: str) -> _Words:
    return dict(zip(LANGUAGES, table.both(name), strict=True))


def _searched(entry: CatalogueIndicator) -> str:
    return fold(" ".join((*entry.names.values(), *entry.sources.values())))
