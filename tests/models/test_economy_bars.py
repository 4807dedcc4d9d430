"""The charts of an economy in bars: what stands in them, and when there is nothing to show."""

from __future__ import annotations

from decimal import Decimal

import pytest

from coi_desktop.i18n import speaking
from coi_desktop.models.decimals import to_ore
from coi_desktop.models.economy_bars import economy_charts
from coi_desktop.models.economy_explanations import (
    explain_cost_per_outcome,
    explain_costs,
    explain_estimate,
)
from coi_desktop.models.evaluation_figures import EvaluationFigures, evaluation_figures
from tests.models.evaluation_cases import Drawing, money, shipped_catalogue
from tests.models.shipped_words import shipped_vocabulary

WORDS = shipped_vocabulary()
REFERENCE = [
    ("cost", {"year": 0, "low": money(80_000), "likely": money(100_000), "high": money(120_000)}),
    ("benefit", {"year": 1, "until_year": 5, "recurs": "yearly", "class_": "budget",
                 "low": money(25_000), "likely": money(30_000), "high": money(33_000)}),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _danish():
    with speaking("da"):
        yield


def figures_with(rows, **setting) -> EvaluationFigures:
    drawing = Drawing()
    initiative = drawing.put("initiative", title="T")
    evaluation = drawing.put("evaluation", initiative_id=initiative.id, depth="standard")
    drawing.put("econ_setting", evaluation_id=evaluation.id, applies="yes", **setting)
    for table, values in rows:
        owner = {"initiative_id": initiative.id} if table == "benefit" else {}
        drawing.put(table, evaluation_id=evaluation.id, **owner, **values)
    return evaluation_figures(drawing.snapshot(), evaluation, shipped_catalogue())


def charts(rows, **setting):
    found = economy_charts(figures_with(rows, **setting).economy, "e", WORDS)
    return {one.kind.value: one for one in found}


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_tornado_of_the_reference_has_the_widest_bar_first():
    tornado = charts(REFERENCE)["tornado"]
    assert tornado.categories == ("Udgifter", "Gevinster")
    assert [tuple(map(to_ore, one.values)) for one in tornado.series] == [
        (Decimal("15451.57"), Decimal("12876.31")),
        (Decimal("55451.57"), Decimal("48996.73")),
    ]
    assert tornado.levels[0].place == Decimal("35451.57")
    assert tornado.title == "Nettonutidsværdien er 0 eller mere i alle skøn"
    assert plain(tornado.labels[0]) == "15.452 kr. til 55.452 kr."
    assert "Perspektiv ikke oplyst" in tornado.footnote


def test_one_estimate_alone_has_no_tornado_and_one_class_no_parts():
    only = [("cost", {"year": 0, "likely": money(10)}),
            ("benefit", {"year": 1, "likely": money(20), "class_": "budget"})]  # fmt: skip
    assert charts(only) == {}


def test_expected_stands_beside_what_is_realised_so_far():
    rows = [
        ("cost", {"year": 0, "likely": money(100), "realised": money(110)}),
        ("benefit", {"year": 1, "until_year": 3, "recurs": "yearly", "likely": money(30), "class_": "budget",
                     "realised": money(25)}),
        ("benefit", {"year": 1, "likely": money(9), "class_": "capacity"}),
    ]  # fmt: skip
    chart = charts(rows)["realised"]
    assert chart.categories == ("Udgifter", "Budgetgevinster", "Frigjort tid i kroner")
    assert [one.values for one in chart.series] == [(100, 90, 9), (110, 25, None)]
    assert "25 af 90" in plain(chart.title)


def test_gains_are_parted_by_class_and_never_added_up():
    rows = [
        *REFERENCE,
        ("benefit", {"year": 1, "likely": money(7), "class_": "capacity"}),
        ("benefit", {"year": 1, "likely": money(5), "class_": "nonmoney"}),
    ]
    chart = charts(rows)["gains_by_class"]
    assert chart.categories == ("Forsigtigt skøn", "Mest sandsynligt", "Optimistisk skøn")
    assert {one.key: one.values for one in chart.series} == {
        "budget": (125_000, 150_000, 165_000),
        "capacity": (7, 7, 7),
    }


def test_every_number_of_the_estimates_explains_itself():
    figures = figures_with(REFERENCE, outcomes=Decimal(8), outcome_name="borger")
    cautious, optimistic = (explain_estimate(figures, one) for one in ("cautious", "optimistic"))
    assert (cautious.result.value, optimistic.result.value) == (Decimal("-7123.69"), Decimal("68996.73"))
    assert explain_costs(figures).result.value == 100_000
    each = explain_cost_per_outcome(figures)
    assert (each.title, each.result.value) == ("Udgift pr. borger", 12_500)
    none = explain_cost_per_outcome(figures_with(REFERENCE))
    assert (none.result.value, none.missing) == (None, ("antal resultater",))
