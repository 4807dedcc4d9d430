"""The indicator catalogue: forty measures in two languages, found by words or kind, filled in when taken."""

from __future__ import annotations

from typing import Any

import pytest

from coi_desktop import resources
from coi_desktop.i18n import LANGUAGES
from coi_desktop.models.guide import QuestionKind
from coi_desktop.models.indicator_catalogue import FILE, find_in_catalogue, parse_indicator_catalogue
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.strict_tables import CatalogueError
from coi_desktop.operations.library import guide, indicator_catalogue, method_cards, vocabulary

BY_KIND = {"quality": 10, "efficiency": 8, "citizen": 8, "employee": 8, "political": 6}


def _found(text: str = "", kind: str = "") -> list[str]:
    return [entry.key for entry in find_in_catalogue(indicator_catalogue(), text, kind)]


def test_there_are_forty_entries_by_the_five_kinds_of_value() -> None:
    assert {kind: len(_found(kind=kind)) for kind in BY_KIND} == BY_KIND
    assert len(indicator_catalogue()) == sum(BY_KIND.values()) == 40


def test_keys_and_names_are_different_and_fit_their_fields() -> None:
    fields = record_type("indicator").by_name
    for language in LANGUAGES:
        names = [entry.name(language) for entry in indicator_catalogue()]
        assert len(set(names)) == 40
        for entry in indicator_catalogue():
            for name, value in entry.values(language).items():
                limit = fields[name].limit
                assert not limit or len(str(value)) <= limit


def test_an_entry_fills_in_what_the_guide_asks_for_and_nothing_else() -> None:
    question = guide("evaluation").question("indicators.indicators")
    assert question.kind is QuestionKind.ROWS
    columns = {column.id for column in question.columns} | {"catalog_key"}
    entry = next(one for one in indicator_catalogue() if one.key == "q_wait")
    assert set(entry.values()) <= columns
    assert entry.values("da") == {
        "catalog_key": "q_wait",
        "name": "Ventetid",
        "kind": "quality",
        "measure": "number",
        "unit": "dage",
        "direction": "down",
        "summing": "ratio",
        "counts": "people",
        "baseline_source": "Fagsystem",
    }
    assert (entry.name("en"), entry.unit("en")) == ("Waiting time", "days")


def test_every_entry_names_methods_that_have_a_card() -> None:
    for entry in indicator_catalogue():
        assert all(method_cards().card(method) for method in entry.methods)


def test_entries_are_found_by_words_in_either_language_however_they_are_written() -> None:
    assert _found("vente") == ["q_wait"]
    assert _found("WAITING") == ["q_wait"]
    assert _found("andel bruger") == ["q_use"]
    assert _found("sygefravær") == _found("sygefravaer") == ["m_sick"]
    assert _found("regnskab") == ["e_unit", "e_run", "p_co2"]
    assert _found("regnskab", "political") == ["p_co2"]
    assert _found("findes ikke") == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"kind": "weather"}, "kind must be a key of the value list value_kind"),
        ({"measure": "weather"}, "measure must be a key"),
        ({"direction": "sideways"}, "direction must be a key"),
        ({"methods": ["horoscope"]}, "methods must be methods"),
        ({"methods": []}, "methods must be methods"),
        ({"name": ["Kun dansk"]}, "name must be two texts"),
        ({"unit": ["", "days"]}, "unit must be two texts"),
        ({"hint": "x"}, "unknown key 'hint'"),
    ],
)
def test_a_mistake_in_the_file_names_its_place(change: dict[str, Any], complaint: str) -> None:
    table = dict(resources.read_toml(FILE))
    table["q_wait"] = {**table["q_wait"], **change}
    with pytest.raises(CatalogueError, match=complaint) as caught:
        parse_indicator_catalogue(table, vocabulary())
    assert str(caught.value).startswith("catalogue/indicators.toml [q_wait]: ")


def test_only_what_is_no_person_by_itself_is_never_kept_back() -> None:
    others = {entry.key for entry in indicator_catalogue() if entry.counts != "people"}
    asked = {entry.key for entry in indicator_catalogue() if entry.measure in ("scale", "percent")}
    # Of people who answer or have something, only what is told of cases and of the goal itself is not theirs.
    assert others & asked == {"e_dig", "p_target"}


def test_numbers_that_are_already_an_average_are_never_added_up() -> None:
    added = {entry.key for entry in indicator_catalogue() if entry.summing == "add"}
    assert added == {"c_part", "c_used", "c_vol", "p_co2", "p_local"}
