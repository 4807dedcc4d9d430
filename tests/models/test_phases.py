"""The templates of phases as delivered, and the mistakes their file may hold."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from coi_desktop import resources
from coi_desktop.models.phases import (
    Phase,
    parse_phase_templates,
    phase_of,
    phase_values,
    propose_mapping,
    stages_of,
)
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record
from coi_desktop.models.strict_tables import CatalogueError
from tests.models.shipped_words import shipped_vocabulary

TABLES = resources.read_toml("catalogue/phases.toml")
TEMPLATES = parse_phase_templates(TABLES, shipped_vocabulary())


def test_the_first_template_is_the_delivered_list_and_suggests_stages() -> None:
    phases = next(iter(TEMPLATES.values())).phases
    assert [phase.key for phase in phases] == [
        "idea",
        "preanalysis",
        "develop",
        "introduce",
        "operate",
        "closed",
    ]
    assert stages_of(phases) == {
        "idea": "idea",
        "preanalysis": "idea",
        "develop": "trial",
        "introduce": "trial",
        "operate": "operating",
    }


def test_the_other_templates_have_five_four_and_four_phases() -> None:
    assert [len(template.phases) for template in TEMPLATES.values()] == [6, 5, 4, 4]


def test_every_template_asks_for_the_reuse_check_before_the_solution_is_made() -> None:
    for template in TEMPLATES.values():
        asked = [
            phase.key for phase in template.phases for item in phase.checklist("da") if "Genbrugstjek" in item
        ]
        assert len(asked) == 1
        assert "trial" not in {
            one.stage for one in template.phases[: [p.key for p in template.phases].index(asked[0])]
        }


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda template: template.name)
def test_a_phase_comes_back_from_its_record(template: Any) -> None:
    for place, phase in enumerate(template.phases):
        values = phase_values(phase, place)
        assert set(values) == {field.name for field in record_type("phase").fields}
        assert phase_of(Record("phase", "1", values)) == phase


@pytest.mark.parametrize("old", TEMPLATES.values(), ids=lambda template: template.name)
@pytest.mark.parametrize("new", TEMPLATES.values(), ids=lambda template: template.name)
def test_a_proposed_mapping_sends_every_phase_somewhere_and_never_backwards_past_another(
    old: Any, new: Any
) -> None:
    mapping = propose_mapping(old.phases, new.phases)
    keys = [phase.key for phase in new.phases]
    assert list(mapping) == [phase.key for phase in old.phases]
    places = [keys.index(target) for target in mapping.values()]
    assert places == sorted(places)
    if old is new:
        assert all(before == after for before, after in mapping.items())


def test_a_phase_without_english_speaks_danish() -> None:
    phase = Phase("a", "Leg", "", product_da="Bold", checklist_da=("Kast",))
    assert (phase.label("en"), phase.product("en"), phase.checklist("en")) == ("Leg", "Bold", ("Kast",))


def broken(change: str) -> dict[str, Any]:
    tables = copy.deepcopy(TABLES)
    phases = tables["light"]["phases"]
    match change:
        case "unknown key":
            phases[0]["colour"] = "red"
        case "no such stage":
            phases[0]["stage"] = "somewhere"
        case "twice":
            phases[1]["key"] = "idea"
        case "checklists differ":
            phases[0]["checklist_en"] = ["One"]
        case "no phases":
            tables["light"]["phases"] = []
        case "other first":
            tables["default"]["phases"][0]["da"] = "Tanke"
        case "no product":
            del phases[0]["product_da"]
    return tables


@pytest.mark.parametrize(
    "change",
    ["unknown key", "no such stage", "twice", "checklists differ", "no phases", "other first", "no product"],
)
def test_mistakes_in_the_file_of_phases_are_named(change: str) -> None:
    with pytest.raises(CatalogueError, match=r"phases\.toml"):
        parse_phase_templates(broken(change), shipped_vocabulary())
