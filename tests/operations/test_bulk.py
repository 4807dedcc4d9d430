"""Many initiatives changed at once: one step, nothing but what was shown, all of it taken back at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.bulk_plan import BulkEdit
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.operations import bulk, initiatives, registers, trash
from coi_desktop.store.register import Register
from tests.store.making import content


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with registers.create_register(tmp_path / "r.coi") as made:
        yield made


@pytest.fixture
def ids(register: Register) -> list[str]:
    return [initiatives.add_initiative(register, {"title": f"Tiltag {number}"}) for number in range(5)]


def selection(register: Register, ids: list[str]) -> bulk.Selection:
    return run_to_end(bulk.read_selection(register, ids))


def test_a_bulk_edit_is_one_step_and_undo_takes_all_of_it_back(register: Register, ids: list[str]) -> None:
    before = content(register.path)
    edit = BulkEdit({"owner": "Team Digital", "phase": "develop"}, ("velfærd",))
    plan = bulk.preview_bulk(register, selection(register, ids[:3]), edit)
    assert content(register.path) == before
    done = run_to_end(bulk.apply_bulk(register, plan))
    register.catch_up(done.changes)
    assert [one["owner"] for one in register.get_many("initiative", ids)] == ["Team Digital"] * 3 + [None] * 2
    assert [one["stage"] for one in register.get_many("initiative", ids[:1])] == ["trial"]
    assert [tag["initiative_id"] for tag in register.find(Query("tag"))] == ids[:3]
    assert register.next_undo == (bulk.BULK_EDIT, "3 tiltag")
    register.undo()
    assert content(register.path) == before


def test_a_plan_is_made_anew_when_the_register_has_changed_since(register: Register, ids: list[str]) -> None:
    plan = bulk.preview_bulk(register, selection(register, ids), BulkEdit({"owner": "Vi"}))
    initiatives.edit_field(register, ids[0], "owner", "Vi")
    initiatives.remove_initiative(register, ids[1])
    done = run_to_end(bulk.apply_bulk(register, plan))
    register.catch_up(done.changes)
    assert set(done.plan.changes) == set(ids[2:])
    assert register.count("initiative") == 4


def test_the_title_is_not_emptied(register: Register, ids: list[str]) -> None:
    with pytest.raises(Problem) as refused:
        bulk.preview_bulk(register, selection(register, ids), BulkEdit({"title": None}))
    assert refused.value.code == "no_title"


def test_more_than_anybody_looks_through_are_refused(register: Register, ids: list[str]) -> None:
    with pytest.raises(Problem) as refused:
        run_to_end(bulk.read_selection(register, ids, most=4))
    assert refused.value.code == "too_many"


def test_a_bulk_edit_of_one_is_called_an_edit_of_it(register: Register, ids: list[str]) -> None:
    plan = bulk.preview_bulk(register, selection(register, ids[:1]), BulkEdit({"owner": "Vi"}))
    bulk.apply_here(register, plan)
    assert register.next_undo == (initiatives.EDIT, "Tiltag 0")


def test_several_are_removed_in_one_step_and_stand_in_the_trash_one_by_one(
    register: Register, ids: list[str]
) -> None:
    register.catch_up(run_to_end(bulk.remove_many(register, ids[1:4])))
    assert register.count("initiative") == 2
    items = trash.find_trash(register)
    assert {item.id for item in items} == set(ids[1:4])
    trash.restore_item(register, items[0])
    assert register.count("initiative") == 3
    register.undo()
    register.undo()
    assert register.count("initiative") == 5
