"""Lists stand in Danish order, choices in that of their list, and what has no value stands last."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import pytest

from coi_desktop.models.query import Order, Query
from coi_desktop.models.records import Value
from coi_desktop.store.register import Register
from tests.store.making import add, edit

IN_ORDER = [
    "42 idéer",
    "Abe",
    "abe 2",
    "Bil",
    "Café",
    "Cafeen",
    "Vej",
    "Wien",
    "Xylofon",
    "Übung",
    "Yoga",
    "Zebra",
    "Æble",
    "Ærø",
    "Ødis",
    "Øre",
    "Aabenraa",
    "Aalborg",
    "Aarhus",
    "Århus Å",
    "Åse",
]


def titles(register: Register, order: Order) -> list[str]:
    """Titles in the order asked for."""
    return [record.text("title") for record in register.find(Query(order=order))]


def test_titles_stand_in_danish_order(register: Register) -> None:
    for title in random.Random(7).sample(IN_ORDER, len(IN_ORDER)):
        add(register, title)
    assert titles(register, Order("title")) == IN_ORDER
    assert titles(register, Order("title", descending=True)) == IN_ORDER[::-1]


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("budget", [Decimal("-5"), Decimal("0.50"), Decimal(9), Decimal("10.00"), Decimal("1000000")]),
        ("start", [date(1999, 12, 31), date(2026, 1, 1), date(2026, 11, 22)]),
        ("owner", ["Anne", "Bo", "Ærlig", "Østen", "Aage"]),
        ("number", [2, 10, 100]),
    ],
)
@pytest.mark.parametrize("descending", [False, True])
def test_empty_values_stand_last_both_ways(
    register: Register, field: str, values: list[Value], descending: bool
) -> None:
    add(register, "Ingen først")
    for value in values[::2] + values[1::2]:
        add(register, f"{value}", **{field: value})
    add(register, "Ingen sidst")
    expected = [f"{value}" for value in (values[::-1] if descending else values)]
    assert titles(register, Order(field, descending)) == [*expected, "Ingen først", "Ingen sidst"]


def test_choices_stand_in_the_order_of_their_list(register: Register) -> None:
    ranking = ("idea", "test", "spread")
    for phase in ("test", None, "spread", "idea", "unknown", "test"):
        add(register, str(phase), phase=phase)
    assert titles(register, Order("phase", ranking=ranking)) == [
        "idea", "test", "test", "spread", "unknown", "None",
    ]  # fmt: skip
    assert titles(register, Order("phase", descending=True, ranking=ranking))[-2:] == ["idea", "None"]


def test_equal_values_keep_the_order_in_which_they_came(register: Register) -> None:
    for number in range(5):
        add(register, f"nr. {number}", owner="Mette")
    expected = [f"nr. {number}" for number in range(5)]
    assert titles(register, Order("owner")) == expected
    assert titles(register, Order("owner", descending=True)) == expected
    assert [record.text("title") for record in register.find(Query())] == expected


def test_order_follows_an_edit(register: Register) -> None:
    first = add(register, "Alfa")
    add(register, "Beta")
    assert titles(register, Order()) == ["Alfa", "Beta"]
    edit(register, first, title="Ørn")
    assert titles(register, Order()) == ["Beta", "Ørn"]
