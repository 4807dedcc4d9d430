"""The board: a column a phase, a card dragged or moved by key changes the phase at once, as one step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from coi_desktop.models.phases import Phase
from coi_desktop.models.query import Condition, Test
from coi_desktop.operations.initiatives import add_initiative, edit_field, remove_initiative
from coi_desktop.operations.phases import add_phase, remove_phase
from coi_desktop.operations.trash import find_trash, restore_item
from coi_desktop.store.register import Register
from coi_desktop.ui.itemmodels.board_model import CARD
from coi_desktop.ui.pages.board import Board
from coi_desktop.ui.pages.board_column import BoardColumn
from coi_desktop.ui.pages.chosen_initiatives import BOARD, LIST
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from tests.ui.conftest import OpenWindow
from tests.ui.program_parts import notice_bar
from tests.ui.waits import LONGEST

TITLES = {"Robot": "idea", "Have": "idea", "Ældrebus": "develop", "Uden fase": None}


@pytest.fixture
def page(qtbot: QtBot, register: Register, open_window: OpenWindow) -> InitiativesPage:
    for title, phase in TITLES.items():
        made = add_initiative(register, {"title": title, "phase": phase or "idea", "owner": "Anna"})
        if phase is None:
            edit_field(register, made, "phase", None)
    found = open_window().findChild(InitiativesPage)
    assert isinstance(found, InitiativesPage)
    qtbot.waitUntil(lambda: found.head.switch is not None, timeout=LONGEST)
    return found


@pytest.fixture
def board(page: InitiativesPage) -> Board:
    page.initiatives.set_shape(BOARD)
    found = page.other
    assert isinstance(found, Board)
    return found


def cards(board: Board) -> dict[str, list[str]]:
    return {
        column.cards.phase: [str(column.cards.index(row, 0).data()) for row in range(column.cards.rowCount())]
        for column in board.columns
        if column.cards.rowCount()
    }


def column(board: Board, phase: str) -> BoardColumn:
    return next(one for one in board.columns if one.cards.phase == phase)


def find(register: Register, title: str) -> str:
    return next(one.id for one in register.snapshot().rows("initiative") if one.text("title") == title)


def test_every_initiative_stands_in_the_column_of_its_phase(board: Board) -> None:
    assert cards(board) == {"idea": ["Have", "Robot"], "develop": ["Ældrebus"], "": ["Uden fase"]}


def test_what_came_back_from_the_trash_into_a_phase_that_is_gone_is_still_on_the_board(
    register: Register, board: Board
) -> None:
    key = add_phase(register, Phase("", "Politisk behandling", "", "idea"))
    edit_field(register, find(register, "Robot"), "phase", key)
    remove_initiative(register, find(register, "Robot"))
    remove_phase(register, key, "idea")
    restore_item(register, find_trash(register)[0])
    assert cards(board) == {"idea": ["Have"], "develop": ["Ældrebus"], "": ["Robot", "Uden fase"]}


def test_search_and_filter_are_those_of_the_list(board: Board, page: InitiativesPage) -> None:
    page.head.search.setText("robot")
    assert cards(board) == {"idea": ["Robot"]}
    page.head.search.setText("")
    page.initiatives.set_conditions((Condition("phase", Test.IS, "develop"),))
    assert cards(board) == {"develop": ["Ældrebus"]}


def test_the_same_initiative_is_chosen_in_list_and_board(
    board: Board, page: InitiativesPage, register: Register
) -> None:
    chosen = find(register, "Ældrebus")
    column(board, "develop").choose(chosen)
    assert page.current_initiative() == chosen
    page.initiatives.set_shape(LIST)
    assert page.table.chosen_ids() == [chosen]
    page.table.choose(find(register, "Robot"))
    page.initiatives.set_shape(BOARD)
    assert board.current_id() == find(register, "Robot")
    assert sum(bool(one.current_id) for one in board.columns) == 1


def drop(board: Board, source: BoardColumn, target: BoardColumn, title: str) -> None:
    """What Qt sends when the card is let go over another column."""
    row = next(row for row in range(source.cards.rowCount()) if source.cards.index(row, 0).data() == title)
    content = source.cards.mimeData([source.cards.index(row, 0)])
    assert content.hasFormat(CARD)
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.MoveAction,
        content,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    assert event.source() is None  # only a real drag has one
    target.dropped.emit(bytes(content.data(CARD).data()).decode().split("\n"))


def test_a_dropped_card_changes_the_phase_at_once_as_one_step(
    board: Board, page: InitiativesPage, register: Register
) -> None:
    before = register.revision
    drop(board, column(board, "idea"), column(board, "operate"), "Robot")
    assert cards(board)["operate"] == ["Robot"]
    record = register.get("initiative", find(register, "Robot"))
    assert (record["phase"], record["stage"]) == ("operate", "operating")
    assert register.revision == before + 1
    assert "Drift og gevinst" in notice_bar(page.window()).text
    register.undo()
    assert cards(board)["idea"] == ["Have", "Robot"]


def test_a_drop_from_elsewhere_is_not_taken(board: Board, register: Register) -> None:
    target = column(board, "develop")
    content = column(board, "idea").cards.mimeData([column(board, "idea").cards.index(0, 0)])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.MoveAction,
        content,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    before = register.revision
    target.dropEvent(event)  # without one of our columns as its source
    assert register.revision == before


def test_the_gate_is_offered_quietly_and_leads_to_its_tab(
    board: Board, page: InitiativesPage, register: Register
) -> None:
    board.move_card(find(register, "Robot"), "develop")
    offers = [button for button in notice_bar(page.window()).findChildren(QPushButton) if button.isVisible()]
    gate = next(button for button in offers if "faseovergang" in button.text().replace("&", "").lower())
    gate.click()
    assert page.panel is not None
    assert page.panel.tab_names[page.panel._bar.currentIndex()] == "phases"


def test_keys_move_between_columns_and_take_the_card_along(
    qtbot: QtBot, board: Board, page: InitiativesPage, register: Register
) -> None:
    idea = column(board, "idea")
    idea.choose(find(register, "Robot"))
    idea.setFocus()
    QTest.keyClick(idea, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert register.get("initiative", find(register, "Robot"))["phase"] == "preanalysis"
    following = column(board, "preanalysis")
    assert following.hasFocus()
    assert page.current_initiative() == find(register, "Robot")
    QTest.keyClick(following, Qt.Key.Key_Right)
    assert column(board, "develop").hasFocus()
    assert page.current_initiative() == find(register, "Ældrebus")
    first = column(board, "idea")
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert register.get("initiative", find(register, "Have"))["phase"] == "idea"


def test_what_is_changed_elsewhere_is_followed(
    board: Board, page: InitiativesPage, register: Register
) -> None:
    edit_field(register, find(register, "Have"), "phase", "closed")
    remove_initiative(register, find(register, "Uden fase"))
    add_initiative(register, {"title": "Ny", "phase": "develop"})
    assert cards(board) == {"idea": ["Robot"], "develop": ["Ny", "Ældrebus"], "closed": ["Have"]}


def test_a_card_that_leaves_its_column_stays_the_chosen_one(
    board: Board, page: InitiativesPage, register: Register
) -> None:
    robot = find(register, "Robot")
    column(board, "idea").choose(robot)
    edit_field(register, robot, "phase", "closed")
    assert page.current_initiative() == robot
    assert board.current_id() == robot
    register.undo()
    assert page.current_initiative() == robot


def test_a_phase_of_the_units_own_gets_a_column(board: Board, register: Register) -> None:
    key = add_phase(register, Phase("", "Venter på politik", ""))
    assert column(board, key).accessibleName() == "Venter på politik, 0"


def test_the_shape_is_remembered_and_kept_with_a_view(
    board: Board, page: InitiativesPage, register: Register
) -> None:
    page.keep_setup()
    assert page._desk.settings.get("list_shape") == BOARD
    assert page.initiatives.showing.shape == BOARD


def test_where_nothing_may_be_written_no_card_moves(
    qtbot: QtBot, page: InitiativesPage, register: Register, open_window: OpenWindow
) -> None:
    path = register.path
    window = page.window()
    window.close()
    register.close()
    with Register.open(path, write=False) as reader:
        read_only = open_window(None, reader)
        found = read_only.findChild(InitiativesPage)
        assert isinstance(found, InitiativesPage)
        found.initiatives.set_shape(BOARD)
        board = found.other
        assert isinstance(board, Board)
        first = column(board, "idea")
        assert not first.cards.flags(first.cards.index(0, 0)) & Qt.ItemFlag.ItemIsDragEnabled
        assert not board.move_card(first.cards.id_at(0), "develop")
        read_only.close()
