"""What a query found: row numbers in order, of which only as many are worked out as somebody looks at."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

RowNumbers = array  # of whole numbers, four bytes each
_KIND = "i"


def row_numbers(rows: Iterable[int] = ()) -> RowNumbers[int]:
    """Row numbers, close together."""
    return array(_KIND, rows)


_A_FEW = 1024


class Found:
    """The row numbers that a query found, in its order. ``len`` is exact at once; the rows come as asked for.

    ``first`` gives them one by one, ``whole`` all of them. ``is_lasting`` says that both give the same when
    the register has changed meanwhile.
    """

    def __init__(
        self,
        total: int,
        first: Iterator[int],
        whole: Callable[[], RowNumbers[int]],
        *,
        is_lasting: bool = True,
    ) -> None:
        self._total = total
        self._rows = row_numbers()
        self._first = first
        self._whole: Callable[[], RowNumbers[int]] | None = whole
        self._is_lasting = is_lasting

    @classmethod
    def of(cls, rows: RowNumbers[int]) -> Found:
        """What was found, all worked out; ``rows`` are not to be changed afterwards."""
        return cls(len(rows), iter(rows), lambda: rows)

    def __len__(self) -> int:
        """How many were found."""
        return self._total

    @property
    def is_lasting(self) -> bool:
        """Whether all rows can be had as they were when they were found."""
        return self._is_lasting or self._whole is None

    def row(self, place: int) -> int | None:
        """The row number at a place; None where there is none."""
        if not 0 <= place < self._total:
            return None
        self._fill(place + 1)
        return self._rows[place] if place < len(self._rows) else None

    def some(self, start: int, end: int) -> RowNumbers[int]:
        """The row numbers at the places from ``start`` up to before ``end``."""
        self._fill(min(end, self._total))
        return self._rows[start:end]

    def rows(self) -> RowNumbers[int]:
        """All row numbers; they are not to be changed."""
        if self._whole is not None:
            self._rows, self._whole = self._whole(), None
        return self._rows

    def place(self, row: int, most: int = 0) -> int:
        """Where a row number stands, or -1. With ``most`` only so many places are looked at."""
        if most:
            self._fill(min(most, self._total))
        try:
            return self._rows.index(row, 0, most) if most else self.rows().index(row)
        except ValueError:
            return -1

    def _fill(self, wanted: int) -> None:
        if self._whole is None or wanted <= len(self._rows):
            return
        if wanted <= _A_FEW:
            self._rows.extend(islice(self._first, wanted - len(self._rows)))
        if wanted > len(self._rows):
            self.rows()
