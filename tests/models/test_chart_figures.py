"""What the charts say: titles with the message, texts made from the numbers, nothing where nothing is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.i18n import speaking
from coi_desktop.models.chart_figures import ChartFigure, footnotes, sentences
from coi_desktop.models.economy_charts import assumptions, cash_flow_chart, npv_words, payback_title
from coi_desktop.models.evaluation_charts import (
    change_title,
    indicator_progress_chart,
    measurements_chart,
    progress_label,
    value_profile_chart,
)
from coi_desktop.models.evaluation_figures import EvaluationFigures, evaluation_figures
from coi_desktop.models.portfolio_charts import portfolio_chart
from coi_desktop.models.portfolio_figures import portfolio_figures
from tests.models.evaluation_cases import Drawing, draw_demo, money, shipped_catalogue
from tests.models.shipped_words import shipped_vocabulary

CATALOGUE = shipped_catalogue()
WORDS = shipped_vocabulary()


def figures_of(drawing: Drawing, evaluation) -> EvaluationFigures:
    return evaluation_figures(drawing.snapshot(), evaluation, CATALOGUE)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.fixture
def drawing() -> Drawing:
    return Drawing()


@pytest.fixture
def demo(drawing) -> EvaluationFigures:
    return figures_of(drawing, draw_demo(drawing))


@pytest.fixture
def evaluation(drawing):
    initiative = drawing.put("initiative", title="Medicinrobot")
    return drawing.put("evaluation", initiative_id=initiative.id)


def all_charts(figures: EvaluationFigures) -> list[ChartFigure | None]:
    return [
        value_profile_chart(figures, WORDS),
        indicator_progress_chart(figures, WORDS),
        *(measurements_chart(one, WORDS) for one in figures.indicators),
        cash_flow_chart(figures.economy, figures.evaluation_id, WORDS),
    ]


# ------------------------------------------------------------------------------------------ the demo case

DANISH = [
    "Bedre på 1 af 3 slags værdi, værre på 1",
    "1 af 3 mål nået, 1 går den forkerte vej",
    "Transporttid faldt fra 74 til 52 min./dag",
    "Borgertilfredshed er fastholdt (4,1 → 4,2)",
    "Arbejdsglæde faldt fra 3,6 til 3,5",
    "Ikke tjent hjem inden for 5 år; med frigjort tid efter 4,0 år",
]
ENGLISH = [
    "Better on 1 of 3 value kinds, worse on 1",
    "1 of 3 targets reached, 1 going the wrong way",
    "Transporttid fell from 74 to 52 min./dag",
    "Borgertilfredshed is kept (4.1 → 4.2)",
    "Arbejdsglæde fell from 3.6 to 3.5",
    "Not earned back within 5 years; with freed time after 4.0 years",
]


@pytest.mark.parametrize(("language", "titles"), [("da", DANISH), ("en", ENGLISH)])
def test_every_title_says_the_message(demo, language, titles):
    with speaking(language):
        assert [plain(chart.title) for chart in all_charts(demo)] == titles


def test_the_charts_show_the_numbers_of_the_figures(demo):
    progress = indicator_progress_chart(demo, WORDS)
    assert progress.find_series("progress").values == tuple(one.progress for one in demo.indicators)
    assert [series.key for series in progress.drawn] == ["progress"]
    flow = cash_flow_chart(demo.economy, demo.evaluation_id, WORDS)
    assert flow.find_series("cumulative").values == tuple(line.cumulative for line in demo.economy.table)
    assert flow.find_series("costs").values == tuple(-line.costs for line in demo.economy.table)
    assert flow.find_series("capacity").values == tuple(line.capacity for line in demo.economy.table)
    assert flow.find_series("revenue") is None
    profile = value_profile_chart(demo, WORDS)
    assert profile.find_series("rating").values == (0, 1, -1)
    assert profile.find_series("expected").values == (0, 2, 1)


def test_measurements_begin_with_the_baseline_and_stand_by_day(demo):
    chart = measurements_chart(demo.indicators[0], WORDS)
    assert chart.categories == (date(2026, 1, 31), date(2026, 9, 30))
    assert chart.find_series("initiative").values == (74, 52)
    assert chart.find_series("comparison").values == (73, 70)
    assert [(level.key, level.place) for level in chart.levels] == [("baseline", 74), ("target", 50)]
    assert chart.unit == "min./dag"
    assert plain(chart.footnote) == "Kilde: Rutedata · n = 38 · Udgangspunkt 31-01-2026"


def test_what_is_to_be_kept_has_bounds_instead_of_a_target(demo):
    levels = measurements_chart(demo.indicators[1], WORDS).levels
    assert [(level.key, level.place) for level in levels] == [
        ("baseline", Decimal("4.1")), ("tolerance", Decimal("4.3")), ("tolerance", Decimal("3.9")),
    ]  # fmt: skip


def test_the_footnote_of_money_says_what_it_rests_on(demo):
    flow = cash_flow_chart(demo.economy, demo.evaluation_id, WORDS)
    assert plain(flow.footnote) == (
        "Kommunal kasse · faste priser, 2026 · år 0–5 · "
        "diskonteringsrente 3,5 % (Finansministeriet, januar 2021)"
    )
    assert [(mark.key, mark.place) for mark in flow.marks] == [("payback_all", 4)]


def test_alternative_texts_are_made_from_the_numbers(demo):
    texts = [plain(chart.alt_text) for chart in all_charts(demo)]
    assert texts[1] == (
        "Søjlediagram over, hvor langt indikatorerne er nået. "
        "Transporttid: 74 → 52 min./dag (mål 50), godt på vej, 92 %. "
        "Borgertilfredshed: 4,1 → 4,2 (±0,2), nået, 100 %. "
        "Arbejdsglæde: 3,6 → 3,5 (mål 3,8), den forkerte vej, −50 %."
    )
    assert "Tiltag: 74 min./dag (31-01-2026), 52 min./dag (30-09-2026)." in texts[2]
    assert "Nettonutidsværdi −141.564 kr.; inkl. frigjort tid 50.075 kr." in texts[5]
    assert "Kvalitet: forventet: skal holdes uændret, vurderet: uændret." in texts[0]


def test_the_table_beside_a_chart_holds_every_series_and_note(demo):
    headings, rows = indicator_progress_chart(demo, WORDS).table()
    assert headings == ("Indikator", "Fremskridt", "Udgangspunkt", "Seneste", "Måltal", "Note")
    assert rows[2][:5] == ("Arbejdsglæde", Decimal("-0.5"), Decimal("3.6"), Decimal("3.5"), Decimal("3.8"))
    headings, rows = cash_flow_chart(demo.economy, "", WORDS).table()
    assert headings[0] == "År"
    assert len(rows) == 6
    assert all(len(row) == len(headings) for row in rows)


# --------------------------------------------------------------------------------------- nothing to draw


def test_an_empty_evaluation_has_no_chart(drawing, evaluation):
    assert all_charts(figures_of(drawing, evaluation)) == [None, None, None]


def indicator(drawing, evaluation, **values):
    settings = {
        "name": "Ventetid", "direction": "down", "baseline": Decimal(14), "baseline_date": date(2026, 1, 31),
        "target_likely": Decimal(9), "goal_status": "fixed", "unit": "dage",
    }  # fmt: skip
    return drawing.put("indicator", evaluation_id=evaluation.id, **(settings | values))


def measure(drawing, owner, day, value, n=None, series="initiative"):
    drawing.put("measurement", indicator_id=owner.id, date=day, value=Decimal(value), n=n, series=series)


def test_what_is_kept_without_a_tolerance_shows_none(drawing, evaluation):
    kept = indicator(drawing, evaluation, direction="maintain", baseline=Decimal(5), target_likely=None)
    measure(drawing, kept, date(2026, 5, 1), "5", n=20)
    text = plain(indicator_progress_chart(figures_of(drawing, evaluation), WORDS).alt_text)
    assert "5 → 5" in text
    assert "±" not in text


@pytest.mark.parametrize(
    ("settings", "measured"),
    [
        ({}, False),
        ({"baseline": None}, True),
        ({"baseline_date": None}, True),
        ({"measure": "yes_no"}, True),
        ({"measure": "sign"}, True),
    ],
)
def test_no_chart_of_a_single_number_a_yes_or_a_sign(drawing, evaluation, settings, measured):
    owner = indicator(drawing, evaluation, **settings)
    if measured:
        measure(drawing, owner, date(2026, 6, 1), "9")
    assert measurements_chart(figures_of(drawing, evaluation).indicators[0], WORDS) is None


def test_a_portfolio_of_one_has_no_chart(drawing):
    drawing.put("initiative", title="x", phase="idea", status="active")
    assert portfolio_chart(portfolio_figures(drawing.snapshot(), CATALOGUE), WORDS) is None


# ---------------------------------------------------------------------------------------- small counts


def test_too_few_answers_leave_no_trace_in_any_chart(drawing, evaluation):
    owner = indicator(drawing, evaluation)
    measure(drawing, owner, date(2026, 3, 1), "12", 40)
    measure(drawing, owner, date(2026, 6, 1), "987", 3)
    measure(drawing, owner, date(2026, 2, 1), "654", 4, series="comparison")
    figures = figures_of(drawing, evaluation)
    chart = measurements_chart(figures.indicators[0], WORDS)
    assert chart.title == "Ventetid: for få svar"
    assert "2 målinger med for få svar er ikke vist" in chart.footnote
    assert "987" not in str(chart)
    assert "654" not in str(chart)
    assert chart.find_series("comparison") is None
    assert indicator_progress_chart(figures, WORDS) is None


# --------------------------------------------------------------------------------------------- titles


@pytest.mark.parametrize(
    ("settings", "value", "title"),
    [
        ({}, "9", "Ventetid faldt fra 14 til 9 dage"),
        ({}, "15.5", "Ventetid steg fra 14 til 15,5 dage"),
        ({}, "14", "Ventetid er uændret på 14 dage"),
        ({"baseline": None}, "9", "Ventetid: 9 dage"),
        ({}, None, "Ventetid: ikke målt endnu"),
        ({"unit": None, "measure": "percent"}, "9", "Ventetid faldt fra 14 til 9 %"),
        ({"unit": None, "measure": "dkk"}, "1250", "Ventetid steg fra 14 til 1.250 kr."),
        ({"direction": "maintain", "tolerance": Decimal(2)}, "15", "Ventetid er fastholdt (14 → 15 dage)"),
        ({"direction": "maintain", "tolerance": Decimal(2)}, "17", "Ventetid steg fra 14 til 17 dage"),
        ({"name": "=HYPERLINK(x) $a$ <b>"}, "9", "=HYPERLINK(x) $a$ <b> faldt fra 14 til 9 dage"),
        ({"name": "{before}"}, "9", "{before} faldt fra 14 til 9 dage"),
    ],
)
def test_a_title_says_what_the_latest_measurement_shows(drawing, evaluation, settings, value, title):
    owner = indicator(drawing, evaluation, **settings)
    if value is not None:
        measure(drawing, owner, date(2026, 6, 1), value)
    assert plain(change_title(figures_of(drawing, evaluation).indicators[0], WORDS)) == title


@pytest.mark.parametrize(
    ("settings", "label"),
    [
        ({}, "14 → 11 dage (mål 9), godt på vej"),
        ({"direction": "maintain", "tolerance": Decimal("0.5")}, "14 → 11 dage (±0,5), afviger"),
        ({"measure": "yes_no", "unit": None, "target_likely": Decimal(11)}, "nået"),
    ],
)
def test_the_label_beside_a_bar(drawing, evaluation, settings, label):
    measure(drawing, indicator(drawing, evaluation, **settings), date(2026, 6, 1), "11")
    assert plain(progress_label(figures_of(drawing, evaluation).indicators[0], WORDS)) == label


@pytest.mark.parametrize(
    ("costs", "gains", "title"),
    [
        ([100], [("budget", 50)] * 4, "Tjent hjem efter 2,0 år"),
        ([100], [("budget", 10)] * 4, "Ikke tjent hjem inden for 4 år"),
        ([], [("budget", 10)] * 2, "Gevinsterne dækker udgifterne fra begyndelsen"),
        ([100], [("capacity", 50)] * 4, "Ikke tjent hjem inden for 4 år; med frigjort tid efter 2,0 år"),
        ([100], [("capacity", 5)] * 4, "Ikke tjent hjem inden for 4 år, med og uden frigjort tid"),
        ([100], [("budget", 100), ("capacity", 5)], "Tjent hjem efter 1,0 år, med og uden frigjort tid"),
        ([], [], "Økonomien er ikke opgjort"),
    ],
)
def test_when_the_money_is_earned_back(drawing, evaluation, costs, gains, title):
    for amount in costs:
        drawing.put("cost", evaluation_id=evaluation.id, year=0, likely=money(amount))
    for year, (gain_class, amount) in enumerate(gains, 1):
        drawing.put("benefit", initiative_id=evaluation["initiative_id"], class_=gain_class, year=year,
                    likely=money(amount))  # fmt: skip
    drawing.put("econ_setting", evaluation_id=evaluation.id, applies="yes", include_capacity=True)
    assert plain(payback_title(figures_of(drawing, evaluation).economy)) == title


def test_freed_time_is_counted_in_the_chart_only_where_it_was_asked_for(drawing, evaluation):
    drawing.put("cost", evaluation_id=evaluation.id, year=0, likely=money(100))
    drawing.put(
        "benefit", initiative_id=evaluation["initiative_id"], class_="capacity", year=1, likely=money(500)
    )
    economy = figures_of(drawing, evaluation).economy
    chart = cash_flow_chart(economy, evaluation.id, WORDS)
    assert [one.key for one in chart.series] == ["costs", "capacity", "cumulative"]
    assert not chart.marks
    assert "frigjort" not in npv_words(economy)


def test_a_horizon_beyond_35_years_is_printed_with_a_note(drawing, evaluation):
    drawing.put("cost", evaluation_id=evaluation.id, year=35, likely=money(100))
    assert "meget usikkert" not in assumptions(figures_of(drawing, evaluation).economy, WORDS)
    drawing.put("cost", evaluation_id=evaluation.id, year=36, likely=money(100))
    assert "længere end 35 år: meget usikkert" in assumptions(figures_of(drawing, evaluation).economy, WORDS)


def test_an_outlay_only_freed_time_covers_is_not_earned_back(drawing, evaluation):
    drawing.put("cost", evaluation_id=evaluation.id, year=0, likely=money(100))
    drawing.put(
        "benefit", initiative_id=evaluation["initiative_id"], class_="capacity", year=0, likely=money(500)
    )
    assert plain(payback_title(figures_of(drawing, evaluation).economy)) == "Ikke tjent hjem inden for 0 år"


def test_a_rate_that_is_not_confirmed_is_printed_as_such(drawing, evaluation):
    drawing.put("cost", evaluation_id=evaluation.id, year=80, likely=money(100))
    chart = cash_flow_chart(figures_of(drawing, evaluation).economy, evaluation.id, WORDS)
    assert "3,5 %, 2,5 %, 1,5 % (ikke bekræftet)" in plain(chart.footnote)
    assert "Perspektiv ikke oplyst" in chart.footnote


def test_a_moved_goal_is_marked_on_its_day(drawing, evaluation):
    owner = indicator(drawing, evaluation)
    measure(drawing, owner, date(2026, 6, 1), "11")
    for kind, day, what in (
        ("goal", date(2026, 5, 1), "Mål hævet til 9 dage"),
        ("goal", date(2026, 2, 1), None),
        ("plan", date(2026, 4, 1), "Ny plan"),
        ("goal", None, "Uden dato"),
    ):
        drawing.put("change_log", evaluation_id=evaluation.id, kind=kind, date=day, what=what)
    changes = drawing.snapshot().children("change_log", evaluation.id)
    chart = measurements_chart(figures_of(drawing, evaluation).indicators[0], WORDS, changes)
    assert [(mark.label, mark.place) for mark in chart.marks] == [
        ("Målet flyttede sig", date(2026, 2, 1)), ("Mål hævet til 9 dage", date(2026, 5, 1)),
    ]  # fmt: skip


def test_expected_value_alone_says_that_it_is_not_assessed(drawing, evaluation):
    drawing.put("value_expect", evaluation_id=evaluation.id, kind="quality", importance="3", expected="1")
    drawing.put("value_expect", evaluation_id=evaluation.id, kind="citizen", importance="2", expected="2")
    drawing.put("judgement", evaluation_id=evaluation.id, kind="citizen", rating="na")
    drawing.put("value_expect", evaluation_id=evaluation.id, kind="political", importance="0")
    chart = value_profile_chart(figures_of(drawing, evaluation), WORDS)
    assert chart.title == "Forventet værdi, endnu ikke vurderet"
    assert chart.categories == ("Kvalitet", "Borgerinddragelse og demokrati")
    assert chart.labels == ("", "Ikke undersøgt")
    assert chart.find_series("rating").values == (None, None)


# ------------------------------------------------------------------------------------------ portfolio


def test_the_portfolio_by_phase_and_status(drawing):
    for phase, status in (
        ("idea", "active"),
        ("develop", "active"),
        ("develop", "stopped"),
        (None, "active"),
    ):
        drawing.put("initiative", title="x", phase=phase, status=status)
    chart = portfolio_chart(portfolio_figures(drawing.snapshot(), CATALOGUE), WORDS)
    assert chart.title == "2 af 4 tiltag er i fasen Udvikling og afprøvning"
    assert [(series.key, series.name, series.values) for series in chart.series] == [
        ("active", "Aktiv", (1, 0, 1, 0, 0, 0, 1)),
        ("stopped", "Stoppet", (0, 0, 1, 0, 0, 0, 0)),
    ]
    assert chart.categories[-1] == "Ikke udfyldt"
    assert plain(chart.footnote) == "4 tiltag · 22-11-2026"
    assert chart.alt_text == (
        "Stablet søjlediagram over tiltag efter fase og status. Idé: Aktiv 1. "
        "Udvikling og afprøvning: Aktiv 1, Stoppet 1. Ikke udfyldt: Aktiv 1."
    )


@given(st.lists(st.text(alphabet="abc .?", max_size=8), max_size=5))
def test_sentences_end_once_and_footnotes_never_repeat(parts):
    said = sentences(parts)
    assert said == sentences([said])
    assert not said or said[-1] in ".?"
    assert footnotes([*parts, *parts]) == footnotes(parts)


# --------------------------------------------------------------------------------------- lines and marks


@pytest.mark.parametrize(
    ("settings", "keys"),
    [
        ({}, ["baseline", "target"]),
        ({"target_likely": None}, ["baseline"]),
        ({"goal_status": "exploratory"}, ["baseline"]),
        ({"direction": "maintain"}, ["baseline"]),
        ({"direction": "maintain", "tolerance": Decimal(1)}, ["baseline", "tolerance", "tolerance"]),
        ({"baseline": None}, ["target"]),
    ],
)
def test_lines_across_the_measurements(drawing, evaluation, settings, keys):
    owner = indicator(drawing, evaluation, **settings)
    for month, value in ((6, "11"), (9, "10")):
        measure(drawing, owner, date(2026, month, 1), value)
    chart = measurements_chart(figures_of(drawing, evaluation).indicators[0], WORDS)
    assert [level.key for level in chart.levels] == keys
    assert ("Udgangspunkt" in chart.footnote) is ("baseline" in keys)


def test_one_bar_alone_says_its_own_message_and_one_measured_n_is_no_range(drawing, evaluation):
    measure(drawing, indicator(drawing, evaluation), date(2026, 6, 1), "9", 40)
    chart = indicator_progress_chart(figures_of(drawing, evaluation), WORDS)
    assert plain(chart.title) == "Ventetid faldt fra 14 til 9 dage"
    assert chart.footnote == "n = 40"


def test_all_targets_reached_says_nothing_of_wrong_ways(drawing, evaluation):
    for _ in range(2):
        measure(drawing, indicator(drawing, evaluation), date(2026, 6, 1), "9")
    assert indicator_progress_chart(figures_of(drawing, evaluation), WORDS).title == "2 af 2 mål nået"


def test_the_payback_is_marked_and_the_words_of_no_economy_are_none(drawing, evaluation):
    assert npv_words(figures_of(drawing, evaluation).economy) == ""
    drawing.put("cost", evaluation_id=evaluation.id, year=0, likely=money(100))
    for gain_class, year in (("budget", 1), ("budget", 2), ("revenue", 2)):
        drawing.put(
            "benefit",
            initiative_id=evaluation["initiative_id"],
            class_=gain_class,
            year=year,
            likely=money(50),
        )
    economy = figures_of(drawing, evaluation).economy
    chart = cash_flow_chart(economy, evaluation.id, WORDS)
    assert [(mark.key, mark.place) for mark in chart.marks] == [("payback", Decimal("1.5"))]
    assert [series.key for series in chart.series] == ["costs", "budget", "revenue", "cumulative"]
    assert plain(npv_words(economy)) == "Nettonutidsværdi 42 kr."


def test_freed_time_that_covers_everything_from_the_start_is_never_paid_back(drawing, evaluation):
    drawing.put("cost", evaluation_id=evaluation.id, year=0, likely=money(100))
    drawing.put(
        "benefit", initiative_id=evaluation["initiative_id"], class_="capacity", year=0, likely=money(500)
    )
    drawing.put(
        "benefit", initiative_id=evaluation["initiative_id"], class_="budget", year=1, likely=money(100)
    )
    assert plain(payback_title(figures_of(drawing, evaluation).economy)) == "Tjent hjem efter 1,0 år"


def test_a_better_rating_alone_and_an_unrated_kind(drawing, evaluation):
    drawing.put("judgement", evaluation_id=evaluation.id, kind="quality", rating="2")
    drawing.put("value_expect", evaluation_id=evaluation.id, kind="employee", importance="2", expected="1")
    chart = value_profile_chart(figures_of(drawing, evaluation), WORDS)
    assert chart.title == "Bedre på 1 af 1 slags værdi"
    assert "Kvalitet: vurderet: klart bedre." in chart.alt_text
    assert "Medarbejdertilfredshed: forventet: lidt bedre, ikke vurderet." in chart.alt_text
