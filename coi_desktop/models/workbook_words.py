"""The terms a workbook's last sheet explains, as read from ``resources/workbook/about.toml``."""

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


def parse_definitions(file: str, tables: Mapping[str, Any]) -> tuple[Definition, ...]:
    """The definitions in order from their parsed file; CatalogueError names file and place of a mistake."""
    top = StrictTable(file, tables, ["definition"])
    return tuple(_definition(one) for one in top.tables("definition", ["sheets", *LANGUAGES]))


def _definition(table: StrictTable) -> Definition:
    texts = {}
    for language in LANGUAGES:
        pair = table.texts(language)
        if len(pair) != 2:
            raise table.wrong(language, "a term and its meaning")
        texts[language] = (pair[0], pair[1])
    return Definition(table.texts("sheets"), MappingProxyType(texts))
