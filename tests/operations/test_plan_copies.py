"""An evaluation that starts from an earlier plan: all of it, without its dates and what was found."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from coi_desktop.models.fields import Kind
from coi_desktop.models.query import Query
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.operations.evaluations import (
    LoadedEvaluation,
    find_evaluations,
    load_evaluation,
    remove_evaluation,
)
from coi_desktop.operations.library import guide
from coi_desktop.operations.plan_copies import MeasuredFrom, carried_tables, start_from
from coi_desktop.operations.samples import create_sample_register
from coi_desktop.store.register import Register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with create_sample_register(tmp_path / "sample.coi") as sample:
        yield sample


@pytest.fixture
def old(register: Register) -> LoadedEvaluation:
    """The evaluation of the screen visits: standard depth, everything filled in."""
    titles = {one.text("title"): one.id for one in register.find(Query("initiative"))}
    evaluation = find_evaluations(register, titles["Skærmbesøg i hjemmeplejen"])[0]
    return load_evaluation(register, evaluation.id)


def test_the_plan_comes_along_whole_and_refers_to_itself_only(
    register: Register, old: LoadedEvaluation
) -> None:
    new = load_evaluation(register, start_from(register, old.evaluation.id))
    ids = {record.id for name in carried_tables(new.guide) for record in new.snapshot.rows(name)}
    for name in carried_tables(new.guide):
        assert len(new.snapshot.rows(name)) == len(old.snapshot.rows(name)), name
        for field in RECORD_TYPES[name].fields:
            if field.kind is not Kind.REFERENCE:
                continue
            for before, after in zip(old.snapshot.rows(name), new.snapshot.rows(name), strict=True):
                assert (before[field.name] is None) == (after[field.name] is None), (name, field.name)
                assert after[field.name] in {None, new.evaluation.id, *ids}, (name, field.name)
    assert new.evaluation["based_on"] == old.evaluation.id
    assert new.walkthrough.depth == old.walkthrough.depth == "standard"
    assert [one.indicator.name for one in new.figures.indicators] == [
        one.indicator.name for one in old.figures.indicators
    ]


def test_nothing_that_was_found_or_concluded_comes_along(register: Register, old: LoadedEvaluation) -> None:
    new = load_evaluation(register, start_from(register, old.evaluation.id))
    carried = set(carried_tables(guide("evaluation")))
    for name, rows in new.snapshot.records.items():
        if name not in carried | {"initiative", "evaluation"}:
            assert rows == (), name
    assert [row["status"] for row in new.snapshot.rows("method_use")] == ["planned"] * 2
    assert all(row["from_date"] is None for row in new.snapshot.rows("method_use"))
    need = new.snapshot.single("decision_need", new.evaluation.id)
    assert need is not None
    assert need["decision_date"] is None
    assert need["decision_to_inform"]


def test_the_earlier_evaluation_is_not_touched_and_undo_takes_the_new_one_away(
    register: Register, old: LoadedEvaluation
) -> None:
    new_id = start_from(register, old.evaluation.id)
    assert _below(register, old) == _below(register, old, old)
    register.undo()
    assert not register.get_many("evaluation", [new_id])
    assert _below(register, old) == _below(register, old, old)


def _below(register: Register, old: LoadedEvaluation, read: LoadedEvaluation | None = None) -> object:
    """What hangs under the earlier evaluation: as it stands, or as it was ``read``."""
    records = (read or load_evaluation(register, old.evaluation.id)).snapshot.records
    return {name: rows for name, rows in records.items() if name != "initiative"}


@pytest.mark.parametrize(("measured_from", "baseline"), [("same", Decimal(74)), ("latest", Decimal(52))])
def test_measures_start_from_the_same_baseline_or_from_the_latest_measurement(
    register: Register, old: LoadedEvaluation, measured_from: str, baseline: Decimal
) -> None:
    new = load_evaluation(register, start_from(register, old.evaluation.id, MeasuredFrom(measured_from)))
    transport = new.figures.indicators[0].indicator
    assert (transport.name, transport.baseline) == ("Transporttid pr. medarbejder", baseline)
    assert transport.baseline_status == "measured"


def test_an_earlier_evaluation_that_is_removed_leaves_the_later_one(
    register: Register, old: LoadedEvaluation
) -> None:
    new_id = start_from(register, old.evaluation.id)
    remove_evaluation(register, old.evaluation.id)
    assert register.get("evaluation", new_id)["based_on"] is None
