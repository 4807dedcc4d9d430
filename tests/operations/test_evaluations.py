"""Evaluations are begun, loaded as they stand, measured and removed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.i18n import speaking
from coi_desktop.models.answers import answers_from
from coi_desktop.models.changes import Op
from coi_desktop.models.evaluation_figures import evaluation_figures
from coi_desktop.models.ids import new_id
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.operations.answering import add_row, answer
from coi_desktop.operations.evaluations import (
    add_quick_finding,
    find_evaluations,
    iter_loading,
    load_evaluation,
    measure_now,
    remove_evaluation,
)
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.operations.samples import create_sample_register
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer
from tests.operations.conftest import SOLUTION

pytestmark = pytest.mark.usefixtures("english")


def test_a_new_evaluation_knows_what_the_register_knows(register: Register, evaluation_id: str) -> None:
    loaded = load_evaluation(register, evaluation_id)
    assert loaded.evaluation["title"] == "Evaluation 2026"
    assert loaded.answers.single("scope")["description_now"] == SOLUTION
    assert loaded.answers.single("scope")["stage"] == "trial"
    assert loaded.walkthrough.depth == "light"
    assert loaded.walkthrough.position == "what_why"
    assert loaded.figures.state == "not_started"


def test_starting_is_one_step_and_undo_takes_all_of_it_back(register: Register, evaluation_id: str) -> None:
    assert register.next_undo is not None
    assert register.next_undo[0].label == "Start evaluation"
    register.undo()
    assert register.count("evaluation") == 0
    assert register.count("scope") == 0


def test_an_evaluation_opens_where_it_was_left(register: Register, evaluation_id: str) -> None:
    answer(register, evaluation_id, "theory.then", "kører vi færre ture", position="value_idea")
    assert load_evaluation(register, evaluation_id).walkthrough.position == "value_idea"


def test_a_quick_finding_goes_to_the_newest_evaluation(register: Register, initiative_id: str) -> None:
    with pytest.raises(Problem):
        add_quick_finding(register, initiative_id, "  ")
    add_quick_finding(register, initiative_id, "Døve kan ikke høre opkaldet", {"sign": "negative"})
    (evaluation,) = find_evaluations(register, initiative_id)
    add_quick_finding(register, initiative_id, "Pårørende er glade")
    assert len(find_evaluations(register, initiative_id)) == 1
    findings = register.children("finding", evaluation.id)
    assert [(row["text"], row["sign"], row["date"]) for row in findings] == [
        ("Døve kan ikke høre opkaldet", "negative", date(2026, 11, 22)),
        ("Pårørende er glade", None, date(2026, 11, 22)),
    ]


def test_measuring_now_gives_the_baseline_first_and_then_measurements(
    register: Register, evaluation_id: str
) -> None:
    indicator = add_row(register, evaluation_id, "indicators.indicators", {"name": "Forgæves ture"})
    measure_now(register, indicator, Decimal(12))
    record = register.get("indicator", indicator)
    assert (record["baseline"], record["baseline_status"]) == (Decimal(12), "measured")
    measure_now(register, indicator, Decimal(7), n=30)
    (measurement,) = register.children("measurement", indicator)
    assert (measurement["value"], measurement["n"]) == (Decimal(7), 30)


def test_removing_an_evaluation_leaves_nothing_and_undo_brings_all_back(
    register: Register, evaluation_id: str
) -> None:
    add_row(register, evaluation_id, "questions.questions", {"text": "Færre ture?"})
    remove_evaluation(register, evaluation_id)
    assert (register.count("evaluation"), register.count("question"), register.count("scope")) == (0, 0, 0)
    register.undo()
    assert register.count("question") == 1


def test_the_demo_case_is_read_whole_and_only_lacks_what_it_lacks(tmp_path: Path) -> None:
    with create_sample_register(tmp_path / "sample.coi") as register:
        demo = next(
            record
            for initiative_id in [row.id for row in register.snapshot().rows("initiative")]
            for record in find_evaluations(register, initiative_id)
            if record.text("title").startswith("Skærmbesøg")
        )
        loaded = load_evaluation(register, demo.id)
        assert loaded.walkthrough.depth == "standard"
        assert len(loaded.walkthrough.screens) == 20
        assert loaded.figures.evidence.level == 3
        assert loaded.walkthrough.completeness.share > 0.9
        warnings = {remark.check_id for remark in loaded.walkthrough.warnings}
        assert "purpose.learn_and_document" in warnings
        with speaking("da"):
            assert loaded.suggested_certainty == "Trin 3 af højst 5: Sammenlignet."


def test_an_evaluation_loaded_alone_is_what_the_whole_register_says_of_it(tmp_path: Path) -> None:
    with create_sample_register(tmp_path / "sample.coi") as register:
        whole = register.snapshot()
        assert len(whole.rows("evaluation")) > 2
        for evaluation in whole.rows("evaluation"):
            loaded = load_evaluation(register, evaluation.id)
            assert loaded.figures == evaluation_figures(whole, evaluation, figures_catalogue())
            answers = answers_from(whole, evaluation, RECORD_TYPES.values())
            for table in RECORD_TYPES:
                expected = {str(row["id"]) for row in answers.rows(table)}
                assert {str(row["id"]) for row in loaded.answers.rows(table)} == expected, table


def put_many_measurements(register: Register, evaluation_id: str) -> list[str]:
    """Forty indicators with forty measurements each, oldest last; their ids."""

    def fill(writer: Writer) -> list[str]:
        made = []
        for place in range(40):
            indicator = {"evaluation_id": evaluation_id, "name": f"Mål {place}", "baseline": Decimal(9)}
            made.append(writer.put("indicator", indicator))
            days = (date(2026, 3, 1) - timedelta(days=day) for day in range(40))
            rows = [
                (new_id(), {"indicator_id": made[-1], "date": day, "value": Decimal(place)}) for day in days
            ]
            writer.put_many("measurement", rows)
        return made

    return register.transact(Op("test.fill", "Fill"), fill).result


def test_many_measurements_are_loaded_with_pauses_and_few_without(
    register: Register, evaluation_id: str
) -> None:
    assert list(iter_loading(register, evaluation_id)) == []
    put_many_measurements(register, evaluation_id)
    assert len(list(iter_loading(register, evaluation_id))) >= 2
    loaded = load_evaluation(register, evaluation_id)
    assert (
        loaded.measured
        == evaluation_figures(loaded.snapshot, loaded.evaluation, figures_catalogue()).indicators
    )


def test_what_changes_do_not_touch_is_neither_read_nor_worked_out_again(
    register: Register, evaluation_id: str
) -> None:
    indicators = put_many_measurements(register, evaluation_id)
    known = load_evaluation(register, evaluation_id)
    moved = known.snapshot.children("measurement", indicators[3], "indicator_id")[5].id
    steps = (
        lambda writer: writer.put("measurement", {"indicator_id": indicators[7], "value": Decimal(1)}),
        lambda writer: writer.change("measurement", moved, {"indicator_id": indicators[4]}),
        lambda writer: writer.change("measurement", moved, {"value": Decimal(77)}),
        lambda writer: writer.change("indicator", indicators[9], {"baseline": Decimal(2)}),
        lambda writer: writer.drop("measurement", moved),
        lambda writer: writer.drop("indicator", indicators[20]),
    )
    seen = []
    register.subscribe(seen.append)
    undone: list[Callable[[], object]] = [register.undo] * len(steps)
    doing = [partial(register.transact, Op("test.step", "Step"), step) for step in steps]
    for act in (*doing, *undone):
        act()
        kept = load_evaluation(register, evaluation_id, known, seen[-1])
        fresh = load_evaluation(register, evaluation_id)
        assert kept.snapshot.records == fresh.snapshot.records
        assert kept.figures == fresh.figures
        assert kept.answers._rows == fresh.answers._rows
        assert kept.answers._singles == fresh.answers._singles
        assert kept.figures.indicators[1] is known.figures.indicators[1]
        known = kept
