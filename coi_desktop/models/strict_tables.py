"""Reading values out of parsed TOML strictly: an unknown key or a wrong type is an error that names the
place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any


class CatalogueError(ValueError):
    """A mistake in a catalogue file; the text names file and place."""


class StrictTable:
    """One table of a file at a ``place`` (file and table name); every value is asked for by name and type.

    The known keys are given first, so that a mistyped key is found even where a default would hide it.
    """

    def __init__(self, place: str, values: object, known: Iterable[str]) -> None:
        if not isinstance(values, Mapping):
            raise CatalogueError(f"{place}: a table was expected")
        unknown = sorted(set(values) - set(known))
        if unknown:
            raise CatalogueError(f"{place}: unknown key {unknown[0]!r}")
        self.place = place
        self._values: Mapping[str, Any] = values

    def has(self, key: str) -> bool:
        """Whether ``key`` is there."""
        return key in self._values

    def text(self, key: str) -> str:
        """A text that is not empty."""
        found = self._get(key)
        if not isinstance(found, str) or not found.strip():
            raise self.wrong(key, "a text")
        return found

    def optional_text(self, key: str) -> str:
        """A text, or an empty one when the key is not there."""
        found = self._values.get(key, "")
        if not isinstance(found, str):
            raise self.wrong(key, "a text")
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of different texts."""
        found = self._get(key)
        if not isinstance(found, list) or not all(isinstance(one, str) and one for one in found):
            raise self.wrong(key, "a list of texts")
        if len(set(found)) < len(found):
            raise self.wrong(key, "a list without repetitions")
        return tuple(found)

    def both(self, key: str) -> tuple[str, str]:
        """The same in Danish and in English, as a list of two texts."""
        found = self._get(key)
        if not isinstance(found, list) or not all(isinstance(one, str) and one.strip() for one in found):
            raise self.wrong(key, "two texts, Danish and English")
        if len(found) != 2:
            raise self.wrong(key, "two texts, Danish and English")
        return found[0], found[1]

    def whole(self, key: str, smallest: int = 0) -> int:
        """A whole number of at least ``smallest``."""
        found = self._get(key)
        if type(found) is not int or found < smallest:
            raise self.wrong(key, f"a whole number of at least {smallest}")
        return found

    def wholes(self, key: str, smallest: int = 0) -> tuple[int, ...]:
        """A list of whole numbers of at least ``smallest``."""
        found = self._get(key)
        if not isinstance(found, list) or not all(type(one) is int and one >= smallest for one in found):
            raise self.wrong(key, f"a list of whole numbers of at least {smallest}")
        return tuple(found)

    def optional_whole(self, key: str, smallest: int = 0) -> int | None:
        """A whole number of at least ``smallest``, or None when the key is not there."""
        return self.whole(key, smallest) if key in self._values else None

    def decimal(self, key: str) -> Decimal:
        """A finite decimal number written as a text, so that it is exact."""
        return self._decimal(key, self._get(key))

    def decimals(self, key: str) -> tuple[Decimal, ...]:
        """A list of decimal numbers written as texts."""
        found = self._get(key)
        if not isinstance(found, list):
            raise self.wrong(key, "a list of decimal texts")
        return tuple(self._decimal(key, one) for one in found)

    def yes_no(self, key: str) -> bool:
        """True or false."""
        found = self._get(key)
        if not isinstance(found, bool):
            raise self.wrong(key, "true or false")
        return found

    def day(self, key: str) -> date:
        """A date."""
        found = self._get(key)
        if type(found) is not date:
            raise self.wrong(key, "a date")
        return found

    def table(self, key: str, known: Iterable[str]) -> StrictTable:
        """The table called ``key``, with its known keys."""
        return StrictTable(f"{self.place} [{key}]", self._get(key), known)

    def tables(self, key: str, known: Iterable[str]) -> tuple[StrictTable, ...]:
        """The tables written as ``[[key]]``, at least one."""
        found = self._get(key)
        if not isinstance(found, list) or not found:
            raise self.wrong(key, "a list of tables")
        known = tuple(known)
        return tuple(
            StrictTable(f"{self.place} [[{key}]] {number}", one, known) for number, one in enumerate(found, 1)
        )

    def wrong(self, key: str, expected: str) -> CatalogueError:
        """The error to raise where ``key`` is not what was ``expected``."""
        return CatalogueError(f"{self.place}: {key} must be {expected}")

    def _get(self, key: str) -> object:
        try:
            found: object = self._values[key]
        except KeyError:
            raise CatalogueError(f"{self.place}: {key} is missing") from None
        return found

    def _decimal(self, key: str, found: object) -> Decimal:
        try:
            number = Decimal(found) if isinstance(found, str) else None
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite():
            raise self.wrong(key, "a decimal number in quotes")
        return number
