"""History by record and field, by pages, and the way back to a value."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.bulk_plan import BulkEdit
from coi_desktop.models.progress import run_to_end
from coi_desktop.operations import bulk, history, initiatives, own_fields, registers
from coi_desktop.store.register import Register
from tests.store.making import StandingClock


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with registers.create_register(tmp_path / "r.coi", clock=StandingClock()) as made:
        yield made


@pytest.fixture
def record_id(register: Register) -> str:
    made = initiatives.add_initiative(register, {"title": "Skærmbesøg", "owner": "Vest"})
    for phase, owner in (("develop", "Øst"), ("operate", "Nord")):
        initiatives.edit_field(register, made, "phase", phase)
        register.clock.forward(120)
        initiatives.edit_field(register, made, "owner", owner)
        register.clock.forward(120)
    return made


def test_history_of_a_field_tells_that_field_alone(register: Register, record_id: str) -> None:
    found = history.find_history(register, record_id, field_name="owner")
    assert [(one.fields[0].before, one.fields[0].after) for one in found] == [
        ("Øst", "Nord"),
        ("Vest", "Øst"),
        ("", "Vest"),
    ]


@pytest.mark.parametrize("field_name", ["", "owner"])
def test_pages_follow_each_other_without_a_gap(register: Register, record_id: str, field_name: str) -> None:
    whole = history.find_history(register, record_id, field_name=field_name)
    paged: list[history.StepStory] = []
    before = None
    while page := history.find_history(register, record_id, limit=2, before=before, field_name=field_name):
        paged += page
        before = page[-1].revision
    assert tuple(paged) == whole


def test_an_earlier_value_comes_back_as_one_step(register: Register, record_id: str) -> None:
    story = history.find_history(register, record_id, field_name="owner")[1].fields[0]
    assert history.current_value(register, story) == "Nord"
    assert history.restore_value(register, story, story.value_before)
    assert register.get("initiative", record_id)["owner"] == "Vest"
    assert not history.restore_value(register, story, story.value_before)
    assert register.next_undo == (history.RESTORE_VALUE, "Skærmbesøg · Ejer")
    register.undo()
    assert register.get("initiative", record_id)["owner"] == "Nord"


def test_a_value_of_what_is_gone_and_an_empty_title_are_refused(register: Register, record_id: str) -> None:
    story = history.find_history(register, record_id, field_name="title")[0].fields[0]
    with pytest.raises(Problem) as refused:
        history.restore_value(register, story, story.value_before)
    assert refused.value.code == "no_title"
    initiatives.remove_initiative(register, record_id)
    with pytest.raises(Problem) as refused:
        history.restore_value(register, story, story.value_after)
    assert refused.value.code == "record_gone"


def test_tags_put_on_many_at_once_are_told_to_each_of_its_own(register: Register, record_id: str) -> None:
    other = initiatives.add_initiative(register, {"title": "En anden"})
    selection = run_to_end(bulk.read_selection(register, [record_id, other]))
    bulk.apply_here(register, bulk.preview_bulk(register, selection, BulkEdit({}, ("velfærd",))))
    [newest] = history.find_history(register, record_id, limit=1)
    assert [(one.record, one.after) for one in newest.fields] == [("Emneord", "velfærd")]


def test_of_the_whole_register_a_step_with_very_many_rows_is_told_by_its_name(register: Register) -> None:
    ids = [initiatives.add_initiative(register, {"title": f"Tiltag {number}"}) for number in range(80)]
    selection = run_to_end(bulk.read_selection(register, ids))
    bulk.apply_here(register, bulk.preview_bulk(register, selection, BulkEdit({"owner": "Vi"})))
    [newest] = history.find_history(register, limit=1)
    assert (newest.label, newest.fields) == ("Ret flere tiltag: 80 tiltag", ())


def test_a_choice_of_an_own_field_that_is_gone_can_still_be_told(register: Register, record_id: str) -> None:
    name = own_fields.add_own_field(register, "Udvalg", "choice", choices=("Kultur", "Social"))
    initiatives.edit_field(register, record_id, name, "kultur")
    own_fields.remove_own_field(register, name)
    told = [one for step in history.find_history(register, record_id) for one in step.fields]
    assert ("Udvalg", "kultur") in {(one.field, one.after.lower()) for one in told}
    assert history.find_history(register)


def test_a_value_of_an_own_field_that_is_gone_is_refused(register: Register, record_id: str) -> None:
    name = own_fields.add_own_field(register, "Udvalg", "text")
    initiatives.edit_field(register, record_id, name, "Kultur")
    initiatives.edit_field(register, record_id, name, "Social")
    story = history.find_history(register, record_id, field_name=name)[0].fields[0]
    own_fields.remove_own_field(register, name)
    with pytest.raises(Problem) as refused:
        history.restore_value(register, story, story.value_before)
    assert refused.value.code == "record_gone"
