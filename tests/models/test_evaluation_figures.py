"""All figures of an evaluation from its records: the demo case with its reference numbers, and odd cases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from coi_desktop.models.decimals import to_four
from coi_desktop.models.evaluation_figures import EvaluationFigures, evaluation_figures
from coi_desktop.models.records import Record
from tests.models.evaluation_cases import TODAY, Drawing, draw_demo, money, shipped_catalogue

CATALOGUE = shipped_catalogue()


def figures_of(drawing: Drawing, evaluation: Record, today: date | None = None) -> EvaluationFigures:
    return evaluation_figures(drawing.snapshot(), evaluation, CATALOGUE, today=today)


@pytest.fixture
def drawing() -> Drawing:
    return Drawing()


@pytest.fixture
def evaluation(drawing) -> Record:
    initiative = drawing.put("initiative", title="Medicinrobot")
    return drawing.put("evaluation", initiative_id=initiative.id, depth="light")


# ------------------------------------------------------------------------------------------ the demo case


@pytest.fixture
def demo(drawing) -> EvaluationFigures:
    return figures_of(drawing, draw_demo(drawing))


def test_the_indicators_of_the_demo_case(demo):
    drawn = "\n".join(
        f"{figures.indicator.name}: {to_four(figures.progress)} {figures.status} "
        f"change {figures.change} effect {figures.effect} n {figures.latest.n}"
        for figures in demo.indicators
    )
    assert drawn == (
        "Transporttid: 0.9167 on_the_way change -22 effect -19 n 38\n"
        "Borgertilfredshed: 1.0000 reached change 0.1 effect None n 61\n"
        "Arbejdsglæde: -0.5000 wrong_way change -0.1 effect None n 24"
    )


def test_the_economy_of_the_demo_case_turns_on_freed_time(demo):
    economy = demo.economy
    assert (economy.npv, economy.payback) == (Decimal("-141564.39"), None)
    assert (economy.npv_incl_capacity, economy.payback_incl_capacity) == (Decimal("50074.52"), 4)
    assert (economy.source, economy.horizon, economy.perspective, economy.price_year) == (
        "rows", 5, "municipal", 2026,
    )  # fmt: skip
    assert economy.include_capacity
    assert economy.likely is not None
    assert economy.likely.has_capacity
    assert not economy.is_freed_time_only
    assert economy.left_out == ()


def test_the_rest_of_the_demo_case(demo):
    assert (demo.evidence.suggested, demo.evidence.level, demo.evidence.ceiling) == (3, 3, 5)
    assert (demo.proportion.total, demo.proportion.depth) == (6, "standard")
    assert demo.missing_hours is None
    assert demo.state == "following_up"
    assert demo.share == "evaluated"
    assert (demo.decided, demo.decision_date) == ("adjust", date(2026, 11, 15))
    assert demo.next_date == date(2027, 5, 15)
    assert demo.findings == {"negative": 1}
    assert demo.remarks == ("learn_and_document",)
    assert to_four(demo.mean_rating) == Decimal("0.1429")
    assert [
        (value.kind, value.importance, value.expected, value.is_kept, value.rating) for value in demo.values
    ] == [
        ("quality", 2, 0, True, 0),
        ("efficiency", 3, 2, False, 1),
        ("employee", 2, 1, False, -1),
    ]


def test_a_figure_is_found_by_its_indicator_and_value_kind(demo):
    joy = demo.indicators[2]
    assert demo.indicator(joy.indicator.id) is joy
    with pytest.raises(KeyError):
        demo.indicator("nobody")
    assert demo.value("employee").rating == -1
    assert demo.value("political") is None


def test_an_empty_evaluation_has_no_figures_and_none_of_them_is_zero(drawing, evaluation):
    figures = figures_of(drawing, evaluation)
    economy = figures.economy
    assert [
        economy.npv,
        economy.npv_incl_capacity,
        economy.payback,
        economy.payback_incl_capacity,
        economy.bcr,
        economy.bcr_incl_capacity,
        figures.mean_rating,
        figures.proportion.total,
        figures.proportion.depth,
        figures.missing_hours,
        figures.next_date,
        figures.decision_date,
    ] == [None] * 12
    assert (economy.source, economy.table, economy.missing) == ("none", (), ("applies",))
    assert (figures.indicators, figures.values, figures.remarks) == ((), (), ())
    assert (figures.evidence.level, figures.evidence.design) == (0, "after_only")
    assert figures.state == "not_started"
    assert figures.day == TODAY


# --------------------------------------------------------------------------------------------- light path

LIGHT = {
    "applies": "yes",
    "one_off": money(100_000),
    "running_per_year": money(0),
    "gain_per_year": money(30_000),
    "gain_class": "budget",
    "years": 5,
}


@pytest.mark.parametrize(
    ("changes", "npv", "npv_all", "payback"),
    [
        ({}, "35451.57", "35451.57", "3.3333"),
        ({"years": None}, "35451.57", "35451.57", "3.3333"),
        ({"applies": None}, "35451.57", "35451.57", "3.3333"),
        ({"gain_class": "revenue"}, "35451.57", "35451.57", "3.3333"),
        ({"gain_class": "capacity"}, "-100000.00", "35451.57", None),
        ({"gain_class": "nonmoney"}, "-100000.00", "-100000.00", None),
        ({"running_per_year": money(15_000)}, "-32274.21", "-32274.21", None),
        ({"years": 1}, "-71014.49", "-71014.49", None),
        ({"one_off": money(0)}, "135451.57", "135451.57", None),
    ],
)
def test_three_numbers_stand_for_the_rows(drawing, evaluation, changes, npv, npv_all, payback):
    drawing.put("econ_setting", evaluation_id=evaluation.id, **(LIGHT | changes))
    economy = figures_of(drawing, evaluation).economy
    assert economy.source == "light"
    assert (economy.npv, economy.npv_incl_capacity) == (Decimal(npv), Decimal(npv_all))
    assert economy.payback == (None if payback is None else Decimal(payback))


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"one_off": None}, ("one_off",)),
        ({"running_per_year": None}, ("running_per_year",)),
        ({"gain_per_year": None, "gain_class": "unknown"}, ("gain_per_year", "gain_class")),
        ({"years": 0}, ("years",)),
        ({"years": 2026}, ("years",)),
    ],
)
def test_an_unfinished_light_path_has_no_figures_and_says_what_is_missing(
    drawing, evaluation, changes, missing
):
    drawing.put("econ_setting", evaluation_id=evaluation.id, **(LIGHT | changes))
    economy = figures_of(drawing, evaluation).economy
    assert (economy.npv, economy.payback, economy.bcr) == (None, None, None)
    assert economy.missing == missing


def test_rows_alone_count_as_soon_as_they_exist(drawing, evaluation):
    drawing.put("econ_setting", evaluation_id=evaluation.id, **LIGHT)
    drawing.put("cost", evaluation_id=evaluation.id, year=0, likely=money(50_000))
    economy = figures_of(drawing, evaluation).economy
    assert (economy.source, economy.npv) == ("rows", Decimal("-50000.00"))


def test_a_benefit_not_in_money_leaves_the_three_numbers_alone(drawing, evaluation):
    drawing.put("econ_setting", evaluation_id=evaluation.id, **LIGHT)
    drawing.put("benefit", initiative_id=evaluation["initiative_id"], evaluation_id=evaluation.id,
                class_="nonmoney", kind="quality", text="Mere ro om medicinen")  # fmt: skip
    assert figures_of(drawing, evaluation).economy.npv == Decimal("35451.57")


def test_not_relevant_means_no_figures_whatever_stands_there(drawing, evaluation):
    drawing.put("econ_setting", evaluation_id=evaluation.id,
                **(LIGHT | {"applies": "not_relevant", "skip_reason": "Ingen udgifter"}))  # fmt: skip
    drawing.put("cost", evaluation_id=evaluation.id, year=0, likely=money(50_000))
    economy = figures_of(drawing, evaluation).economy
    assert (economy.source, economy.npv, economy.skip_reason) == ("not_relevant", None, "Ingen udgifter")


# ----------------------------------------------------------------------------------------------- rows


def test_rows_that_cannot_count_are_listed_with_the_reason(drawing, evaluation):
    here = {"initiative_id": evaluation["initiative_id"], "evaluation_id": evaluation.id}
    drawing.put("econ_setting", evaluation_id=evaluation.id, applies="yes", horizon=3)
    drawing.put("cost", evaluation_id=evaluation.id, year=0, likely=money(1_000))
    drawing.put("cost", evaluation_id=evaluation.id, year=None, likely=money(1))
    drawing.put("cost", evaluation_id=evaluation.id, year=2026, likely=money(1))
    drawing.put("cost", evaluation_id=evaluation.id, year=1)
    drawing.put("benefit", **here, class_="budget", year=4, likely=money(1_000))
    drawing.put("benefit", **here, class_="unknown", year=1, likely=money(1_000))
    economy = figures_of(drawing, evaluation).economy
    assert [(row.table, row.why) for row in economy.left_out] == [
        ("cost", "no_year"), ("cost", "no_year"), ("cost", "no_amount"), ("benefit", "no_class"),
        ("benefit", "horizon"),
    ]  # fmt: skip
    assert economy.npv == -1_000
    assert len(economy.costs) == 1
    assert economy.gains == ()


def test_without_a_horizon_the_table_ends_with_the_last_row(drawing, evaluation):
    drawing.put("cost", evaluation_id=evaluation.id, year=0, likely=money(1_000))
    drawing.put("cost", evaluation_id=evaluation.id, year=7, likely=money(1_000))
    economy = figures_of(drawing, evaluation).economy
    assert economy.horizon == 7
    assert len(economy.table) == 8


def test_hours_times_rate_is_an_amount(drawing, evaluation):
    drawing.put("benefit", initiative_id=evaluation["initiative_id"], class_="capacity", year=0,
                hours=Decimal("120.5"), rate=money(350))  # fmt: skip
    economy = figures_of(drawing, evaluation).economy
    assert economy.npv == 0
    assert economy.npv_incl_capacity == Decimal("42175.00")
    assert economy.is_freed_time_only


def test_revenue_beside_freed_time_is_money(drawing, evaluation):
    for gain_class in ("capacity", "revenue"):
        drawing.put("benefit", initiative_id=evaluation["initiative_id"], class_=gain_class, year=1,
                    likely=money(500))  # fmt: skip
    assert not figures_of(drawing, evaluation).economy.is_freed_time_only


def test_benefits_of_another_evaluation_do_not_count_here(drawing, evaluation):
    other = drawing.put("evaluation", initiative_id=evaluation["initiative_id"])
    drawing.put("benefit", initiative_id=evaluation["initiative_id"], evaluation_id=other.id, class_="budget",
                year=0, likely=money(1_000))  # fmt: skip
    drawing.put(
        "benefit", initiative_id=evaluation["initiative_id"], class_="budget", year=0, likely=money(70)
    )
    assert figures_of(drawing, evaluation).economy.npv == 70
    assert figures_of(drawing, other).economy.npv == 1_070


def test_an_unknown_rate_set_falls_back_and_says_so(drawing, evaluation):
    drawing.put("econ_setting", evaluation_id=evaluation.id, **LIGHT, rate_set="5 procent")
    economy = figures_of(drawing, evaluation).economy
    assert economy.rates is CATALOGUE.default_rates
    assert economy.missing == ("rate_set",)
    assert economy.npv == Decimal("35451.57")


# ------------------------------------------------------------------------------------------- evidence


def with_baseline(drawing, evaluation, **values):
    settings = {"baseline": Decimal(14), "baseline_date": date(2026, 1, 31), "baseline_status": "measured"}
    return drawing.put("indicator", evaluation_id=evaluation.id, direction="down", **(settings | values))


def measure(drawing, indicator, day, value, series="initiative", n=None):
    drawing.put("measurement", indicator_id=indicator.id, date=day, value=Decimal(value), series=series, n=n)


@pytest.mark.parametrize(
    ("baseline", "day", "level"),
    [
        ({}, date(2026, 6, 1), 2),
        ({"baseline_date": None}, date(2026, 6, 1), 2),
        ({"baseline_status": "estimate"}, date(2026, 6, 1), 1),
        ({"baseline_status": "recall"}, date(2026, 6, 1), 1),
        ({"baseline": None}, date(2026, 6, 1), 1),
        ({}, date(2026, 1, 31), 1),
    ],
)
def test_measured_change_needs_a_measured_baseline_and_a_later_measurement(
    drawing, evaluation, baseline, day, level
):
    measure(drawing, with_baseline(drawing, evaluation, **baseline), day, "9")
    assert figures_of(drawing, evaluation).evidence.level == level


def test_a_baseline_on_one_indicator_and_a_measurement_on_another_are_no_change(drawing, evaluation):
    with_baseline(drawing, evaluation)
    measure(drawing, with_baseline(drawing, evaluation, baseline=None), date(2026, 6, 1), "9")
    evidence = figures_of(drawing, evaluation).evidence
    assert evidence.level == 1
    assert evidence.missing == ("measured_change",)


def test_a_qualitative_method_used_twice_shows_a_change(drawing, evaluation):
    drawing.put("design", evaluation_id=evaluation.id, code="before_after")
    talk = drawing.put("method_use", evaluation_id=evaluation.id, method="interview")
    for day, level in ((date(2026, 1, 1), 1), (date(2026, 1, 1), 1), (date(2026, 6, 1), 2)):
        drawing.put("finding", evaluation_id=evaluation.id, method_use_id=talk.id, date=day, text="Mere ro")
        assert figures_of(drawing, evaluation).evidence.level == level


def test_seen_elsewhere_a_guide_and_a_unit_cost_lead_to_the_top(drawing):
    evaluation = draw_demo(drawing)
    drawing.put("evidence", evaluation_id=evaluation.id, guide_written="Ja", unit_cost=money(1_200))
    assert figures_of(drawing, evaluation).evidence.missing == ("elsewhere",)
    drawing.put("other_site", evaluation_id=evaluation.id, place="Nabokommunen", same_direction=True)
    assert figures_of(drawing, evaluation).evidence.level == 5


@pytest.mark.parametrize(
    ("site", "level"),
    [
        ({"place": "Nabokommunen", "year": 2025, "same_direction": True, "source": "Rapport"}, 4),
        ({"place": "Nabokommunen", "same_direction": True}, 4),
        ({"place": "Nabokommunen", "same_direction": False}, 3),
        ({"place": "Nabokommunen"}, 3),
        ({"place": "  ", "same_direction": True}, 3),
        ({"same_direction": True}, 3),
    ],
)
def test_only_a_named_place_with_the_same_direction_confirms(drawing, site, level):
    evaluation = draw_demo(drawing)
    drawing.put("other_site", evaluation_id=evaluation.id, **site)
    assert figures_of(drawing, evaluation).evidence.level == level


def test_one_place_that_agrees_is_enough_beside_others_that_do_not(drawing):
    evaluation = draw_demo(drawing)
    for place, same in (("Hedeby", False), ("Nabokommunen", True)):
        drawing.put("other_site", evaluation_id=evaluation.id, place=place, same_direction=same)
    assert figures_of(drawing, evaluation).evidence.level == 4


def test_a_comparison_measured_only_afterwards_compares_nothing(drawing, evaluation):
    drawing.put("design", evaluation_id=evaluation.id, code="group_before_after", why_comparable="Ens")
    indicator = with_baseline(drawing, evaluation)
    measure(drawing, indicator, date(2026, 6, 1), "9")
    measure(drawing, indicator, date(2026, 7, 1), "13", "comparison")
    measure(drawing, indicator, date(2026, 9, 1), "12", "comparison")

    figures = figures_of(drawing, evaluation)

    assert figures.indicators[0].effect is None
    assert (figures.evidence.level, figures.evidence.missing) == (2, ("comparison_before",))


def test_a_level_set_by_hand_is_shown_as_such(drawing):
    evaluation = draw_demo(drawing)
    drawing.put("evidence", evaluation_id=evaluation.id, level_set=2)
    evidence = figures_of(drawing, evaluation).evidence
    assert (evidence.suggested, evidence.level, evidence.is_set_manually) == (3, 2, True)


# -------------------------------------------------------------------------------------- ratings, remarks


@pytest.mark.parametrize(
    ("rows", "mean"),
    [
        ([("quality", "3", "2"), ("employee", "2", "-1")], "0.8"),
        ([("quality", "3", "2"), ("employee", "1", "-2")], "2"),
        ([("quality", "3", "na")], None),
        ([("quality", "1", "2")], None),
        ([("quality", None, "2")], None),
        ([], None),
    ],
)
def test_the_mean_rating_weighs_what_is_important(drawing, evaluation, rows, mean):
    for kind, importance, rating in rows:
        drawing.put("value_expect", evaluation_id=evaluation.id, kind=kind, importance=importance)
        drawing.put("judgement", evaluation_id=evaluation.id, kind=kind, rating=rating)
    assert figures_of(drawing, evaluation).mean_rating == (None if mean is None else Decimal(mean))


def test_remarks_say_what_deserves_a_second_look(drawing, evaluation):
    drawing.put("econ_setting", evaluation_id=evaluation.id, **(LIGHT | {"gain_class": "capacity"}))
    drawing.put("scope", evaluation_id=evaluation.id, target_groups=("vulnerable_citizens",))
    drawing.put("judgement", evaluation_id=evaluation.id, kind="quality", rating="-1")
    drawing.put("eval_decision", evaluation_id=evaluation.id, recommended="stop", decided="scale")
    drawing.put("proportion", evaluation_id=evaluation.id, hours=Decimal(3))
    figures = figures_of(drawing, evaluation)
    assert figures.remarks == (
        "freed_time_only", "beyond_evidence", "worse_for_vulnerable", "other_than_recommended",
    )  # fmt: skip
    assert figures.missing_hours == 1


def test_the_next_date_is_the_nearest_that_is_still_due(drawing, evaluation):
    drawing.put("decision_need", evaluation_id=evaluation.id, decision_date=date(2026, 12, 24))
    drawing.put("action", evaluation_id=evaluation.id, due=date(2026, 12, 1), state="done")
    drawing.put("action", evaluation_id=evaluation.id, due=date(2026, 12, 31), state="open")
    drawing.put("action", evaluation_id=evaluation.id, due=date(2026, 11, 1), state="open")
    assert figures_of(drawing, evaluation).next_date == date(2026, 12, 24)
    drawing.put("eval_decision", evaluation_id=evaluation.id, decided="adjust", review_date=date(2027, 6, 1))
    assert figures_of(drawing, evaluation).next_date == date(2026, 12, 31)
