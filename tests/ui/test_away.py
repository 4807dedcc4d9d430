"""A share that goes away while somebody types: a sentence, the text kept, and on it goes when it is back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coi_desktop.errors import Problem
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.store.faults import away
from coi_desktop.store.register import Register
from coi_desktop.ui.application import Alarm
from coi_desktop.ui.away_watch import AwayWatch
from coi_desktop.ui.itemmodels.initiative_model import InitiativeModel
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.panels.facts_tab import FactsTab
from tests.ui.conftest import OpenWindow
from tests.ui.fakes import FakePrompts
from tests.ui.program_parts import notice_bar


class Shares:
    """The register's folder, taken away and brought back by its name."""

    def __init__(self, path: Path) -> None:
        self.folder = path.parent
        self.aside = path.parent.with_name("væk")

    def go(self) -> None:
        self.folder.rename(self.aside)

    def come(self) -> None:
        self.aside.rename(self.folder)


@pytest.fixture
def typing(qtbot: QtBot, register: Register, open_window: OpenWindow) -> MainWindow:
    robot = add_initiative(register, {"title": "Robot", "owner": "Anna"})
    window = open_window()
    window.show_record("initiatives", robot)
    page = window.page
    assert isinstance(page, InitiativesPage)
    assert page.panel is not None
    return window


def type_owner(window: MainWindow, text: str) -> bool:
    page = window.page
    assert isinstance(page, InitiativesPage)
    assert page.panel is not None
    tab = page.panel.show_tab("facts")
    assert isinstance(tab, FactsTab)
    form = tab.form
    row = form.row("owner")
    row.editor.show_value(text)
    row.edited.emit()
    return window.flush()


def owner(register: Register) -> object:
    return register.snapshot().rows("initiative")[0]["owner"]


def test_what_is_typed_stays_and_can_be_taken_along(
    qtbot: QtBot,
    typing: MainWindow,
    register: Register,
    prompts: FakePrompts,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    share, desk = Shares(register.path), typing.desk
    share.go()
    try:
        watch = AwayWatch(desk, typing, 20)
        notice_bar(typing).ways_out = watch.find_ways_out
        assert not type_owner(typing, "Dorte")
        assert "kan ikke nås" in notice_bar(typing).text
        assert watch.is_watching
        assert desk.typed() == "Ejer:\nDorte"
        steps = {button.text().replace("&", ""): button for button in notice_bar(typing)._steps}
        steps["Kopiér det, jeg har skrevet"].click()
        assert QApplication.clipboard().text() == "Ejer:\nDorte"
        target = tmp_path_factory.mktemp("her") / "tekst.txt"
        prompts.paths = [target]
        steps["Gem det på denne computer …"].click()
        assert target.read_text(encoding="utf-8") == "Ejer:\nDorte"
    finally:
        share.come()
    qtbot.waitUntil(lambda: not watch.is_watching, timeout=5_000)
    assert owner(register) == "Dorte"
    assert "er der igen" in notice_bar(typing).text
    assert desk.typed() == ""


def test_another_file_in_its_place_is_not_written_to(
    qtbot: QtBot, typing: MainWindow, register: Register, tmp_path: Path
) -> None:
    share = Shares(register.path)
    share.go()
    watch = AwayWatch(typing.desk, typing, 20)
    notice_bar(typing).ways_out = watch.find_ways_out
    assert not type_owner(typing, "Dorte")
    share.folder.mkdir()
    Register.create(register.path).close()
    before = register.path.read_bytes()
    qtbot.waitUntil(lambda: not watch.is_watching, timeout=5_000)
    assert "udskiftet" in notice_bar(typing).text
    assert register.path.read_bytes() == before
    assert typing.desk.typed() == "Ejer:\nDorte"
    shutil.rmtree(share.folder)
    share.come()


class Refusing:
    """A register whose disk refuses every read, and counts them."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self.asked = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._register, name)

    def get_rows(self, _type_name: str, _rows: object) -> dict[int, object]:
        self.asked += 1
        raise away(self._register.path)


def test_a_list_on_a_dead_disk_asks_it_once_and_not_for_every_cell(typing: MainWindow) -> None:
    page = typing.page
    assert isinstance(page, InitiativesPage)
    model: InitiativeModel = page.list.model
    refusing = Refusing(model._register)
    model._register = refusing
    model._pages.clear()
    model._read.clear()
    with pytest.raises(Problem):
        model.data(model.index(0, 0))
    for column in range(model.columnCount()):
        assert model.data(model.index(0, column)) in (None, model.data(model.index(0, column)))
    assert refusing.asked == 1


def test_a_disk_that_refuses_in_a_slot_is_no_fault_of_the_program(qtbot: QtBot, tmp_path: Path) -> None:
    shown: list[BaseException] = []
    alarm = Alarm(shown.append)
    problem = away(tmp_path / "register.coi")
    alarm.catch(Problem, problem, None)
    qtbot.waitUntil(lambda: bool(shown), timeout=2_000)
    assert shown == [problem]
