"""Strict reading of a guide's parsed TOML: every key is asked for, of the right kind, none is left over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NoReturn

from coi_desktop.models.conditions import (
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    Condition,
    Count,
    First,
    Not,
    OneOf,
    is_question,
)
from coi_desktop.models.guide import GuideError
from coi_desktop.models.records import Value

_CONDITION_WORDS = frozenset({"answered", "and", "or", "not", "question", "column"})
_TESTS = frozenset({"equals", "one_of", "first", "at_least", "count"})

_TOML = {str: "a text", int: "a whole number", bool: "true or false", list: "a list", dict: "a table"}


class GuideTable:
    """One table of a guide's file. What is wrong is told with the file and the place inside it."""

    def __init__(self, file: str, place: str, table: object) -> None:
        self.file = file
        self.place = place
        if not isinstance(table, Mapping):
            self.fail("expected a table")
        self._table: Mapping[str, Any] = table
        self._asked: set[str] = set()

    def fail(self, what: str, *, at: str = "") -> NoReturn:
        """Raise GuideError for this place, or for ``at`` below it."""
        place = f"{self.place} {at}".strip() if at else self.place
        raise GuideError(self.file, place, what)

    def has(self, key: str) -> bool:
        """Whether ``key`` is there."""
        return key in self._table

    def keys(self) -> tuple[str, ...]:
        """All keys in the order of the file."""
        return tuple(self._table)

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty; without a default it must be there."""
        value: str = self._get(key, (str,), default)
        if not value.strip() and value != default:
            self.fail("expected a text", at=key)
        return value

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number; without a default it must be there."""
        number: int = self._get(key, (int,), default)
        return number

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        flag: bool = self._get(key, (bool,), default)
        return flag

    def one_of(self, key: str, allowed: Sequence[str], default: str | None = None) -> str:
        """One of the texts ``allowed`` (or the default)."""
        value = self.text(key, default)
        if value not in allowed and value != default:
            self.fail(f"{value!r} is none of {', '.join(allowed)}", at=key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of different texts with at least one."""
        values: list[Any] = self._get(key, (list,))
        if not values or not all(isinstance(value, str) and value for value in values):
            self.fail("expected a list of texts", at=key)
        if len(set(values)) != len(values):
            self.fail("a text stands twice", at=key)
        return tuple(values)

    def texts_or_none(self, key: str) -> tuple[str, ...]:
        """A list of different texts; none where it is not written."""
        return self.texts(key) if self.has(key) else ()

    def table(self, key: str) -> GuideTable:
        """A table below this one; an empty one when it is not there."""
        return GuideTable(self.file, f"{self.place} {key}".strip(), self._get(key, (dict,), {}))

    def tables(self, key: str, name: str = "") -> list[GuideTable]:
        """The tables of a list; each place is named by its ``id`` (or ``field``) where it has one."""
        found: list[GuideTable] = []
        for number, table in enumerate(self._get(key, (list,), []), start=1):
            label = f"{name or key} {number}"
            if isinstance(table, Mapping):
                label = str(table.get("id") or table.get("field") or label)
            found.append(GuideTable(self.file, f"{self.place} {label}".strip(), table))
        return found

    def by_depth(self, key: str, depths: Sequence[str], first: str) -> dict[str, Decimal]:
        """Numbers by depth, written as a table, or as one number that holds from depth ``first``."""
        if not self.has(key):
            return {}
        value = self._table[key]
        if isinstance(value, Mapping):
            table = self.table(key)
            found = {depth: table.number(depth) for depth in depths if table.has(depth)}
            table.close()
            return found
        return {first: self.number(key)}

    def number(self, key: str) -> Decimal:
        """A whole number, or a decimal one written as a text, of at least 0."""
        try:
            number = Decimal(self._get(key, (int, str)))
        except ArithmeticError:
            self.fail("expected a number", at=key)
        if not number.is_finite() or number < 0:
            self.fail("expected a number of at least 0", at=key)
        return number

    def condition(self, key: str) -> Condition | None:
        """A condition, or None when there is none."""
        return self.table(key).as_condition() if self.has(key) else None

    def as_condition(self) -> Condition:
        """This whole table read as a condition."""
        words = _CONDITION_WORDS.intersection(self._table)
        if len(words) != 1:
            self.fail(f"expected exactly one of {', '.join(sorted(_CONDITION_WORDS))}")
        (word,) = words
        condition: Condition
        if word == "answered":
            condition = Answered(self.text("answered"))
        elif word == "not":
            condition = Not(self.table("not").as_condition())
        elif word in ("and", "or"):
            parts = tuple(part.as_condition() for part in self.tables(word))
            if len(parts) < 2:
                self.fail("expected at least two conditions", at=word)
            condition = AllOf(parts) if word == "and" else AnyOf(parts)
        else:
            condition = self._test_of(word)
        self.close()
        return condition

    def close(self) -> None:
        """Complain about the first key nobody asked for."""
        for key in self._table:
            if key not in self._asked:
                self.fail("unknown key", at=key)

    def _test_of(self, word: str) -> Condition:
        subject = self.text(word)
        if is_question(subject) != (word == "question"):
            self.fail("a question is named step.question, a column by its own name", at=word)
        tests = _TESTS.intersection(self._table)
        if len(tests) != 1:
            self.fail(f"expected exactly one of {', '.join(sorted(_TESTS))}")
        (test,) = tests
        match test:
            case "equals":
                return OneOf(subject, (self._value("equals"),))
            case "one_of":
                return OneOf(subject, tuple(self.texts("one_of")))
            case "first":
                return First(subject, self.text("first"))
            case "at_least":
                return AtLeast(subject, self.number("at_least"))
        number = self.whole("count")
        if number < 1:
            self.fail("expected a number of at least 1", at="count")
        return Count(subject, number, self.condition("where"))

    def _value(self, key: str) -> Value:
        value: str | int | bool = self._get(key, (str, int, bool))
        return value

    def _get(self, key: str, kinds: tuple[type, ...], default: Any = None) -> Any:
        self._asked.add(key)
        if key not in self._table:
            if default is None:
                self.fail("missing", at=key)
            return default
        value = self._table[key]
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            self.fail(f"expected {' or '.join(_TOML[kind] for kind in kinds)}", at=key)
        return value
