"""Two initiatives made one: nothing of either is lost, nothing is doubled, and one undo brings both back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.merge_plan import Choice
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.operations import initiatives, merging, registers, trash
from coi_desktop.store.register import Register
from tests.store.making import ADD, content, put_evaluation


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with registers.create_register(tmp_path / "r.coi") as made:
        yield made


@pytest.fixture
def two(register: Register) -> tuple[str, str]:
    first = initiatives.add_initiative(
        register, {"title": "Skærmbesøg i hjemmeplejen", "owner": "Vest", "problem": "Kørsel"}
    )
    second = initiatives.add_initiative(
        register, {"title": "Skærmbesøg i hjemmepleje", "owner": "Øst", "problem": "Tid", "leader": "Åse"}
    )
    return first, second


def row(register: Register, type_name: str, **values: str) -> str:
    return initiatives.add_row(register, type_name, values)


def test_an_empty_field_takes_what_the_other_says_and_a_filled_one_stays(
    register: Register, two: tuple[str, str]
) -> None:
    merging.merge(register, merging.plan_merging(register, *two))
    kept = register.get("initiative", two[0])
    assert (kept["owner"], kept["leader"], kept["problem"]) == ("Vest", "Åse", "Kørsel")
    assert register.count("initiative") == 1


def test_each_field_is_as_it_was_chosen_and_texts_may_be_joined(
    register: Register, two: tuple[str, str]
) -> None:
    choices = {"owner": Choice.OTHER, "problem": Choice.BOTH, "title": Choice.OTHER}
    merging.merge(register, merging.plan_merging(register, *two, choices))
    kept = register.get("initiative", two[0])
    assert (kept["title"], kept["owner"]) == ("Skærmbesøg i hjemmepleje", "Øst")
    assert kept["problem"] == "Kørsel\n\nTid"


@pytest.mark.parametrize("name", ["title", "phase", "leader"])
def test_what_cannot_be_joined_is_refused(register: Register, two: tuple[str, str], name: str) -> None:
    initiatives.edit_field(register, two[1], "phase", "develop")
    with pytest.raises(Problem) as refused:
        merging.plan_merging(register, *two, {name: Choice.BOTH})
    assert refused.value.code == "cannot_join"


def test_rows_of_both_are_kept_and_identical_ones_not_doubled(
    register: Register, two: tuple[str, str]
) -> None:
    first, second = two
    third = initiatives.add_initiative(register, {"title": "Noget helt andet"})
    for owner in two:
        row(register, "tag", initiative_id=owner, name="velfærd")
        row(register, "partner", initiative_id=owner, name="KL")
        row(register, "initiative_link", initiative_id=third, other_id=owner, kind="part_of")
        register.transact(ADD, lambda writer, owner=owner: put_evaluation(writer, owner))
    row(register, "tag", initiative_id=second, name="Kørsel")
    row(register, "initiative_link", initiative_id=second, other_id=third, kind="based_on")
    row(register, "initiative_link", initiative_id=second, other_id=first, kind="based_on")
    before = content(register.path)
    plan = merging.plan_merging(register, *two)
    told = merging.describe_moves(register, plan)
    done = merging.merge(register, plan)
    assert told == done.moved == "1 emneord, 1 sammenhæng, 1 evaluering"
    assert [one["name"] for one in register.children("tag", first)] == ["velfærd", "Kørsel"]
    assert len(register.children("partner", first)) == 1
    assert len(register.children("evaluation", first)) == 2
    assert register.count("measurement") == 6
    assert [one["other_id"] for one in register.children("initiative_link", third)] == [first]
    assert [one["other_id"] for one in register.children("initiative_link", first)] == [third]
    assert [item.id for item in trash.find_trash(register)] == [second]
    register.undo()
    assert content(register.path) == before
    register.redo()
    assert register.count("initiative") == 2
    assert register.find_damage() == []


def test_a_link_to_the_other_alone_means_the_kept_one_afterwards(
    register: Register, two: tuple[str, str]
) -> None:
    third = initiatives.add_initiative(register, {"title": "Noget helt andet"})
    row(register, "initiative_link", initiative_id=third, other_id=two[1], kind="part_of")
    merging.merge(register, merging.plan_merging(register, *two))
    assert [one["other_id"] for one in register.children("initiative_link", third)] == [two[0]]


def test_an_initiative_is_not_merged_with_itself(register: Register, two: tuple[str, str]) -> None:
    with pytest.raises(Problem) as refused:
        merging.plan_merging(register, two[0], two[0])
    assert refused.value.code == "same_record"


def test_lookalikes_are_found_while_typing_and_in_a_list_until_said_to_be_two(
    register: Register, two: tuple[str, str]
) -> None:
    initiatives.add_initiative(register, {"title": "Madspild i skolekøkkenet"})
    found = merging.find_lookalikes(register, "skærmbesøg i hjemmeplejen")
    assert [one.id for one in found] == list(two)
    assert merging.find_lookalikes(register, "Madspild", "") == ()
    [pair] = run_to_end(merging.find_duplicates(register))
    assert {pair.first.id, pair.second.id} == set(two)
    merging.mark_not_duplicates(register, *two)
    merging.mark_not_duplicates(register, two[1], two[0])
    assert register.count("not_duplicate") == 1
    assert run_to_end(merging.find_duplicates(register)) == ()
    assert merging.find_lookalikes(register, "Skærmbesøg i hjemmepleje", two[1]) == ()
    register.undo()
    assert len(run_to_end(merging.find_duplicates(register))) == 1


def test_the_same_case_file_number_makes_a_pair(register: Register) -> None:
    for title in ("Robot", "Støvsuger"):
        initiatives.add_initiative(register, {"title": title, "journal_number": "27.00.00-A00-1-26"})
    assert len(run_to_end(merging.find_duplicates(register))) == 1


def test_what_is_removed_by_a_merge_comes_back_from_the_trash_by_itself(
    register: Register, two: tuple[str, str]
) -> None:
    merging.merge(register, merging.plan_merging(register, *two))
    trash.restore_item(register, trash.find_trash(register)[0])
    assert register.find_ids(Query("initiative")) == list(two)
