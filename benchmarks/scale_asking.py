"""What is asked of a big register: its first page, and filters of every kind, before and after the pauses in
which the program reads what they need.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

from benchmarks.timing import Spent, Timing, spend
from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.own_fields import is_own
from coi_desktop.models.query import Condition, Order, Query, Test
from coi_desktop.store.register import Register

ROUNDS = 5
SHOWN = 40
"""Rows on a screen."""
LONGEST_WAIT = 50


def measure(path: Path) -> Iterator[Timing]:
    """The first page of a register just opened; each filter, just after that and when all is read."""
    yield Timing.within("first page", [_first_page(path) for _round in range(ROUNDS)], 50)
    cold: list[Spent] = []
    waits: list[Spent] = []
    with Register.open(path, write=False) as register:
        asked = filters(register)
        orders = [Order(field.name, down) for field in _own(register) for down in (False, True)]
    for condition in asked:
        with Register.open(path, write=False) as register:
            pieces = _ask_in_pieces(register, Query(conditions=(condition,), order=Order("title")))
            cold.append(Spent(sum(one.processor for one in pieces), sum(one.wall for one in pieces)))
            waits += pieces
    with Register.open(path, write=False) as register:
        waits += [*_prepare(register)]
        warm = [
            spend(partial(_ask, register, Query(conditions=(one,), order=Order("title")))) for one in asked
        ]
        sorts = [spend(partial(_ask, register, Query(order=order))) for order in orders]
        long = Query(conditions=(Condition("description", Test.CONTAINS, "pleje"),))
        waits += _ask_in_pieces(register, long)
    yield Timing.within("a filter of each kind, first asked", warm, 50, 50)
    yield Timing.within("a filter of each kind, asked at the start", cold, 100, 400)
    yield Timing.within("the longest wait while that is read", waits, LONGEST_WAIT, LONGEST_WAIT)
    yield Timing.within("first sort by an own field", sorts, 100, 100)


def filters(register: Register) -> list[Condition]:
    """One condition of each kind."""
    own = [field.name for field in _own(register)]
    return [
        Condition("owner", Test.CONTAINS, "an"),
        Condition("title", Test.LACKS, "pleje"),
        Condition("phase", Test.NONE_OF, ("idea", "test")),
        Condition("value_kinds", Test.ONE_OF, ("quality",)),
        Condition("budget", Test.GREATER, Decimal(250_000)),
        Condition("start", Test.BEFORE, date(2025, 6, 1)),
        Condition("confirmed", Test.NOT_SINCE, date(2025, 6, 1)),
        Condition("next_date", Test.EMPTY),
        Condition("tags", Test.CONTAINS, "pleje"),
        Condition("tags", Test.EMPTY),
        Condition("unmeasured", Test.IS, value=True),
        Condition("measured", Test.IS, value=True),
        Condition("evaluated", Test.IS, value=False),
        Condition(own[0], Test.CONTAINS, "an"),
        Condition(own[0], Test.EMPTY),
        Condition(own[1], Test.GREATER, Decimal(4_500)),
    ]


def _own(register: Register) -> list[FieldSpec]:
    return [field for field in register.fields("initiative") if is_own(field.name)]


def _first_page(path: Path) -> Spent:
    with Register.open(path, write=False) as register:
        return spend(partial(_ask, register, Query(order=Order("title"))))


def _ask(register: Register, query: Query) -> None:
    register.get_rows("initiative", register.find_rows(query).some(0, SHOWN))


def _ask_in_pieces(register: Register, query: Query) -> list[Spent]:
    """As the window asks: what takes long in pieces, and then the rest."""
    pieces = []
    if register.takes_long(query):
        finding = register.iter_finding(query)
        while register.takes_long(query):
            pieces.append(spend(lambda: next(finding, None)))
    return [*pieces, spend(partial(_ask, register, query))]


def _prepare(register: Register) -> Iterator[Spent]:
    is_left = True

    def prepare() -> None:
        nonlocal is_left
        is_left = register.prepare_search("initiative")

    while is_left:
        yield spend(prepare)
