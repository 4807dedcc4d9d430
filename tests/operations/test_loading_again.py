"""What an evaluation is read as after a change is what it would be read as anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from coi_desktop.models.changes import ChangeSet
from coi_desktop.operations.answering import add_row, answer, change_row, drop_row
from coi_desktop.operations.evaluations import load_evaluation, start_evaluation
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.store.register import Register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.create(tmp_path / "register.coi") as opened:
        yield opened


def test_after_every_kind_of_change_nothing_differs_from_reading_all_of_it(register: Register) -> None:
    evaluation = start_evaluation(register, add_initiative(register, {"title": "Skærmbesøg"}))
    heard: list[ChangeSet] = []
    register.subscribe(heard.append)
    rows: dict[str, str] = {}

    def add(row: str, question: str, **values: object) -> None:
        rows[row] = add_row(register, evaluation, question, values)

    changes: list[Callable[[], object]] = [
        lambda: add("one", "indicators.indicators", name="Ventetid", baseline=Decimal(9)),
        lambda: add("two", "collect.measurements", indicator_id=rows["one"], value=Decimal(7)),
        lambda: answer(register, evaluation, "scope.version_label", "Udgave 2"),
        lambda: change_row(register, evaluation, "collect.measurements", rows["two"], "value", Decimal(6)),
        lambda: change_row(
            register, evaluation, "indicators.indicators", rows["one"], "target_likely", Decimal(5)
        ),
        lambda: add("three", "indicators.indicators", name="Fejl"),
        lambda: add("four", "collect.measurements", indicator_id=rows["three"], date=date(2026, 5, 1)),
        lambda: drop_row(register, evaluation, "indicators.indicators", rows["one"]),
        register.undo,
        lambda: answer(register, evaluation, "purpose.purposes", ("learn", "goal")),
        register.undo,
        register.redo,
    ]
    known = load_evaluation(register, evaluation)
    assert known.figures is not None
    for change in changes:
        change()
        known = load_evaluation(register, evaluation, known, heard[-1])
        fresh = load_evaluation(register, evaluation)
        assert known.snapshot.records == fresh.snapshot.records
        assert known.figures == fresh.figures
