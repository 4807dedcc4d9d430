"""What the window says of its register by itself, and what it offers when the file was replaced."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from coi_desktop import paths
from coi_desktop.errors import Problem
from coi_desktop.operations.initiatives import add_initiative, edit_field
from coi_desktop.operations.registers import create_register, open_register
from coi_desktop.settings import Settings
from coi_desktop.store.register import Register
from coi_desktop.ui.greeting import LifeSigns
from coi_desktop.ui.notices import NoticeBar
from coi_desktop.ui.program import Program
from tests.ui.conftest import OpenWindow
from tests.ui.fakes import FakePrompts
from tests.ui.program_parts import notice_bar


def press(bar: NoticeBar, label: str) -> None:
    QApplication.processEvents()  # the buttons are shown by their layout
    button = next(one for one in bar.findChildren(QPushButton) if one.text() == label and not one.isHidden())
    button.click()


def test_an_edition_put_aside_is_named_and_can_be_read(
    qapp: QApplication, tmp_path: Path, register: Register
) -> None:
    register.close()
    copy = register.path.with_name("prøve-PC2.coi")
    shutil.copy(register.path, copy)
    before = copy.read_bytes()
    program = Program(qapp, Settings.read(tmp_path / "settings.json"), FakePrompts())
    assert program.start(register.path)
    assert program.window is not None
    program.window._after_first_paint()
    bar = notice_bar(program.window)
    assert "prøve-PC2.coi" in bar.text
    press(bar, "Åbn den til &læsning")
    assert program.register is not None
    assert program.register.path == copy
    assert not program.register.writable
    assert program.window is not None
    program.window.close()
    assert copy.read_bytes() == before
    assert Settings.read(tmp_path / "settings.json").get("register") != str(copy)


def test_after_a_crash_it_says_so_once(open_window: OpenWindow, register: Register) -> None:
    path = register.path
    register.close()
    owner = {"user": "anne", "computer": _here(), "process": 1, "since": "2026-01-01T10:00:00+00:00"}
    path.with_name(path.name + ".owner").write_text(json.dumps(owner), encoding="utf-8")
    with open_register(path) as again:
        window = open_window(other=again)
        assert "anne" in notice_bar(window).text
        window.close()
    with open_register(path) as later:
        window = open_window(other=later)
        assert notice_bar(window).text == ""
        window.close()


def _here() -> str:
    from coi_desktop.store.lock_owner import this_computer

    return this_computer()


def test_a_register_in_order_is_not_talked_about(open_window: OpenWindow) -> None:
    assert notice_bar(open_window()).text == ""


def test_an_open_window_gives_signs_of_life(open_window: OpenWindow, read_only: Register) -> None:
    window = open_window()
    signs = window.findChild(LifeSigns)
    assert isinstance(signs, LifeSigns)
    assert signs._timer.isActive()
    reading = open_window(other=read_only).findChild(LifeSigns)
    assert isinstance(reading, LifeSigns)
    assert not reading._timer.isActive()


def test_a_replaced_file_leaves_the_choice_to_keep_a_copy(
    open_window: OpenWindow, register: Register, prompts: FakePrompts, tmp_path: Path
) -> None:
    one = add_initiative(register, {"title": "Mit arbejde"})
    window = open_window()
    with create_register(tmp_path / "ny.coi") as other:
        add_initiative(other, {"title": "De andres"})
    (tmp_path / "ny.coi").replace(register.path)
    with pytest.raises(Problem) as caught:
        edit_field(register, one, "title", "Mere arbejde")
    notices = notice_bar(window)
    notices.show_problem(caught.value)
    kept = tmp_path / "min kopi.coi"
    prompts.paths = [kept]
    press(notices, "&Gem en kopi…")
    assert prompts.suggested[-1].parent == paths.local_folder()
    with open_register(kept, write=False) as copy:
        assert copy.get("initiative", one)["title"] == "Mit arbejde"
    notices.show_problem(caught.value)
    wanted: list[Path] = []
    window.register_wanted.connect(wanted.append)
    press(notices, "&Åbn den nye")
    assert wanted == [register.path]
