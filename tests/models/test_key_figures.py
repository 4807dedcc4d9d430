"""The six figures of the overview: what they say, what stands beside them, and what is never said as 0."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from coi_desktop.i18n import speaking
from coi_desktop.models.gains_chart import gains_chart
from coi_desktop.models.key_figures import NOTHING, KeyFigure, key_figures
from coi_desktop.models.portfolio_figures import PortfolioFigures, portfolio_figures
from tests.models.evaluation_cases import Drawing, draw_demo, shipped_catalogue
from tests.models.shipped_words import shipped_vocabulary

CATALOGUE = shipped_catalogue()
WORDS = shipped_vocabulary()


@pytest.fixture
def drawing() -> Drawing:
    return Drawing()


def portfolio_of(drawing: Drawing) -> PortfolioFigures:
    return portfolio_figures(drawing.snapshot(), CATALOGUE, today=date(2026, 11, 22))


def figures(drawing: Drawing) -> dict[str, KeyFigure]:
    return {one.key: one for one in key_figures(portfolio_of(drawing), WORDS)}


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def test_the_demo_case_in_six_figures(drawing):
    draw_demo(drawing)
    found = figures(drawing)
    assert list(found) == ["initiatives", "evaluated", "under_way", "reused", "stopped", "gain"]
    assert [plain(one.value) for one in found.values()] == [
        "1", "100 %", "0 %", NOTHING, NOTHING, "144.000 kr.",
    ]  # fmt: skip
    assert plain(found["evaluated"].text()) == "Evalueret: 100 %. 1 af 1 tiltag. På landsplan 39 %."


def test_shares_stand_beside_the_national_ones_and_say_their_source(drawing):
    for novelty in ("kopi", "inspireret", "helt_ny", None):
        drawing.put("initiative", title="x", novelty=novelty)
    reused = figures(drawing)["reused"]
    assert (plain(reused.value), reused.beside) == ("67 %", "2 af 3 tiltag")
    assert plain(reused.national) == "På landsplan 72 %"
    said = "\n".join(reused.explanation.lines())
    assert "k ÷ n" in said
    assert "Innovationsbarometeret" in said
    assert "n = 1877" in said


def test_the_planned_share_stands_with_the_one_under_way_beside_the_national_one(drawing):
    first = drawing.put("initiative", title="x")
    drawing.put("initiative", title="y")
    evaluation = drawing.put("evaluation", initiative_id=first.id)
    drawing.put("question", evaluation_id=evaluation.id, text="Virker det?")
    under_way = figures(drawing)["under_way"]
    assert (plain(under_way.value), plain(under_way.national)) == ("0 %", "På landsplan 18 %")
    assert plain(under_way.also) == "Planlagt 50 %; på landsplan 30 %"
    said = plain("\n".join(under_way.explanation.lines()))
    assert "Evaluering planlagt: 50 % (1 af 2 tiltag)." in said
    assert said.count("n = 1352") == 2


def test_what_nobody_has_answered_is_no_zero(drawing):
    drawing.put("initiative", title="x", status="active")
    found = figures(drawing)
    for key in ("reused", "stopped", "gain"):
        assert found[key].value == NOTHING, key
        assert found[key].explanation.result.value is None, key
        assert found[key].explanation.missing, key
    assert found["under_way"].value.startswith("0")


def test_a_stop_counts_with_its_lesson(drawing):
    drawing.put("initiative", title="a", status="stopped", lesson="Spørg driften først")
    drawing.put("initiative", title="b", status="stopped")
    stopped = figures(drawing)["stopped"]
    assert (stopped.value, stopped.beside) == ("1", "af 2 stoppede")


def put_gain(drawing: Drawing, kind: str, likely: int, realised: int | None = None) -> None:
    one = drawing.put("initiative", title="x")
    values = {"initiative_id": one.id, "class": kind, "likely": Decimal(likely), "year": 1}
    if realised is not None:
        values["realised"] = Decimal(realised)
    drawing.put("benefit", **values)


def test_kinds_of_gain_are_never_added_up(drawing):
    put_gain(drawing, "budget", 100_000)
    put_gain(drawing, "capacity", 900_000)
    gain = figures(drawing)["gain"]
    assert (gain.label, plain(gain.value)) == ("Budgetgevinster", "100.000 kr.")
    assert gain.beside == "forventet; intet endnu realiseret"


def test_freed_time_is_shown_where_there_is_no_money(drawing):
    put_gain(drawing, "capacity", 900_000, 300_000)
    gain = figures(drawing)["gain"]
    assert (gain.label, plain(gain.value)) == ("Frigjort tid i kroner", "900.000 kr.")
    assert plain(gain.beside) == "forventet; 300.000 kr. realiseret"


def test_figures_speak_english(drawing):
    draw_demo(drawing)
    with speaking("en"):
        found = figures(drawing)
    assert plain(found["evaluated"].text()) == "Evaluated: 100%. 1 of 1 initiative. Nationally 39%."


# The chart of costs and gains


def test_the_chart_sets_what_is_realised_beside_what_is_expected(drawing):
    put_gain(drawing, "budget", 100_000, 35_000)
    put_gain(drawing, "capacity", 900_000)
    chart = gains_chart(portfolio_of(drawing))
    assert chart is not None
    assert plain(chart.title) == "Budgetgevinster: 35.000 af 100.000 kr. er realiseret"
    assert chart.categories == ("Budgetgevinster", "Frigjort tid i kroner")
    assert [one.values for one in chart.series] == [
        (Decimal(100_000), Decimal(900_000)),
        (Decimal(35_000), None),
    ]
    assert plain(chart.alt_text).endswith(
        "Budgetgevinster: 35.000 af 100.000 kr. Frigjort tid i kroner: intet endnu af 900.000 kr."
    )


def test_without_a_gain_or_with_one_number_alone_there_is_no_chart(drawing):
    assert gains_chart(portfolio_of(drawing)) is None
    put_gain(drawing, "budget", 100_000)
    assert gains_chart(portfolio_of(drawing)) is None
    put_gain(drawing, "capacity", 1)
    chart = gains_chart(portfolio_of(drawing))
    assert chart is not None
    assert chart.title == "Ingen gevinst er realiseret endnu"
