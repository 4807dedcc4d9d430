"""Which row of a list holds its headings: told by content, since titles, dates and blank rows often stand
above.

A row of headings is made of short, different texts, is at least nearly as wide as the rows below it, and
often says words that lists of initiatives are known to use.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coi_desktop.models.folding import words
from coi_desktop.models.tables import Cell, CellKind

#: So many filled rows from the top are looked at; headings do not stand further down.
ROWS_LOOKED_AT = 40

_ROWS_BELOW = 15
_LONGEST_HEADING = 80
_KNOWN_WEIGHT = 4.0


@dataclass(frozen=True, slots=True)
class HeaderGuess:
    """The row of headings: its place among the rows looked at, and how well it fits (higher is better)."""

    index: int
    score: float


def fold_heading(text: str) -> str:
    """A heading as it is compared: its words folded, without signs, so that ``ESDH-nr.:`` is ``esdh nr``."""
    return " ".join(words(text))


def squeeze(folded: str) -> str:
    """A folded heading without blanks, as it is looked up: ``ESDH-nr.`` and ``Esdhnr`` are one heading."""
    return folded.replace(" ", "")


def find_header(rows: Sequence[Sequence[Cell]], known: frozenset[str]) -> HeaderGuess | None:
    """The row of headings among the first rows of a table; None when no row can be one.

    ``known`` are headings that lists are known to use, folded and squeezed. Of equal rows the
    upper one is taken.
    """
    best: HeaderGuess | None = None
    for index, row in enumerate(rows[:ROWS_LOOKED_AT]):
        score = _score(row, rows[index + 1 : index + 1 + _ROWS_BELOW], known)
        if score is not None and (best is None or score > best.score):
            best = HeaderGuess(index, score)
    return best


def _score(row: Sequence[Cell], below: Sequence[Sequence[Cell]], known: frozenset[str]) -> float | None:
    filled = {column: cell for column, cell in enumerate(row) if not cell.is_empty}
    if not filled:
        return None
    texts = [squeeze(fold_heading(cell.text)) for cell in filled.values() if _may_be_heading(cell)]
    if len(texts) * 2 < len(filled):
        return None
    different = set(texts) - {""}
    hits = len(different & known)
    if len(different) < 2 and not hits:
        return None
    return (len(different) + _KNOWN_WEIGHT * hits) * _share_covered(set(filled), below)


def _may_be_heading(cell: Cell) -> bool:
    return cell.kind is CellKind.TEXT and len(cell.text.strip()) <= _LONGEST_HEADING


def _share_covered(columns: set[int], below: Sequence[Sequence[Cell]]) -> float:
    """The share of filled cells below that stand under a heading, 0–1; a half when nothing stands below."""
    covered = total = 0
    for row in below:
        for column, cell in enumerate(row):
            if not cell.is_empty:
                total += 1
                covered += column in columns
    return covered / total if total else 0.5
