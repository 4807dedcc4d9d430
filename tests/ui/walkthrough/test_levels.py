"""The evidence level beside the questions, and how sure a change is beside the indicator."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from coi_desktop.i18n import speaking
from coi_desktop.operations.answering import add_row, answer
from coi_desktop.store.register import Register
from coi_desktop.ui.walkthrough.indicator_statuses import IndicatorStatuses
from coi_desktop.ui.walkthrough.levels import DesignCeiling, EvidenceLevel
from coi_desktop.ui.walkthrough.walk_panel import WalkPanel

BASELINE = {
    "name": "Ro", "kind": "quality", "measure": "scale", "direction": "up", "baseline": Decimal("3.6"),
    "baseline_date": date(2026, 1, 31), "baseline_status": "measured", "baseline_n": 20,
    "baseline_sd": Decimal("0.7"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _danish() -> Iterator[None]:
    with speaking("da"):
        yield


def _say(panel: WalkPanel, register: Register, **answers: object) -> None:
    for question, value in answers.items():
        answer(register, panel.walk.evaluation_id, question.replace("__", "."), value)


def _measured(panel: WalkPanel, register: Register) -> None:
    evaluation_id = panel.walk.evaluation_id
    indicator_id = add_row(register, evaluation_id, "indicators.indicators", BASELINE)
    for values in (
        {"date": date(2026, 9, 30), "value": Decimal("4.1"), "n": 25, "sd": Decimal("0.8")},
        {"date": date(2026, 1, 31), "value": Decimal("3.5"), "n": 30, "series": "comparison"},
        {"date": date(2026, 9, 30), "value": Decimal("3.6"), "n": 30, "series": "comparison"},
    ):
        add_row(register, evaluation_id, "collect.measurements", {"indicator_id": indicator_id, **values})


@pytest.mark.parametrize(
    ("design", "said"),
    [
        ("after_only", "Med dette valg kan I højst nå trin 1: Begrundet."),
        ("recall", "Med dette valg kan I højst nå trin 1: Begrundet."),
        ("before_after", "Med dette valg kan I højst nå trin 2: Målt ændring."),
        ("series", "Med dette valg kan I højst nå trin 2: Målt ændring."),
        ("benchmark", "Med dette valg kan I højst nå trin 2: Målt ændring."),
        ("group_before_after", "Med dette valg kan I højst nå trin 5: Klar til gentagelse."),
        ("stepwise", "Med dette valg kan I højst nå trin 5: Klar til gentagelse."),
        ("lots", "Med dette valg kan I højst nå trin 5: Klar til gentagelse."),
        ("theory", "Med dette valg kan I højst nå trin 2: Målt ændring. Med en skriftlig begrundelse"),
    ],
)
def test_the_ceiling_stands_beside_the_comparison_when_it_is_chosen(
    panel: WalkPanel, register: Register, design: str, said: str
) -> None:
    _say(panel, register, proportion__depth="standard")
    panel.walk.jump("design")
    ceiling = panel.front.findChild(DesignCeiling)
    assert isinstance(ceiling, DesignCeiling)
    assert ceiling.label.text().startswith("Indtil I vælger, regnes der med ”Kun efter”.")
    _say(panel, register, design__comparison=design)
    assert ceiling.label.text().startswith(said)


@pytest.mark.parametrize("design", ["benchmark", "group_before_after", "stepwise", "lots"])
def test_why_the_groups_are_comparable_is_asked_from_standard_depth_on(
    panel: WalkPanel, register: Register, design: str
) -> None:
    for depth, is_required in (("light", False), ("standard", True), ("deep", True)):
        _say(panel, register, proportion__depth=depth, design__comparison=design)
        state = panel.walk.walkthrough.state("design.why_comparable")
        assert state is not None
        assert state.is_required is is_required


def test_the_level_says_the_way_up_and_what_was_set_by_hand(panel: WalkPanel, register: Register) -> None:
    _say(panel, register, proportion__depth="standard", design__comparison="group_before_after")
    _measured(panel, register)
    panel.walk.jump("judge")
    level = panel.front.findChild(EvidenceLevel)
    assert isinstance(level, EvidenceLevel)
    assert level.next.text() == ("For at komme et trin op: begrund, hvorfor gruppen kan sammenlignes.")
    _say(panel, register, judge__level=1)
    assert "Sat manuelt; reglerne giver 2." in level.label.text()
    _say(panel, register, judge__level=4)
    assert "Et højere trin er sat uden begrundelse og tæller ikke." in level.label.text()
    _say(panel, register, judge__level_reason="Nabokommunen så det samme")
    assert "Sat manuelt; reglerne giver 2." in level.label.text()


def test_other_places_are_rows_and_lead_to_the_fourth_level(panel: WalkPanel, register: Register) -> None:
    _say(panel, register, proportion__depth="standard", design__comparison="group_before_after",
         design__why_comparable="Samme slags borgere")  # fmt: skip
    _measured(panel, register)
    panel.walk.jump("judge")
    assert panel.walk.loaded.figures.evidence.level == 3
    panel.walk.add_row("judge.other_sites", {"place": "Nabokommunen", "year": 2025, "same_direction": True})
    assert panel.walk.loaded.figures.evidence.level == 4


@pytest.mark.parametrize("screen", ["collect", "analyse"])
def test_change_and_effect_stand_beside_the_indicator(
    panel: WalkPanel, register: Register, screen: str
) -> None:
    _say(panel, register, proportion__depth="standard")
    _measured(panel, register)
    panel.walk.jump(screen)
    statuses = panel.front.findChild(IndicatorStatuses)
    assert isinstance(statuses, IndicatorStatuses)
    (line,) = statuses.lines
    assert line.more is not None
    assert line.more.said.text().replace("\u00a0", " ") == (
        "Ændring +0,5 (95 %-sikkerhedsinterval 0,05 til 0,95; n = 20 før, 25 efter). "
        "Ændringen er større, end tilfældigheder alene plejer at give.\n"
        "Effekt: (4,1 − 3,6) − (3,6 − 3,5) = +0,4"
    )
    assert line.more.change.explanation is not None
    assert line.more.effect.explanation is not None
