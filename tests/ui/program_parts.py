"""What the program shows and asked, for tests that start it."""

from __future__ import annotations

from coi_desktop.ui.program import Program
from tests.ui.fakes import FakePrompts


def asked(program: Program) -> FakePrompts:
    """What people were asked, and their answers."""
    assert isinstance(program.prompts, FakePrompts)
    return program.prompts


def titles(program: Program) -> list[str]:
    """The titles in the first window's list."""
    assert program.window is not None
    model = program.window.page.model  # type: ignore[attr-defined]
    return [model.index(row, 0).data() for row in range(model.rowCount())]
