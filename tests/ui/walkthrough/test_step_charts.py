"""The charts of a step are offered when there is something to draw, and drawn when they are unfolded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from coi_desktop.i18n import speaking
from coi_desktop.models.chart_figures import ChartKind
from coi_desktop.operations.answering import add_row, answer
from coi_desktop.store.register import Register
from coi_desktop.ui.walkthrough.step_charts import StepCharts
from coi_desktop.ui.walkthrough.walk_panel import WalkPanel


@pytest.fixture(autouse=True)
def _danish() -> Iterator[None]:
    with speaking("da"):
        yield


def charts_of(panel: WalkPanel, question: str) -> StepCharts:
    (found,) = (one for one in panel.front.card(question).extras if isinstance(one, StepCharts))
    return found


def test_a_chart_is_offered_when_there_is_something_to_draw_and_follows_the_answers(
    panel: WalkPanel, register: Register
) -> None:
    evaluation = panel.walk.evaluation_id
    answer(register, evaluation, "proportion.depth", "standard")
    panel.walk.jump("actions")
    charts = charts_of(panel, "actions.actions")
    assert charts.isHidden()
    for month in (11, 12):
        add_row(
            register, evaluation, "actions.actions", {"text": f"Mål {month}", "due": date(2026, month, 1)}
        )
    assert not charts.isHidden()
    assert charts.charts.pictures == ()
    charts.fold.click()
    (picture,) = charts.charts.pictures
    assert picture.figure is not None
    assert picture.figure.kind is ChartKind.ACTIONS
    assert picture.figure.categories == ("Mål 11", "Mål 12")
    add_row(register, evaluation, "actions.actions", {"text": "Mål 1", "due": date(2027, 1, 1)})
    assert picture.figure.categories[-1] == "Mål 1"
    assert charts.fold.text() == "Skjul diagrammet"
    charts.fold.click()
    assert charts.charts.isHidden()
