"""The colours of charts and workbooks, and the patterns that stand beside them, as read from resources."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from coi_desktop.models.strict_tables import CatalogueError, StrictTable

FILE = "workbook/palette.toml"

#: Every theme names exactly these colours.
COLOURS = (
    "ground", "text", "muted", "grid", "outline", "heading", "band",
    "first", "second", "third", "fourth", "fifth", "quiet",
)  # fmt: skip

#: ``paper`` is for sheets and chart files, the others for the screen.
THEMES = ("paper", "light", "dark")

#: The part that stands for every key without a look of its own.
OTHER = "other"

#: What marks something stands out from its ground at least like this.
LEAST_CONTRAST = 3

_HEX = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class PartLook:
    """How one part of a whole looks: the name of its colour, its hatch when drawn, its pattern in Excel."""

    colour: str
    hatch: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by theme and name ("#rrggbb"), and the looks of parts by key."""

    themes: Mapping[str, Mapping[str, str]]
    parts: Mapping[str, PartLook]

    def colour(self, name: str, theme: str = "paper") -> str:
        """A colour as "#rrggbb", by its name or as it is; KeyError for a theme or name there is not."""
        return name if is_hex(name) else self.themes[theme][name]

    def part(self, key: str) -> PartLook:
        """The look of a part; keys without one share that of ``other``."""
        return self.parts.get(key, self.parts[OTHER])


def parse_palette(file: str, tables: Mapping[str, Any]) -> Palette:
    """The palette from its parsed file; CatalogueError names file and place of a mistake."""
    top = StrictTable(file, tables, [*THEMES, "parts"])
    themes = {theme: _colours(top.table(theme, COLOURS)) for theme in THEMES}
    parts = {key: _part(file, key, one) for key, one in dict(tables.get("parts", {})).items()}
    if OTHER not in parts:
        raise CatalogueError(f"{file} [parts]: {OTHER} is missing")
    return Palette(MappingProxyType(themes), MappingProxyType(parts))


def is_hex(colour: str) -> bool:
    """Whether a colour is written as "#rrggbb", in small letters."""
    return _HEX.fullmatch(colour) is not None


def contrast(first: str, second: str) -> float:
    """The contrast of two colours, 1–21 (WCAG 2.1, relative luminance)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _colours(table: StrictTable) -> Mapping[str, str]:
    found = {name: table.text(name) for name in COLOURS}
    for name, colour in found.items():
        if not _HEX.fullmatch(colour):
            raise table.wrong(name, 'a colour such as "#0072b2"')
    return MappingProxyType(found)


def _part(file: str, key: str, table: object) -> PartLook:
    strict = StrictTable(f"{file} [parts.{key}]", table, ["colour", "hatch", "pattern"])
    colour = strict.text("colour")
    if colour not in COLOURS:
        raise strict.wrong("colour", f"one of {', '.join(COLOURS)}")
    return PartLook(colour, strict.optional_text("hatch"), strict.optional_text("pattern"))


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
