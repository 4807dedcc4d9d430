"""The way to the first window is short: what no start imports, builds or compiles."""

from __future__ import annotations

import builtins
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.operations.registers import create_register
from coi_desktop.ui.lean_qt import import_qt

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
