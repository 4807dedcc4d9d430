"""What a query found: row numbers in order, of which only as many are worked out as somebody looks at."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import islice

RowNumbers = array  # of whole numbers, four bytes each
_KIND = "i"


def row_numbers(rows: Iterable[int] = ()) -> RowNumbers[int]:
    """Row numbers, close together."""
    return array(_KIND, rows)


class Found:
    """The row numbers that a query found, in its order. ``len`` is exact at once; the rows come as asked for.

    ``rest`` gives the rows after ``first``. ``is_lasting`` says that it will give the same when the register
    has changed meanwhile.
    """

    def __init__(
        self,
        total: int,
        first: RowNumbers[int],
        rest: Iterator[int] | None = None,
        *,
        is_lasting: bool = True,
    ) -> None:
        self._total = total
        self._rows = first
        self._rest = rest
        self._is_lasting = is_lasting

    def __len__(self) -> int:
        """How many were found."""
        return self._total

    @property
    def is_lasting(self) -> bool:
        """Whether all rows can be had as they were when they were found."""
        return self._is_lasting or self._rest is None

    def row(self, place: int) -> int | None:
        """The row number at a place; None where there is none."""
        if not 0 <= place < self._total:
            return None
        self._fill(place + 1)
        return self._rows[place] if place < len(self._rows) else None

    def some(self, start: int, end: int) -> RowNumbers[int]:
        """The row numbers at the places from ``start`` up to before ``end``."""
        self._fill(end)
        return self._rows[start:end]

    def rows(self) -> RowNumbers[int]:
        """All row numbers; they are not to be changed."""
        self._fill(self._total)
        return self._rows

    def place(self, row: int) -> int:
        """Where a row number stands, or -1."""
        try:
            return self.rows().index(row)
        except ValueError:
            return -1

    def _fill(self, wanted: int) -> None:
        if self._rest is None or wanted <= len(self._rows):
            return
        if wanted < self._total:
            self._rows.extend(islice(self._rest, wanted - len(self._rows)))
        else:
            self._rows.extend(self._rest)
            self._rest = None
