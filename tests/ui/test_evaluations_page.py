"""The place Evaluation as a list, and the tabs Evaluation and Benefits of an initiative."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from coi_desktop.i18n import speaking
from coi_desktop.models.query import Query
from coi_desktop.operations import initiatives
from coi_desktop.operations.answering import add_row, answer, change_row
from coi_desktop.operations.evaluations import (
    find_evaluations,
    measure_now,
    remove_evaluation,
    start_evaluation,
)
from coi_desktop.operations.measuring import add_measurement, read_measurement
from coi_desktop.operations.samples import create_sample_register
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.naming import NamingDialog
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.evaluations_page import EvaluationsPage
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.panels.benefits_tab import BenefitsTab
from coi_desktop.ui.panels.evaluation_tab import EvaluationTab
from coi_desktop.ui.record_panel import RecordPanel
from coi_desktop.ui.walkthrough.indicator_statuses import IndicatorStatuses
from tests.operations.test_evaluations import put_many_measurements
from tests.ui.conftest import OpenWindow
from tests.ui.fakes import FakePrompts


@pytest.fixture(autouse=True)
def _danish() -> Iterator[None]:
    with speaking("da"):
        yield


@pytest.fixture
def place(window: MainWindow) -> EvaluationsPage:
    window.show_place("evaluations")
    found = window.findChild(EvaluationsPage)
    assert isinstance(found, EvaluationsPage)
    return found


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Register]:
    with create_sample_register(tmp_path / "sample.coi") as made:
        yield made


@pytest.fixture
def sample_panel(sample: Register, open_window: OpenWindow) -> Iterator[tuple[MainWindow, RecordPanel]]:
    """The panel of the sample's most thoroughly evaluated initiative."""
    window = open_window(other=sample)
    titles = {one.text("title"): one.id for one in sample.find(Query("initiative"))}
    window.show_record("initiatives", titles["Skærmbesøg i hjemmeplejen"])
    page = window.findChild(InitiativesPage)
    assert isinstance(page, InitiativesPage)
    assert page.panel is not None
    yield window, page.panel
    window.close()


def _row(page: EvaluationsPage, place: int) -> list[str]:
    page.list.model.index(place, 0).data()  # it is worked out because somebody looks at it
    while page.list.model.is_working:
        QApplication.processEvents()
    return [str(page.list.model.index(place, column).data()) for column in range(6)]


def test_without_evaluations_the_place_says_what_belongs_here(place: EvaluationsPage) -> None:
    assert place.list.table.isHidden() or not place.list.table.isVisible()
    offers = [button.text() for button in place.findChildren(QPushButton) if button.isVisible()]
    assert offers == ["Væl&g et tiltag"]


def test_the_list_tells_state_next_step_minutes_and_evidence(
    place: EvaluationsPage, register: Register, three: tuple[str, str, str]
) -> None:
    start_evaluation(register, three[0])
    assert _row(place, 0) == [
        "Skærmbesøg i hjemmeplejen",
        "Evaluering 2026",
        "ikke begyndt",
        "Hvad og hvorfor",
        "29",
        "0 af højst 1 · Fornemmelse",
    ]
    evaluation = find_evaluations(register, three[0])[0].id
    answer(register, evaluation, "scope.target_groups", ("citizens",))
    assert _row(place, 0)[2] == "planlægges"


def test_enter_goes_on_where_an_evaluation_was_left(
    place: EvaluationsPage, register: Register, three: tuple[str, str, str]
) -> None:
    evaluation = start_evaluation(register, three[0])
    answer(register, evaluation, "theory.then", "sker der noget", position="value_idea")
    place.list.table.setFocus()
    QTest.keyClick(place.list.table, Qt.Key.Key_Return)
    assert place.is_walking
    assert place.panel is not None
    assert place.panel.walk.walkthrough.position == "value_idea"
    assert place.current_initiative() == three[0]
    place.panel.foot.close_button.click()
    assert not place.is_walking
    assert QApplication.focusWidget() is place.list.table


def test_an_initiative_without_evaluation_gets_one_and_the_newest_goes_on(
    window: MainWindow, register: Register, three: tuple[str, str, str]
) -> None:
    window.show_record("evaluations", three[1])
    assert register.count("evaluation") == 1
    page = window.findChild(EvaluationsPage)
    assert isinstance(page, EvaluationsPage)
    assert page.current_initiative() == three[1]
    page.show_list()
    window.show_record("evaluations", three[1])
    assert register.count("evaluation") == 1
    assert page.is_walking


def test_an_evaluation_that_cannot_be_begun_is_told_and_nothing_opens(
    register: Register, three: tuple[str, str, str], open_window: OpenWindow
) -> None:
    with Register.open(register.path, write=False) as reading:
        window = open_window(other=reading)
        window.show_record("evaluations", three[0])
        page = window.findChild(EvaluationsPage)
        assert isinstance(page, EvaluationsPage)
        assert not page.is_walking
        window.close()


def test_tabs_come_with_their_content_and_go_with_it(
    window: MainWindow, page: InitiativesPage, register: Register, three: tuple[str, str, str]
) -> None:
    page.show_record(three[0])
    assert page.panel is not None
    assert "evaluation" not in page.panel.tab_names
    start_evaluation(register, three[0])
    assert "evaluation" in page.panel.tab_names
    register.undo()
    assert "evaluation" not in page.panel.tab_names
    assert "benefits" in page.panel.tab_names, "gains are written there before there is an evaluation"


def test_the_tab_evaluation_tells_how_it_went(
    sample_panel: tuple[MainWindow, RecordPanel], qtbot: QtBot
) -> None:
    _window, panel = sample_panel
    tab = panel.show_tab("evaluation")
    assert isinstance(tab, EvaluationTab)
    assert tab.state.text() == "Dybde: Standard · følges op · besluttet: Justér 16-11-2026"
    assert tab.evidence.text() == "Evidens 3 af højst 5: Sammenlignet"
    model = tab.indicators.model
    rows = [[model.index(row, column).data() for column in range(5)] for row in range(model.rowCount())]
    assert rows[0] == ["Transporttid pr. medarbejder", "74", "52", "50", "godt på vej"]
    assert [row[4] for row in rows] == ["godt på vej", "nået", "den forkerte vej"]
    icons = [model.index(row, 4).data(Qt.ItemDataRole.DecorationRole) for row in range(3)]
    assert len({icon.pixmap(12, 12).toImage().cacheKey() for icon in icons}) == 3
    assert [one.figure.kind for one in tab.charts.pictures if one.figure is not None] == [
        "value_profile",
        "indicator_progress",
        "measurements",
        "measurements",
        "measurements",
        "theory",
        "evidence",
        "schedule",
        "method_hours",
        "findings",
        "answers",
        "actions",
    ]
    qtbot.waitUntil(lambda: tab.charts.pictures[0].is_up_to_date, timeout=20_000)


def test_every_indicator_tells_how_its_progress_is_worked_out(
    sample_panel: tuple[MainWindow, RecordPanel],
) -> None:
    tab = sample_panel[1].show_tab("evaluation")
    assert isinstance(tab, EvaluationTab)
    progress, effect = tab.indicators.progress.explanation, tab.indicators.effect.explanation
    assert progress is not None
    assert effect is not None
    assert progress.formula == "(a − b) ÷ (t − b)"
    assert effect.result.value == Decimal(-19)
    tab.indicators.table.selectRow(2)
    assert tab.indicators.effect.explanation is None
    assert tab.indicators.effect.isHidden()


def test_the_tab_shows_an_indicator_group_by_group_and_keeps_its_groups_in_order(
    sample_panel: tuple[MainWindow, RecordPanel],
) -> None:
    window, panel = sample_panel
    register, prompts = window.desk.register, window.desk.prompts
    assert isinstance(prompts, FakePrompts)
    evaluation_id = register.children("evaluation", panel.record_id)[0].id
    indicator = register.children("indicator", evaluation_id)[0]
    change_row(register, evaluation_id, "indicators.indicators", indicator.id, "summing", "average")
    for name, value, n in (("Nord", 51, 3), ("Syd", 55, 15), ("Øst", 60, 20)):
        typed = (f"group={name}", f"value={value}", f"n={n}", "date=2026-11-20")
        add_measurement(register, indicator, read_measurement(register, indicator, typed))
    add_measurement(
        register, indicator, read_measurement(register, indicator, ("value=57", "n=38", "date=2026-11-20"))
    )
    tab = panel.show_tab("evaluation")
    assert isinstance(tab, EvaluationTab)
    groups = tab.indicators.groups
    assert not groups.isHidden()

    def shown() -> list[tuple[str, ...]]:
        rows = (groups.model.row(place) for place in range(groups.model.rowCount()))
        return [row.cells for row in rows if row is not None]

    assert shown() == [
        ("Nord", "–", "for få svar", "–", "–"),
        ("Syd", "–", "for få svar", "–", "–"),
        ("Øst", "–", "60", "–", "20"),
    ]
    prompts.dialogs.append(lambda dialog: _named(dialog, "Øst"))
    groups.table.selectRow(0)
    groups.rename.click()
    assert [row[:3] for row in shown()] == [("Øst", "–", "55,5"), ("Syd", "–", "55")]
    groups.table.selectRow(1)
    groups.remove.click()
    assert [row[0] for row in shown()] == ["Øst", "Uden gruppe"]
    assert not groups.remove.isEnabled()
    tab.indicators.table.selectRow(1)
    assert groups.isHidden()


def _named(dialog: NamingDialog, name: str) -> bool:
    dialog.line.setText(name)
    dialog.save()
    return dialog.result() == QDialog.DialogCode.Accepted


def test_the_tab_benefits_has_numbers_that_explain_themselves(
    sample_panel: tuple[MainWindow, RecordPanel],
) -> None:
    tab = sample_panel[1].show_tab("benefits")
    assert isinstance(tab, BenefitsTab)
    figures = {key: card.figure for key, card in tab.cards.cards.items()}
    values = {key: one.value.replace("\N{NO-BREAK SPACE}", " ") for key, one in figures.items() if one}
    assert values == {
        "npv": "−141.564 kr.", "cautious": "−212.519 kr.", "optimistic": "−102.538 kr.",
        "npv_all": "50.075 kr.", "payback": "–", "bcr": "0,47", "costs": "270.000 kr.",
    }  # fmt: skip
    npv = figures["npv"]
    assert npv is not None
    assert round(Decimal(str(npv.explanation.result.value))) == -141_564
    classes = [tab.classes.model.index(row, 0).data() for row in range(tab.classes.model.rowCount())]
    assert classes == ["Udgifter", "Kan tages ud af et budget", "Frigjort tid, der bruges til noget andet"]
    assert len(tab.benefits.model.read()) == 8
    assert "Færre biler på kontrakt" in {tab.benefits.model.index(row, 0).data() for row in range(8)}
    shown = [one.figure.kind.value for one in tab.charts.pictures if one.figure is not None]
    assert shown == ["cash_flow", "tornado", "realised", "gains_by_class"]


def test_another_evaluation_begins_with_the_plan_of_the_one_that_is_shown_or_not_at_all(
    page: InitiativesPage, register: Register, three: tuple[str, str, str], prompts: FakePrompts
) -> None:
    first = start_evaluation(register, three[0])
    add_row(register, first, "indicators.indicators", {"name": "Ture"})
    page.show_record(three[0])
    assert page.panel is not None
    tab = page.panel.show_tab("evaluation")
    assert isinstance(tab, EvaluationTab)
    tab.begin.click()
    assert register.count("evaluation") == 1, "turned away"
    prompts.choices.append("same")
    tab.begin.click()
    assert register.count("evaluation") == 2
    (second,) = [one for one in register.children("evaluation", three[0]) if one.id != first]
    assert second["based_on"] == first
    assert [one["name"] for one in register.children("indicator", second.id)] == ["Ture"]


def test_an_initiative_with_two_evaluations_lets_one_choose(
    window: MainWindow,
    page: InitiativesPage,
    register: Register,
    three: tuple[str, str, str],
    prompts: FakePrompts,
) -> None:
    first = start_evaluation(register, three[0])
    add_row(register, first, "indicators.indicators", {"name": "Ture"})
    page.show_record(three[0])
    assert page.panel is not None
    tab = page.panel.show_tab("evaluation")
    assert isinstance(tab, EvaluationTab)
    assert tab.which.isHidden()
    prompts.choices.append("anew")
    tab.begin.click()
    assert register.count("evaluation") == 2
    window.show_place("initiatives")
    assert not tab.which.isHidden()
    tab.which.setCurrentIndex(tab.which.findData(first))
    tab.which.activated.emit(tab.which.currentIndex())
    assert tab.indicators.model.rowCount() == 1
    tab.go_on.click()
    walking = window.findChild(EvaluationsPage)
    assert isinstance(walking, EvaluationsPage)
    assert walking.panel is not None
    assert walking.panel.walk.evaluation_id == first


def test_the_tab_follows_what_is_changed_elsewhere(
    page: InitiativesPage, register: Register, three: tuple[str, str, str]
) -> None:
    evaluation = start_evaluation(register, three[0])
    page.show_record(three[0])
    assert page.panel is not None
    tab = page.panel.show_tab("evaluation")
    assert isinstance(tab, EvaluationTab)
    assert tab.indicators.isHidden()
    add_row(register, evaluation, "indicators.indicators", {"name": "<b>Ture</b>"})
    assert tab.indicators.model.index(0, 0).data() == "<b>Ture</b>"
    page.panel.show_tab("facts")
    initiatives.remove_initiative(register, three[1])
    answer(register, evaluation, "conclude.headline", "Det virker")
    page.panel.show_tab("evaluation")
    assert tab.headline.text() == "Det virker"


def test_removing_an_evaluation_in_the_list_can_be_taken_back(
    place: EvaluationsPage, register: Register, window: MainWindow, three: tuple[str, str, str]
) -> None:
    start_evaluation(register, three[0])
    place.list.choose(start_evaluation(register, three[1]))
    assert place.list.chosen_initiative() == three[1]
    place.list.table.setFocus()
    QTest.keyClick(place.list.table, Qt.Key.Key_Delete)
    assert [one["initiative_id"] for one in register.find(Query("evaluation"))] == [three[0]]
    undo = [button for button in window.findChildren(QPushButton) if button.text() == "&Fortryd"]
    undo[0].click()
    assert register.count("evaluation") == 2
    assert register.count("initiative") == 3


def test_rows_are_worked_out_only_when_they_are_seen(
    place: EvaluationsPage, register: Register, window: MainWindow, three: tuple[str, str, str]
) -> None:
    for _count in range(60):
        start_evaluation(register, three[0])
    place.list.refresh()
    window.repaint()
    QApplication.processEvents()
    seen = [place.list.model.row(row) for row in range(60)]
    assert 0 < len([row for row in seen if row is not None and row.cells]) < 40


def test_what_changes_elsewhere_is_read_when_one_comes_back(
    place: EvaluationsPage, register: Register, window: MainWindow, three: tuple[str, str, str]
) -> None:
    evaluation = start_evaluation(register, three[0])
    place.open(evaluation)
    panel = place.panel
    assert panel is not None
    window.show_place("initiatives")
    answer(register, evaluation, "theory.then", "sker der noget")
    assert panel.walk.loaded.answers.single("theory") == {}
    window.show_place("evaluations")
    assert panel.walk.loaded.answers.single("theory")["then"] == "sker der noget"


def test_an_evaluation_with_very_many_measurements_is_opened_in_several_turns(
    place: EvaluationsPage, register: Register, three: tuple[str, str, str], qtbot: QtBot
) -> None:
    long, short = (start_evaluation(register, initiative_id) for initiative_id in three[:2])
    answer(register, long, "proportion.depth", "standard")
    indicators = put_many_measurements(register, long)
    assert _row(place, 0)[0]
    place.open(long, "indicators.indicators")
    assert not place.is_walking
    measure_now(register, indicators[0], Decimal(7))  # what was read of it on the way is not shown
    qtbot.waitUntil(lambda: place.is_walking)
    assert place.panel is not None
    walk = place.panel.walk
    assert walk.loaded.snapshot.revision == register.revision
    assert walk.walkthrough.standing.find_screen("indicators.indicators") == walk.walkthrough.position
    walk.jump("collect")
    statuses = place.panel.front.findChild(IndicatorStatuses)
    assert isinstance(statuses, IndicatorStatuses)
    assert len(statuses.lines) == 12
    assert statuses.show_all.text() == "Vis alle 40 mål"
    statuses.show_all.click()
    qtbot.waitUntil(lambda: len(statuses.lines) == len(indicators) and not statuses.lines[-1].isHidden())
    assert statuses.show_all.isHidden()
    place.open(short)
    assert walk.evaluation_id == short
    place.open(long)
    place.show_list()
    QTest.qWait(100)
    assert not place.is_walking
    place.open(long)
    remove_evaluation(register, long)
    QTest.qWait(100)
    assert not place.is_walking
    assert walk.evaluation_id == short


def test_what_changed_while_nobody_looked_on_is_read_in_turns_as_well(
    place: EvaluationsPage, window: MainWindow, register: Register, three: tuple[str, str, str], qtbot: QtBot
) -> None:
    evaluation_id = start_evaluation(register, three[0])
    indicators = put_many_measurements(register, evaluation_id)
    place.open(evaluation_id)
    qtbot.waitUntil(lambda: place.is_walking)
    assert place.panel is not None
    window.show_place("initiatives")
    measure_now(register, indicators[0], Decimal(7))
    window.show_place("evaluations")
    walk = place.panel.walk
    qtbot.waitUntil(lambda: walk.loaded.snapshot.revision == register.revision)
    assert len(walk.loaded.snapshot.rows("measurement")) == 1601
