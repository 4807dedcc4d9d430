"""Guards around every test: nobody's real folders, no window, thread or timer left behind."""

from __future__ import annotations

import gc
import locale
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Before Qt or matplotlib can be imported: no screen, and one throw-away folder for matplotlib's font cache,
# which is read once per process and costs a second to build.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["LANG"] = "C.UTF-8"
for _name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "DISPLAY", "WAYLAND_DISPLAY"):
    os.environ.pop(_name, None)

# Nothing may depend on the locale of the machine: `make test-locales` runs the tests under others. Messages
# stay as they are, for the tests say which language they speak.
FOREIGN_LOCALE = os.environ.get("COI_TEST_LOCALE", "")
if FOREIGN_LOCALE:
    for _name in ("LC_NUMERIC", "LC_COLLATE", "LC_CTYPE", "LC_TIME", "LC_MONETARY"):
        os.environ[_name] = FOREIGN_LOCALE
        locale.setlocale(getattr(locale, _name), FOREIGN_LOCALE)

# Time is measured by benchmarks, not by tests; and CI tries the same examples every time.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

LOCALES = Path(__file__).resolve().parent.parent / "resources" / "locale"
SECONDS_FOR_A_THREAD_TO_END = 3.0
#: Looks at the youngest objects only, until all are looked at.
YOUNG_LOOKS = 50


def private_environment(home: Path) -> dict[str, str]:
    """The variables by which every platform finds a user's folders, all pointing below one folder."""
    return {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "APPDATA": str(home / "roaming"),
        "LOCALAPPDATA": str(home / "local"),
        "XDG_DATA_HOME": str(home / "share"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_RUNTIME_DIR": str(home / "runtime"),
        "XDG_DOCUMENTS_DIR": str(home / "Documents"),
    }


def pytest_configure(config: pytest.Config) -> None:
    """Private folders also for what is imported before the first test; garbage is collected between tests."""
    gc.disable()
    home = Path(tempfile.mkdtemp(prefix="coi-desktop-tests-"))
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    (home / "runtime").mkdir(mode=0o700)
    os.environ.update(private_environment(home))
    os.environ["MPLCONFIGDIR"] = str(home / "matplotlib")
    if not hasattr(config, "workerinput"):
        compile_stale_catalogues()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests counted – kills survived, disks looked at – stands in the log, also when all is well."""
    told = [
        (report.nodeid, value)
        for outcome in ("passed", "failed")
        for report in terminalreporter.getreports(outcome)
        for name, value in report.user_properties
        if name == "figures"
    ]
    if told:
        terminalreporter.section("figures")
        for nodeid, value in sorted(told):
            terminalreporter.write_line(f"{nodeid.rpartition('::')[2]}: {value}")


def compile_stale_catalogues() -> None:
    """Tests speak the Danish of the .po files as they are now, also when pytest is called directly."""
    sources = list(LOCALES.glob("*/*.po"))
    compiled = [path.stat().st_mtime for path in LOCALES.glob("*/LC_MESSAGES/coi_desktop.mo")]
    if LOCALES.is_dir() and (not compiled or any(path.stat().st_mtime > min(compiled) for path in sources)):
        from tools.translations import compile_catalogues

        compile_catalogues(LOCALES)


@pytest.fixture(autouse=True)
def private_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for each test; the fixture is that folder."""
    home = tmp_path_factory.mktemp("home")
    (home / "runtime").mkdir(mode=0o700)
    for name, value in private_environment(home).items():
        monkeypatch.setenv(name, value)
    return home


@pytest.fixture(autouse=True)
def speak_danish() -> Iterator[None]:
    """Every test starts in Danish, whatever the one before it spoke."""
    from coi_desktop.i18n import speaking

    with speaking("da"):
        yield


@pytest.fixture(autouse=True)
def garbage_collected_here() -> Iterator[None]:
    """As in the program: Python by itself would take earlier windows apart on the thread of a job."""
    yield
    made, _young, looks = gc.get_count()
    if made > gc.get_threshold()[0]:
        gc.collect(2 if looks > YOUNG_LOOKS else 1)


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """Fails a test that leaves a thread, a pool's work, a window or an application's timer behind."""
    before = set(threading.enumerate())
    yield
    left = threads_left(before) + qt_left()
    let_go_of_keys()
    if left:
        pytest.fail("left behind: " + "; ".join(left))


def threads_left(before: set[threading.Thread]) -> list[str]:
    """Threads that a test started and that do not end by themselves soon."""
    until = time.monotonic() + SECONDS_FOR_A_THREAD_TO_END
    started = [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
    for thread in started:
        thread.join(max(0.0, until - time.monotonic()))
    return [f"thread {thread.name!r}" for thread in started if thread.is_alive()]


def let_go_of_keys() -> None:
    """A click with Ctrl leaves Qt believing that Ctrl is held, and so into the next test."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    if widgets.QApplication.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        QTest.keyRelease(widgets.QWidget(), Qt.Key.Key_Control)


def qt_left() -> list[str]:
    """Visible windows, busy pool threads, running timers of the application; none where Qt is not in use."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets is not None else None
    if widgets is None or application is None:
        return []
    from PySide6.QtCore import QThreadPool, QTimer

    left = []
    if not QThreadPool.globalInstance().waitForDone(int(SECONDS_FOR_A_THREAD_TO_END * 1000)):
        left.append("work in the thread pool")
    for window in widgets.QApplication.topLevelWidgets():
        if window.isVisible():
            left.append(f"window {type(window).__name__} {window.windowTitle()!r}")
            window.close()
    timers = [timer for timer in application.findChildren(QTimer) if timer.isActive()]
    for timer in timers:
        left.append(f"timer {timer.objectName()!r} of the application, every {timer.interval()} ms")
        timer.stop()
    return left
