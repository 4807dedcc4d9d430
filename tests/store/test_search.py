"""Search finds Danish as Danes write it, and never chokes on what is typed."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coi_desktop.models import query as queries
from coi_desktop.models.query import Condition, Order, Query
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer
from tests.store.making import ADD, add, drop, edit, put_everything

FOUND = [
    ("Ærø Kommune", "ærø"),
    ("Ærø Kommune", "Ærø"),
    ("Ærø Kommune", "ÆRØ"),
    ("Ærø Kommune", "aeroe"),
    ("Ærø Kommune", "AERO"),
    ("Aeroe", "ærø"),
    ("Aarhus", "århus"),
    ("Århus", "aarhus"),
    ("Århus", "Aarhus"),
    ("ÅRHUS", "år"),
    ("Aabenraa", "åbenrå"),
    ("Åbenrå", "AABENRAA"),
    ("Hjemmepleje", "pleje"),
    ("Hjemmepleje", "hjemme"),
    ("Hjemmepleje", "MEPLEJ"),
    ("Skærmbesøg i hjemmeplejen", "skærm"),
    ("Skærmbesøg i hjemmeplejen", "besøg"),
    ("Skærmbesøg i hjemmeplejen", "besoeg skaerm"),
    ("Skærmbesøg i hjemmeplejen", "hjemmeplejen skærmbesøg"),
    ("Skål for idéen", "skål"),
    ("Skål for idéen", "skaal"),
    ("Skål for idéen", "ideen"),
    ("Skål for ideen", "idéen"),
    ("Café på Café", "cafe"),
    ("Cafe", "Café"),
    ("Ønskebrønd", "ønske"),
    ("Ønskebrønd", "oenskebroend"),
    ("Ældreråd", "æld"),
    ("Ældreråd", "aeldreraad"),
    ("Åse Ågård", "ågård"),
    ("Aase Aagaard", "åse ågård"),
    ("Gymnastik på øen", "ø"),
    ("Ö-projektet i Malmö", "malmø"),
    ("Ö-projektet i Malmö", "malmö"),
    ("Blå Läkare", "lækare"),
    ("Müllers affald", "müller"),
    ("Müllers affald", "muller"),
    ("Straße og vej", "strasse"),
    ("Projekt 2026-11", "2026-11"),
    ("Rådhuset i Sønderborg", "SØNDERBORG rådhus"),
    ("Fællesskab (pilot)", "(pilot)"),
    ("Αθήνα og Київ", "київ"),
    ("Ångstrøm", "ångstrøm"),
]
NOT_FOUND = [
    ("Skål", "skal"),
    ("Skal", "skål"),
    ("Ærø Kommune", "æro kommuner"),
    ("Bor", "bør"),
    ("Hjemmepleje", "hjemme sygepleje"),
    ("Pære", "pare"),
]


def found_titles(register: Register, typed: str) -> list[str]:
    """Titles of the initiatives that search finds."""
    return [record.text("title") for record in register.find(Query(search=typed))]


@pytest.mark.parametrize(("title", "typed"), FOUND)
def test_danish_is_found_as_danes_write_it(register: Register, title: str, typed: str) -> None:
    add(register, "Noget andet")
    add(register, title)
    for form in ("NFC", "NFD"):
        assert found_titles(register, unicodedata.normalize(form, typed)) == [title]
    add(register, unicodedata.normalize("NFD", title) + " igen")
    assert len(found_titles(register, typed)) == 2


@pytest.mark.parametrize(("title", "typed"), NOT_FOUND)
def test_letters_that_differ_in_danish_differ_in_search(register: Register, title: str, typed: str) -> None:
    add(register, title)
    assert found_titles(register, typed) == []


def test_long_text_is_found_by_the_beginnings_of_its_words(register: Register) -> None:
    add(register, "Robot", description="Borgeren modtager hjemmepleje\nhver dag", owner="Sygeplejen")
    assert found_titles(register, "hjemmepl dag") == ["Robot"]
    assert found_titles(register, "pleje") == ["Robot"], "the owner is short: any part of it is found"
    edit(register, register.find_ids(Query())[0], owner=None)
    assert found_titles(register, "pleje") == [], "in long text only beginnings are found"


def test_search_follows_every_change(register: Register) -> None:
    record_id = add(register, "Robot")
    assert found_titles(register, "robot") == ["Robot"]
    edit(register, record_id, title="Drone")
    assert found_titles(register, "robot") == []
    assert found_titles(register, "rone") == ["Drone"]
    register.undo()
    assert found_titles(register, "obo") == ["Robot"]
    assert found_titles(register, "drone") == []
    drop(register, record_id)
    assert found_titles(register, "obo") == []
    register.undo()
    assert found_titles(register, "obo") == ["Robot"]


def test_cases_are_searched_too(register: Register) -> None:
    register.transact(ADD, put_everything)
    assert len(register.find(Query("case", search="blåbær"))) == 1


ODD = [
    '"', "'", "''", "*", "-", "(", ")", "((", "AND", "OR", "NOT", "NEAR", "NEAR(a b)", "a AND", "title:robot",
    "^robot", "robot*", '"robot', "robot -drone", "{}", "a + b", "%", "_", "\\", ";", "--", "/*", "\x00",
    "a\x00b", "\ud800", "¯\\_(ツ)_/¯", "🙂", "🙂 robot", "\ua7ca", "a\ua7cab", "\u202erobot", "\u200b",
    "\t\n",
    "ⅷ", "²", "½", "ﬁ", "Ǆ", "İ", "ß", "ſ", "नमस्ते", "שלום", "مرحبا", "日本語", "x" * 5_000, "x " * 500, "ǘ",
    "a\u0332", "Ǻ", "1e999", "0x00", "NULL", "undefined",
]  # fmt: skip


@pytest.mark.parametrize("typed", ODD)
def test_nothing_that_is_typed_is_syntax(register: Register, typed: str) -> None:
    add(register, "Robot")
    add(register, f"Med {typed[:99]} midt i")
    assert isinstance(register.find_ids(Query(search=typed)), list)
    assert register.find_damage() == []


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(title=st.text(min_size=1, max_size=40), typed=st.text(max_size=20))
def test_any_text_is_found_by_itself_and_nothing_raises(register: Register, title: str, typed: str) -> None:
    from coi_desktop.models.folding import clean_line, words

    if not clean_line(title):
        return
    record_id = add(register, title)
    try:
        register.find_ids(Query(search=typed))
        assert record_id in register.find_ids(Query(search=title))
        for word in words(title):
            assert record_id in register.find_ids(Query(search=word[:3]))
    finally:
        drop(register, record_id)


def test_conditions_narrow_what_is_found(register: Register) -> None:
    robot = add(register, "Robot", phase="test", confidentiality=None)
    drone = add(register, "Drone", phase="idea", owner="Mette")
    sensor = add(register, "Sensor", owner="Åse")

    def ids(*conditions: Condition, search: str = "") -> list[str]:
        return register.find_ids(Query(search=search, conditions=conditions))

    assert ids(Condition("phase", queries.Test.IS, "test")) == [robot]
    assert ids(Condition("phase", queries.Test.IS_NOT, "test")) == [drone, sensor]
    assert ids(Condition("phase", queries.Test.ONE_OF, ("test", "idea"))) == [robot, drone]
    assert ids(Condition("phase", queries.Test.EMPTY)) == [sensor]
    assert ids(Condition("owner", queries.Test.FILLED)) == [drone, sensor]
    assert ids(Condition("owner", queries.Test.FILLED), Condition("phase", queries.Test.EMPTY)) == [sensor]
    assert ids(Condition("owner", queries.Test.FILLED), search="dron") == [drone]
    with pytest.raises(KeyError):
        ids(Condition("no_such_field", queries.Test.EMPTY))


def test_an_edit_moves_records_in_and_out_of_a_filtered_list(register: Register) -> None:
    robot, drone = add(register, "Robot", phase="test"), add(register, "Drone", phase="idea")
    query = Query(conditions=(Condition("phase", queries.Test.IS, "test"),), order=Order("title"))
    assert register.find_ids(query) == [robot]
    edit(register, drone, phase="test")
    assert register.find_ids(query) == [drone, robot]
    edit(register, robot, title="Automat")
    assert register.find_ids(query) == [robot, drone]
    edit(register, robot, owner="Mette")
    assert register.find_ids(query) == [robot, drone]


@pytest.mark.parametrize("every", [1, 3, 15, 400])
def test_ids_come_in_order_whether_few_or_many_of_many_fit(tmp_path: Path, every: int) -> None:
    with Register.create(tmp_path / "r.coi") as register:
        titles = [f"{'Færge' if number % every == 0 else 'Bro'} {number:04}" for number in range(4_000)]

        def put(writer: Writer) -> list[str]:
            return [writer.put("initiative", {"title": title}) for title in titles]

        ids = register.transact(ADD, put).result
        expected = [one for number, one in enumerate(ids) if number % every == 0]
        assert register.find_ids(Query(search="færge")) == expected
        assert (
            register.find_ids(Query(search="færge", order=Order("title", descending=True))) == expected[::-1]
        )
