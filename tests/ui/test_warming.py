"""The first search finds what it needs prepared, and nobody waits for the preparing."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from coi_desktop.models.query import Query
from coi_desktop.operations.initiatives import edit_field
from coi_desktop.store.register import Register
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.warming import Warming


def test_search_is_prepared_when_the_window_rests(
    qtbot: QtBot, window: MainWindow, register: Register, three: tuple[str, str, str]
) -> None:
    own = window.findChild(Warming)
    assert isinstance(own, Warming)
    statements: list[str] = []
    quick = Warming(window.desk, window, 0)
    qtbot.waitUntil(lambda: not quick.is_waiting, timeout=10_000)
    register._connection.set_trace_callback(statements.append)
    found = register.count_found(Query(search="s"))
    register._connection.set_trace_callback(None)
    assert found
    assert not any("MATCH" in one or "parts_folded" in one for one in statements)
    edit_field(register, three[0], "title", "Ubåd")
    assert quick.is_waiting, "what a change made void is prepared again"
    quick.deleteLater()
