"""The texts of a workbook's last sheet, as read from ``resources/workbook/about.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from coi_desktop.i18n import LANGUAGES, current_language
from coi_desktop.models.strict_tables import StrictTable

FILE = "workbook/about.toml"


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and its meaning by language, printed with any of ``sheets``."""

    sheets: tuple[str, ...]
    texts: Mapping[str, tuple[str, str]]

    def term(self) -> str:
        """The term in the language spoken now."""
        return self.texts[current_language()][0]

    def meaning(self) -> str:
        """Its meaning, with places for limits in curly brackets."""
        return self.texts[current_language()][1]


@dataclass(frozen=True, slots=True)
class WorkbookWords:
    """Definitions in order, and what the next evidence level asks for by key."""

    definitions: tuple[Definition, ...]
    evidence: Mapping[str, Mapping[str, str]]

    def missing(self, key: str) -> str:
        """What is missing for the next evidence level, in the language spoken now; an unknown key as it is."""
        return self.evidence[key][current_language()] if key in self.evidence else key


def parse_workbook_words(file: str, tables: Mapping[str, Any]) -> WorkbookWords:
    """The texts from their parsed file; CatalogueError names file and place of a mistake."""
    top = StrictTable(file, tables, ["definition", "evidence"])
    definitions = tuple(_definition(one) for one in top.tables("definition", ["sheets", *LANGUAGES]))
    keys = list(tables.get("evidence", {}))
    evidence = top.table("evidence", keys)
    return WorkbookWords(
        definitions, MappingProxyType({key: MappingProxyType(_pair(evidence, key)) for key in keys})
    )


def _definition(table: StrictTable) -> Definition:
    texts = {}
    for language in LANGUAGES:
        pair = table.texts(language)
        if len(pair) != 2:
            raise table.wrong(language, "a term and its meaning")
        texts[language] = (pair[0], pair[1])
    return Definition(table.texts("sheets"), MappingProxyType(texts))


def _pair(table: StrictTable, key: str) -> dict[str, str]:
    texts = table.texts(key)
    if len(texts) != len(LANGUAGES):
        raise table.wrong(key, "a Danish and an English text")
    return dict(zip(LANGUAGES, texts, strict=True))
