"""Rules of adding, editing and removing initiatives, and of their history in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.i18n import speaking
from coi_desktop.models.own_fields import own_name
from coi_desktop.operations import history, initiatives, registers
from coi_desktop.store.register import Register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with registers.create_register(
        tmp_path / "r.coi", unit_name="Prøveenheden", clock=lambda: datetime(2026, 11, 22, 12, tzinfo=UTC)
    ) as made:
        yield made


def test_only_the_title_is_required(register: Register) -> None:
    with pytest.raises(Problem) as refused:
        initiatives.add_initiative(register, {"title": " \n ", "problem": "Noget"})
    assert refused.value.code == "no_title"
    assert register.count("initiative") == 0
    assert initiatives.add_initiative(register, {"title": "Nok i sig selv"})


def test_a_new_initiative_is_an_active_idea_with_the_next_number(register: Register) -> None:
    initiatives.add_initiative(register, {"title": "Den første", "number": 41})
    made = register.get("initiative", initiatives.add_initiative(register, {"title": "Den næste"}))
    assert (made["number"], made["phase"], made["status"], made["stage"]) == (42, "idea", "active", "idea")
    assert made["phase_since"] == date(2026, 11, 22)


def test_the_stage_follows_the_phase_until_somebody_sets_it(register: Register) -> None:
    initiative_id = initiatives.add_initiative(register, {"title": "T"})
    initiatives.edit_field(register, initiative_id, "phase", "develop")
    assert register.get("initiative", initiative_id)["stage"] == "trial"
    initiatives.edit_field(register, initiative_id, "stage", "implemented")
    initiatives.edit_field(register, initiative_id, "phase", "operate")
    assert register.get("initiative", initiative_id)["stage"] == "implemented"


def test_stopping_suggests_the_stage_stopped_and_keeps_the_phase(register: Register) -> None:
    initiative_id = initiatives.add_initiative(register, {"title": "T", "phase": "develop"})
    initiatives.edit_field(register, initiative_id, "status", "stopped")
    stopped = register.get("initiative", initiative_id)
    assert (stopped["phase"], stopped["stage"], stopped["status_since"]) == (
        "develop",
        "stopped",
        date(2026, 11, 22),
    )


def test_a_title_cannot_be_emptied(register: Register) -> None:
    initiative_id = initiatives.add_initiative(register, {"title": "Bliver"})
    with pytest.raises(Problem):
        initiatives.edit_field(register, initiative_id, "title", "")
    assert register.get("initiative", initiative_id)["title"] == "Bliver"


def test_typing_on_in_one_field_is_one_step_and_another_field_begins_a_new_one(register: Register) -> None:
    initiative_id = initiatives.add_initiative(register, {"title": "T"})
    for text in ("L", "La", "Lang"):
        initiatives.edit_field(register, initiative_id, "problem", text)
    initiatives.edit_field(register, initiative_id, "owner", "Leder")
    history.undo(register)
    assert register.get("initiative", initiative_id)["problem"] == "Lang"
    history.undo(register)
    assert register.get("initiative", initiative_id)["problem"] is None


def test_removing_takes_everything_along_and_undo_brings_it_back(register: Register) -> None:
    initiative_id = initiatives.add_initiative(register, {"title": "T"})
    initiatives.add_row(register, "tag", {"initiative_id": initiative_id, "name": "kørsel"})
    before = register.snapshot().records
    initiatives.remove_initiative(register, initiative_id)
    assert (register.count("initiative"), register.count("tag")) == (0, 0)
    history.undo(register)
    assert register.snapshot().records == before


def test_history_tells_values_in_the_readers_words(register: Register) -> None:
    initiative_id = initiatives.add_initiative(register, {"title": "T"})
    initiatives.edit_field(register, initiative_id, "budget", Decimal("1234567.5"))
    with speaking("da"):
        [story] = history.find_history(register, initiative_id, limit=1)
        assert [(field.field, field.after) for field in story.fields] == [("Budget", "1.234.567,50\u00a0kr.")]
    with speaking("en"):
        [story] = history.find_history(register, initiative_id, limit=1)
        assert story.fields[0].after == "DKK\u00a01,234,567.50"


def test_history_tells_own_fields_by_their_names_also_after_they_were_removed(register: Register) -> None:
    field_id = register.transact(
        initiatives.ADD_ROW,
        lambda writer: writer.put("own_field", {"da": "Godkendt", "en": "Approved", "kind": "yes_no"}),
    ).result
    initiative_id = initiatives.add_initiative(register, {"title": "T"})
    initiatives.edit_field(register, initiative_id, own_name(field_id), False)
    with speaking("da"):
        [story] = history.find_history(register, initiative_id, limit=1)
        assert [(one.field, one.before, one.after) for one in story.fields] == [("Godkendt", "", "nej")]
    register.transact(initiatives.REMOVE_ROW, lambda writer: writer.drop("own_field", field_id))
    with speaking("en"):
        told = [
            (one.field, one.before, one.after)
            for story in history.find_history(register, initiative_id, limit=2)
            for one in story.fields
            if one.record_type == "initiative"
        ]
    assert told == [("Approved", "no", ""), ("Approved", "", "no")]
