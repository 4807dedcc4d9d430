"""A column that no field fits becomes an own field from the import, and comes back the same the next time."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from coi_desktop.models import query as queries
from coi_desktop.models.own_fields import own_name
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Condition, Query
from coi_desktop.operations import own_fields, table_imports
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.table_import import TableImportDialog
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.panels.own_fields_page import OwnFieldForm
from tests.ui.fakes import FakePrompts
from tests.ui.test_table_commands import Lists, write_list

HEADINGS = ("Projektnavn", "Politisk udvalg", "Godkendt i udvalget", "Borgere")
ROWS = (
    ("Drone", "Kultur", "01-02-2026", "12"),
    ("Robot", "Social", "", "1.250,5"),
    ("Kajak", "Kultur", "05-03-2026", ""),
    ("Cykel", "Social", "", "7"),
)


@pytest.fixture
def lists(qtbot: QtBot, window: MainWindow, prompts: FakePrompts) -> Lists:
    return Lists(qtbot, window, prompts)


def make_fields(dialog: TableImportDialog, prompts: FakePrompts, seen: list[str]) -> None:
    """Choose "a new own field" for the columns that are not read, and take what is proposed."""

    def take(form: Any) -> bool:
        assert isinstance(form, OwnFieldForm)
        seen.append(f"{form.da.text()}: {form.kind.currentData()}")
        form.apply()
        return bool(form.result())

    for column in range(1, len(HEADINGS)):
        box = dialog.form._field_boxes[column]
        prompts.dialogs.append(take)
        box.setCurrentIndex(box.count() - 1)
        box.activated.emit(box.count() - 1)
        assert dialog.form.chosen_field(column).startswith("own_")


def test_columns_become_own_fields_of_the_kind_their_entries_fit(
    lists: Lists, prompts: FakePrompts, register: Register, tmp_path: Path
) -> None:
    seen: list[str] = []

    def review(dialog: TableImportDialog) -> bool:
        make_fields(dialog, prompts, seen)
        dialog.go_on()
        dialog.go_on()
        return bool(dialog.result())

    path = write_list(tmp_path / "liste.csv", *ROWS, headings=HEADINGS)
    lists.take(path, review)
    assert seen == ["Politisk udvalg: choice", "Godkendt i udvalget: date", "Borgere: number"]
    committee, approved, citizens = (own_name(one.id) for one in own_fields.find_own_fields(register))
    [drone] = register.find(Query(search="drone"))
    assert (drone[committee], drone[approved], str(drone[citizens])) == ("kultur", date(2026, 2, 1), "12")
    found = register.find(Query(conditions=(Condition(committee, queries.Test.ONE_OF, ("social",)),)))
    assert {one.text("title") for one in found} >= {"Robot", "Cykel"}
    report = run_to_end(table_imports.import_table(register, path, dry_run=True))
    assert {outcome.value for outcome, count in report.counts.items() if count} <= {"identical"}


def test_turning_away_takes_the_new_fields_away_again(
    lists: Lists, prompts: FakePrompts, register: Register, tmp_path: Path
) -> None:
    def review(dialog: TableImportDialog) -> bool:
        make_fields(dialog, prompts, [])
        dialog.reject()
        return False

    lists.take(write_list(tmp_path / "liste.csv", *ROWS, headings=HEADINGS), review)
    assert register.count("own_field") == 0
