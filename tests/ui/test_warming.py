"""The first search finds what it needs prepared, and nobody waits for the preparing."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

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


ROOT = Path(__file__).resolve().parent.parent.parent

COUNT = """
import json, sys
from PySide6 import QtWidgets
import coi_desktop.ui.main_window, coi_desktop.ui.pages.initiatives_page
from coi_desktop.ui.warming import IMPORTED_AHEAD, iter_imports

def ours():
    return sum(name.startswith("coi_desktop.") for name in sys.modules)

counts = [ours()]
for _pause in iter_imports(IMPORTED_AHEAD):
    counts.append(ours())
import coi_desktop.ui.pages.evaluations_page, coi_desktop.ui.pages.overview_page
print(json.dumps([counts, ours(), "matplotlib" in sys.modules]))
"""

#: Modules of ours that are imported in one turn of the window: each takes a millisecond or two.
MOST_AT_A_TIME = 18


def test_places_are_imported_a_few_modules_at_a_time() -> None:
    done = subprocess.run(
        [sys.executable, "-c", COUNT], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    counts, at_last, has_drawn = json.loads(done.stdout)
    steps = [after - before for before, after in pairwise(counts)]
    assert max(steps) <= MOST_AT_A_TIME, steps
    assert len(steps) > 10
    assert at_last == counts[-1], "visiting a place imports nothing more"
    assert not has_drawn, "what draws is imported by whoever draws, on a thread"
