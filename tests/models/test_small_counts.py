"""Small counts of people are found in tables by their headings and labels; other small numbers are not."""

from __future__ import annotations

import pytest

from coi_desktop.models.small_counts import TableCounts, is_small, parse_count_words
from coi_desktop.models.strict_tables import CatalogueError
from coi_desktop.operations.library import count_words


def found(*rows: list[str], topic: str = "") -> list[tuple[int, int]]:
    table = TableCounts(count_words(), topic=topic)
    return [(at, column) for at, row in enumerate(rows) for column in table.find(dict(enumerate(row)))]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("1", True), ("4", True), (" 3 ", True), ("2,0", True), ("3.00", True)]
    + [(text, False) for text in ("0", "5", "14", "2,5", "-3", "4 %", "1.000", "", "fire", "04-05")],
)
def test_one_to_four_whole_people_are_few(text: str, is_one: bool) -> None:
    assert is_small(text) is is_one


@pytest.mark.parametrize(
    "heading", ["Antal borgere", "BORGERE", "Deltagere i alt", "Hjemmeplejeborgere", "Number of users"]
)
def test_a_column_of_people_is_known_by_its_heading(heading: str) -> None:
    assert found(["Område", heading], ["Nord", "3"], ["Syd", "12"], ["Vest", "4"]) == [(1, 1), (3, 1)]


@pytest.mark.parametrize(
    "heading",
    [
        "Timer pr. borger",
        "Tilfredshed blandt borgere",
        "Andel borgere",
        "Antal sager",
        "Brugertilfredshed",
        "Borgere (%)",
    ],
)
def test_the_control_numbers_of_other_things_are_left_alone(heading: str) -> None:
    assert found(["Område", heading], ["Nord", "3"]) == []


def test_a_column_of_counts_is_one_of_people_where_the_table_speaks_of_people() -> None:
    rows = [["Svar fra beboere i 2026"], ["Holdning", "Antal"], ["Enig", "3"], ["Uenig", "30"]]
    assert found(*rows) == [(2, 1)]
    assert found(*rows[1:]) == []
    assert found(*rows[1:], topic="Beboere") == [(1, 1)]


def test_a_row_of_people_is_known_by_its_label() -> None:
    assert found(["", "2025", "2026"], ["Borgere", "4", "40"], ["Biler", "2", "2"]) == [(1, 1)]


def test_the_threshold_can_be_raised() -> None:
    table = TableCounts(count_words(), 10)
    table.find({0: "Sted", 1: "Borgere"})
    assert table.find({0: "Nord", 1: "9"}) == (1,)


def test_a_list_of_words_that_is_wrong_is_named() -> None:
    with pytest.raises(CatalogueError):
        parse_count_words({"people": ["borger"], "counts": "antal", "other": []})
