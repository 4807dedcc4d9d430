"""The way to the first window: short, and in order when something stands in it."""

from __future__ import annotations

import builtins
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from coi_desktop import paths
from coi_desktop.models.file_places import Session, Surroundings
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.operations.registers import create_register, open_register
from coi_desktop.settings import Settings
from coi_desktop.store.lock_owner import this_computer, this_user
from coi_desktop.ui.application import Alarm
from coi_desktop.ui.lean_qt import import_qt
from coi_desktop.ui.plain import PlainLabel
from coi_desktop.ui.program import Program
from tests.ui.fakes import FakePrompts

ROOT = Path(__file__).resolve().parent.parent.parent

#: Packages and modules that no first window needs.
NOT_YET = (
    "coi_desktop.exchange",
    "coi_desktop.cli",
    "coi_desktop.ui.dialogs",
    "coi_desktop.ui.delegates",
    "coi_desktop.ui.forms",
    "coi_desktop.ui.panels",
    "coi_desktop.ui.walkthrough",
    "coi_desktop.ui.record_panel",
    "coi_desktop.ui.record_head",
    "coi_desktop.ui.pack_commands",
    "coi_desktop.ui.actions",
    "coi_desktop.ui.commands",
    "coi_desktop.ui.bulk_commands",
    "coi_desktop.ui.merge_commands",
    "coi_desktop.ui.undoing",
    "coi_desktop.ui.marks",
    "coi_desktop.ui.icons",
    "coi_desktop.store.archive",  # and what only it asks: the past, every text, whole copies, damage
    "coi_desktop.store.backups",
    "coi_desktop.store.earlier",
    "coi_desktop.store.erasing",
    "coi_desktop.store.file_store",
    "coi_desktop.store.integrity",
    "coi_desktop.store.named_files",
    "coi_desktop.store.own_values",
    "coi_desktop.store.snapshots",
    "coi_desktop.store.stored_texts",
    "coi_desktop.store.trash",
    "coi_desktop.store.step_writer",  # and what only a change takes
    "coi_desktop.store.restoring",
    "coi_desktop.store.rows",
    "coi_desktop.store.touching",
    "coi_desktop.store.writer",
    "coi_desktop.store.conditions",  # and what answers conditions and words
    "coi_desktop.store.counting",
    "coi_desktop.store.selections",
    "coi_desktop.store.word_search",
    "coi_desktop.store.words_below",
    "coi_desktop.store.conforming",  # most starts open a register that is there, of this version
    "coi_desktop.store.creating",
    "coi_desktop.store.migrations",
    "coi_desktop.store.new_file",
    "coi_desktop.models.erasure_list",
    "coi_desktop.models.people",
    "coi_desktop.models.person_mentions",
    "coi_desktop.models.removals",
    "coi_desktop.operations.history",
    "coi_desktop.operations.initiatives",
    "coi_desktop.models.progress",
    "coi_desktop.ui.table_commands",
    "coi_desktop.models.guide",
    "coi_desktop.models.pack",
    "coi_desktop.models.tables",
    "coi_desktop.models.import_report",
    "coi_desktop.models.economics",
    "coi_desktop.models.indicators",
    "coi_desktop.models.evidence",
    "argparse",
    "click",
    "dataclasses",  # half a millisecond for each class
    "locale",
    "orjson",
    "uuid",
    "hashlib",
    "inspect",
    "logging.handlers",
    "socket",
    "matplotlib",
    "openpyxl",
    "xlsxwriter",
    "sqlite_utils",
    "numpy",
    "PySide6.QtPrintSupport",
    "PySide6.QtNetwork",
    "shibokensupport.signature.lib.enum_sig",
    "shibokensupport.signature.lib.pyi_generator",
)

#: Classes of Qt, most with many enumerations. PySide6 builds a class with its enumerations when it is first
#: named or handed over; a widget handed over as a QWidget (``viewport()``) makes it build those of all.
NOT_YET_BUILT = frozenset(
    (
        "QAccessible",
        "QAction",
        "QCalendarWidget",
        "QDialog",
        "QFileDialog",
        "QFont",
        "QIcon",
        "QKeySequence",
        "QMdiArea",
        "QPixmap",
        "QStyle",
        "QStyleOption",
        "QTabWidget",
        "QTextDocument",
        "QTextEdit",
        "QTreeView",
        "QWizard",
    )
)

START = """
import builtins, gc, sys
from pathlib import Path
python_import = builtins.__import__
from coi_desktop.app import start_program

program = start_program(Path(sys.argv[1]))
from PySide6 import QtCore, QtGui, QtWidgets
from coi_desktop.ui.main_window import MainWindow

def painted(window):
    page = window.page
    print(builtins.__import__ is python_import, gc.isenabled(), page.model.rowCount(), page.table.isVisible())
    print(*sorted(sys.modules))
    print(*sorted(name for module in (QtCore, QtGui, QtWidgets) for name in vars(module) if name[0] == "Q"))
    window.close()

MainWindow._after_first_paint = painted
raise SystemExit(program.run())
"""

LEAN = """
import sys
from coi_desktop.ui.lean_qt import import_qt
import_qt()
print("put off" if not hasattr(sys.modules["shibokensupport.signature.parser"], "__file__") else "loaded")
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
try:
    QWidget().resize("wide")
except TypeError as error:
    print(error)
"""


class FirstPaint(NamedTuple):
    """Some facts, the modules that are imported, and the classes of Qt that PySide6 has built."""

    facts: list[str]
    modules: list[str]
    classes: list[str]


@pytest.fixture(scope="module")
def at_first_paint(tmp_path_factory: pytest.TempPathFactory) -> FirstPaint:
    """What a process of its own tells when its window has just painted."""
    register = tmp_path_factory.mktemp("start") / "start.coi"
    with create_register(register) as made:
        add_initiative(made, {"title": "Tiltag"})
    done = subprocess.run(
        [sys.executable, "-c", START, str(register)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return FirstPaint(*(line.split() for line in done.stdout.splitlines()))


def test_the_first_window_imports_nothing_it_does_not_need(at_first_paint: FirstPaint) -> None:
    loaded = at_first_paint.modules
    assert "coi_desktop.ui.pages.initiatives_page" in loaded
    early = [name for name in loaded if any(name == one or name.startswith(one + ".") for one in NOT_YET)]
    assert early == []
    assert "PySide6.QtSql" not in loaded


def test_no_class_of_qt_is_built_before_it_is_needed(at_first_paint: FirstPaint) -> None:
    assert {"QTableView", "QStatusBar"} <= set(at_first_paint.classes)
    assert NOT_YET_BUILT.intersection(at_first_paint.classes) == set()


def test_nobody_waits_for_the_computers_fonts(at_first_paint: FirstPaint) -> None:
    """They are looked up beside the imports, by a class that nothing else on the way needs."""
    assert "QFontDatabase" in at_first_paint.classes


def test_the_first_paint_shows_the_list(at_first_paint: FirstPaint) -> None:
    assert at_first_paint.facts[2:] == ["1", "True"]


def test_nothing_looks_over_the_shoulder_of_a_start(at_first_paint: FirstPaint) -> None:
    """Neither the import of PySide6, which reads every source, nor the collector of what is thrown away."""
    assert at_first_paint.facts[:2] == ["True", "False"]


def test_no_pattern_is_compiled_before_it_is_used(at_first_paint: FirstPaint) -> None:
    """Patterns of modules on the way to the first window are texts; the one of ids is used in bulk."""
    ours = [name for name in at_first_paint.modules if name.startswith("coi_desktop.")]
    paths = {name: ROOT / (name.replace(".", "/") + ".py") for name in ours}
    compiling = {
        name for name, path in paths.items() if path.exists() and "re.compile(" in path.read_text("utf-8")
    }
    assert len(ours) > 40
    assert compiling <= {"coi_desktop.models.ids"}


def test_qt_still_tells_what_a_call_lacks() -> None:
    """What PySide6 is imported without is loaded when a call is to be explained."""
    done = subprocess.run(
        [sys.executable, "-c", LEAN], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.startswith("put off\n")
    assert "Supported signatures:" in done.stdout
    assert "PySide6.QtCore.QSize" in done.stdout


def test_where_qt_is_imported_already_nothing_happens() -> None:
    before = builtins.__import__
    import_qt()
    assert builtins.__import__ is before


# The program


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    """The program with people stood in for; its exception hooks are not installed."""
    made = Program(qapp, Settings.read(tmp_path / "settings.json"), FakePrompts())
    yield made
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()


def asked(program: Program) -> FakePrompts:
    assert isinstance(program.prompts, FakePrompts)
    return program.prompts


def titles(program: Program) -> list[str]:
    assert program.window is not None
    model = program.window.page.model  # type: ignore[attr-defined]
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_the_first_start_makes_the_users_own_register(program: Program) -> None:
    assert program.start(None)
    assert paths.own_register().exists()
    assert titles(program) == []
    assert asked(program).asked == []


def test_a_register_that_is_asked_for_is_opened_but_not_made(program: Program, tmp_path: Path) -> None:
    asked(program).choices = ["quit"]
    assert not program.start(tmp_path / "findes ikke.coi")
    assert asked(program).asked == ["Registret kan ikke åbnes"]
    assert not (tmp_path / "findes ikke.coi").exists()


def test_instead_of_one_that_cannot_be_opened_another_can_be_chosen(program: Program, tmp_path: Path) -> None:
    broken, sound = tmp_path / "i stykker.coi", tmp_path / "hel.coi"
    broken.write_bytes(b"PK\x03\x04 no register")
    with create_register(sound) as register:
        add_initiative(register, {"title": "Nabohjælp"})
    asked(program).choices, asked(program).paths = ["other"], [sound]
    assert program.start(broken)
    assert titles(program) == ["Nabohjælp"]
    assert broken.read_bytes() == b"PK\x03\x04 no register"


def test_a_register_that_is_open_elsewhere_is_opened_for_reading(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "optaget.coi"
    with create_register(path) as register:
        add_initiative(register, {"title": "Nabohjælp"})
        assert program.start(path)
        assert titles(program) == ["Nabohjælp"]
        assert program.register is not None
        assert not program.register.writable
        assert not program.window.actions_["new"].isEnabled()  # type: ignore[union-attr]


def test_the_lock_is_given_back_when_the_window_closes(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "prøve.coi"
    create_register(path).close()
    assert program.start(path)
    assert program.window is not None
    program.window.close()
    open_register(path).close()


def test_another_register_takes_the_windows_place_and_is_opened_next_time(
    program: Program, tmp_path: Path, qapp: QApplication
) -> None:
    other = tmp_path / "andet.coi"
    with create_register(other) as register:
        add_initiative(register, {"title": "Nabohjælp"})
    assert program.start(None)
    first = program.window
    assert first is not None
    first.open_register(other)
    assert program.window is not first
    assert titles(program) == ["Nabohjælp"]
    assert program.window is not None
    program.window.close()
    again = Program(qapp, Settings.read(tmp_path / "settings.json"), FakePrompts())
    assert again.start(None)
    assert titles(again) == ["Nabohjælp"]
    assert again.window is not None
    again.window.close()


def test_when_the_other_register_cannot_be_opened_the_window_comes_back(
    program: Program, tmp_path: Path
) -> None:
    assert program.start(None)
    assert program.window is not None
    program.window.open_register(tmp_path / "findes ikke.coi")
    assert program.register is not None
    assert program.register.path == paths.own_register()
    assert program.window.isVisible()
    assert "findes ikke.coi" in asked(program).asked[-1]


def test_a_fault_of_the_program_is_shown_once_and_logged(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    shown: list[BaseException] = []
    alarm = Alarm(shown.append)
    for number in range(2):
        try:
            raise ValueError(f"fault {number}")
        except ValueError as error:
            alarm.catch(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: len(shown) == 2)
    assert [str(error) for error in shown] == ["fault 0", "fault 1"]
    assert "fault 1" in caplog.text


def test_a_fault_while_one_is_shown_is_only_logged(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    shown: list[BaseException] = []

    def show(error: BaseException) -> None:
        shown.append(error)
        alarm.catch(RuntimeError, RuntimeError("while showing"), None)
        QApplication.processEvents()

    alarm = Alarm(show)
    alarm.catch(ValueError, ValueError("first"), None)
    qtbot.waitUntil(lambda: bool(shown))
    QApplication.processEvents()
    assert len(shown) == 1
    assert "while showing" in caplog.text


# Where the register lies


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
