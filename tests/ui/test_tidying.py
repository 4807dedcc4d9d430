"""The full-text index is merged when nobody works, and never under somebody's hands."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pytestqt.qtbot import QtBot

from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.progress import Job, Progress
from coi_desktop.operations.initiatives import edit_field
from coi_desktop.store.register import Register
from coi_desktop.ui.jobs import Work
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.tidying import MILLISECONDS_OF_QUIET, Tidying


def segments(register: Register) -> int:
    found = register._connection.execute("SELECT count(DISTINCT segid) FROM initiative_search_idx").fetchone()
    return int(found[0])


def write_much(register: Register, record_id: str) -> None:
    for number in range(12):
        edit_field(register, record_id, "description", f"Besøg nummer {number}", source=str(number))


@contextmanager
def quiet(window: MainWindow, milliseconds: int) -> Iterator[Tidying]:
    """The window's own one waits for minutes; this one does not."""
    tidying = Tidying(window.desk, window, milliseconds)
    yield tidying
    tidying.deleteLater()


def test_the_window_tidies_minutes_after_the_last_change(
    window: MainWindow, register: Register, three: tuple[str, str, str]
) -> None:
    own = window.findChild(Tidying)
    assert isinstance(own, Tidying)
    assert not own.is_waiting
    write_much(register, three[0])
    assert own.is_waiting
    assert MILLISECONDS_OF_QUIET >= 60_000


def test_a_pause_merges_the_index_without_a_step_or_a_word(
    qtbot: QtBot, window: MainWindow, register: Register, three: tuple[str, str, str]
) -> None:
    heard: list[ChangeSet] = []
    with quiet(window, 30):
        write_much(register, three[0])
        before, revision = segments(register), register.revision
        register.subscribe(heard.append)
        qtbot.waitUntil(lambda: segments(register) < before, timeout=5000)
    assert (register.revision, heard) == (revision, [])


def test_while_a_job_works_it_waits(
    qtbot: QtBot, window: MainWindow, register: Register, three: tuple[str, str, str]
) -> None:
    may_end = threading.Event()

    def slow() -> Job[None]:
        while not may_end.wait(0.01):
            yield Progress(0, 0)

    with quiet(window, 30) as tidying:
        write_much(register, three[0])
        before = segments(register)
        window.desk.runner.run(Work("Tæller", slow(), lambda _done: None))
        qtbot.wait(150)
        assert (segments(register), tidying.is_waiting) == (before, True)
        may_end.set()
        qtbot.waitUntil(lambda: segments(register) < before, timeout=5000)


def test_a_register_open_for_reading_is_left_alone(
    window: MainWindow,
    read_only: Register,
    register: Register,
    three: tuple[str, str, str],
    open_window: object,
) -> None:
    reading = open_window(None, read_only)
    own = reading.findChild(Tidying)
    write_much(register, three[0])
    assert not own.is_waiting
