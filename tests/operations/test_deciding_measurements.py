"""Batches leave out measurements between the first and the newest: no figure of a portfolio may see that."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from coi_desktop.models.changes import Op
from coi_desktop.models.evaluation_figures import EvaluationFigures, evaluation_figures
from coi_desktop.models.indicators import IndicatorFigures
from coi_desktop.models.records import Record, Snapshot, Value
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

ADD = Op("test.add", "Add")
FIRST = date(2026, 1, 1)

#: What holds the measurements themselves, for charts and tables; everything else must be the same.
SERIES = ("points", "measured", "period")

days = st.none() | st.integers(0, 6).map(lambda number: FIRST + timedelta(days=number))
numbers = st.none() | st.integers(0, 4).map(Decimal)
counts = st.none() | st.integers(0, 12)


@st.composite
def measurements(draw: st.DrawFn) -> list[dict[str, Value]]:
    """Measurements of one indicator, by groups or not."""
    groups = draw(st.sampled_from([[None], [None], [None, "Kvinder", "Mænd"]]))
    one = st.fixed_dictionaries(
        {
            "date": days,
            "value": numbers,
            "n": counts,
            "series": st.sampled_from([None, None, None, "initiative", "comparison", "anden"]),
            "subgroup": st.sampled_from(groups),
        }
    )
    return draw(st.lists(one, max_size=9))


indicators = st.fixed_dictionaries(
    {
        "baseline": numbers,
        "baseline_date": days,
        "baseline_n": counts,
        "baseline_status": st.sampled_from([None, "measured", "not_possible"]),
        "target_likely": numbers,
        "direction": st.sampled_from([None, "up", "down", "maintain"]),
        "tolerance": numbers,
        "measure": st.sampled_from([None, "number", "count", "yes_no", "sign"]),
        "counts": st.sampled_from([None, "people", "cases"]),
        "summing": st.sampled_from([None, "add", "latest", "average", "ratio"]),
        "goal_status": st.sampled_from([None, "exploratory"]),
    }
)
drawn = st.lists(st.tuples(indicators, measurements()), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn)
def test_what_is_left_out_changes_no_figure(
    indicators: list[tuple[dict[str, Value], list[dict[str, Value]]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder, Register.create(Path(folder) / "r.coi") as register:
        register.transact(ADD, lambda writer: put(writer, indicators))
        (batch,) = [one.snapshot for one in register.iter_batches() if one is not None]
        whole = register.snapshot()
    left_out = len(whole.rows("measurement")) - len(batch.rows("measurement"))
    event(f"left out: {min(left_out, 3)}")
    for evaluation in whole.rows("evaluation"):
        assert decided(batch, evaluation) == decided(whole, evaluation)


def put(writer: Writer, drawn: list[tuple[dict[str, Value], list[dict[str, Value]]]]) -> None:
    """Three indicators an evaluation."""
    evaluation = ""
    for place, (indicator, measured) in enumerate(drawn):
        if place % 3 == 0:
            initiative = writer.put("initiative", {"title": f"Tiltag {place}"})
            evaluation = writer.put("evaluation", {"initiative_id": initiative})
        here = writer.put("indicator", {"evaluation_id": evaluation, "name": f"{place}", **indicator})
        for values in measured:
            writer.put("measurement", {"indicator_id": here, **values})


def decided(snapshot: Snapshot, evaluation: Record) -> Mapping[str, object]:
    """All figures of an evaluation but its series."""
    figures = evaluation_figures(snapshot, evaluation, figures_catalogue(), today=FIRST)
    found: dict[str, object] = {
        field.name: getattr(figures, field.name)
        for field in fields(EvaluationFigures)
        if field.name != "indicators"
    }
    for one in figures.indicators:
        here = one.indicator.id
        found |= {
            f"{here}.{field.name}": getattr(one, field.name)
            for field in fields(IndicatorFigures)
            if field.name not in SERIES
        }
        found |= {f"{here}.is_measured": one.is_measured, f"{here}.is_seen": bool(one.measured)}
    return found


def test_of_a_long_series_only_the_newest_and_the_first_are_read(tmp_path: Path) -> None:
    """The control: something is left out."""
    with Register.create(tmp_path / "r.coi") as register:
        values: list[dict[str, Value]] = [
            {"date": FIRST + timedelta(days=number), "value": Decimal(number)} for number in range(50)
        ]
        start: dict[str, Value] = {"baseline": Decimal(0), "baseline_date": FIRST}
        register.transact(ADD, lambda writer: put(writer, [(start, values)]))
        (batch,) = [one.snapshot for one in register.iter_batches() if one is not None]
    assert [row["value"] for row in batch.rows("measurement")] == [Decimal(0), Decimal(49)]
