"""Lists for the tests of imports: written, taken in, planned and looked up."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from coi_desktop.models.import_decisions import Decision
from coi_desktop.models.import_plan import ImportPlan
from coi_desktop.models.import_report import ImportReport
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.models.records import Record
from coi_desktop.operations import table_imports
from coi_desktop.store.register import Register


def write_list(path: Path, *rows: Sequence[object]) -> Path:
    """A text file of these rows, the headings first."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return path


def take_in(register: Register, path: Path, **options: Any) -> ImportReport:
    return run_to_end(table_imports.import_table(register, path, **options))


def counts(report: ImportReport) -> dict[str, int]:
    return {outcome.value: count for outcome, count in report.counts.items() if count}


def plan(register: Register, path: Path) -> ImportPlan:
    table = run_to_end(table_imports.read_table(path))
    suggestion, _ = table_imports.suggest_mapping(register, table)
    return table_imports.plan_table_import(register, table, suggestion.mapping)


def apply(register: Register, path: Path, decisions: Mapping[int, Decision]) -> ImportReport:
    done = run_to_end(table_imports.apply_table_import(register, plan(register, path), decisions))
    register.catch_up(done.changes)
    return done.report


def find(register: Register, title: str) -> Record:
    return next(one for one in register.find(Query("initiative")) if one["title"] == title)


def titles(register: Register) -> list[str]:
    return [one.text("title") for one in register.find(Query("initiative"))]
