"""What the program and its window show and asked."""

from __future__ import annotations

from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.notices import NoticeBar
from coi_desktop.ui.program import Program
from tests.ui.fakes import FakePrompts


def asked(program: Program) -> FakePrompts:
    """What people were asked, and their answers."""
    assert isinstance(program.prompts, FakePrompts)
    return program.prompts


def titles(program: Program) -> list[str]:
    """The titles in the first window's list."""
    assert program.window is not None
    model = program.window.page.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def notice_bar(window: MainWindow) -> NoticeBar:
    """The bar below the page."""
    assert isinstance(window.desk.notices, NoticeBar)
    return window.desk.notices
