from __future__ import annotations

import tomllib
from typing import Any

import pytest

from coi_desktop.exchange.initiative_workbook import load_initiative_layout
from coi_desktop.exchange.portfolio_workbook import load_portfolio_layout
from coi_desktop.exchange.workbook_styles import load_palette, load_styles, parse_styles
from coi_desktop.models.palette import parse_palette
from coi_desktop.models.strict_tables import CatalogueError
from coi_desktop.models.workbook_layout import Words, WorkbookLayout, parse_workbook_layout
from coi_desktop.models.workbook_words import parse_definitions
from coi_desktop.operations.library import vocabulary
from coi_desktop.resources import read_toml

SHEET = '[[sheet]]\nkey = "a"\nda = "A"\nen = "B"\n'
TITLE = '{ like = "initiative.title" }'
BLOCK = '[[sheet.block]]\nrows = "initiative"\n'

LAYOUTS = (load_initiative_layout, load_portfolio_layout)


@pytest.mark.parametrize("load", LAYOUTS)
def test_the_layouts_keep_to_the_limits_of_excel_in_both_languages(load: Any) -> None:
    layout: WorkbookLayout = load()
    for sheet in layout.sheets:
        for language in ("da", "en"):
            name = sheet.words.label(language)
            assert 1 <= len(name) <= 31
            assert not set(name) & set("[]:*?/\\")
            for block in sheet.blocks:
                headings = [column.words.label(language) for column in block.columns]
                assert all(heading and len(heading) <= 255 for heading in headings)


@pytest.mark.parametrize("load", LAYOUTS)
def test_every_style_and_value_list_of_the_layouts_is_there(load: Any) -> None:
    styles, words = load_styles(), vocabulary()
    for sheet in load().sheets:
        for block in sheet.blocks:
            for column in block.columns:
                assert column.style.removesuffix("@left") in styles, (sheet.key, column.key)
                assert not column.values or words.has_list(column.values), (sheet.key, column.key)
                assert 1 <= column.width <= 255


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "sheet is missing"),
        ('[[sheet]]\nkey = "a"\nda = "A"\n', "[[sheet]] 1: en is missing"),
        (SHEET + 'colour = "red"\n', "[[sheet]] 1: unknown key 'colour'"),
        (SHEET + SHEET, "the sheet 'a' stands twice"),
        (SHEET + SHEET.replace('"a"', '"b"'), "the sheet name 'a' stands twice"),
        (SHEET + "widths = [1, -1]\n", "widths must be a list of whole numbers"),
        (SHEET + 'note = ["only one"]\n', "note must be a Danish and an English text"),
        (SHEET + BLOCK, "[[block]] 1: columns is missing"),
        (SHEET + BLOCK + 'fields = ["no_such"]\n', "no field 'initiative.no_such' that a cell can hold"),
        (SHEET + BLOCK + 'fields = ["created"]\n', "no field 'initiative.created' that a cell can hold"),
        (SHEET + BLOCK + 'fields = ["title", "title"]\n', "without repetitions"),
        (SHEET + BLOCK + 'columns = [{ path = "title" }]\n', "da is missing"),
        (SHEET + BLOCK + 'columns = [{ da = "x", en = "y" }]\n', "path is missing"),
        (SHEET + BLOCK + 'columns = [{ like = "nothing.title" }]\n', "no field 'nothing.title'"),
        (SHEET + BLOCK + 'columns = [{ like = "initiative.title", kind = "odd" }]\n', "kind must be one of"),
        (SHEET + BLOCK + f"columns = [{TITLE}, {TITLE}]\n", "the heading 'titel' stands twice"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_layout_names_file_and_place(text: str, said: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        parse_workbook_layout("layout.toml", tomllib.loads(text))
    assert str(caught.value).startswith("layout.toml")
    assert said in str(caught.value)


def test_a_column_like_a_field_takes_its_words_kind_and_value_list() -> None:
    text = (
        SHEET + BLOCK + 'columns = [{ like = "initiative.phase" }, { path = "x.y", like = "cost.likely" }]\n'
    )
    phase, amount = parse_workbook_layout("f", tomllib.loads(text)).sheet("a").block("initiative").columns
    assert (phase.words.da, phase.kind, phase.values) == ("Fase", "choice", "initiative.phase")
    assert (amount.path, amount.kind, amount.style) == ("x.y", "number", "kroner")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda tables: tables.pop("dark"), "dark is missing"),
        (lambda tables: tables["light"].pop("first"), "[light]: first is missing"),
        (lambda tables: tables["light"].update(first="blue"), 'first must be a colour such as "#0072b2"'),
        (lambda tables: tables["light"].update(pink="#ff00ff"), "unknown key 'pink'"),
        (lambda tables: tables["parts"].pop("other"), "other is missing"),
        (lambda tables: tables["parts"]["done"].update(colour="pink"), "[parts.done]: colour must be one of"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_palette_names_file_and_place(spoil: Any, said: str) -> None:
    tables = read_toml("workbook/palette.toml")
    spoil(tables)
    with pytest.raises(CatalogueError) as caught:
        parse_palette("palette.toml", tables)
    assert "palette.toml" in str(caught.value)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[style.a]\nfont = 1\n", "[style.a]: unknown key 'font'"),
        ('[style.a]\ncolour = "pink"\n', "[style.a]: colour must be one of"),
        ('[style.a]\nformat = "0"\n', "[style.a]: format must be one text"),
        ('[style.a]\nsize = "big"\n', "[style.a]: size must be a whole number"),
    ],
)
def test_a_mistake_in_the_styles_names_file_and_place(text: str, said: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        parse_styles("styles.toml", tomllib.loads(text), load_palette())
    assert "styles.toml" in str(caught.value)
    assert said in str(caught.value)


def test_a_definition_needs_a_term_and_a_meaning_in_both_languages() -> None:
    text = '[[definition]]\nsheets = ["a"]\nda = ["Ord", "Mening"]\nen = ["Word"]\n'
    with pytest.raises(CatalogueError, match=r"about\.toml.*en must be a term and its meaning"):
        parse_definitions("about.toml", tomllib.loads(text))


def test_every_definition_belongs_to_a_sheet_there_is() -> None:
    keys = {sheet.key for load in LAYOUTS for sheet in load().sheets}
    for definition in parse_definitions("about.toml", read_toml("workbook/about.toml")):
        assert set(definition.sheets) <= keys, definition.term()


def test_a_heading_is_that_of_the_unit_unless_its_table_has_it_already() -> None:
    names = {"quality": Words("Oplevelse", "Experience"), "efficiency": Words("Titel", "Title")}
    layout = load_portfolio_layout()
    (block,) = [
        one for sheet in layout.with_headings(names).sheets for one in sheet.blocks if one.rows == "rated"
    ]
    shown = {column.path: column.words.da for column in block.columns}
    assert shown["quality"] == "Oplevelse"
    assert shown["efficiency"] == "Effektivitet"
    assert layout.with_headings({}) == layout
