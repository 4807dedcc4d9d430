"""Several initiatives chosen at once: on board and timeline as in the list, one selection for all three."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from coi_desktop.operations.bulk import BULK_REMOVE
from coi_desktop.operations.gates import MOVE
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.store.register import Register
from coi_desktop.ui.itemmodels.board_model import CARD
from coi_desktop.ui.itemmodels.timeline_model import TITLE
from coi_desktop.ui.pages.board import Board
from coi_desktop.ui.pages.board_column import BoardColumn
from coi_desktop.ui.pages.chosen_initiatives import BOARD, LIST, TIMELINE
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.pages.selection_bar import SelectionBar
from coi_desktop.ui.pages.timeline import Timeline
from tests.ui.conftest import OpenWindow
from tests.ui.fakes import FakePrompts
from tests.ui.program_parts import notice_bar
from tests.ui.waits import LONGEST

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
TITLES = {"Arkiv": "idea", "Bus": "idea", "Cykel": "idea", "Drone": "develop", "Energi": "develop"}


@pytest.fixture
def page(qtbot: QtBot, register: Register, open_window: OpenWindow) -> InitiativesPage:
    for title, phase in TITLES.items():
        add_initiative(register, {"title": title, "phase": phase})
    found = open_window().findChild(InitiativesPage)
    assert isinstance(found, InitiativesPage)
    qtbot.waitUntil(lambda: found.head.switch is not None, timeout=LONGEST)
    return found


@pytest.fixture
def board(page: InitiativesPage) -> Board:
    page.initiatives.set_shape(BOARD)
    assert isinstance(page.other, Board)
    return page.other


def column(board: Board, phase: str) -> BoardColumn:
    return next(one for one in board.columns if one.cards.phase == phase)


def chosen(page: InitiativesPage, register: Register) -> list[str]:
    return [one.text("title") for one in register.get_many("initiative", page.table.chosen_ids())]


def phases(register: Register) -> dict[str, object]:
    return {one.text("title"): one["phase"] for one in register.snapshot().rows("initiative")}


def middle(column: BoardColumn, row: int) -> QPoint:
    return column.visualRect(column.cards.index(row, 0)).center()


def click(column: BoardColumn, row: int, keys: Qt.KeyboardModifier = PLAIN) -> None:
    QTest.mouseClick(column.viewport(), Qt.MouseButton.LeftButton, keys, middle(column, row))


def wait(qtbot: QtBot, page: InitiativesPage, step: object, register: Register) -> None:
    qtbot.waitUntil(lambda: (register.next_undo or (None,))[0] == step, timeout=LONGEST)
    qtbot.waitUntil(lambda: not page._desk.runner.is_busy, timeout=LONGEST)


def test_control_and_shift_with_a_click_choose_cards_of_any_column(
    board: Board, page: InitiativesPage, register: Register
) -> None:
    idea, develop = column(board, "idea"), column(board, "develop")
    click(idea, 0)
    click(idea, 2, CONTROL)
    assert chosen(page, register) == ["Arkiv", "Cykel"]
    click(develop, 0, CONTROL)
    assert chosen(page, register) == ["Arkiv", "Cykel", "Drone"]
    assert page.current_initiative() == develop.cards.id_at(0)
    click(develop, 1, SHIFT)
    assert chosen(page, register) == ["Arkiv", "Cykel", "Drone", "Energi"]
    click(idea, 0, CONTROL)
    assert chosen(page, register) == ["Cykel", "Drone", "Energi"]
    bar = page.findChild(SelectionBar)
    assert bar is not None
    assert bar.isVisible()
    click(idea, 1)
    assert chosen(page, register) == ["Bus"]
    assert not bar.isVisible()


def test_a_click_on_a_chosen_card_chooses_it_alone_once_the_button_is_let_go(
    board: Board, page: InitiativesPage, register: Register
) -> None:
    idea, develop = column(board, "idea"), column(board, "develop")
    click(idea, 0)
    click(develop, 0, CONTROL)
    where = middle(idea, 0)
    QTest.mousePress(idea.viewport(), Qt.MouseButton.LeftButton, PLAIN, where)
    assert chosen(page, register) == ["Arkiv", "Drone"]  # it may be the begin of a drag
    QTest.mouseRelease(idea.viewport(), Qt.MouseButton.LeftButton, PLAIN, where)
    assert chosen(page, register) == ["Arkiv"]


def test_shift_with_arrows_chooses_more_and_an_arrow_alone_chooses_one(
    board: Board, page: InitiativesPage, register: Register
) -> None:
    idea, develop = column(board, "idea"), column(board, "develop")
    idea.choose(idea.cards.id_at(0))
    idea.setFocus()
    QTest.keyClick(idea, Qt.Key.Key_Down, SHIFT)
    assert chosen(page, register) == ["Arkiv", "Bus"]
    QTest.keyClick(idea, Qt.Key.Key_Right, SHIFT)  # an empty column has nothing to choose
    QTest.keyClick(column(board, "preanalysis"), Qt.Key.Key_Right, SHIFT)
    assert develop.hasFocus()
    assert chosen(page, register) == ["Arkiv", "Bus", "Drone"]
    QTest.keyClick(develop, Qt.Key.Key_Down)
    assert chosen(page, register) == ["Energi"]
    QTest.keyClick(develop, Qt.Key.Key_A, CONTROL)
    assert chosen(page, register) == sorted(TITLES)
    QTest.keyClick(develop, Qt.Key.Key_Home)
    assert chosen(page, register) == ["Drone"]


def test_control_with_an_arrow_takes_all_that_is_chosen_along_as_one_step(
    qtbot: QtBot, board: Board, page: InitiativesPage, register: Register
) -> None:
    idea = column(board, "idea")
    idea.choose(idea.cards.id_at(0))
    idea.setFocus()
    QTest.keyClick(idea, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(idea, Qt.Key.Key_Right, CONTROL)
    wait(qtbot, page, MOVE, register)
    assert phases(register) == {**TITLES, "Arkiv": "preanalysis", "Bus": "preanalysis"}
    assert column(board, "preanalysis").hasFocus()
    assert chosen(page, register) == ["Arkiv", "Bus"]
    assert len(board.chosen_ids()) == 2
    assert notice_bar(page.window()).text.startswith(
        "2 tiltag står i \u2068Foranalyse\u2069 nu. For 2 af dem er "
    )
    register.undo()
    assert phases(register) == TITLES


def test_cards_that_are_dropped_bring_all_that_is_chosen_with_them(
    qtbot: QtBot, board: Board, page: InitiativesPage, register: Register
) -> None:
    idea, develop, target = column(board, "idea"), column(board, "develop"), column(board, "operate")
    click(idea, 0)
    click(develop, 1, CONTROL)
    dragged = idea.cards.mimeData(idea.selectedIndexes())
    revision = register.revision
    target.dropped.emit(bytes(dragged.data(CARD).data()).decode().split("\n"))
    wait(qtbot, page, MOVE, register)
    assert phases(register) == {**TITLES, "Arkiv": "operate", "Energi": "operate"}
    assert register.revision == revision + 1
    click(idea, 0)
    target.dropped.emit([develop.cards.id_at(0)])  # a card that is not among the chosen ones goes alone
    assert phases(register)["Drone"] == "operate"
    assert phases(register)["Bus"] == "idea"


def test_cards_of_another_program_move_nothing(board: Board, register: Register) -> None:
    content = column(board, "idea").cards.mimeData([column(board, "idea").cards.index(0, 0)])
    event = QDropEvent(QPointF(9, 9), Qt.DropAction.MoveAction, content, Qt.MouseButton.LeftButton, PLAIN)
    before = register.revision
    column(board, "develop").dropEvent(event)
    assert register.revision == before


def test_the_notice_of_several_leads_to_a_gate_that_is_missing(
    qtbot: QtBot, board: Board, page: InitiativesPage, register: Register
) -> None:
    idea = column(board, "idea")
    idea.choose(idea.cards.id_at(0))
    QTest.keyClick(idea, Qt.Key.Key_Down, SHIFT)
    board.move_cards(board.chosen_ids(), column(board, "develop"))
    wait(qtbot, page, MOVE, register)
    bar = notice_bar(page.window())
    buttons = [one for one in bar.findChildren(QPushButton) if "fase" in one.text().replace("&", "").lower()]
    buttons[0].click()
    assert page.panel is not None
    assert page.panel.tab_names[page.panel._bar.currentIndex()] == "phases"


def test_list_board_and_timeline_have_one_selection(page: InitiativesPage, register: Register) -> None:
    page.table.setFocus()
    page.table.choose(page.model.id_at(1))
    QTest.keyClick(page.table, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(page.table, Qt.Key.Key_Down, SHIFT)
    three = ["Bus", "Cykel", "Drone"]
    current = page.current_initiative()
    for shape in (BOARD, TIMELINE, LIST, TIMELINE, BOARD):
        page.initiatives.set_shape(shape)
        assert chosen(page, register) == three
        assert page.current_initiative() == current
        if page.other is not None:
            assert sorted(page.other.chosen_numbers()) == sorted(page.table.chosen_numbers())
            assert page.other.current_id() == current


def test_rows_of_the_timeline_are_chosen_as_in_the_list(
    page: InitiativesPage, register: Register, prompts: FakePrompts, qtbot: QtBot
) -> None:
    page.initiatives.set_shape(TIMELINE)
    timeline = page.other
    assert isinstance(timeline, Timeline)
    rows = timeline.rows
    rows.setCurrentIndex(timeline.model.index(1, TITLE))
    QTest.keyClick(rows, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(rows, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(rows, Qt.Key.Key_Up, CONTROL)
    QTest.keyClick(rows, Qt.Key.Key_Space, CONTROL)
    assert chosen(page, register) == ["Bus", "Drone"]
    QTest.keyClick(rows, Qt.Key.Key_End)
    assert chosen(page, register) == ["Energi"]
    QTest.keyClick(rows, Qt.Key.Key_A, CONTROL)
    assert chosen(page, register) == sorted(TITLES)


@pytest.mark.parametrize("shape", [LIST, BOARD, TIMELINE])
def test_what_is_done_to_several_is_done_to_what_is_chosen_wherever_it_is_seen(
    shape: str, page: InitiativesPage, register: Register, prompts: FakePrompts, qtbot: QtBot
) -> None:
    page.initiatives.set_shape(shape)
    if page.other is None:
        page.table.selectAll()
    elif isinstance(page.other, Board):
        QTest.keyClick(column(page.other, "idea"), Qt.Key.Key_A, CONTROL)
    elif isinstance(page.other, Timeline):
        QTest.keyClick(page.other.rows, Qt.Key.Key_A, CONTROL)
    seen: list[str] = []
    prompts.dialogs = [lambda dialog: bool(seen.append(dialog.windowTitle()))]
    page.act("bulk_edit")
    qtbot.waitUntil(lambda: bool(seen), timeout=LONGEST)
    assert "5 tiltag" in seen[0]
    page.act("delete")
    wait(qtbot, page, BULK_REMOVE, register)
    assert register.count("initiative") == 0
    register.undo()
    assert register.count("initiative") == 5


def test_choosing_one_again_leaves_the_others(
    board: Board, page: InitiativesPage, register: Register
) -> None:
    idea = column(board, "idea")
    QTest.keyClick(idea, Qt.Key.Key_A, CONTROL)
    bar = page.findChild(SelectionBar)
    assert bar is not None
    bar.findChildren(QPushButton)[-1].click()
    assert page.table.chosen_count() == 1
    assert board.chosen_ids() == [page.current_initiative()]
