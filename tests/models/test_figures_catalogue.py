"""The limits and rates that ship, and how strictly their files are read."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

import pytest

from coi_desktop import resources
from coi_desktop.i18n import speaking
from coi_desktop.models.figures_catalogue import (
    FILES,
    LIMITS_FILE,
    NATIONAL_FILE,
    RATES_FILE,
    parse_figures_catalogue,
)
from coi_desktop.models.strict_tables import CatalogueError, StrictTable
from tests.models.evaluation_cases import shipped_catalogue


@pytest.fixture
def tables() -> dict[str, dict[str, Any]]:
    return {file: copy.deepcopy(resources.read_toml(file)) for file in FILES}


def test_the_shipped_rates_carry_their_source_and_say_what_is_not_confirmed():
    rates = shipped_catalogue().default_rates
    assert [(band.first, band.last, band.rate, band.confirmed) for band in rates.bands] == [
        (1, 35, Decimal("0.035"), True),
        (36, 70, Decimal("0.025"), True),
        (71, None, Decimal("0.015"), False),
    ]
    assert rates.source
    assert rates.date is not None
    assert rates.name("da") == "Finansministeriet, januar 2021"
    assert rates.name("en") == "Ministry of Finance, January 2021"


def test_only_the_bands_a_table_uses_are_printed():
    rates = shipped_catalogue().default_rates
    assert len(rates.bands_until(0)) == len(rates.bands_until(35)) == 1
    assert len(rates.bands_until(36)) == 2
    assert len(rates.bands_until(100)) == 3


def test_a_rate_set_is_found_by_key_and_an_empty_key_means_the_first():
    catalogue = shipped_catalogue()
    assert catalogue.rates("") is catalogue.default_rates
    assert catalogue.rates(catalogue.default_rates.key) is catalogue.default_rates
    assert catalogue.rates("5 procent") is None


def test_national_figures_carry_edition_and_n():
    national = shipped_catalogue().national
    assert {key: (figure.share, figure.n) for key, figure in national.items()} == {
        "evaluated": (Decimal("0.39"), 1352),
        "under_way": (Decimal("0.18"), 1352),
        "planned": (Decimal("0.30"), 1352),
        "reused": (Decimal("0.72"), 1877),
    }


def test_national_sources_stand_in_the_language_spoken():
    figure = shipped_catalogue().national["evaluated"]
    with speaking("da"):
        assert "Danmarks Statistik" in figure.source
    with speaking("en"):
        assert "Statistics Denmark" in figure.source


def at(tables: Any, *path: Any) -> Any:
    for step in path:
        tables = tables[step]
    return tables


MISTAKES = [
    ((LIMITS_FILE,), "lihgts", {}, "unknown key 'lihgts'"),
    (
        (LIMITS_FILE, "measurement"),
        "smallest_count",
        4,
        "smallest_count must be a whole number of at least 5",
    ),
    (
        (LIMITS_FILE, "measurement"),
        "low_response_rate",
        40,
        "low_response_rate must be a decimal number in quotes",
    ),
    ((LIMITS_FILE, "proportion"), "raising", ["riks"], "[proportion]: raising must be a list of cost"),
    ((LIMITS_FILE, "proportion"), "raising", ["risk", "risk"], "raising must be a list without repetitions"),
    ((LIMITS_FILE, "proportion"), "deep_from", 4, "deep_from must be greater than standard_from"),
    ((LIMITS_FILE, "proportion"), "cost", ["5", "1"], "cost must be two bounds, the smaller first"),
    ((LIMITS_FILE, "proportion"), "reach", "25", "reach must be a list of decimal texts"),
    (
        (LIMITS_FILE, "proportion", "hours"),
        "light",
        "four",
        "[hours]: light must be a decimal number in quotes",
    ),
    ((LIMITS_FILE, "evidence"), "repeated_methods", [1], "repeated_methods must be a list of texts"),
    ((LIMITS_FILE,), "reminders", 7, "[reminders]: a table was expected"),
    ((RATES_FILE, "rate_set", 0), "source", " ", "[[rate_set]] 1: source must be a text"),
    ((RATES_FILE, "rate_set", 0), "date", "2021", "date must be a date"),
    ((NATIONAL_FILE, "figure", 0), "source", ["Kun dansk"], "source must be a Danish and an English text"),
    ((RATES_FILE, "rate_set", 0), "band", [], "band must be a list of tables"),
    ((RATES_FILE, "rate_set", 0, "band", 0), "rate", "3.5", "rate must be a share of one"),
    ((RATES_FILE, "rate_set", 0, "band", 0), "rate", "NaN", "rate must be a decimal number in quotes"),
    ((RATES_FILE, "rate_set", 0, "band", 0), "confirmed", "yes", "confirmed must be true or false"),
    ((RATES_FILE, "rate_set", 0, "band", 0), "to", 34, "a band from year 35 was expected, not one from 36"),
    ((RATES_FILE, "rate_set", 0, "band", 1), "to", 30, "the band from year 36 ends in year 30"),
    ((RATES_FILE, "rate_set", 0, "band", 2), "to", 99, "the last band must be open"),
    ((RATES_FILE, "rate_set", 0, "band", 2), "from", 0, "from must be a whole number of at least 1"),
    ((NATIONAL_FILE, "figure", 0), "share", "39", "share must be a share between 0 and 1"),
    ((NATIONAL_FILE, "figure", 1), "key", "evaluated", "the key 'evaluated' stands twice"),
]


@pytest.mark.parametrize(("path", "key", "value", "message"), MISTAKES, ids=[row[3] for row in MISTAKES])
def test_a_mistake_is_refused_with_its_place(tables, path, key, value, message):
    at(tables, *path)[key] = value
    with pytest.raises(CatalogueError) as error:
        parse_figures_catalogue(tables)
    assert message in str(error.value)
    assert str(error.value).startswith(path[0])


def test_a_missing_key_is_refused_with_its_place(tables):
    del tables[RATES_FILE]["rate_set"][0]["en"]
    with pytest.raises(CatalogueError, match=r"rates.toml \[\[rate_set\]\] 1: en is missing"):
        parse_figures_catalogue(tables)


def test_two_bands_after_an_open_one_or_two_sets_of_one_key_are_refused(tables):
    sets = tables[RATES_FILE]["rate_set"]
    sets.append(copy.deepcopy(sets[0]))
    with pytest.raises(CatalogueError, match="stands twice"):
        parse_figures_catalogue(tables)
    del sets[1]
    sets[0]["band"].append({"from": 90, "rate": "0.01", "confirmed": True})
    with pytest.raises(CatalogueError, match="no band was expected, not one from 90"):
        parse_figures_catalogue(tables)


def test_true_is_no_number():
    with pytest.raises(CatalogueError):
        StrictTable("file", {"n": True}, ["n"]).whole("n")
