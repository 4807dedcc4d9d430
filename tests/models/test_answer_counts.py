"""What is told of the answers behind a measurement lets nobody work out what a few people said."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.models.answer_counts import AnswerCount, are_parts_told, told_answers, told_counts
from coi_desktop.models.answer_figures import format_counts, parse_distribution
from coi_desktop.models.records import Record, Value

NAMES = [
    "date", "series", "subgroup", "n", "distribution",
    "paired_n", "paired_mean", "paired_sd", "paired_kept", "paired_gained", "paired_lost",
]  # fmt: skip


def measured(key: str, **values: Value) -> Record:
    return Record("measurement", key, {**dict.fromkeys(NAMES), "date": date(2026, 9, 1), **values})


@pytest.mark.parametrize(
    ("stored", "asked", "told"),
    [
        ("Ja: 20; Nej: 12", 32, [20, 12]),
        ("Ja: 20; Ved ikke: 7; Nej: 2", 29, [20, None, None]),
        ("Ja: 20; Ved ikke: <5; Nej: <5", None, [20, None, None]),
        ("Ja: 20; Nej: 12", 35, [20, None]),
        ("Ja: 20; Nej: 0", 20, [20, 0]),
        ("Ja: 3; Nej: 1", 4, [None, None]),
        ("ikke en fordeling", 20, []),
    ],
)
def test_few_of_an_answer_are_kept_back_with_what_they_would_follow_from(stored, asked, told):
    assert [one.people for one in told_counts(stored, asked)] == told


def test_a_raised_threshold_holds_for_what_was_stored_before():
    assert [one.people for one in told_counts("Ja: 30; Ved ikke: 8; Nej: 7", 45, 10)] == [30, None, None]


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30), min_size=1), st.integers(0, 6))
def test_what_is_kept_back_of_a_typed_distribution_is_never_of_few_people(counts, others):
    stored = format_counts(counts.items())
    asked = sum(counts.values()) + others
    told = told_counts(stored, asked)
    shown = [one.people for one in told if one.people]
    rest = asked - sum(shown)
    assert all(count >= 5 for count in shown)
    assert rest == 0 or rest >= 5 or not shown


def test_groups_whose_answers_would_follow_from_everybodys_are_not_told():
    everybody = measured("all", n=40, distribution="Ja: 28; Nej: 12")
    north = measured("n", n=20, subgroup="Nord", distribution="Ja: 10; Nej: 10")
    south = measured("s", n=20, subgroup="Syd", distribution="Ja: 18; Nej: 2")
    assert set(told_answers([everybody, north, south], ())) == {"all"}
    # Nord's answers would tell that 2 of Syd said no, even where Syd itself is not shown.
    assert set(told_answers([everybody, north, south], {"s"})) == {"all"}
    assert told_answers([north, south], ())["n"].counts[1] == AnswerCount("Nej", 10)


def test_groups_with_many_of_every_answer_are_told_beside_everybody():
    everybody = measured("all", n=40, distribution="Ja: 28; Nej: 12")
    north = measured("n", n=20, subgroup="Nord", distribution="Ja: 14; Nej: 6")
    south = measured("s", n=20, subgroup="Syd", distribution="Ja: 14; Nej: 6")
    assert set(told_answers([everybody, north, south], ())) == {"all", "n", "s"}


def test_a_hidden_measurement_and_pairs_of_few_people_tell_nothing():
    few = measured("few", n=40, paired_n=4, paired_kept=1)
    hidden = measured("hidden", n=4, distribution="Ja: 4", paired_n=30)
    assert told_answers([few, hidden], {"hidden"}) == {}


def test_one_small_number_of_pairs_hides_all_that_part_them():
    values = {"paired_n": 30, "paired_kept": 15, "paired_gained": 12, "paired_lost": 2}
    told = told_answers([measured("m", n=40, **values)], ())["m"]
    assert dict(told.pairs) == {"paired_n": 30}
    assert told.hides_parts
    assert are_parts_told(30, (10, 8, 6))
    assert are_parts_told(30, (20, 10, 0))
    assert not are_parts_told(30, (20, 8, 0))


def test_cases_are_no_people():
    record = measured("m", n=3, distribution="Rettet: 2; Afvist: 1", paired_n=3, paired_lost=1)
    told = told_answers([record], (), of_people=False)["m"]
    assert told.text == "Rettet: 2; Afvist: 1"
    assert told.pairs["paired_lost"] == 1


def test_counts_that_are_kept_back_are_read_back_so():
    text = format_counts([("Ja: måske", 20), ("Nej", None)])
    assert parse_distribution(text) == {"Ja: måske": 20, "Nej": None}
