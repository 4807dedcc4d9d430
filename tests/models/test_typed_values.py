"""Values typed on the command line read as a Dane types them, and nothing is guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from coi_desktop.errors import Problem
from coi_desktop.i18n import speaking
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Value
from coi_desktop.models.typed_values import find_field, parse_assignment
from tests.models.shipped_words import shipped_vocabulary

FIELDS = record_type("initiative").fields


@pytest.mark.parametrize(
    ("typed", "name", "value"),
    [
        ("budget=1.250,50", "budget", Decimal("1250.50")),
        ("Budget = 125.000 kr.", "budget", Decimal(125000)),
        ("start=1. marts 2027", "start", date(2027, 3, 1)),
        ("start=2027", "start", date(2027, 1, 1)),
        ("planned_end=2027", "planned_end", date(2027, 12, 31)),
        ("fase=Idé", "phase", "idea"),
        ("phase=Idea", "phase", "idea"),
        ("phase=develop", "phase", "develop"),
        ("projektleder=  Åse   Ågård ", "leader", "Åse Ågård"),
        ("Owner=", "owner", None),
        ("title=a=b", "title", "a=b"),
        ("number=42", "number", 42),
    ],
)
def test_a_typed_value_is_read_by_the_kind_of_its_field(typed: str, name: str, value: Value) -> None:
    field, read = parse_assignment(FIELDS, typed, shipped_vocabulary())
    assert (field.name, read) == (name, value)


@pytest.mark.parametrize(
    "typed", ["budget=mange", "start=snart", "phase=robot", "title=", "number=1,5", "created=2026", "budget"]
)
def test_what_is_no_value_is_refused(typed: str) -> None:
    with pytest.raises(Problem) as refused:
        parse_assignment(FIELDS, typed, shipped_vocabulary())
    assert refused.value.code == "bad_value"


def test_a_number_of_two_meanings_is_read_as_the_language_has_it() -> None:
    assert parse_assignment(FIELDS, "budget=1.250", shipped_vocabulary())[1] == Decimal(1250)
    with speaking("en"):
        assert parse_assignment(FIELDS, "budget=1.250", shipped_vocabulary())[1] == Decimal("1.250")


def test_a_wrong_choice_is_answered_with_the_choices() -> None:
    with pytest.raises(Problem, match="robot") as refused:
        parse_assignment(FIELDS, "status=robot", shipped_vocabulary())
    assert "Aktiv" in refused.value.advice


def test_a_field_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(Problem) as refused:
        find_field(FIELDS, "robotter")
    assert refused.value.code == "no_such_field"
    assert "title" in refused.value.advice
