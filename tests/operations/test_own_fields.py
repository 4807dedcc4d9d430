"""Own fields and choices are made, changed and removed one step at a time, and nothing they held is lost."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.fields import Kind
from coi_desktop.models.query import Query
from coi_desktop.operations import choices, history, own_fields, trash
from coi_desktop.operations.initiatives import add_initiative, edit_field, remove_initiative
from coi_desktop.operations.library import vocabulary, words_of
from coi_desktop.store.register import Register

FIELD = "initiative.field"


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.create(tmp_path / "register.coi") as register:
        yield register


def names(register: Register) -> list[str]:
    return [record.text("da") for record in own_fields.find_own_fields(register)]


@pytest.mark.parametrize("kind", vocabulary().keys(own_fields.KINDS))
def test_a_field_of_every_kind_can_be_added_and_is_gone_by_one_undo(register: Register, kind: str) -> None:
    name = own_fields.add_own_field(register, "Udvalg", kind, en="Committee", choices=("Kultur", "Social"))
    field = register.field("initiative", name)
    assert (field.label("da"), field.label("en")) == ("Udvalg", "Committee")
    assert (field.kind is Kind.CHOICE) == (kind == "choice")
    if kind == "choice":
        assert [choice.da for choice in choices.get_choices(register, name)] == ["Kultur", "Social"]
    register.undo()
    assert names(register) == []
    assert register.count("choice_value") == 0


@pytest.mark.parametrize("name", ["", "  ", "Titel", "owner", "eget"])
def test_a_field_without_a_name_of_its_own_is_refused(register: Register, name: str) -> None:
    own_fields.add_own_field(register, "Eget", "text")
    with pytest.raises(Problem):
        own_fields.add_own_field(register, name, "text")
    assert names(register) == ["Eget"]


def test_a_kind_or_section_that_does_not_exist_is_refused(register: Register) -> None:
    with pytest.raises(ValueError, match="kind"):
        own_fields.add_own_field(register, "Eget", "colour")
    with pytest.raises(ValueError, match="section"):
        own_fields.add_own_field(register, "Eget", "text", section="cellar")


def test_fields_are_renamed_and_moved(register: Register) -> None:
    first, second, third = (own_fields.add_own_field(register, da, "text") for da in ("A", "B", "C"))
    assert own_fields.move_own_field(register, third, 0)
    assert not own_fields.move_own_field(register, third, 0)
    assert own_fields.edit_own_field(register, first, {"da": "Å", "unit": "stk."})
    assert not own_fields.edit_own_field(register, first, {"da": "Å"})
    assert names(register) == ["C", "Å", "B"]
    assert [field.name for field in register.fields("initiative")[-3:]] == [third, first, second]
    with pytest.raises(Problem):
        own_fields.edit_own_field(register, first, {"da": "b"})


def test_the_kind_of_a_field_changes_only_where_its_values_fit(register: Register) -> None:
    name = own_fields.add_own_field(register, "Beløb", "number")
    initiative_id = add_initiative(register, {"title": "T", name: Decimal("5.5")})
    assert own_fields.edit_own_field(register, name, {"kind": "money"})
    assert register.get("initiative", initiative_id)[name] == Decimal("5.5")
    with pytest.raises(Problem, match="Beløb"):
        own_fields.edit_own_field(register, name, {"kind": "date"})
    edit_field(register, initiative_id, name, None)
    assert own_fields.edit_own_field(register, name, {"kind": "date"})


def test_removing_a_field_is_one_step_that_undo_takes_back_with_values_and_choices(
    register: Register,
) -> None:
    name = own_fields.add_own_field(register, "Udvalg", "choice", choices=("Kultur",))
    initiative_id = add_initiative(register, {"title": "T", name: "kultur"})
    assert own_fields.count_values(register, name) == 1
    assert own_fields.remove_own_field(register, name) == 1
    assert name not in choices.find_choice_lists(register)
    assert register.count("own_value") == 0
    register.undo()
    assert register.get("initiative", initiative_id)[name] == "kultur"
    assert words_of(register).label(name, "kultur") == "Kultur"


def test_the_lists_a_unit_may_change_are_the_named_ones_and_its_own(register: Register) -> None:
    name = own_fields.add_own_field(register, "Udvalg", "choice")
    assert list(choices.find_choice_lists(register)) == [FIELD, "partner.kind", "value_kind", name]
    assert choices.find_choice_lists(register)[name] == "Udvalg"
    with pytest.raises(KeyError):
        choices.add_choice(register, "stage", "Leg")


def test_choices_are_added_renamed_retired_and_moved_each_in_one_step(register: Register) -> None:
    words = words_of(register)
    delivered = words.keys(FIELD)
    key = choices.add_choice(register, FIELD, " Havn ", "Harbour")
    assert words.keys(FIELD) == (*delivered, key)
    assert register.count("choice_value") == 1
    assert choices.rename_choice(register, FIELD, "health", "Sundhed og omsorg", "Health and care")
    assert not choices.rename_choice(register, FIELD, "health", "Sundhed og omsorg", "Health and care")
    assert words.label(FIELD, "health", "da") == "Sundhed og omsorg"
    assert choices.retire_choice(register, FIELD, "school")
    assert not choices.retire_choice(register, FIELD, "school")
    assert "school" not in words.keys(FIELD)
    assert choices.move_choice(register, FIELD, key, 0)
    assert words.keys(FIELD)[:2] == (key, "health")
    assert choices.retire_choice(register, FIELD, "school", retired=False)
    assert words.keys(FIELD) == (key, *delivered)
    later = choices.add_choice(register, FIELD, "Lufthavn")
    assert words.keys(FIELD)[-1] == later
    for _step in range(6):
        register.undo()
    assert words.keys(FIELD) == delivered
    assert register.find(Query("choice_value")) == ()


@pytest.mark.parametrize("name", ["", "sundhed", "Health"])
def test_a_choice_without_words_of_its_own_is_refused(register: Register, name: str) -> None:
    with pytest.raises(Problem):
        choices.add_choice(register, FIELD, name)
    assert register.count("choice_value") == 0


def test_a_removed_field_comes_back_from_the_trash_with_its_values_and_choices(register: Register) -> None:
    name = own_fields.add_own_field(register, "Udvalg", "choice", choices=("Kultur",))
    ids = [add_initiative(register, {"title": title, name: "kultur"}) for title in ("Et", "To")]
    own_fields.remove_own_field(register, name)
    add_initiative(register, {"title": "Noget andet siden"})
    [item] = trash.find_trash(register, search="udvalg")
    trash.restore_item(register, item)
    assert [register.get("initiative", one)[name] for one in ids] == ["kultur", "kultur"]
    assert words_of(register).label(name, "kultur") == "Kultur"
    assert register.find_damage() == []


def test_an_initiative_comes_back_without_the_values_of_a_field_removed_since(register: Register) -> None:
    name = own_fields.add_own_field(register, "Note", "text")
    initiative_id = add_initiative(register, {"title": "Et", name: "Værdi"})
    remove_initiative(register, initiative_id)
    own_fields.remove_own_field(register, name)
    item = next(one for one in trash.find_trash(register) if one.id == initiative_id)
    trash.restore_item(register, item)
    assert register.get("initiative", initiative_id).text("title") == "Et"
    assert register.count("own_value") == 0
    assert register.find_damage() == []


def test_history_tells_choices_of_a_field_that_was_removed_or_undone(register: Register) -> None:
    name = own_fields.add_own_field(register, "Udvalg", "choice", choices=("Kulturudvalget",))
    initiative_id = add_initiative(register, {"title": "Et"})
    edit_field(register, initiative_id, name, "kulturudvalget")
    own_fields.remove_own_field(register, name)
    told = {one.after for step in history.find_history(register, initiative_id) for one in step.fields}
    assert "Kulturudvalget" in told
    for _step in range(4):
        register.undo()
    assert history.find_history(register, initiative_id)
    assert history.find_history(register)
