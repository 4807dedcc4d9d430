"""A measurement that a table would give, before it is laid beside those that are there."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.column_values import Fault
from coi_desktop.models.import_report import ImportProblem, Level
from coi_desktop.models.records import Record, Value
from coi_desktop.models.tables import Table

#: Tells of a text whether it names somebody who was erased.
IsErased = Callable[[str], bool]


class Candidate(NamedTuple):
    """The values of one measurement, without its indicator, and what is wrong with them.

    ``row_number`` is that of the table, 0 for what is summed up over all of them.
    """

    indicator_id: str
    values: dict[str, Value]
    row_number: int = 0
    problems: tuple[ImportProblem, ...] = ()


def told(table: Table, row_number: int, column: int, fault: Fault) -> ImportProblem:
    """A fault of a cell with its place; its value is never repeated."""
    heading = table.headings[column] if column >= 0 else ""
    return ImportProblem(
        fault.reason, fault.remedy, table.sheet, row_number, heading, level=fault.level or Level.ERROR
    )


def measured_name(indicator: Record) -> str:
    """What an indicator is called, for messages."""
    return indicator.text("name") or _("(without a name)")


def refused(what: str, advice: str, code: str) -> Problem:
    """A fault of the whole table."""
    return Problem(what, meaning=_("Nothing was imported or changed."), advice=advice, code=code)
