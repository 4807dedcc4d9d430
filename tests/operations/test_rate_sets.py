"""A unit's own rate sets: each change one step, the delivered set untouched, and figures that follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.rates import RateBand, RateSet
from coi_desktop.operations.answering import add_row, answer
from coi_desktop.operations.evaluations import load_evaluation, start_evaluation
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.operations.library import words_of
from coi_desktop.operations.rate_sets import add_rate_set, edit_rate_set, find_rate_sets, remove_rate_set
from coi_desktop.store.register import Register

OWN = RateSet(
    "",
    {"da": "Kommunens egen", "en": "The municipality's own"},
    "Budgetvejledning 2027",
    date(2026, 9, 1),
    (RateBand(1, 10, Decimal("0.02"), True), RateBand(11, None, Decimal("0.01"), False)),
)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.create(tmp_path / "register.coi") as register:
        yield register


@pytest.fixture
def evaluation(register: Register) -> str:
    """An evaluation with DKK 100,000 now and 30,000 in each of five years."""
    found = start_evaluation(register, add_initiative(register, {"title": "T"}))
    answer(register, found, "proportion.depth", "standard")
    answer(register, found, "economy.applies", "yes")
    add_row(register, found, "economy.costs", {"year": 0, "likely": Decimal(100_000)})
    gain = {"class": "budget", "year": 1, "recurs": "yearly", "likely": Decimal(30_000)}
    add_row(register, found, "economy.benefits", gain)
    return found


def test_the_delivered_set_stands_first_and_its_last_band_is_marked(register: Register) -> None:
    (delivered,) = find_rate_sets(register)
    assert not delivered.is_own
    assert delivered.rates == figures_catalogue().default_rates
    assert [band.confirmed for band in delivered.rates.bands] == [True, True, False]


def test_the_words_of_the_delivered_sets_are_those_of_the_rates(register: Register) -> None:
    words = words_of(register)
    for key, one in figures_catalogue().rate_sets.items():
        assert {language: words.label("rate_set", key, language) for language in ("da", "en")} == one.names
    assert tuple(words.keys("rate_set")) == tuple(figures_catalogue().rate_sets)


def test_an_own_set_is_read_as_it_was_written(register: Register) -> None:
    key = add_rate_set(register, OWN)
    (found,) = (one for one in find_rate_sets(register) if one.is_own)
    assert found.rates == replace(OWN, key=key)
    assert words_of(register).label("rate_set", key, "en") == "The municipality's own"


def test_an_evaluation_counts_with_the_set_it_has_chosen(register: Register, evaluation: str) -> None:
    key = add_rate_set(register, OWN)
    economy = load_evaluation(register, evaluation).figures.economy
    assert (economy.npv, economy.rates.key, economy.horizon) == (Decimal("35451.57"), "fm_2021", 5)
    answer(register, evaluation, "economy.rate_set", key)
    economy = load_evaluation(register, evaluation).figures.economy
    assert economy.npv == Decimal("41403.79")  # 30,000 × (1 − 1.02^−5) ÷ 0.02 − 100,000
    assert economy.rates.source == "Budgetvejledning 2027"
    edit_rate_set(register, replace(OWN, key=key, bands=(RateBand(1, None, Decimal(0)),)))
    assert load_evaluation(register, evaluation).figures.economy.npv == Decimal("50000.00")
    register.undo()
    assert load_evaluation(register, evaluation).figures.economy.npv == Decimal("41403.79")


def test_a_set_in_use_stays(register: Register, evaluation: str) -> None:
    key = add_rate_set(register, OWN)
    answer(register, evaluation, "economy.rate_set", key)
    assert [one.used for one in find_rate_sets(register)] == [0, 1]
    with pytest.raises(Problem) as refused:
        remove_rate_set(register, key)
    assert refused.value.code == "in_use"
    answer(register, evaluation, "economy.rate_set", None)
    remove_rate_set(register, key)
    assert len(find_rate_sets(register)) == 1
    register.undo()
    assert [one.rates.bands for one in find_rate_sets(register) if one.is_own] == [OWN.bands]


def test_no_set_is_chosen_that_is_not_there(register: Register, evaluation: str) -> None:
    with pytest.raises(Problem) as refused:
        answer(register, evaluation, "economy.rate_set", "fm_1999")
    assert refused.value.code == "not_an_answer"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"names": {"da": " ", "en": "x"}}, "no_name"),
        ({"names": {"da": "finansministeriet, JANUAR 2021"}}, "name_taken"),
        ({"source": " "}, "no_source"),
        ({"date": None}, "no_source"),
        ({"bands": ()}, "bad_rates"),
        ({"bands": (RateBand(2, None, Decimal("0.03")),)}, "bad_rates"),
        ({"bands": (RateBand(1, None, Decimal("3.5")),)}, "bad_rates"),
        ({"bands": (RateBand(1, 9, Decimal(0)), RateBand(1, None, Decimal(0)))}, "bad_rates"),
        ({"bands": (RateBand(1, 9, Decimal(0)), RateBand(101, None, Decimal(0)))}, "bad_rates"),
    ],
)
def test_a_set_without_name_source_date_or_sound_rates_is_refused(register, change, code):
    with pytest.raises(Problem) as refused:
        add_rate_set(register, replace(OWN, **change))
    assert refused.value.code == code
    assert len(find_rate_sets(register)) == 1


def test_the_delivered_set_cannot_be_changed_or_removed(register: Register) -> None:
    with pytest.raises(KeyError):
        remove_rate_set(register, "fm_2021")
    with pytest.raises(KeyError):
        edit_rate_set(register, figures_catalogue().default_rates)
