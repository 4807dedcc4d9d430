""" "Sådan er det regnet ud": every figure with its formula, the numbers put in, and what is missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from coi_desktop.i18n import speaking
from coi_desktop.models.economy_explanations import explain_npv, explain_payback, explain_ratio
from coi_desktop.models.evaluation_figures import EvaluationFigures, evaluation_figures
from coi_desktop.models.evaluation_state import Share
from coi_desktop.models.explanations import (
    Explanation,
    Fact,
    Form,
    explain_depth,
    explain_effect,
    explain_evidence,
    explain_mean_rating,
    explain_progress,
    explain_share,
)
from coi_desktop.models.portfolio_figures import portfolio_figures
from tests.models.evaluation_cases import Drawing, draw_demo, money, shipped_catalogue
from tests.models.shipped_words import shipped_vocabulary

CATALOGUE = shipped_catalogue()
WORDS = shipped_vocabulary()


def figures_of(drawing: Drawing, evaluation) -> EvaluationFigures:
    return evaluation_figures(drawing.snapshot(), evaluation, CATALOGUE)


def drawn(explanation: Explanation) -> str:
    return "\n".join(explanation.lines()).replace("\u00a0", " ")


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


def all_of(figures: EvaluationFigures) -> list[Explanation]:
    return [
        *(explain_progress(one, WORDS) for one in figures.indicators),
        *(explain_effect(one, WORDS) for one in figures.indicators),
        *(
            explain(figures, with_capacity=with_capacity)
            for explain in (explain_npv, explain_payback, explain_ratio)
            for with_capacity in (False, True)
        ),
        explain_evidence(figures, WORDS),
        explain_depth(figures, WORDS),
        explain_mean_rating(figures, WORDS),
    ]


def test_progress_shows_formula_numbers_and_result(demo):
    assert drawn(explain_progress(demo.indicators[0], WORDS)) == (
        "Fremskridt for Transporttid\n"
        "(a − b) ÷ (t − b)\n"
        "b = 74 min./dag (udgangspunkt)\n"
        "a = 52 min./dag (seneste måling)\n"
        "t = 50 min./dag (måltal)\n"
        "= 91,7 %"
    )


def test_what_is_kept_is_explained_by_its_tolerance(demo):
    explanation = explain_progress(demo.indicators[1], WORDS)
    assert explanation.formula == "|a − b| ≤ d"
    assert explanation.facts[-1] == Fact("d", "tolerance", Decimal("0.2"))
    assert explanation.day == date(2026, 9, 30)


def test_the_effect_names_all_four_numbers(demo):
    explanation = explain_effect(demo.indicators[0], WORDS)
    assert [(fact.symbol, fact.value) for fact in explanation.facts] == [
        ("b", 74), ("a", 52), ("b′", 73), ("a′", 70),
    ]  # fmt: skip
    assert explanation.result.value == -19
    assert explain_effect(demo.indicators[1], WORDS).missing == ("en sammenligningsgruppe målt før og efter",)


def test_npv_shows_every_year_the_rate_its_source_and_its_date(demo):
    said = drawn(explain_npv(demo))
    assert "n(0) = −250.000,00 kr. (netto i år 0, faktor 1,000000)" in said
    assert "n(5) = 36.000,00 kr. (netto i år 5, faktor 0,841973)" in said
    assert "r = 3,5 % (diskonteringsrente i år 1–35)" in said
    assert "rentens dato: 07-01-2021" in said
    assert "= −141.564,39 kr." in said
    assert "= 50.074,52 kr." in drawn(explain_npv(demo, with_capacity=True))


def test_the_same_explanation_in_english(demo):
    with speaking("en"):
        said = drawn(explain_npv(demo))
    assert "n(5) = DKK 36,000.00 (net in year 5, factor 0.841973)" in said
    assert "= DKK −141,564.39" in said


def test_the_numbers_put_in_give_the_result(demo):
    npv = explain_npv(demo)
    factors = [line.factor for line in demo.economy.table]
    nets = [fact.value for fact in npv.facts if fact.symbol.startswith("n(")]
    total = sum(net * factor for net, factor in zip(nets, factors, strict=True))
    assert round(total, 2) == npv.result.value
    ratio = explain_ratio(demo)
    gains, costs = ratio.facts[0].value, ratio.facts[1].value
    assert round(gains / costs, 4) == ratio.result.value
    share = explain_progress(demo.indicators[0], WORDS)
    b, a, t = (fact.value for fact in share.facts)
    assert round((a - b) / (t - b), 4) == share.result.value


def test_a_payback_that_never_comes_says_so(demo):
    said = drawn(explain_payback(demo))
    assert "= kan ikke opgøres" in said
    assert "Summen går ikke fra under 0 til 0 eller mere inden for de viste år." in said
    assert drawn(explain_payback(demo, with_capacity=True)).splitlines()[-2] == "= 4,0 år"


def test_evidence_says_what_was_suggested_and_what_comes_next(drawing):
    evaluation = draw_demo(drawing)
    drawing.put("evidence", evaluation_id=evaluation.id, level_set=2, reason="Få borgere")
    said = drawn(explain_evidence(figures_of(drawing, evaluation), WORDS))
    assert "foreslået efter reglen: 3 Sammenlignet" in said
    assert "= 2 Målt ændring" in said
    assert "Sat manuelt: Få borgere" in said


@pytest.mark.parametrize(
    ("level", "reason", "note"),
    [
        (4, None, "Et højere trin er sat uden begrundelse og tæller ikke."),
        (4, "Vi er sikre", "Der er sat et trin over det, sammenligningen højst kan give; loftet gælder."),
    ],
)
def test_a_level_that_does_not_hold_is_explained(drawing, evaluation, level, reason, note):
    drawing.put("evidence", evaluation_id=evaluation.id, level_set=level, reason=reason)
    explanation = explain_evidence(figures_of(drawing, evaluation), WORDS)
    assert note in explanation.notes
    assert (
        "Der er ikke valgt sammenligning; den følger af, om der er målt et udgangspunkt." in explanation.notes
    )


def test_depth_lists_the_answers_and_what_raised_it(drawing, evaluation):
    drawing.put("proportion", evaluation_id=evaluation.id, cost="0", reach="0", risk="2", uncertainty="0",
                stakes="0", requirement="0")  # fmt: skip
    said = drawn(explain_depth(figures_of(drawing, evaluation), WORDS))
    assert "Samlet udgift: Under 100.000 kr.: 0" in said
    assert "sum: 2" in said
    assert "= Standard" in said
    assert "2 point for risiko eller krav giver mindst standard." in said


def test_the_mean_rating_stands_beside_the_evidence_level(demo):
    explanation = explain_mean_rating(demo, WORDS)
    assert explanation.facts[-1].value == 3
    assert explanation.result.value == Decimal("0.1429")


def test_a_share_stands_beside_the_national_one(drawing):
    draw_demo(drawing)
    drawing.put("initiative", title="x")
    figures = portfolio_figures(drawing.snapshot(), CATALOGUE)
    said = drawn(explain_share(figures.shares[Share.EVALUATED], "Evalueret", figures.day))
    assert said.startswith("Evalueret\nk ÷ n\nk = 1 (tiltag, der tæller med)\nn = 2")
    assert "andel i hele landet: 39,0 %" in said
    assert "= 50,0 %" in said
    assert "4. udgave, 2021–2023, n = 1352." in said


def test_nothing_known_is_explained_as_missing_and_never_as_zero(drawing, evaluation):
    drawing.put("indicator", evaluation_id=evaluation.id, name="Ventetid")
    figures = figures_of(drawing, evaluation)
    explanations = all_of(figures)
    assert all(explanation.result.value in (None, "0 Fornemmelse") for explanation in explanations)
    by_key = {explanation.key: explanation.missing for explanation in explanations}
    assert by_key["progress"] == ("retning", "udgangspunkt", "en måling efter udgangspunktet")
    assert by_key["effect"] == (
        "et udgangspunkt og en senere måling", "en sammenligningsgruppe målt før og efter",
    )  # fmt: skip
    assert by_key["npv"] == by_key["bcr"] == by_key["payback"] == ("udgifter og gevinster",)
    assert by_key["depth"] == ("svar på alle seks spørgsmål",)
    assert by_key["mean_rating"] == ("en vurdering af en vigtig værdi",)
    assert explain_share(
        portfolio_figures(Drawing().snapshot(), CATALOGUE).reuse, "Genbrug", figures.day
    ).missing


def test_an_unfinished_light_path_names_its_open_fields(drawing, evaluation):
    drawing.put("econ_setting", evaluation_id=evaluation.id, one_off=money(1_000))
    assert explain_npv(figures_of(drawing, evaluation)).missing == (
        "årlig drift", "årlig gevinst", "gevinstens art",
    )  # fmt: skip


def test_economy_that_is_not_relevant_misses_nothing(drawing, evaluation):
    drawing.put("econ_setting", evaluation_id=evaluation.id, applies="not_relevant")
    assert explain_npv(figures_of(drawing, evaluation)).missing == ()


def test_a_ratio_without_costs_misses_the_costs(drawing, evaluation):
    drawing.put(
        "benefit", initiative_id=evaluation["initiative_id"], class_="budget", year=1, likely=money(5)
    )
    assert explain_ratio(figures_of(drawing, evaluation)).missing == ("udgifter",)


def test_too_few_answers_are_not_explained_with_their_number(drawing, evaluation):
    known = {"direction": "up", "baseline": Decimal(1), "target_likely": Decimal(5), "goal_status": "fixed"}
    owner = drawing.put("indicator", evaluation_id=evaluation.id, name="Ro", **known)
    drawing.put("measurement", indicator_id=owner.id, date=date(2026, 6, 1), value=Decimal("987"), n=4)
    figures = figures_of(drawing, evaluation)
    for explanation in (
        explain_progress(figures.indicators[0], WORDS),
        explain_effect(figures.indicators[0], WORDS),
    ):
        assert "987" not in str(explanation)
        assert explanation.notes == ("for få svar",)


@pytest.mark.parametrize(
    ("settings", "note"),
    [
        ({"direction": "down"}, "Måltallet ligger på den forkerte side"),
        ({"goal_status": "exploratory"}, "Målet er udforskende"),
    ],
)
def test_why_there_is_no_progress(drawing, evaluation, settings, note):
    given = {"direction": "up", "baseline": Decimal(1), "target_likely": Decimal(5), "goal_status": "fixed"}
    owner = drawing.put("indicator", evaluation_id=evaluation.id, name="Ro", **(given | settings))
    drawing.put("measurement", indicator_id=owner.id, date=date(2026, 6, 1), value=Decimal(3))
    explanation = explain_progress(figures_of(drawing, evaluation).indicators[0], WORDS)
    assert explanation.result.value is None
    assert explanation.notes[0].startswith(note)
    assert explanation.missing == ()


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (Fact("", "", Decimal("1234.5"), unit="dage"), "1.234,5 dage"),
        (Fact("", "", 3), "3"),
        (Fact("", "", Decimal("0.035"), Form.SHARE), "3,5 %"),
        (Fact("", "", Decimal("3.3333"), Form.YEARS), "3,3 år"),
        (Fact("", "", Decimal("-0.005"), Form.MONEY), "−0,01 kr."),
        (Fact("", "", date(2026, 11, 22), Form.DAY), "22-11-2026"),
        (Fact("", "", "Samlet", Form.WORDS), "Samlet"),
        (Fact("", "", None, Form.MONEY), ""),
    ],
)
def test_values_are_written_as_people_read_them(fact, text):
    assert fact.text().replace("\u00a0", " ") == text


def test_yes_or_no_is_explained_by_the_answer_aimed_at(drawing, evaluation):
    owner = drawing.put(
        "indicator", evaluation_id=evaluation.id, name="Lovkrav", measure="yes_no", target_likely=Decimal(1)
    )
    drawing.put("measurement", indicator_id=owner.id, date=date(2026, 6, 1), value=Decimal(1))
    explanation = explain_progress(figures_of(drawing, evaluation).indicators[0], WORDS)
    assert (explanation.formula, explanation.result.text()) == ("a = t", "100,0\u00a0%")


def test_a_rate_that_is_not_confirmed_is_explained_as_such(drawing, evaluation):
    drawing.put("cost", evaluation_id=evaluation.id, year=71, likely=money(100))
    said = drawn(explain_npv(figures_of(drawing, evaluation)))
    assert "r = 2,5 % (diskonteringsrente i år 36–70)" in said
    assert "r = 1,5 % (diskonteringsrente i år 71– (ikke bekræftet))" in said


def test_a_share_without_a_national_figure_stands_alone(drawing):
    drawing.put("initiative", title="x")
    figures = portfolio_figures(drawing.snapshot(), CATALOGUE)
    explanation = explain_share(figures.shares[Share.NONE], "Hverken eller", figures.day)
    assert explanation.notes == ()
    assert explanation.result.value == 1
