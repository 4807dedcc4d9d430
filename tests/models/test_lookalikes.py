"""Titles that are nearly the same, and rows that are or are not the same thing."""

from __future__ import annotations

import pytest

from coi_desktop.models.lookalikes import Titles
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record
from coi_desktop.models.row_matching import Layout, Matcher, Remembered, RowKey

EMPTY = {field.name: None for field in record_type("initiative").fields}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Skærmbesøg i hjemmeplejen", "Skærmbesøg i hjemmepleje"),
        ("Skærmbesøg", "Skærmbesøgg"),
        ("Ærø på nettet", "Aeroe paa nettet!"),
        ("Digital byggesag", "Digital bygge-sag"),
    ],
)
def test_titles_that_differ_by_a_slip_are_alike(first: str, second: str) -> None:
    assert Titles([("1", first)]).find_like(second) == ["1"]
    assert Titles([("1", second)]).find_like(first) == ["1"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Robot 1", "Robot 2"),
        ("Klimaplan 2025", "Klimaplan 2026"),
        ("Skærmbesøg", "Hjemmebesøg"),
        ("Natur som medicin", "Kultur som medicin"),
        ("", ""),
    ],
)
def test_titles_that_mean_different_things_are_not_alike(first: str, second: str) -> None:
    assert Titles([("1", first)]).find_like(second) == []


def test_most_alike_stands_first() -> None:
    titles = Titles([("far", "Fælles sommerskole for alle"), ("near", "Fælles sommerskole for alle børn")])
    assert titles.find_like("Fælles sommerskole for alle børn!")[0] == "near"


def initiative(record_id: str, **values: str) -> Record:
    return Record("initiative", record_id, {**EMPTY, **values})


def match(
    initiatives: list[Record], rows: list[dict[str, str]], *remembered: Remembered, by_department: bool = True
) -> list[str]:
    keys = [RowKey.of(number, values) for number, values in enumerate(rows, 2)]
    layout = Layout("liste", has_ids=True, has_departments=by_department)
    found = Matcher(initiatives, remembered, layout).match(keys)
    return [found[key.row_number].initiative_id for key in keys]


def test_surest_way_decides() -> None:
    known = [
        initiative("a", title="Et", external_source="liste", external_id="7"),
        initiative("b", title="To", journal_number="27.00"),
        initiative("c", title="Tre", department="Kultur"),
    ]
    rows = [
        {"title": "Tre", "department": "Kultur", "external_id": "7", "journal_number": "27.01"},
        {"title": "Tre", "department": "Kultur", "journal_number": "27.00 "},
        {"title": "TRE", "department": "kultur"},
    ]
    assert match(known, rows) == ["a", "b", "c"]


def test_title_alone_decides_only_in_lists_without_departments() -> None:
    known = [initiative("a", title="Et", department="Kultur")]
    assert match(known, [{"title": "Et"}]) == [""]
    assert match(known, [{"title": "Et"}], by_department=False) == ["a"]


def test_title_that_several_have_decides_nothing() -> None:
    known = [
        initiative("a", title="Et", department="Kultur"),
        initiative("b", title="Et", department="Skole"),
    ]
    assert match(known, [{"title": "Et"}], by_department=False) == [""]


def test_id_of_another_list_is_no_id_of_this_one() -> None:
    known = [initiative("a", title="Et", external_source="anden", external_id="7")]
    assert match(known, [{"title": "Noget andet", "external_id": "7"}]) == [""]


def test_row_that_the_list_has_under_another_id_is_another_row() -> None:
    known = [initiative("a", title="Et")]
    memory = Remembered("m", "a", "liste", "1", {"title": "Et"})
    assert match(known, [{"title": "Et", "external_id": "2"}], memory) == [""]
    assert match(known, [{"title": "Et", "external_id": "1"}], memory) == ["a"]


def test_what_the_list_said_last_time_counts() -> None:
    known = [initiative("a", title="Rettet her"), initiative("b", title="Et")]
    memory = Remembered("m", "a", "liste", "", {"title": "Et", "department": None})
    assert match(known, [{"title": "Et"}], memory) == ["a"]
