"""What a list asks the register for: search text, conditions on fields, an order, and a grouping."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from coi_desktop.models.records import Value


class Test(StrEnum):
    """How a field is compared in a condition.

    Texts are compared folded (``models/folding.py``), numbers as the decimals they were typed as. IS_NOT,
    NONE_OF and LACKS hold for records without a value as well. BETWEEN counts both its ends, the other tests
    of size and date count none. NOT_SINCE holds for days before the given one and where there is none.
    """

    __test__ = False

    CONTAINS = "contains"
    LACKS = "lacks"
    IS = "is"
    IS_NOT = "is_not"
    ONE_OF = "one_of"
    NONE_OF = "none_of"
    BETWEEN = "between"
    LESS = "less"
    GREATER = "greater"
    BEFORE = "before"
    AFTER = "after"
    NOT_SINCE = "not_since"
    EMPTY = "empty"
    FILLED = "filled"


class Relative(NamedTuple):
    """A day counted from the day the question is asked: "today", a year ago, in 30 days."""

    days: int = 0
    months: int = 0

    def on(self, today: date) -> date:
        """The day that is meant on ``today``; the 31st becomes the last day of a shorter month."""
        months = today.year * 12 + today.month - 1 + self.months
        year = min(max(months // 12, date.min.year), date.max.year - 1)
        month = months % 12 + 1
        following = date(year + month // 12, month % 12 + 1, 1)
        first = date(year, month, min(today.day, (following - timedelta(days=1)).day))
        try:
            return first + timedelta(days=self.days)
        except OverflowError:
            return date.max if self.days > 0 else date.min


class Myself(NamedTuple):
    """Whoever asks, where a person is wanted: the name that stands in the settings."""


class Between(NamedTuple):
    """Two ends, both counted; None leaves an end open."""

    low: Value | Relative = None
    high: Value | Relative = None


Operand = Value | Relative | Myself | Between


class Condition(NamedTuple):
    """One demand on a field. ``value`` is a tuple for ONE_OF and NONE_OF, a Between for BETWEEN, and not used
    for EMPTY and FILLED.
    """

    field: str
    test: Test
    value: Operand = None

    def on(self, today: date) -> Condition:
        """The same demand with days put in for what is relative."""
        return self._replace(value=_put_in(self.value, today))

    def on_me(self, myself: str) -> Condition:
        """The same demand with the name put in for whoever asks; days stay relative."""
        return self._replace(value=myself) if self.is_about_myself else self

    @property
    def is_about_myself(self) -> bool:
        """Whether the answer depends on who asks."""
        return isinstance(self.value, Myself)


def _put_in(value: Operand, today: date) -> Operand:
    if isinstance(value, Relative):
        return value.on(today)
    if isinstance(value, Between):
        return Between(*(end.on(today) if isinstance(end, Relative) else end for end in value))
    return value


class Order(NamedTuple):
    """The field a list is sorted by. Records without a value stand last, equal ones in the order they were
    stored.

    ``ranking`` is the order of a choice's keys (that of its value list); without it keys sort by themselves.
    """

    field: str = "title"
    descending: bool = False
    ranking: tuple[str, ...] = ()


class Query(NamedTuple):
    """Which records of a type, and in which order. ``search`` is what the user typed, taken as plain words.

    Without an ``order`` the records come as they were stored. ``grouping`` comes before the order.
    """

    type_name: str = "initiative"
    search: str = ""
    conditions: tuple[Condition, ...] = ()
    order: Order | None = None
    grouping: Order | None = None

    def on(self, today: date) -> Query:
        """The same question with days put in for what is relative."""
        if not self.conditions:
            return self
        return self._replace(conditions=tuple([one.on(today) for one in self.conditions]))
