"""The place Overview: where the portfolio stands, what waits, and ways from there by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from coi_desktop.operations.answering import answer
from coi_desktop.operations.evaluations import start_evaluation
from coi_desktop.operations.initiatives import add_initiative, add_row, edit_field, remove_initiative
from coi_desktop.operations.samples import load_sample
from coi_desktop.store.register import Register
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.evaluations_page import EvaluationsPage
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.pages.overview_page import OverviewPage
from coi_desktop.ui.panels.explanation import ExplanationBox
from coi_desktop.ui.panels.figure_card import WayRow
from tests.ui.conftest import OpenWindow
from tests.ui.waits import LONGEST, wait_until_idle


class Calendar:
    """A clock that can be put forward."""

    def __init__(self) -> None:
        self.moment = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.moment


def show(qtbot: QtBot, window: MainWindow) -> OverviewPage:
    """The page, worked out and with its charts drawn."""
    window.show_place("overview")
    page = window.findChild(OverviewPage)
    assert isinstance(page, OverviewPage)
    settle(qtbot, window, page)
    return page


def settle(qtbot: QtBot, window: MainWindow, page: OverviewPage) -> None:
    qtbot.waitUntil(lambda: page.is_up_to_date, timeout=LONGEST)
    qtbot.waitUntil(lambda: all(one.is_up_to_date for one in page.charts.pictures), timeout=LONGEST)
    wait_until_idle(qtbot, window.desk)


def values(page: OverviewPage) -> dict[str, str]:
    return {card.figure.key: card.figure.value for card in page.cards if card.figure is not None}


def words(row: WayRow) -> list[str]:
    return [label.text() for label in row.findChildren(QLabel)]


@pytest.fixture
def sample(register: Register, open_window: OpenWindow) -> MainWindow:
    """The window on the sample portfolio."""
    load_sample(register)
    return open_window()


@pytest.fixture
def later(tmp_path: Path, open_window: OpenWindow) -> Iterator[MainWindow]:
    """A window on a register in which something waits: made four hundred days ago."""
    calendar = Calendar()
    calendar.moment -= timedelta(days=400)
    with Register.create(tmp_path / "før.coi", clock=calendar) as register:
        add_initiative(register, {"title": "Aldrig begyndt"})
        due = add_initiative(register, {"title": "Med en gevinst"})
        values = {"initiative_id": due, "text": "Sparet tid", "follow_up": calendar.moment.date()}
        add_row(register, "benefit", values)
        begun = add_initiative(register, {"title": "Gået i stå"})
        evaluation = start_evaluation(register, begun)
        answer(register, evaluation, "purpose.purposes", ("learn",))
        answer(register, evaluation, "theory.if_we", "prøver noget nyt")
        calendar.moment += timedelta(days=400)
        window = open_window(None, register)
        yield window
        window.close()


def test_the_place_is_there_with_the_first_initiative_and_first_in_the_rail(
    qtbot: QtBot, register: Register, open_window: OpenWindow
) -> None:
    window = open_window()
    assert not window.has_place("overview")
    made = add_initiative(register, {"title": "Nabohjælp"})
    assert window.has_place("overview")
    page = show(qtbot, window)
    assert values(page)["initiatives"] == "1"
    remove_initiative(register, made)
    settle(qtbot, window, page)
    assert not window.has_place("overview")
    shown = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert "Der er intet at vise endnu" in shown


def test_the_window_still_opens_on_the_initiatives(sample: MainWindow) -> None:
    assert sample.findChild(OverviewPage) is None
    assert sample.findChild(InitiativesPage) is not None


def test_six_figures_two_charts_and_what_changed_last(qtbot: QtBot, sample: MainWindow) -> None:
    page = show(qtbot, sample)
    assert len(page.cards) == 6
    assert values(page)["initiatives"] == "12"
    assert len(page.charts.pictures) == 2
    assert len(page.recent.rows) == 6


def test_a_figure_answers_how_it_was_worked_out_by_keyboard_and_to_a_screen_reader(
    qtbot: QtBot, sample: MainWindow
) -> None:
    page = show(qtbot, sample)
    card = next(one for one in page.cards if one.figure is not None and one.figure.key == "evaluated")
    assert "På landsplan 39" in card.accessibleName()
    assert card.accessibleDescription().startswith("Sådan er det regnet ud\nk ÷ n")
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Space)
    box = next(one for one in QApplication.topLevelWidgets() if isinstance(one, ExplanationBox))
    assert box.isVisible()
    assert "n = 1352" in box.words
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert not box.isVisible()


def test_another_initiative_is_counted_as_soon_as_the_page_is_seen(
    qtbot: QtBot, sample: MainWindow, register: Register
) -> None:
    page = show(qtbot, sample)
    first = page.overview
    sample.show_place("initiatives")
    add_initiative(register, {"title": "Nabohjælp"})
    assert page.overview is first  # nothing is worked out for nobody
    sample.show_place("overview")
    qtbot.waitUntil(lambda: values(page)["initiatives"] == "13", timeout=LONGEST)
    settle(qtbot, sample, page)
    edit_field(register, add_initiative(register, {"title": "Én til"}), "owner", "Team")
    qtbot.waitUntil(lambda: values(page)["initiatives"] == "14", timeout=LONGEST)
    settle(qtbot, sample, page)
    assert words(page.recent.rows[0])[0] == "Én til"


def test_a_recent_initiative_is_one_press_away(qtbot: QtBot, sample: MainWindow) -> None:
    page = show(qtbot, sample)
    row = page.recent.rows[2]
    assert row.accessibleName().startswith(words(row)[0])
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Space)
    initiatives = sample.findChild(InitiativesPage)
    assert isinstance(initiatives, InitiativesPage)
    assert initiatives.isVisible()
    chosen = sample.desk.register.get("initiative", initiatives.current_initiative())
    assert chosen.text("title") == words(row)[0]


def find_waiting(page: OverviewPage, title: str, why: str) -> WayRow:
    """The row on an initiative: alone where it says why itself, else below the row of its kind."""
    kind = ""
    for row in page.waiting.rows:
        head, below = words(row)[:2]
        if head == title and (below.startswith(why) or kind.startswith(why)):
            return row
        if below.endswith("påmindelser"):
            kind = head
    raise AssertionError([words(row) for row in page.waiting.rows])


def test_what_waits_leads_to_the_initiative_it_is_about(qtbot: QtBot, later: MainWindow) -> None:
    page = show(qtbot, later)
    assert find_waiting(page, "Aldrig begyndt", "Ingen evaluering er begyndt")
    row = find_waiting(page, "Med en gevinst", "En gevinst skal følges op · ")
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Space)
    initiatives = later.findChild(InitiativesPage)
    assert isinstance(initiatives, InitiativesPage)
    chosen = later.desk.register.get("initiative", initiatives.current_initiative())
    assert chosen.text("title") == "Med en gevinst"


def test_what_waits_leads_to_the_evaluation_it_is_about(qtbot: QtBot, later: MainWindow) -> None:
    page = show(qtbot, later)
    find_waiting(page, "Gået i stå", "Evalueringen har ligget stille længe").click()
    evaluations = later.findChild(EvaluationsPage)
    assert isinstance(evaluations, EvaluationsPage)
    assert evaluations.is_walking
    assert evaluations.panel is not None
    assert evaluations.panel.walk.loaded.initiative.text("title") == "Gået i stå"


def test_nothing_that_waits_is_said_so(qtbot: QtBot, sample: MainWindow, register: Register) -> None:
    for one in register.snapshot().rows("initiative"):
        edit_field(register, one.id, "status", "parked")
    page = show(qtbot, sample)
    assert page.waiting.rows == []
    shown = [label.text() for label in page.waiting.findChildren(QLabel) if label.isVisible()]
    assert shown == ["Det venter på dig", "Der er intet, der venter på dig i dag."]


def test_on_a_narrow_page_the_charts_stand_below_the_lists(qtbot: QtBot, sample: MainWindow) -> None:
    page = show(qtbot, sample)
    assert page.charts.x() > page.recent.mapTo(page._page, page.recent.rect().topRight()).x()
    sample.resize(860, 700)
    qtbot.waitUntil(lambda: page.charts.x() == page._lists.x(), timeout=LONGEST)
    assert page.charts.y() > page._lists.y()
    settle(qtbot, sample, page)


def test_titles_of_strangers_are_shown_as_they_stand(
    qtbot: QtBot, register: Register, open_window: OpenWindow
) -> None:
    bait = '<img src="file:///etc/hostname"><b>fed</b>'
    add_initiative(register, {"title": bait})
    window = open_window()
    page = show(qtbot, window)
    assert words(page.recent.rows[0])[0] == bait
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in page.findChildren(QLabel))
    assert "<img" not in page.recent.rows[0].toolTip()


def test_a_register_that_is_only_read_has_its_overview(
    qtbot: QtBot, read_only: Register, open_window: OpenWindow
) -> None:
    page = show(qtbot, open_window(None, read_only))
    assert values(page)["initiatives"] == "3"
