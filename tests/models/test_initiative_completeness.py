"""Completeness of an initiative: counted by stage, named, never demanded; the file is read strictly."""

from __future__ import annotations

import pytest

from coi_desktop.models.initiative_completeness import completeness_of, parse_wanted
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Value
from coi_desktop.models.strict_tables import CatalogueError
from coi_desktop.operations.library import wanted_facts
from tests.models.shipped_words import shipped_vocabulary

FIELDS = record_type("initiative").fields


def make(**values: Value) -> Record:
    return Record("initiative", "1", {**dict.fromkeys(record_type("initiative").by_name), **values})


def test_every_stage_wants_what_those_before_it_want() -> None:
    wanted = wanted_facts()
    assert set(wanted["idea"]) < set(wanted["trial"]) < set(wanted["implemented"]) < set(wanted["operating"])
    assert "lesson" in wanted["stopped"]
    assert "budget" not in wanted["stopped"]


def test_the_six_fields_of_a_new_initiative_leave_little_missing() -> None:
    six: dict[str, Value] = {"title": "x", "problem": "x", "owner": "x", "field": "health", "phase": "idea"}
    count, missing = completeness_of(make(**six, start=1), wanted_facts())
    assert (count.filled, count.required, missing) == (4, 6, ("solution", "target_group"))


def test_without_a_stage_it_is_taken_for_an_idea() -> None:
    assert completeness_of(make(), wanted_facts())[0].required == len(wanted_facts()["idea"])


def test_no_is_an_answer() -> None:
    assert "budget" not in completeness_of(make(stage="trial", budget=0), wanted_facts())[1]


@pytest.mark.parametrize(
    "tables",
    [
        {},
        {"idea": ["problem"]},
        {key: ["no_field"] for key in shipped_vocabulary().keys("stage")},
        dict.fromkeys(shipped_vocabulary().keys("stage"), "problem"),
    ],
)
def test_a_mistake_in_the_file_is_named(tables: dict[str, object]) -> None:
    with pytest.raises(CatalogueError, match="completeness"):
        parse_wanted(tables, FIELDS, shipped_vocabulary())
