"""The portfolio in figures: what is counted, what it is counted of, and what stays unknown."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.models.evaluation_state import Share
from coi_desktop.models.portfolio_figures import (
    PHASES,
    STATUSES,
    PortfolioFigures,
    cross_table,
    portfolio_figures,
)
from tests.models.evaluation_cases import Drawing, draw_demo, money, shipped_catalogue

CATALOGUE = shipped_catalogue()


def figures_of(drawing: Drawing, today: date | None = None) -> PortfolioFigures:
    return portfolio_figures(drawing.snapshot(), CATALOGUE, today=today)


@pytest.fixture
def drawing() -> Drawing:
    return Drawing()


def drawn(figures: PortfolioFigures) -> str:
    table = figures.phase_by_status
    return "\n".join(
        f"{phase or '-':<11}" + " ".join(str(table.count(phase, status)) for status in table.columns)
        for phase in table.rows
    )


def test_phases_by_status_keep_their_order_and_show_what_is_empty(drawing):
    for phase, status in (
        ("develop", "active"), ("develop", "active"), ("idea", "active"), ("develop", "stopped"),
        ("closed", "done"), (None, None), ("laboratory", "active"),
    ):  # fmt: skip
        drawing.put("initiative", title="x", phase=phase, status=status)
    figures = figures_of(drawing)
    assert figures.phase_by_status.columns == (*STATUSES, "")
    assert drawn(figures) == (
        "idea       1 0 0 0 0\n"
        "preanalysis0 0 0 0 0\n"
        "develop    2 0 1 0 0\n"
        "introduce  0 0 0 0 0\n"
        "operate    0 0 0 0 0\n"
        "closed     0 0 0 1 0\n"
        "laboratory 1 0 0 0 0\n"
        "-          0 0 0 0 1"
    )
    assert figures.phase_by_status.row_total("develop") == 3
    assert figures.phase_by_status.column_total("active") == 4
    assert figures.count == 7


def test_an_empty_portfolio_has_no_shares_and_no_sums(drawing):
    figures = figures_of(drawing)
    assert figures.count == figures.started == figures.stopped == 0
    assert all(share.share is None for share in figures.shares.values())
    assert figures.reuse.share is None
    assert (figures.economy.npv, figures.economy.computed, figures.economy.lines) == (None, 0, ())
    assert figures.phase_by_status.rows == PHASES


def test_a_stop_with_a_lesson_counts_wherever_the_lesson_stands(drawing):
    drawing.put("initiative", title="a", status="stopped")
    drawing.put("initiative", title="b", status="stopped", lesson="Spørg driften først")
    evaluated = drawing.put("initiative", title="c", status="stopped")
    evaluation = drawing.put("evaluation", initiative_id=evaluated.id)
    drawing.put("conclusion", evaluation_id=evaluation.id, lesson2="Begynd med én afdeling")
    drawing.put("initiative", title="d", status="done", lesson="tæller ikke med her")
    figures = figures_of(drawing)
    assert (figures.stopped, figures.stopped_with_lesson) == (3, 2)


def test_started_has_a_start_date_that_has_come(drawing):
    for start in (date(2026, 11, 22), date(2026, 11, 23), date(2020, 1, 1), None):
        drawing.put("initiative", title="x", start=start)
    assert figures_of(drawing).started == 2


def test_each_initiative_counts_once_by_its_furthest_evaluation(drawing):
    draw_demo(drawing)
    demo = drawing.snapshot().rows("initiative")[0]
    drawing.put("evaluation", initiative_id=demo.id, created=datetime(2026, 11, 20, tzinfo=UTC))
    planned = drawing.put("initiative", title="planlagt")
    evaluation = drawing.put("evaluation", initiative_id=planned.id)
    drawing.put("purpose", evaluation_id=evaluation.id, code="learn")
    begun = drawing.put("initiative", title="i gang")
    evaluation = drawing.put("evaluation", initiative_id=begun.id)
    drawing.put("finding", evaluation_id=evaluation.id, text="Det går let")
    started = drawing.put("initiative", title="tom evaluering")
    drawing.put("evaluation", initiative_id=started.id)
    drawing.put("initiative", title="ingen evaluering")
    shares = figures_of(drawing).shares
    assert {share: (one.count, one.base) for share, one in shares.items()} == {
        Share.EVALUATED: (1, 5), Share.UNDER_WAY: (1, 5), Share.PLANNED: (1, 5), Share.NONE: (2, 5),
    }  # fmt: skip
    assert shares[Share.EVALUATED].share == Decimal("0.2")
    assert shares[Share.EVALUATED].national.share == Decimal("0.39")
    assert shares[Share.NONE].national is None


def test_the_newest_evaluation_is_shown_whatever_the_stored_order(drawing):
    initiative = drawing.put("initiative", title="x")
    newest = drawing.put("evaluation", initiative_id=initiative.id, created=datetime(2026, 5, 1, tzinfo=UTC))
    drawing.put("evaluation", initiative_id=initiative.id, created=datetime(2025, 5, 1, tzinfo=UTC))
    figures = figures_of(drawing).of(initiative.id)
    assert figures.evaluation.evaluation_id == newest.id
    assert figures.evaluations == 2
    with pytest.raises(KeyError):
        figures_of(drawing).of("nobody")


def test_reuse_keeps_those_who_do_not_know_in_the_base(drawing):
    for novelty in ("inspireret", "kopi", "foerste", "ved_ikke", None):
        drawing.put("initiative", title="x", novelty=novelty)
    reuse = figures_of(drawing).reuse
    assert (reuse.count, reuse.base, reuse.share) == (2, 4, Decimal("0.5"))
    assert reuse.national.share == Decimal("0.72")


def test_sums_say_of_how_many_initiatives(drawing):
    draw_demo(drawing)
    light = drawing.put("initiative", title="let")
    evaluation = drawing.put("evaluation", initiative_id=light.id)
    drawing.put(
        "econ_setting", evaluation_id=evaluation.id, one_off=money(100_000), running_per_year=money(0),
        gain_per_year=money(30_000), gain_class="budget",
    )  # fmt: skip
    alone = drawing.put("initiative", title="kun gevinst")
    drawing.put(
        "benefit",
        initiative_id=alone.id,
        class_="budget",
        year=1,
        likely=money(10_000),
        realised=money(8_000),
    )
    drawing.put("initiative", title="uden tal")
    economy = figures_of(drawing).economy
    assert economy.computed == 2
    assert economy.npv == Decimal("-141564.39") + Decimal("35451.57")
    assert economy.npv_incl_capacity == Decimal("50074.52") + Decimal("35451.57")
    budget = economy.line("budget")
    assert (budget.expected, budget.realised, budget.expected_of_realised) == (304_000, 8_000, 10_000)
    assert (budget.rows, budget.rows_realised) == (6, 1)
    assert economy.line("cost").expected == 370_000
    assert economy.line("revenue") is None


def test_hours_of_freed_time_are_summed_and_unknown_without_any(drawing):
    initiative = drawing.put("initiative", title="x")
    assert figures_of(drawing).economy.hours_planned is None
    drawing.put("benefit", initiative_id=initiative.id, class_="capacity", hours=Decimal(120))
    drawing.put("benefit", initiative_id=initiative.id, class_="capacity", hours=Decimal("30.5"))
    drawing.put("benefit", initiative_id=initiative.id, class_="nonmoney", hours=Decimal(999))
    assert figures_of(drawing).economy.hours_planned == Decimal("150.5")


def test_the_next_date_of_an_initiative_is_the_nearest_ahead(drawing):
    draw_demo(drawing)
    initiative = drawing.snapshot().rows("initiative")[0]
    assert figures_of(drawing).of(initiative.id).next_date == date(2027, 5, 15)
    drawing.put("initiative", title="y", next_date=date(2026, 11, 22))
    drawing.put("initiative", title="z", next_date=date(2026, 11, 21))
    assert [row.next_date for row in figures_of(drawing).initiatives[1:]] == [date(2026, 11, 22), None]


@given(st.lists(st.tuples(st.sampled_from((*PHASES, "")), st.sampled_from((*STATUSES, "")))))
def test_every_initiative_stands_in_exactly_one_cell(places):
    drawing = Drawing()
    records = [
        drawing.put("initiative", title="x", phase=phase or None, status=status or None)
        for phase, status in places
    ]
    table = cross_table(records, "phase", PHASES)
    assert sum(table.row_total(row) for row in table.rows) == len(places)
    assert sum(table.column_total(column) for column in table.columns) == len(places)
