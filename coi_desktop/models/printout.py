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


class PrintOption(NamedTuple):
    """An answer to tick: ``mark`` is what stands in its box (empty: nothing, ``x``: a cross, or a number)."""

    text: str
    mark: str = ""


class PrintBox(NamedTuple):
    """A framed place of a form: what stands in it, answers to tick, and so many lines to write on at least.
    ``is_label`` says that it tells what is asked and is no place to write.
    """

    text: str = ""
    options: tuple[PrintOption, ...] = ()
    room: int = 1
    is_label: bool = False


@dataclass(frozen=True, slots=True)
class PrintForm:
    """Rows of boxes; ``headings`` (may be empty) are repeated on every page, ``shares`` of the width add up
    to 1.
    """

    shares: tuple[float, ...]
    rows: tuple[tuple[PrintBox, ...], ...]
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintSection:
    """A heading (may be empty), a note below it, facts (label and value), a table (or None), and a form.
    ``is_first`` says that it begins a page.
    """

    heading: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    table: PrintTable | None = None
    note: str = ""
    form: PrintForm | None = None
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Printout:
    """A title, lines below it (what was chosen, how many), the unit, the moment, and the sections.

    ``foot`` stands at the foot of every page above the page's number. ``is_wide`` is how the paper lies
    (None: as a list needs it), ``paper`` its size, ``A4`` or ``A3``: on the larger one everything is larger.
    """

    title: str
    lines: tuple[str, ...]
    unit: str
    printed: str
    language: str
    sections: tuple[PrintSection, ...] = field(default=())
    foot: str = ""
    is_wide: bool | None = None
    paper: str = "A4"


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
        if section.note:
            yield section.note
        for label, value in section.facts:
            yield from _hanging(f"{label}: ", value)
        if section.table is not None:
            yield from _iter_rows(section.table)
        if section.form is not None:
            yield from _iter_form(section.form)


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


def _iter_form(form: PrintForm) -> Iterator[str]:
    if form.headings:
        yield "\t".join(form.headings)
    for row in form.rows:
        yield "\t".join(" ".join(_box_text(box).split()) for box in row)


def _box_text(box: PrintBox) -> str:
    options = (f"[{option.mark or ' '}] {option.text}" for option in box.options)
    return " ".join((box.text, *options)).strip() or "…"
