"""Steps on the whole screen: one at a time in large type, moved between by keys, answered and left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from coi_desktop.operations.evaluations import LoadedEvaluation
from coi_desktop.ui.tick_box import TickBox
from coi_desktop.ui.walkthrough.presentation import SCALE, Presentation, large_sheet
from coi_desktop.ui.walkthrough.rows_card import RowsCard
from coi_desktop.ui.walkthrough.walk_panel import WalkPanel
from tests.ui.test_accessibility import find_nameless
from tests.ui.waits import LONGEST


def open_room(panel: WalkPanel, qtbot: QtBot) -> Presentation:
    room = Presentation(panel.walk._desk, panel.walk)
    qtbot.addWidget(room)
    room.show()
    return room


def test_keys_move_between_the_twenty_steps_and_esc_leaves(panel: WalkPanel, qtbot: QtBot) -> None:
    room = open_room(panel, qtbot)
    seen = [room.step_id]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_Left, Qt.Key.Key_PageUp):
        qtbot.keyClick(room.front, key)
        seen.append(room.step_id)
    assert seen == ["scope", "purpose", "users", "purpose", "scope"]
    qtbot.keyClick(room.front, Qt.Key.Key_Left)
    assert room.step_id == "scope"
    for _step in range(30):
        room.move_by(1)
    assert room.step_id == "meta"
    assert find_nameless(room) == []
    qtbot.keyClick(room.front, Qt.Key.Key_Escape)
    assert not room.isVisible()


def test_the_type_is_more_than_twice_as_large_and_the_screen_is_filled(
    panel: WalkPanel, qtbot: QtBot
) -> None:
    room = open_room(panel, qtbot)
    assert room.isFullScreen()
    usual = panel.front.cards[0].label.fontMetrics().height()
    assert room.front.cards[0].label.fontMetrics().height() >= 2 * usual
    assert "border: 1px" in large_sheet("a { border: 1px; font-size: 10pt }", 10)
    assert f"font-size: {round(10 * SCALE)}pt }}" in large_sheet("a { font-size: 10pt }", 10)


def test_what_is_typed_in_the_room_is_in_the_register_when_it_is_left(
    panel: WalkPanel, qtbot: QtBot, loaded: Callable[[], LoadedEvaluation]
) -> None:
    room = open_room(panel, qtbot)
    room.move_by(1)
    card = room.front.card("purpose.if_negative")
    target = card.target
    assert isinstance(target, QPlainTextEdit)
    target.setFocus()
    qtbot.keyClicks(target, "Vi stopper")
    room.reject()
    assert loaded().answers.single("decision_need")["if_negative"] == "Vi stopper"


def test_what_is_painted_is_as_large_as_the_type_and_headings_have_room(
    panel: WalkPanel, qtbot: QtBot
) -> None:
    usual = panel.front.findChildren(TickBox)[0].minimumSizeHint().width()
    room = open_room(panel, qtbot)
    assert room.front.findChildren(TickBox)[0].minimumSizeHint().width() >= usual + 10
    while not room.front.findChildren(RowsCard):
        room.move_by(1)
    header = room.front.findChildren(RowsCard)[0].table.target.horizontalHeader()
    qtbot.waitUntil(
        lambda: all(
            header.sectionSize(place) >= min(header.sectionSizeHint(place), header.width() // 4)
            for place in range(header.count())
        ),
        timeout=LONGEST,
    )
