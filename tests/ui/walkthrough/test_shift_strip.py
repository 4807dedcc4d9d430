"""After the first measurement a changed plan is asked about once a visit, and the old one is always kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from coi_desktop.i18n import speaking
from coi_desktop.operations.answering import add_row, answer, change_row
from coi_desktop.operations.versions import find_versions
from coi_desktop.store.register import Register
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.evaluations_page import EvaluationsPage
from coi_desktop.ui.walkthrough.saved_versions import SavedVersions
from coi_desktop.ui.walkthrough.walk_panel import WalkPanel


@pytest.fixture(autouse=True)
def _danish() -> Iterator[None]:
    with speaking("da"):
        yield


@pytest.fixture
def indicator(panel: WalkPanel, register: Register) -> str:
    """A measure with a baseline and a target, in the evaluation that is walked."""
    values = {
        "name": "Ventetid",
        "measure": "number",
        "direction": "down",
        "baseline": Decimal(30),
        "baseline_date": date(2026, 1, 5),
        "target_likely": Decimal(20),
    }
    return add_row(register, panel.walk.evaluation_id, "indicators.indicators", values)


def _measure(panel: WalkPanel, register: Register, indicator: str) -> None:
    values = {"indicator_id": indicator, "date": date(2026, 5, 4), "value": Decimal(26)}
    add_row(register, panel.walk.evaluation_id, "collect.measurements", values)


def _move_target(panel: WalkPanel, register: Register, indicator: str, target: int) -> None:
    evaluation_id = panel.walk.evaluation_id
    change_row(register, evaluation_id, "indicators.indicators", indicator, "target_likely", Decimal(target))


def _page(panel: WalkPanel) -> EvaluationsPage:
    window = panel.window()
    assert isinstance(window, MainWindow)
    page = window.findChild(EvaluationsPage)
    assert isinstance(page, EvaluationsPage)
    return page


def test_before_the_first_measurement_a_plan_is_changed_freely(
    panel: WalkPanel, register: Register, indicator: str
) -> None:
    _move_target(panel, register, indicator, 25)
    assert panel.shift.isHidden()
    _page(panel).show_list()
    assert find_versions(register, panel.walk.evaluation_id) == ()


def test_after_it_what_moved_is_asked_and_filled_in_beforehand(
    panel: WalkPanel, register: Register, indicator: str
) -> None:
    _measure(panel, register, indicator)
    assert panel.shift.isHidden()
    _move_target(panel, register, indicator, 25)
    assert not panel.shift.isHidden()
    assert panel.shift.what.text() == "Ventetid, Måltal (mest sandsynligt): 20 → 25"
    assert panel.shift.kind.currentData() == "goal"
    panel.shift.why.setText("Færre hænder")
    panel.shift.keep_button.click()
    assert panel.shift.isHidden()
    (line,) = register.children("change_log", panel.walk.evaluation_id)
    assert (line["kind"], line["why"]) == ("goal", "Færre hænder")
    (version,) = find_versions(register, panel.walk.evaluation_id)
    assert version.plan["indicator"][0]["target_likely"] == Decimal(20)


def test_it_is_asked_once_a_visit(panel: WalkPanel, register: Register, indicator: str) -> None:
    evaluation_id = panel.walk.evaluation_id
    _measure(panel, register, indicator)
    _move_target(panel, register, indicator, 25)
    panel.shift.skip_button.click()
    assert len(find_versions(register, evaluation_id)) == 1
    _move_target(panel, register, indicator, 24)
    assert panel.shift.isHidden()
    _page(panel).show_list()
    _page(panel).open(evaluation_id)
    _move_target(panel, register, indicator, 23)
    assert not panel.shift.isHidden()
    assert panel.shift.what.text().endswith("24 → 23")


def test_what_is_undone_is_not_asked_about(panel: WalkPanel, register: Register, indicator: str) -> None:
    _measure(panel, register, indicator)
    _move_target(panel, register, indicator, 25)
    register.undo()
    assert panel.shift.isHidden()
    _page(panel).show_list()
    assert find_versions(register, panel.walk.evaluation_id) == ()


def test_whoever_leaves_without_a_word_keeps_the_old_plan_all_the_same(
    panel: WalkPanel, register: Register, indicator: str
) -> None:
    _measure(panel, register, indicator)
    _move_target(panel, register, indicator, 25)
    _page(panel).show_list()
    (version,) = find_versions(register, panel.walk.evaluation_id)
    assert version.reason == ""
    assert register.children("change_log", panel.walk.evaluation_id) == ()


def test_words_of_ones_own_stay_while_more_is_changed(
    panel: WalkPanel, register: Register, indicator: str
) -> None:
    _measure(panel, register, indicator)
    _move_target(panel, register, indicator, 25)
    panel.shift.what.setText("Vi sigter lavere")
    panel.shift.what.textEdited.emit("Vi sigter lavere")
    answer(register, panel.walk.evaluation_id, "theory.if_we", "mødes")
    _move_target(panel, register, indicator, 26)
    assert panel.shift.what.text() == "Vi sigter lavere"


def test_without_words_nothing_is_noted_and_the_strip_says_so(
    panel: WalkPanel, register: Register, indicator: str
) -> None:
    _measure(panel, register, indicator)
    _move_target(panel, register, indicator, 25)
    panel.shift.what.clear()
    panel.shift.keep_button.click()
    assert "Der står ikke, hvad der flyttede sig." in panel.shift.remark.text()
    assert not panel.shift.isHidden()
    assert find_versions(register, panel.walk.evaluation_id) == ()


def test_kept_plans_stand_beside_the_changes_with_what_is_otherwise_since(
    panel: WalkPanel, register: Register, indicator: str
) -> None:
    panel.walk.jump("what_showed")
    card = panel.front.card("changes.log")
    (versions,) = [extra for extra in card.extras if isinstance(extra, SavedVersions)]
    assert versions.isHidden()
    _measure(panel, register, indicator)
    _move_target(panel, register, indicator, 25)
    panel.shift.what.setText("Vi sigter lavere")
    panel.shift.keep_button.click()
    assert not versions.isHidden()
    assert versions.table.model.index(0, 1).data() == "Vi sigter lavere"
    cells = [versions.changes.model.index(0, place).data() for place in range(3)]
    assert cells == ["Ventetid · Måltal (mest sandsynligt)", "20", "25"]
    _move_target(panel, register, indicator, 20)
    assert "Intet er anderledes" in versions.since.text()
