"""The looks of cells: read once from resources, made in a workbook when first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from coi_desktop import resources
from coi_desktop.i18n import LANGUAGES
from coi_desktop.models import palette
from coi_desktop.models.palette import Palette
from coi_desktop.models.strict_tables import CatalogueError, StrictTable

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

STYLES_FILE = "workbook/styles.toml"

_KEYS = (
    "bold", "underline", "size", "colour", "fill", "wrap", "align", "border", "border_top", "format", "open",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StyleSpec:
    """One style: what XlsxWriter is told, with the number format by language (empty: general)."""

    properties: Mapping[str, Any]
    formats: Mapping[str, str]


@cache
def load_palette() -> Palette:
    """The palette of charts and workbooks."""
    return palette.parse_palette(palette.FILE, resources.read_toml(palette.FILE))


@cache
def load_styles() -> Mapping[str, StyleSpec]:
    """The styles of cells by name."""
    return parse_styles(STYLES_FILE, resources.read_toml(STYLES_FILE), load_palette())


def parse_styles(file: str, tables: Mapping[str, Any], colours: Palette) -> Mapping[str, StyleSpec]:
    """Styles by name from their parsed file; CatalogueError names file and place of a mistake."""
    StrictTable(file, tables, ["style"])
    return MappingProxyType(
        {name: _spec(file, name, one, colours) for name, one in dict(tables.get("style", {})).items()}
    )


class Styles:
    """The styles of one workbook in one language."""

    def __init__(
        self, workbook: Workbook, language: str, specs: Mapping[str, StyleSpec] | None = None
    ) -> None:
        self._workbook = workbook
        self._language = language
        self._specs = load_styles() if specs is None else specs
        self._made: dict[tuple[str, bool], Format] = {}

    def get(self, name: str) -> Format:
        """The style called ``name``, set to the left for ``name@left``; KeyError when there is none."""
        return self._format(name, is_quoted=False)

    def wraps(self, name: str) -> bool:
        """Whether a text in this style goes on in the next line."""
        return bool(self._specs[name.partition("@")[0]].properties.get("text_wrap"))

    def quoted(self, name: str) -> Format:
        """The same style for a text that looks like a formula: Excel keeps it a text when it is edited."""
        return self._format(name, is_quoted=True)

    def _format(self, name: str, *, is_quoted: bool) -> Format:
        made = self._made.get((name, is_quoted))
        if made is None:
            plain_name, _at, side = name.partition("@")
            spec = self._specs[plain_name]
            properties = {"valign": "top", **spec.properties}
            if side:
                properties["align"] = side
            number_format = spec.formats[self._language]
            if number_format:
                properties["num_format"] = number_format
            if is_quoted:
                properties["quote_prefix"] = True
            made = self._made[(name, is_quoted)] = self._workbook.add_format(properties)
        return made


def _spec(file: str, name: str, table: object, colours: Palette) -> StyleSpec:
    strict = StrictTable(f"{file} [style.{name}]", table, _KEYS)
    given = table if isinstance(table, Mapping) else {}
    properties: dict[str, Any] = {}
    for key, property_name in (("bold", "bold"), ("wrap", "text_wrap"), ("underline", "underline")):
        if key in given:
            properties[property_name] = strict.yes_no(key)
    if "open" in given:  # may be filled in where the rest of the sheet is protected
        properties["locked"] = not strict.yes_no("open")
    if "size" in given:
        properties["font_size"] = strict.whole("size", 6)
    for key, property_name in (("colour", "font_color"), ("fill", "bg_color")):
        if key in given:
            properties[property_name] = _colour(strict, key, colours)
    if "align" in given:
        properties["align"] = strict.text("align")
    if given.get("border"):
        properties |= {"border": 1, "border_color": colours.colour("grid")}
    if given.get("border_top"):
        properties |= {"top": 1, "top_color": colours.colour("outline")}
    return StyleSpec(MappingProxyType(properties), _formats(strict, given))


def _colour(table: StrictTable, key: str, colours: Palette) -> str:
    name = table.text(key)
    if name not in palette.COLOURS:
        raise table.wrong(key, f"one of {', '.join(palette.COLOURS)}")
    return colours.colour(name)


def _formats(table: StrictTable, given: Mapping[str, Any]) -> Mapping[str, str]:
    if "format" not in given:
        return MappingProxyType(dict.fromkeys(LANGUAGES, ""))
    texts = given["format"]
    if (
        not isinstance(texts, list)
        or len(texts) not in (1, 2)
        or not all(isinstance(one, str) for one in texts)
    ):
        raise CatalogueError(f"{table.place}: format must be one text, or a Danish and an English one")
    return MappingProxyType(dict(zip(LANGUAGES, texts if len(texts) == 2 else texts * 2, strict=True)))
