"""What a bulk edit would change is known before anything is changed."""

from __future__ import annotations

from datetime import date

from coi_desktop.models.bulk_plan import MIXED, BulkEdit, Selection, common_values, count_lines, plan_bulk
from coi_desktop.models.bulk_words import line_cells, summary
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Value
from tests.models.shipped_words import shipped_vocabulary

DAY = date(2026, 11, 22)
STAGES = {
    "idea": "idea",
    "preanalysis": "idea",
    "develop": "trial",
    "introduce": "trial",
    "operate": "operating",
}


def initiative(record_id: str, **values: Value) -> Record:
    empty: dict[str, Value] = dict.fromkeys(record_type("initiative").by_name)
    return Record("initiative", record_id, {**empty, "title": f"Tiltag {record_id}", **values})


def tag(record_id: str, owner: str, name: str) -> Record:
    return Record("tag", record_id, {"initiative_id": owner, "name": name})


def test_only_what_stands_otherwise_changes() -> None:
    selection = Selection(1, (initiative("a", owner="Vi"), initiative("b", owner="De"), initiative("c")), ())
    plan = plan_bulk(selection, BulkEdit({"owner": "Vi", "department": "Sundhed"}), DAY, STAGES)
    assert plan.changes == {
        "a": {"department": "Sundhed"},
        "b": {"owner": "Vi", "department": "Sundhed"},
        "c": {"owner": "Vi", "department": "Sundhed"},
    }
    assert (len(plan.lines), plan.records) == (5, 3)
    assert summary(plan) == "Ændrer 5 felter i 3 tiltag"
    assert count_lines(plan) == [("department", 3), ("owner", 2)]
    assert plan.changes["b"] is plan.changes["c"]


def test_a_phase_brings_its_date_and_stage_unless_they_are_set_by_hand() -> None:
    selection = Selection(1, (initiative("a", phase="idea", stage="idea"),), ())
    plan = plan_bulk(selection, BulkEdit({"phase": "develop"}), DAY, STAGES)
    assert plan.changes["a"] == {"phase": "develop", "phase_since": DAY, "stage": "trial"}
    plan = plan_bulk(selection, BulkEdit({"stage": "operating", "phase": "develop"}), DAY, STAGES)
    assert plan.changes["a"]["stage"] == "operating"


def test_tags_are_put_on_and_taken_off_without_regard_to_capitals() -> None:
    selection = Selection(1, (initiative("a"), initiative("b")), (tag("t", "a", "Velfærd"),))
    plan = plan_bulk(selection, BulkEdit({}, ("velfærd", "nyt"), ()), DAY, STAGES)
    assert plan.new_tags == (("a", "nyt"), ("b", "velfærd"), ("b", "nyt"))
    plan = plan_bulk(selection, BulkEdit({}, (), ("VELFÆRD",)), DAY, STAGES)
    assert plan.old_tags == ("t",)
    twice = plan_bulk(selection, BulkEdit({}, ("Ny", "ny"), ("velfærd", "Velfærd")), DAY, STAGES)
    assert (twice.new_tags, twice.old_tags) == ((("a", "Ny"), ("b", "Ny")), ("t",))
    assert line_cells(plan.lines[0], {}, shipped_vocabulary()) == ("Tiltag a", "Emneord", "Velfærd", "–")


def test_values_that_differ_are_mixed() -> None:
    records = [initiative("a", owner="Vi", phase="idea"), initiative("b", owner="De", phase="idea")]
    found = common_values(records, ["owner", "phase", "budget"])
    assert found == {"owner": MIXED, "phase": "idea", "budget": None}


def test_what_changes_nothing_says_so() -> None:
    plan = plan_bulk(Selection(1, (initiative("a", owner="Vi"),), ()), BulkEdit({"owner": "Vi"}), DAY, STAGES)
    assert (plan.lines, plan.changes) == ((), {})
    assert "intet" in summary(plan)
