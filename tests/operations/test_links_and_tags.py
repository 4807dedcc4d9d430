"""Links are seen from both ends and go with either; tags are renamed, merged and removed everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.operations.initiatives import add_initiative, add_row, remove_initiative
from coi_desktop.operations.links import add_link, find_candidates, find_links, remove_link
from coi_desktop.operations.tags import find_tags, remove_tag, rename_tag
from coi_desktop.store.register import Register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.create(tmp_path / "r.coi") as made:
        yield made


@pytest.fixture
def ids(register: Register) -> dict[str, str]:
    return {
        title: add_initiative(register, {"title": title})
        for title in ("Robot", "Robothave", "Ældrebus", "Ørn")
    }


def links(register: Register, initiative_id: str) -> list[tuple[object, str, bool]]:
    return [
        (one.record["kind"], one.other.text("title"), one.is_backward)
        for one in find_links(register, initiative_id)
    ]


def test_a_link_is_seen_from_both_ends(register: Register, ids: dict[str, str]) -> None:
    add_link(register, ids["Robothave"], "based_on", ids["Robot"])
    add_link(register, ids["Robot"], "part_of", ids["Ældrebus"])
    assert links(register, ids["Robot"]) == [("part_of", "Ældrebus", False), ("based_on", "Robothave", True)]
    assert links(register, ids["Robothave"]) == [("based_on", "Robot", False)]


def test_the_same_link_twice_and_one_to_itself_are_refused(register: Register, ids: dict[str, str]) -> None:
    add_link(register, ids["Robot"], "part_of", ids["Ørn"])
    before = register.revision
    for kind, other, code in (("part_of", "Ørn", "linked"), ("based_on", "Robot", "same")):
        with pytest.raises(Problem) as raised:
            add_link(register, ids["Robot"], kind, ids[other])
        assert raised.value.code == code
    assert register.revision == before


def test_a_link_goes_with_either_initiative_and_comes_back_with_it(
    register: Register, ids: dict[str, str]
) -> None:
    add_link(register, ids["Robothave"], "reused_from", ids["Robot"])
    for gone in ("Robot", "Robothave"):
        other = "Robothave" if gone == "Robot" else "Robot"
        remove_initiative(register, ids[gone])
        assert links(register, ids[other]) == []
        register.undo()
        assert len(links(register, ids[other])) == 1
    assert register.find_damage() == []


def test_a_link_is_taken_away(register: Register, ids: dict[str, str]) -> None:
    made = add_link(register, ids["Robot"], "part_of", ids["Ørn"])
    remove_link(register, made)
    assert links(register, ids["Ørn"]) == []


def test_candidates_begin_with_what_is_typed_first_and_leave_oneself_out(
    register: Register, ids: dict[str, str]
) -> None:
    found = [one.text("title") for one in find_candidates(register, ids["Robot"], "rob")]
    assert found == ["Robothave"]
    assert [one.text("title") for one in find_candidates(register, ids["Robot"], "bus")] == ["Ældrebus"]


@pytest.fixture
def tagged(register: Register, ids: dict[str, str]) -> None:
    for title, names in (
        ("Robot", ("pleje", "IT")),
        ("Robothave", ("Pleje",)),
        ("Ældrebus", ("pleje", "ældre")),
    ):
        for name in names:
            add_row(register, "tag", {"initiative_id": ids[title], "name": name})


def tags(register: Register) -> list[tuple[str, int]]:
    return [(one.name, one.used) for one in find_tags(register)]


@pytest.mark.usefixtures("tagged")
def test_tags_are_counted_in_danish_order_as_they_are_written_most_often(register: Register) -> None:
    assert tags(register) == [("IT", 1), ("pleje", 3), ("ældre", 1)]


@pytest.mark.usefixtures("tagged")
def test_a_tag_is_renamed_everywhere_in_one_step(register: Register) -> None:
    assert rename_tag(register, "pleje", "omsorg") == 3
    assert tags(register) == [("IT", 1), ("omsorg", 3), ("ældre", 1)]
    register.undo()
    assert tags(register)[1] == ("pleje", 3)


@pytest.mark.usefixtures("tagged")
def test_other_capitals_are_another_name(register: Register) -> None:
    rename_tag(register, "pleje", "PLEJE")
    assert tags(register)[1] == ("PLEJE", 3)


@pytest.mark.usefixtures("tagged")
def test_two_tags_of_one_initiative_become_one(register: Register, ids: dict[str, str]) -> None:
    rename_tag(register, "ældre", "Pleje")
    assert [one.text("name") for one in register.children("tag", ids["Ældrebus"])] == ["pleje"]
    register.undo()
    assert len(register.children("tag", ids["Ældrebus"])) == 2


@pytest.mark.usefixtures("tagged")
@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_tag_without_a_fitting_name_is_refused(register: Register, name: str) -> None:
    before = register.revision
    with pytest.raises(Problem):
        rename_tag(register, "pleje", name)
    assert register.revision == before


@pytest.mark.usefixtures("tagged")
def test_a_tag_is_taken_off_everywhere(register: Register) -> None:
    assert remove_tag(register, "pleje") == 3
    assert tags(register) == [("IT", 1), ("ældre", 1)]
    assert remove_tag(register, "findes ikke") == 0
