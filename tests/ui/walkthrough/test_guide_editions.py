"""A question that an editor added is on the screen, saves by itself and is told; one taken out is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from PySide6.QtTest import QTest

from coi_desktop.cli.evaluation_commands import eval_command
from coi_desktop.operations.evaluations import LoadedEvaluation
from coi_desktop.store.register import Register
from coi_desktop.ui.plain import PlainLabel
from coi_desktop.ui.walkthrough.walk_panel import WalkPanel
from tests.guide_editions import Edition, edited_resources
from tests.ui.walkthrough.keyboard import Keyboard


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Edition]:
    with edited_resources(tmp_path, monkeypatch) as edited:
        edited.add_question()
        yield edited


def _told(panel: WalkPanel) -> list[str]:
    return [one.text() for one in panel.front.earlier.findChildren(PlainLabel)]


def _show(register: Register, evaluation_id: str) -> str:
    return CliRunner().invoke(eval_command(), ["show", str(register.path), evaluation_id]).output


def test_an_added_question_is_answered_on_its_screen_and_kept_when_it_is_taken_out_again(
    edition: Edition, panel: WalkPanel, register: Register, loaded: Callable[[], LoadedEvaluation]
) -> None:
    Keyboard().answer("Hvor mange naboer?", "12,5")
    assert panel.flush()
    assert loaded().answers.single("extra_answer") == {"scope.neighbours": Decimal("12.5")}
    QTest.qWait(0)
    assert not panel.front.earlier.isVisible()
    said = _show(register, loaded().evaluation.id)
    assert "Hvor mange naboer?" in said
    assert "12,5" in said
    edition.remove_added()
    evaluation_id = loaded().evaluation.id
    fresh = WalkPanel(panel._desk)
    fresh.open(evaluation_id, "what_why")
    assert fresh.front.earlier.isVisibleTo(fresh)
    assert _told(fresh)[-2:] == ["Hvor mange naboer?", "12,5"]
    said = _show(register, evaluation_id)
    assert "Fra en tidligere udgave af guiden" in said
    fresh.walk.close()
    fresh.deleteLater()
