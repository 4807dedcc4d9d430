"""The people of the unit: listed once, renamed everywhere, merged, reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.clock import today
from coi_desktop.models.people import due_reviews
from coi_desktop.models.person_fields import PERSON_FIELDS
from coi_desktop.models.record_types.table import record_type
from coi_desktop.operations.initiatives import ADD_ROW, add_initiative
from coi_desktop.operations.people import (
    add_person,
    edit_person,
    find_people,
    find_unlisted_names,
    known_names,
    may_leave,
    merge_people,
    remove_person,
)
from coi_desktop.store.register import Register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.create(tmp_path / "r.coi") as register:
        yield register


def owned(register: Register, owner: str, leader: str | None = None) -> str:
    return add_initiative(register, {"title": f"Tiltag {owner}", "owner": owner, "leader": leader})


def test_the_fields_for_a_person_are_fields_of_their_record_types() -> None:
    for table, field in PERSON_FIELDS:
        assert record_type(table).field(field)


def test_names_in_use_without_a_record_are_listed_with_how_often(register: Register) -> None:
    owned(register, "Kirsten Åberg", "Bo Ek")
    owned(register, "KIRSTEN AABERG")
    add_person(register, {"name": "Bo Ek"})
    assert [(one.name, one.times) for one in find_unlisted_names(register)] == [("Kirsten Åberg", 2)]
    assert known_names(register) == ("Bo Ek", "Kirsten Åberg")


def test_renaming_renames_everywhere_in_one_step_and_undo_takes_all_of_it_back(register: Register) -> None:
    one, two = owned(register, "Kirsten Åberg"), owned(register, "Bo Ek", "Kirsten  Aaberg")
    gate = register.transact(
        ADD_ROW,
        lambda writer: writer.put("gate", {"initiative_id": one, "decided_by": "kirsten åberg"}),
    ).result
    field = register.transact(
        ADD_ROW,
        lambda writer: writer.put("own_field", {"da": "Makker", "kind": "person"}),
    ).result
    value = register.transact(
        ADD_ROW,
        lambda writer: writer.put(
            "own_value", {"initiative_id": two, "own_field_id": field, "value": "Kirsten Åberg"}
        ),
    ).result
    person = add_person(register, {"name": "Kirsten Åberg"})
    assert edit_person(register, person, "name", "Kirsten Å. Holm")
    assert register.get("initiative", one)["owner"] == "Kirsten Å. Holm"
    assert register.get("initiative", two)["leader"] == "Kirsten Å. Holm"
    assert register.get("initiative", two)["owner"] == "Bo Ek"
    assert register.get("gate", gate)["decided_by"] == "Kirsten Å. Holm"
    assert register.get("own_value", value)["value"] == "Kirsten Å. Holm"
    register.undo()
    assert register.get("initiative", one)["owner"] == "Kirsten Åberg"
    assert register.get("person", person)["name"] == "Kirsten Åberg"


def test_two_persons_cannot_have_one_name_and_no_person_is_nameless(register: Register) -> None:
    add_person(register, {"name": "Bo Ek"})
    other = add_person(register, {"name": "Ib Mo"})
    for attempt in (
        lambda: add_person(register, {"name": " bo  EK "}),
        lambda: edit_person(register, other, "name", "Bo Ek"),
    ):
        with pytest.raises(Problem) as refused:
            attempt()
        assert refused.value.code == "person_exists"
    with pytest.raises(Problem) as refused:
        add_person(register, {"name": "  "})
    assert refused.value.code == "no_name"


def test_merging_keeps_what_either_knows_and_the_stricter_answer(register: Register) -> None:
    one = owned(register, "Kirsten Åberg")
    kept = add_person(register, {"name": "Kirsten Holm", "may_contact": True, "note": "A"})
    other = add_person(
        register, {"name": "Kirsten Åberg", "email": "ki@x.example", "may_contact": False, "note": "B"}
    )
    assert merge_people(register, kept, other) == 1
    (person,) = find_people(register)
    assert (person.id, person["email"], person["note"]) == (kept, "ki@x.example", "A\n\nB")
    assert person["may_contact"] is False
    assert register.get("initiative", one)["owner"] == "Kirsten Holm"
    register.undo()
    assert len(find_people(register)) == 2
    assert register.get("initiative", one)["owner"] == "Kirsten Åberg"


def test_a_person_taken_off_the_list_stays_where_the_name_stands(register: Register) -> None:
    one = owned(register, "Bo Ek")
    remove_person(register, add_person(register, {"name": "Bo Ek"}))
    assert find_people(register) == ()
    assert register.get("initiative", one)["owner"] == "Bo Ek"


def test_reviews_are_due_on_their_day_the_oldest_first(register: Register) -> None:
    for name, day in (("A", 3), ("B", 1), ("C", 4)):
        add_person(register, {"name": name, "review_date": date(2026, 11, day)})
    person = register.get("person", add_person(register, {"name": "D"}))
    assert (person.day("review_date") or date.min) >= today(register.clock) + timedelta(days=365)
    due = due_reviews(find_people(register), date(2026, 11, 3))
    assert [person["name"] for person in due] == ["B", "A"]


def test_a_name_may_leave_only_when_its_person_may_be_contacted(register: Register) -> None:
    add_person(register, {"name": "Bo Ek", "may_contact": True})
    add_person(register, {"name": "Ib Mo", "may_contact": False})
    add_person(register, {"name": "Eva Ro"})
    assert [may_leave(register, name) for name in ("bo ek", "Ib Mo", "Eva Ro", "Ukendt")] == [
        True,
        False,
        False,
        False,
    ]
