"""The guards of conftest.py: each is shown a test that offends, and must fail it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parent.parent

OFFENDERS = """
import threading
import warnings

import pytest

release = threading.Event()


def test_leaves_a_thread():
    threading.Thread(target=release.wait, name="straggler").start()


def test_lets_it_go():
    release.set()


def test_leaves_a_window(qapp):
    from PySide6.QtWidgets import QLabel

    global window
    window = QLabel("rest")
    window.show()


def test_leaves_a_timer(qapp):
    from PySide6.QtCore import QTimer

    timer = QTimer(qapp)
    timer.start(50)


def test_warns_in_python():
    warnings.warn("old", DeprecationWarning, stacklevel=1)


def test_warns_in_qt(qapp):
    from PySide6.QtCore import qWarning

    qWarning("careful")


def test_raises_in_a_slot(qtbot):
    from PySide6.QtCore import QTimer

    def slot():
        raise ValueError("in a slot")

    QTimer.singleShot(0, slot)
    qtbot.wait(20)


def test_speaks_english():
    from coi_desktop.i18n import current_language, use_language

    assert current_language() == "da"
    use_language("en")


def test_speaks_danish_again():
    from coi_desktop.i18n import current_language

    assert current_language() == "da"


def test_shows_a_window_and_closes_it(qtbot):
    from PySide6.QtWidgets import QLabel

    label = QLabel("rest")
    qtbot.addWidget(label)
    label.show()


def test_a_thread_that_ends_is_welcome():
    threading.Thread(target=lambda: None).start()
"""

PASSING = {
    "test_lets_it_go",
    "test_speaks_english",
    "test_speaks_danish_again",
    "test_shows_a_window_and_closes_it",
    "test_a_thread_that_ends_is_welcome",
}


def test_guards_fail_what_offends_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path / "tests")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "tests" / "test_offenders.py").write_text(OFFENDERS, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", "-p", "no:xdist"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    lines = [line.split() for line in done.stdout.splitlines() if "test_offenders.py::" in line]
    bad = {words[1].partition("::")[2] for words in lines if words[0] in {"FAILED", "ERROR"}}
    good = {words[1].partition("::")[2] for words in lines if words[0] == "PASSED"} - bad
    everything = {
        line[4:].partition("(")[0] for line in OFFENDERS.splitlines() if line.startswith("def test_")
    }
    assert good == PASSING, done.stdout
    assert bad == everything - PASSING, done.stdout


def test_the_users_folders_are_private_to_the_test(private_folders: Path) -> None:
    for folder in (
        platformdirs.user_data_path("coi-desktop"),
        platformdirs.user_config_path("coi-desktop"),
        platformdirs.user_cache_path("coi-desktop"),
        platformdirs.user_documents_path(),
        Path.home(),
        Path("~").expanduser(),
    ):
        assert folder.is_relative_to(private_folders)


@given(st.integers())
def test_guards_allow_property_tests(number: int) -> None:
    assert number == number


def test_none_and_true_keep_their_references(qapp: object) -> None:
    """A Qt binding that loses one reference per call aborts the interpreter after minutes of use."""
    from PySide6.QtCore import QObject, Signal
    from PySide6.QtWidgets import QLabel

    class Bell(QObject):
        rung = Signal(bool)

    heard: list[bool] = []
    bell, label = Bell(), QLabel()
    bell.rung.connect(heard.append)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for number in range(500):
        label.setText(str(number))
        bell.rung.emit(True)
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert len(heard) == 500
    assert after[0] > before[0] - 100
    assert after[1] > before[1] - 100


@pytest.mark.skipif(sys.platform != "linux", reason="reads the environment of Linux")
def test_no_screen_is_used() -> None:
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    assert "DISPLAY" not in os.environ
