"""What is to be printed, as plain text in its order: pages, fonts and paper are for whoever prints it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

#: So far a line of a text printout goes.
_WIDTH = 100


class PrintColumn(NamedTuple):
    """A column: its heading, and whether it holds figures, which stand at the right."""

    heading: str
    is_figures: bool = False


class PrintRow(NamedTuple):
    """The cells of a row; ``group`` is the heading that stands before it, or empty."""

    cells: tuple[str, ...]
    group: str = ""


@dataclass(frozen=True, slots=True)
class PrintTable:
    """A table whose headings are repeated on every page."""

    columns: tuple[PrintColumn, ...]
    rows: tuple[PrintRow, ...]


@dataclass(frozen=True, slots=True)
class PrintSection:
    """A heading (may be empty), facts (label and value), and a table (or None)."""

    heading: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    table: PrintTable | None = None


@dataclass(frozen=True, slots=True)
class Printout:
    """A title, lines below it (what was chosen, how many), the unit, the moment, and the sections."""

    title: str
    lines: tuple[str, ...]
    unit: str
    printed: str
    language: str
    sections: tuple[PrintSection, ...] = field(default=())


def iter_text(printout: Printout) -> Iterator[str]:
    """The printout as lines of text."""
    yield printout.title
    yield "=" * min(len(printout.title), _WIDTH)
    yield " · ".join(part for part in (printout.unit, printout.printed) if part)
    yield from printout.lines
    for section in printout.sections:
        yield ""
        if section.heading:
            yield section.heading
            yield "-" * min(len(section.heading), _WIDTH)
        for label, value in section.facts:
            yield from _hanging(f"{label}: ", value)
        if section.table is not None:
            yield from _iter_rows(section.table)


def _hanging(label: str, value: str) -> Iterator[str]:
    first, *rest = value.splitlines() or [""]
    yield f"{label}{first}"
    yield from (f"    {line}" for line in rest)


def _iter_rows(table: PrintTable) -> Iterator[str]:
    headings = [column.heading for column in table.columns]
    yield "\t".join(headings)
    for row in table.rows:
        if row.group:
            yield f"[{row.group}]"
        yield "\t".join(" ".join(cell.split()) for cell in row.cells)
