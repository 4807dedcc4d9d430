"""A unit's phases: changed one step at a time, undone, and followed by words, stages and figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.phases import Phase
from coi_desktop.models.portfolio_figures import portfolio_figures
from coi_desktop.models.query import Query
from coi_desktop.operations import phases
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.operations.initiatives import add_initiative, edit_field
from coi_desktop.operations.library import words_of
from coi_desktop.store.register import Register

LIST = "initiative.phase"


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.create(tmp_path / "register.coi") as register:
        yield register


def keys(register: Register) -> list[str]:
    return [phase.key for phase in phases.get_phases(register)]


def test_a_new_register_works_by_the_delivered_phases_and_stores_none(register: Register) -> None:
    assert phases.get_phases(register) == phases.delivered_phases()
    assert register.count("phase") == 0


def test_a_phase_is_added_renamed_and_moved_each_in_one_step(register: Register) -> None:
    words = words_of(register)
    key = phases.add_phase(register, Phase("", " Politisk  behandling ", "Political decision", "idea"))
    assert key == "politisk_behandling"
    assert words.keys(LIST)[-1] == key
    assert phases.move_phase(register, key, 2)
    assert words.keys(LIST)[:4] == ("idea", "preanalysis", key, "develop")
    assert not phases.move_phase(register, key, 2)
    phase = phases.get_phases(register)[2]._replace(da="Politik", checklist_da=("Punkt 1", "Punkt 2"))
    assert phases.edit_phase(register, phase)
    assert not phases.edit_phase(register, phase)
    assert words.label(LIST, key, "da") == "Politik"
    assert phases.get_phases(register)[2].checklist("en") == ("Punkt 1", "Punkt 2")
    for _step in range(3):
        register.undo()
    assert phases.get_phases(register) == phases.delivered_phases()
    assert words.keys(LIST) == tuple(keys(register))


@pytest.mark.parametrize("name", ["", "  ", "idé", "Idea"])
def test_a_phase_without_a_name_of_its_own_is_refused(register: Register, name: str) -> None:
    with pytest.raises(Problem):
        phases.add_phase(register, Phase("", name, ""))
    assert register.count("phase") == 0


def test_removing_a_phase_sends_its_initiatives_where_they_were_told_and_nothing_else_changes(
    register: Register,
) -> None:
    moved = add_initiative(register, {"title": "Med", "phase": "introduce"})
    stays = add_initiative(register, {"title": "Uden", "phase": "develop"})
    before = register.get("initiative", moved)
    assert phases.remove_phase(register, "introduce", "operate") == 1
    after = register.get("initiative", moved)
    assert (after["phase"], after["stage"], after["phase_since"]) == (
        "operate",
        before["stage"],
        before["phase_since"],
    )
    assert register.get("initiative", stays)["phase"] == "develop"
    assert "introduce" not in keys(register)
    assert words_of(register).label(LIST, "introduce", "da") == "Indførelse"
    register.undo()
    assert register.get("initiative", moved).values == before.values
    assert keys(register)[3] == "introduce"


def test_the_only_phase_cannot_be_removed_nor_one_into_nowhere(register: Register) -> None:
    with pytest.raises(KeyError):
        phases.remove_phase(register, "idea", "idea")
    for key in keys(register)[1:]:
        phases.remove_phase(register, key, "idea")
    with pytest.raises(Problem, match="mindst én fase"):
        phases.remove_phase(register, "idea", "idea")


def test_another_template_takes_the_initiatives_along_in_one_step(register: Register) -> None:
    ids = {
        key: add_initiative(register, {"title": key, "phase": key}) for key in ("idea", "develop", "closed")
    }
    with pytest.raises(KeyError):
        phases.choose_template(register, "regional", {"develop": "carry_out"})
    mapping = {"idea": "idea", "develop": "carry_out", "closed": "realise"}
    assert phases.choose_template(register, "regional", mapping) == 2
    assert keys(register) == ["idea", "analyse", "acquire", "carry_out", "realise"]
    assert {key: register.get("initiative", one)["phase"] for key, one in ids.items()} == mapping
    assert phases.count_by_phase(register) == {"idea": 1, "carry_out": 1, "realise": 1}
    register.undo()
    assert {one.text("title"): one["phase"] for one in register.find(Query())} == {key: key for key in ids}
    assert register.count("phase") == 0


def test_new_initiatives_and_changes_of_phase_follow_the_units_own_phases(register: Register) -> None:
    phases.choose_template(register, "light", {})
    phases.remove_phase(register, "idea", "analyse")
    initiative_id = add_initiative(register, {"title": "Nyt"})
    assert register.get("initiative", initiative_id)["phase"] == "analyse"
    edit_field(register, initiative_id, "phase", "closed")
    assert register.get("initiative", initiative_id)["stage"] == "operating"
    edit_field(register, initiative_id, "stage", "spreading")
    edit_field(register, initiative_id, "phase", "develop")
    assert register.get("initiative", initiative_id)["stage"] == "spreading"


def test_figures_show_the_units_phases_in_their_order(register: Register) -> None:
    add_initiative(register, {"title": "Et", "phase": "develop"})
    phases.choose_template(register, "state", {"develop": "carry_out"})
    figures = portfolio_figures(register.snapshot(), figures_catalogue())
    assert figures.phase_by_status.rows == ("idea", "analyse", "carry_out", "realise")
    assert phases.get_phases(register.snapshot()) == phases.get_phases(register)
    assert words_of(register.snapshot()).label(LIST, "carry_out", "en") == "Execution"
