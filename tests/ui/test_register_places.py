"""Where the register lies is asked at the start: a shared folder, an emptied session, another program."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from coi_desktop import paths
from coi_desktop.models.file_places import Session, Surroundings
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.operations.registers import create_register
from coi_desktop.settings import Settings
from coi_desktop.store.lock_owner import this_computer, this_user
from coi_desktop.ui.plain import PlainLabel
from coi_desktop.ui.program import Program
from tests.ui.fakes import FakePrompts
from tests.ui.program_parts import asked, titles

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A register with one initiative in a folder of OneDrive."""
    path = tmp_path / "OneDrive - Eksempel Kommune" / "Innovation.coi"
    with create_register(path, anywhere=True) as register:
        add_initiative(register, {"title": "Nabohjælp"})
    return path


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_register_in_onedrive_is_asked_about_and_not_written_to(program: Program, shared: Path) -> None:
    before = files_of(shared.parent)
    asked(program).choices = [None]
    assert program.start(shared)
    assert asked(program).asked == ["Hvor registret ligger"]
    assert titles(program) == ["Nabohjælp"]
    assert program.register is not None
    assert not program.register.writable
    assert files_of(shared.parent) == before


def test_the_answer_is_remembered_and_can_be_given_anew(
    program: Program, shared: Path, qapp: QApplication, tmp_path: Path
) -> None:
    asked(program).choices = ["read", "write"]
    assert program.start(shared)
    assert program.window is not None
    buttons = program.window.centralWidget().findChildren(QPushButton)
    again = next(button for button in buttons if button.text() == "&Andre muligheder…")
    again.click()
    assert program.register is not None
    assert program.register.writable
    program.window.close()
    later = Program(qapp, Settings.read(tmp_path / "settings.json"), FakePrompts())
    assert later.start(shared)
    assert later.register is not None
    assert later.register.writable
    assert asked(later).asked == []
    assert later.window is not None
    later.window.close()


def test_a_register_can_be_moved_here_from_the_question(program: Program, shared: Path, qtbot: QtBot) -> None:
    asked(program).choices = ["move", "ok"]
    assert program.start(shared)
    qtbot.waitUntil(lambda: "Registret er flyttet" in asked(program).asked)
    assert program.register is not None
    assert program.register.path == paths.local_folder() / "Innovation.coi"
    assert program.register.writable
    assert titles(program) == ["Nabohjælp"]
    assert {path.name[:20] for path in shared.parent.iterdir()} == {"Innovation (flyttet "}


def test_a_share_is_asked_about_before_it_is_touched(program: Program, tmp_path: Path) -> None:
    asked(program).choices = ["read", "quit"]
    assert not program.start(Path(r"\\server\share\register.coi"))
    assert asked(program).asked == ["Hvor registret ligger", "Registret kan ikke åbnes"]


def test_in_a_session_that_is_emptied_no_register_is_begun_unasked(
    qapp: QApplication, tmp_path: Path
) -> None:
    around = Surroundings(session=Session.TEMPORARY, profile=str(Path.home()))
    prompts = FakePrompts(choices=["leave", "quit"])
    settings = Settings.read(tmp_path / "settings.json")
    program = Program(qapp, settings, prompts, look=lambda _path: around)
    assert not program.start(None)
    assert not paths.own_register().exists()
    lasting = tmp_path / "varig"
    lasting.mkdir()
    prompts.choices, prompts.paths = ["folder"], [lasting]
    assert program.start(None)
    assert program.register is not None
    assert program.register.path == lasting / "register.coi"
    assert not paths.own_register().exists()
    assert Settings.read(tmp_path / "settings.json").get("register") == str(lasting / "register.coi")
    assert program.window is not None
    program.window.close()


def test_a_remembered_register_that_is_gone_is_not_made_anew(
    program: Program, qapp: QApplication, tmp_path: Path
) -> None:
    assert program.start(None)
    assert program.window is not None
    program.window.close()
    paths.own_register().unlink()
    later = Program(qapp, Settings.read(tmp_path / "settings.json"), FakePrompts(choices=["quit"]))
    assert not later.start(None)
    assert asked(later).asked == ["Registret kan ikke åbnes"]
    assert not paths.own_register().exists()
    asked(later).choices = ["own"]
    assert later.start(None), "begun anew when that is said"
    assert paths.own_register().exists()
    assert later.window is not None
    later.window.close()


def test_a_register_left_open_elsewhere_is_taken_over_only_when_that_is_said(
    program: Program, tmp_path: Path
) -> None:
    path = tmp_path / "fælles.coi"
    create_register(path).close()
    owner = {"user": "anne", "computer": "PC2", "process": 1, "since": "2020-01-01T10:00:00+00:00"}
    path.with_name(path.name + ".owner").write_text(json.dumps(owner), encoding="utf-8")
    asked(program).choices = ["read", "take"]
    assert program.start(path)
    assert program.register is not None
    assert not program.register.writable
    assert program.window is not None
    program.window.open_register(path)
    assert program.register.writable
    assert asked(program).asked == ["Registret er efterladt åbent"] * 2


HOLDER = """
import sys, pathlib
from coi_desktop.operations.registers import open_register
register = open_register(pathlib.Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
register.close()
"""


def test_a_second_program_says_who_has_it_and_since_when_and_can_try_again(
    program: Program, tmp_path: Path
) -> None:
    path = tmp_path / "fælles.coi"
    create_register(path).close()
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        assert program.start(path)
        assert program.window is not None
        assert program.register is not None
        assert not program.register.writable
        said = " ".join(label.text() for label in program.window.findChildren(PlainLabel))
        assert this_user() in said
        assert this_computer() in said
        assert "siden" in said
        other.communicate("\n", timeout=30)
        buttons = program.window.centralWidget().findChildren(QPushButton)
        next(button for button in buttons if button.text().startswith("Prøv")).click()
        assert program.register.writable
    finally:
        other.kill()
        other.communicate(timeout=30)
