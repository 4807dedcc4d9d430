"""The step on economy: three numbers give way to rows, figures follow, and the rate set is a choice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from coi_desktop.i18n import speaking
from coi_desktop.models.rates import RateBand, RateSet
from coi_desktop.operations.answering import add_row, answer
from coi_desktop.operations.evaluations import LoadedEvaluation
from coi_desktop.operations.rate_sets import add_rate_set
from coi_desktop.store.register import Register
from coi_desktop.ui.walkthrough.economy_now import FiguresOfHiddenRows, FiguresOfRows, FiguresOfThreeNumbers
from coi_desktop.ui.walkthrough.rows_card import RowsCard
from coi_desktop.ui.walkthrough.walk_panel import WalkPanel

_HORIZONTAL = Qt.Orientation.Horizontal
THREE_NUMBERS = ("one_off", "running_per_year", "gain_per_year", "gain_class", "years")


@pytest.fixture(autouse=True)
def _danish() -> Iterator[None]:
    with speaking("da"):
        yield


def _say(panel: WalkPanel, register: Register, **answers: object) -> None:
    for question, value in answers.items():
        answer(register, panel.walk.evaluation_id, question.replace("__", "."), value)


def _fill_light(panel: WalkPanel, register: Register) -> None:
    _say(panel, register, proportion__depth="light", economy__applies="yes")
    _say(panel, register, economy__one_off=Decimal(100_000), economy__running_per_year=Decimal(0))
    _say(panel, register, economy__gain_per_year=Decimal(30_000), economy__gain_class="budget")


def _is_shown(panel: WalkPanel, question: str) -> bool:
    return not panel.front.card(f"economy.{question}").isHidden()


def _values(extra: object) -> dict[str, str]:
    cards = extra.cards.cards
    return {
        key: card.figure.value.replace("\N{NO-BREAK SPACE}", " ")
        for key, card in cards.items()
        if not card.isHidden() and card.figure is not None
    }


def test_going_from_light_to_standard_turns_the_three_numbers_into_rows_once(
    panel: WalkPanel, register: Register, loaded: Callable[[], LoadedEvaluation]
) -> None:
    _fill_light(panel, register)
    assert loaded().figures.economy.npv == Decimal("35451.57")
    _say(panel, register, proportion__depth="standard")
    costs, gains = (loaded().snapshot.rows(name) for name in ("cost", "benefit"))
    assert [(row["year"], row["recurs"], row["likely"]) for row in costs] == [(0, "one_off", 100_000)]
    assert [(row["year"], row["recurs"], row["until_year"], row["likely"]) for row in gains] == [
        (1, "yearly", 5, 30_000)
    ]
    assert loaded().figures.economy.npv == Decimal("35451.57")
    _say(panel, register, proportion__depth="light")
    _say(panel, register, proportion__depth="deep")
    assert len(loaded().snapshot.rows("cost")) == 1
    panel.walk.jump("economy")
    assert not any(_is_shown(panel, question) for question in THREE_NUMBERS)


def test_figures_follow_the_rows_with_what_they_rest_on(panel: WalkPanel, register: Register) -> None:
    _say(panel, register, proportion__depth="standard", economy__applies="yes")
    panel.walk.jump("economy")
    assert all(_is_shown(panel, question) for question in THREE_NUMBERS)
    extra = panel.front.findChild(FiguresOfRows)
    assert isinstance(extra, FiguresOfRows)
    assert extra.isHidden()
    cost = {"year": 0, "hours": Decimal(250), "rate": Decimal(400), "category": "internal_hours"}
    add_row(register, panel.walk.evaluation_id, "economy.costs", cost)
    assert not any(_is_shown(panel, question) for question in THREE_NUMBERS)
    gain = {"class": "capacity", "year": 1, "recurs": "yearly", "likely": Decimal(30_000)}
    add_row(register, panel.walk.evaluation_id, "economy.benefits", gain)
    assert not extra.isHidden()
    assert _values(extra) == {"npv": "−100.000 kr.", "payback": "–", "bcr": "0", "costs": "100.000 kr."}
    assert "150.000 kr." in extra.freed.text().replace("\N{NO-BREAK SPACE}", " ")
    assert "år 0–5" in extra.basis.text().replace("\N{NO-BREAK SPACE}", " ")
    _say(panel, register, economy__include_capacity=True, economy__outcomes=Decimal(8))
    assert _values(extra)["npv_all"] == "35.452 kr."
    assert _values(extra)["cost_per_outcome"] == "12.500 kr."
    assert extra.freed.isHidden()
    table = panel.front.card("economy.costs")
    assert isinstance(table, RowsCard)
    headings = [table.model.headerData(place, _HORIZONTAL) for place in range(table.model.columnCount())]
    assert headings == ["Art", "Beskrivelse", "År (0 = nu)", "Mest sandsynligt"]


def test_at_light_depth_the_figures_of_folded_rows_stand_beside_the_first_question(
    panel: WalkPanel, register: Register
) -> None:
    _fill_light(panel, register)
    panel.walk.jump_to_question("economy.applies")
    three, hidden = (panel.front.findChild(kind) for kind in (FiguresOfThreeNumbers, FiguresOfHiddenRows))
    assert isinstance(three, FiguresOfThreeNumbers)
    assert isinstance(hidden, FiguresOfHiddenRows)
    assert _values(three)["npv"] == "35.452 kr."
    assert hidden.isHidden()
    add_row(register, panel.walk.evaluation_id, "economy.costs", {"year": 0, "likely": Decimal(7)})
    assert not hidden.isHidden()
    assert _values(hidden)["npv"] == "−7 kr."


def test_the_rate_set_is_chosen_among_the_units_own_and_the_delivered(
    panel: WalkPanel, register: Register, loaded: Callable[[], LoadedEvaluation]
) -> None:
    _say(panel, register, proportion__depth="standard", economy__applies="yes")
    panel.walk.jump("economy")
    bands = (RateBand(1, None, Decimal("0.02")),)
    key = add_rate_set(register, RateSet("", {"da": "Vores"}, "Budget", date(2026, 9, 1), bands))
    editor = panel.front.card("economy.rate_set").target
    assert editor is not None
    buttons = editor.parentWidget().findChildren(type(editor))
    assert [button.text() for button in buttons] == ["Finansministeriet, januar 2021", "Vores"]
    buttons[1].click()
    assert loaded().figures.economy.rates.key == key
