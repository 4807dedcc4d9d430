"""Which column is which field, and how a mapping is written down and read back."""

from __future__ import annotations

import json

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.heading_match import (
    Unmapped,
    find_unmapped,
    resolve_mapping,
    suggest_mapping,
    suggest_source,
)
from coi_desktop.models.import_words import ImportWordsError, importable_fields, parse_import_words
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.table_headers import find_header
from coi_desktop.models.table_mapping import layout_fingerprint, parse_mapping
from coi_desktop.models.tables import Cell, CellKind, Table, TableRow, column_letters, column_number
from coi_desktop.operations.library import vocabulary
from coi_desktop.operations.table_imports import import_words

INITIATIVE = record_type("initiative")
FIELDS = {field.name: field for field in importable_fields(INITIATIVE)}


def text_cell(text: object) -> Cell:
    return Cell(CellKind.TEXT, str(text)) if text not in (None, "") else Cell(CellKind.EMPTY)


def make_table(headings: list[str], *rows: list[object], sheet: str = "") -> Table:
    made = tuple(
        TableRow(number, tuple(cell if isinstance(cell, Cell) else text_cell(cell) for cell in row))
        for number, row in enumerate(rows, 2)
    )
    return Table("liste.csv", sheet, 1, tuple(headings), made)


def suggested(headings: list[str], *rows: list[object]) -> dict[str, str]:
    """Field by heading, for a table with one row of letters unless rows are given."""
    table = make_table(headings, *(rows or [["x"] * len(headings)]))
    mapping = suggest_mapping(table, INITIATIVE, import_words()).mapping
    return {column.heading: column.field for column in mapping.columns}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Titel", "title"), ("Projektnavn", "title"), ("TILTAG", "title"), ("Project name", "title"),
        ("Projekt-nr.", "external_id"), ("ID", "external_id"), ("Ekstern id", "external_id"),
        ("Løbenr.", "external_id"),
        ("ESDH-nr.:", "journal_number"), ("Sagsnummer", "journal_number"),
        ("Case file number", "journal_number"),
        ("Afdeling", "department"), ("Forvaltning", "department"), ("lead_organisation_name", "department"),
        ("Projektejer", "owner"), ("Tovholder", "leader"), ("Udfordring", "problem"), ("Løsning", "solution"),
        ("Målgruppe", "target_group"), ("Projektets målgruppe", "target_group"), ("Fase", "phase"),
        ("Kort beskrivelse", "description"), ("Bemærkninger", "description"), ("Fagområde", "field"),
    ],
)  # fmt: skip
def test_usual_headings_are_known(heading: str, field: str) -> None:
    assert suggested([heading]) == {heading: field}


@pytest.mark.parametrize(
    "heading", ["Projektleders mail", "Telefon (tovholder)", "Farve", "", "Link til projekt"]
)
def test_other_headings_get_no_field(heading: str) -> None:
    assert suggested([heading]) == {}


def test_a_field_gets_the_best_column_and_doubled_headings_get_nothing() -> None:
    table = make_table(["Navn", "Titel", "Titel", "Beskrivelse", "tom"], ["a", "b", "c", "d", None])
    found = suggest_mapping(table, INITIATIVE, import_words())
    assert [(column.column, column.field) for column in found.mapping.columns] == [
        (1, "title"),
        (3, "description"),
    ]
    assert found.unmapped == {0: Unmapped.DOUBLED, 2: Unmapped.DOUBLED, 4: Unmapped.EMPTY}


def test_column_whose_values_do_not_fit_is_not_taken() -> None:
    table = make_table(["Navn", "Start", "Farve"], ["a", "Jens", "rød"], ["b", "Mette", "blå"])
    found = suggest_mapping(table, INITIATIVE, import_words())
    assert [column.field for column in found.mapping.columns] == ["title"]
    assert found.unmapped == {1: Unmapped.UNFITTING, 2: Unmapped.UNKNOWN}
    assert suggested(["Start", "Budget"], ["2021", "12.000"], ["1/3-25", "500 kr."]) == {
        "Start": "start", "Budget": "budget",
    }  # fmt: skip


def test_a_few_fitting_values_are_enough_where_the_heading_is_sure() -> None:
    rows = (["se bilag"], ["12.000"], ["ukendt"], ["ca. 50"])
    assert suggested(["Budget"], *rows) == {"Budget": "budget"}
    assert suggested(["Vores budget"], *rows) == {}


@pytest.mark.parametrize(
    "heading",
    ["Budget (t.kr.)", "Budget i 1.000 kr.", "Budget mio. kr.", "Forbrug i tkr", "Budget (€)", "Budget, EUR"],
)
def test_amounts_that_are_not_in_whole_kroner_are_not_read_as_kroner(heading: str) -> None:
    table = make_table(["Titel", heading], ["a", "150"], ["b", "200"])
    found = suggest_mapping(table, INITIATIVE, import_words())
    assert [column.field for column in found.mapping.columns] == ["title"]
    assert found.unmapped in ({1: Unmapped.OTHER_MEASURE}, {1: Unmapped.UNKNOWN})
    assert suggested(["Budget (kr.)"], ["150"]) == {"Budget (kr.)": "budget"}


def test_unsure_choice_column_needs_known_words() -> None:
    assert suggested(["Cross sector"], ["Yes"], ["No"]) == {}
    assert suggested(["Vores sektor"], ["Sundhed"], ["Skole"]) == {"Vores sektor": "field"}


def resolve(headings: list[str], *rows: list[object]) -> dict[str, dict[str, object]]:
    table = make_table(headings, *rows)
    mapping = suggest_mapping(table, INITIATIVE, import_words()).mapping
    resolved = resolve_mapping(table, mapping, INITIATIVE, import_words())
    return {column["field"]: column for column in resolved.to_json()["columns"]}


def test_form_of_numbers_is_decided_by_all_values_of_the_column() -> None:
    rows = [["a", "1.234"], ["b", "5,5"], ["c", "7"]]
    assert resolve(["Titel", "Budget"], *rows)["budget"]["number_form"] == "comma"
    rows = [["a", "1,234"], ["b", "5.5"]]
    assert resolve(["Titel", "Budget"], *rows)["budget"]["number_form"] == "point"
    assert "number_form" not in resolve(["Titel", "Budget"], ["a", "1.234"], ["b", "7"])["budget"]
    assert "number_form" not in resolve(["Titel", "Budget"], ["a", "5.5"], ["b", "5,5"])["budget"]


def test_order_of_dates_is_decided_by_all_values_of_the_column() -> None:
    assert (
        resolve(["Titel", "Start"], ["a", "03/04/2025"], ["b", "13/04/2025"])["start"]["date_order"] == "dmy"
    )
    assert (
        resolve(["Titel", "Start"], ["a", "03/04/2025"], ["b", "04/13/2025"])["start"]["date_order"] == "mdy"
    )
    assert "date_order" not in resolve(["Titel", "Start"], ["a", "13/04/2025"], ["b", "04/13/2025"])["start"]


def test_words_of_strangers_become_choices_and_the_rest_stays_unknown() -> None:
    rows = [["a", word] for word in ("Pilot", "I drift", "Afsluttet", "Not in use anymore", "Tja")]
    assert resolve(["Titel", "Status"], *rows)["status"]["choices"] == {
        "Pilot": {"phase": "develop", "status": "active", "stage": "trial"},
        "I drift": {"phase": "operate", "status": "active", "stage": "operating"},
        "Afsluttet": {"status": "done"},
        "Not in use anymore": {"status": "stopped", "stage": "stopped"},
    }


def test_a_word_does_not_say_what_another_column_says() -> None:
    found = resolve(["Titel", "Status", "Fase"], ["a", "Pilot", "Afklaring"])
    assert found["status"]["choices"] == {"Pilot": {"status": "active", "stage": "trial"}}
    assert found["phase"]["choices"] == {"Afklaring": {"phase": "preanalysis"}}


def test_headings_are_found_by_content() -> None:
    rows = [
        ["Projektliste 2026"],
        [],
        ["Opdateret", "1. november"],
        ["Projektnavn", "Afdeling", "Budget"],
        ["Skærmbesøg", "Ældre", "100"],
        ["Natur", "Kultur", "200"],
    ]
    cells = [[text_cell(text) for text in row] for row in rows]
    for known in (frozenset(), import_words().known_headings):
        guess = find_header(cells, known)
        assert guess is not None
        assert guess.index == 3


def test_source_of_ids_stays_when_a_list_is_saved_anew() -> None:
    assert suggest_source("Projektliste 2026-03 v2.xlsx") == suggest_source(
        "projektliste_2026-11 (kopi).xlsx"
    )
    assert suggest_source("2026.xlsx") == "liste"


def test_layout_is_known_whatever_the_order_of_columns() -> None:
    assert layout_fingerprint(["Titel", "Start-dato"]) == layout_fingerprint(["Start dato:", "", "TITEL"])
    assert layout_fingerprint(["Titel"]) != layout_fingerprint(["Titel", "Start"])


# ------------------------------------------------------------------------------------------- mapping as JSON


def parse(plain: object, headings: list[str]) -> object:
    return parse_mapping(plain, headings, FIELDS, vocabulary())


def test_mapping_is_read_back_as_it_was_written() -> None:
    table = make_table(["Titel", "Budget", "Status", "Start"], ["a", "1,5", "Pilot", "1-2-25"])
    mapping = suggest_mapping(table, INITIATIVE, import_words()).mapping
    resolved = resolve_mapping(table, mapping, INITIATIVE, import_words())
    assert parse(json.loads(json.dumps(resolved.to_json())), list(table.headings)) == resolved
    assert find_unmapped(table, resolved, suggest_mapping(table, INITIATIVE, import_words())) == {}


def test_columns_are_found_by_heading_or_letters_and_null_leaves_one_out() -> None:
    plain = {
        "columns": [
            {"heading": "navn", "field": "title"},
            {"column": "C", "heading": "X", "field": "budget", "number_form": "point"},
            {"column": "D", "field": None},
        ]
    }
    found = parse(plain, ["Navn", "X", "X", ""])
    assert [(column.column, column.field) for column in found.columns] == [(0, "title"), (2, "budget")]


@pytest.mark.parametrize(
    "plain",
    [
        [],
        {"columns": {}},
        {"columns": [], "mere": 1},
        {"columns": [{"heading": "Navn", "field": "titel"}]},
        {"columns": [{"heading": "Navn", "field": "number"}]},
        {"columns": [{"heading": "Findes ikke", "field": "title"}]},
        {"columns": [{"heading": "X", "field": "title"}]},
        {"columns": [{"column": "Q", "field": "title"}]},
        {"columns": [{"column": "A1", "field": "title"}]},
        {"columns": [{"heading": 7, "field": "title"}]},
        {"columns": [{"heading": "Navn", "field": "title", "farve": "rød"}]},
        {"columns": [{"heading": "Navn", "field": "title"}, {"column": "B", "field": "title"}]},
        {"columns": [{"heading": "Navn", "field": "title"}, {"column": "A", "field": "owner"}]},
        {"columns": [{"heading": "Navn", "field": "budget", "number_form": "dansk"}]},
        {"columns": [{"heading": "Navn", "field": "start", "date_order": "ydm"}]},
        {"columns": [{"heading": "Navn", "field": "status", "choices": {"a": "findes_ikke"}}]},
        {"columns": [{"heading": "Navn", "field": "status", "choices": {"a": {"title": "x"}}}]},
        {"columns": [{"heading": "Navn", "field": "title", "choices": {"a": "x"}}]},
        {"columns": [{"heading": "Navn", "field": "field", "choices": {"a": 3}}]},
        {"columns": [], "lookalikes": "måske"},
        {"columns": [], "source": "x" * 101},
    ],
)
def test_mapping_with_a_mistake_is_refused(plain: object) -> None:
    with pytest.raises(Problem) as caught:
        parse(plain, ["Navn", "X", "X"])
    assert caught.value.code == "bad_mapping"


def test_letters_of_columns_go_both_ways() -> None:
    for number in (0, 25, 26, 701, 702, 16_383):
        assert column_number(column_letters(number)) == number
    assert (column_letters(0), column_letters(16_383)) == ("A", "XFD")


# ---------------------------------------------------------------------------------------- the files of words


def parse_words(headings: dict[str, object], synonyms: dict[str, object]) -> object:
    whole = {
        "fields": {},
        "unfitting": {"words": []},
        "totals": {"words": []},
        "other_measures": {"words": [], "signs": []},
        **headings,
    }
    return parse_import_words(whole, synonyms, INITIATIVE, vocabulary())


@pytest.mark.parametrize(
    ("headings", "synonyms", "place"),
    [
        ({"felter": {}}, {}, "felter"),
        ({"fields": {"titel": ["x"]}}, {}, "titel"),
        ({"fields": {"number": ["x"]}}, {}, "number"),
        ({"fields": {"title": ["Navn", "navn"]}}, {}, "navn"),
        ({"fields": {"title": ["Navn"], "owner": ["Na-vn"]}}, {}, "owner"),
        ({"fields": {"title": "Navn"}}, {}, "title"),
        ({}, {"initiative.statuss": {}}, "statuss"),
        ({}, {"initiative.status": {"aktiv": ["x"]}}, "aktiv"),
        ({}, {"initiative.status": {"active": ["Stoppet"]}}, "stoppet"),
        ({}, {"states": {"Pilot": {"phase": "pilot"}}}, "Pilot"),
        ({}, {"states": {"Pilot": {}}}, "Pilot"),
    ],
)
def test_mistakes_in_the_files_of_words_are_named(
    headings: dict[str, object], synonyms: dict[str, object], place: str
) -> None:
    with pytest.raises(ImportWordsError, match=place):
        parse_words(headings, synonyms)
