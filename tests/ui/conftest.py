"""A window on a real register with people and jobs stood in for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coi_desktop.errors import Problem
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.operations.registers import create_register, open_register
from coi_desktop.operations.samples import load_sample
from coi_desktop.settings import Settings
from coi_desktop.store.register import Register
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.program import Program
from coi_desktop.ui.theme import Looks
from tests.ui.fakes import FakePlatform, FakePrompts
from tests.ui.pack_window import Packs

THREE = (
    {"title": "Skærmbesøg i hjemmeplejen", "phase": "develop", "owner": "Team Digital"},
    {"title": "Ærø deler elbiler", "phase": "idea", "status": "parked"},
    {"title": "Madspild i skolekøkkenet", "phase": "operate", "owner": "Skole Nord"},
)


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """As the program starts itself."""
    return ["coi-desktop", "-style", "Fusion"]


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """An empty register."""
    with create_register(tmp_path / "prøve.coi") as made:
        yield made


@pytest.fixture
def three(register: Register) -> tuple[str, str, str]:
    """Ids of three initiatives in the register: Skærmbesøg, Ærø, Madspild."""
    first, second, third = (add_initiative(register, values) for values in THREE)
    return first, second, third


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings as of a first start."""
    return Settings.read(tmp_path / "settings.json")


@pytest.fixture
def prompts() -> FakePrompts:
    """Answers for the window's questions."""
    return FakePrompts()


@pytest.fixture
def looks(qapp: QApplication) -> Looks:
    """The light theme."""
    return Looks(qapp, "light")


@pytest.fixture
def platform(qapp: QApplication) -> Iterator[FakePlatform]:
    """What the program would have another program open is noted instead."""
    made = FakePlatform()
    QDesktopServices.setUrlHandler("file", made, "open")
    yield made
    QDesktopServices.unsetUrlHandler("file")


OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def open_window(
    qtbot: QtBot, register: Register, settings: Settings, looks: Looks, prompts: FakePrompts
) -> Iterator[OpenWindow]:
    """Opens the window and waits until it has settled; closes what the test left open."""
    opened: list[MainWindow] = []

    def open_one(refused: Problem | None = None, other: Register | None = None) -> MainWindow:
        window = MainWindow(other or register, settings, looks, prompts, refused)
        opened.append(window)
        window.resize(1200, 700)
        with qtbot.waitSignal(window.painted, timeout=5000):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield open_one
    for window in opened:
        prompts.choices = ["close"]
        window.close()
        window.deleteLater()


@pytest.fixture
def window(three: tuple[str, str, str], open_window: OpenWindow) -> MainWindow:
    """The window on a register with three initiatives."""
    return open_window()


@pytest.fixture
def page(window: MainWindow) -> InitiativesPage:
    """The page in front: the initiatives."""
    found = window.centralWidget().findChild(InitiativesPage)
    assert isinstance(found, InitiativesPage)
    return found


@pytest.fixture
def read_only(register: Register, three: tuple[str, str, str]) -> Iterator[Register]:
    """The register with three initiatives, open for reading beside its writer."""
    with open_register(register.path, write=False) as opened:
        yield opened


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    """The program with people stood in for; its exception hooks are not installed."""
    made = Program(qapp, Settings.read(tmp_path / "settings.json"), FakePrompts())
    yield made
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()


@pytest.fixture
def neighbour(tmp_path: Path) -> Iterator[Register]:
    """Another unit's register, with the sample portfolio in it."""
    with create_register(tmp_path / "nabo.coi") as made:
        load_sample(made)
        yield made


@pytest.fixture
def packs(qtbot: QtBot, window: MainWindow, prompts: FakePrompts) -> Packs:
    """The window's pack actions, answered in advance."""
    return Packs(qtbot, window, prompts)
