"""What pages are made of: cells with lines of text, strips of them across the page, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple


class Cell(NamedTuple):
    """Lines of text in a column that begins at ``x``, the first of them at line ``first`` of its strip.
    ``mark`` is what stands in a box to tick before the first line (None: there is no box).
    """

    x: float
    width: float
    lines: tuple[str, ...]
    at_right: bool = False
    first: int = 0
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """Cells beside each other in one font. ``head`` is repeated where a page begins with this strip;
    ``keeps`` says that it stands on the page of what follows it, ``least`` how many lines it is high at
    least. ``frames`` are boxes (beginning and width) drawn over its whole height. ``is_first`` begins a page.
    """

    cells: tuple[Cell, ...]
    font: str
    before: float = 0.0
    after: float = 0.0
    is_ruled: bool = False
    keeps: bool = False
    head: Strip | None = None
    least: int = 0
    frames: tuple[tuple[float, float], ...] = ()
    is_first: bool = False

    @property
    def lines(self) -> int:
        """How many lines it is high."""
        return max(self.least, *(cell.first + len(cell.lines) for cell in self.cells), 0)


class Placed(NamedTuple):
    """A strip and where it begins."""

    y: float
    strip: Strip


Page = list[Placed]


def lines_of(strip: Strip, first: int, last: int) -> Strip:
    """What of a strip stands on its lines from ``first`` to ``last``."""
    cells = tuple(_part_of(cell, first, last) for cell in strip.cells)
    least = min(max(strip.least - first, 0), last - first)
    return replace(strip, cells=cells, least=least)


def _part_of(cell: Cell, first: int, last: int) -> Cell:
    """What of a cell stands on the lines from ``first`` to ``last`` of its strip."""
    kept = cell.lines[max(first - cell.first, 0) : max(last - cell.first, 0)]
    mark = cell.mark if kept and first <= cell.first else None
    return cell._replace(lines=kept, first=max(cell.first - first, 0), mark=mark)
