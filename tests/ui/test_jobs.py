"""Long work: off the UI thread, told of now and then, stopped when wished, and always brought to an end."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coi_desktop.errors import Problem
from coi_desktop.i18n import current_language, speaking
from coi_desktop.models.progress import Job, Progress
from coi_desktop.ui.jobs import SECONDS_AT_A_TIME, SECONDS_BETWEEN_SIGNALS, ImmediateRunner, JobRunner, Work
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.status_strip import MILLISECONDS_BEFORE_PROGRESS, ProgressStrip


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[JobRunner]:
    made = JobRunner()
    yield made
    made.close()


class Told:
    """What came back."""

    def __init__(self) -> None:
        self.results: list[object] = []
        self.problems: list[Problem] = []
        self.cancelled = 0
        self.threads: list[threading.Thread] = []

    def work(self, job: Job[object], *, writes: bool = False, in_pieces: bool = False) -> Work:
        return Work("Prøve", job, self.take, self.refuse, self.cancel, writes, in_pieces)

    def take(self, result: object) -> None:
        self.threads.append(threading.current_thread())
        self.results.append(result)

    def refuse(self, problem: Problem) -> None:
        self.threads.append(threading.current_thread())
        self.problems.append(problem)

    def cancel(self) -> None:
        self.cancelled += 1


def counting(steps: int, pause: float = 0.0) -> Job[object]:
    for step in range(steps):
        yield Progress(step, steps)
        time.sleep(pause)
    return threading.current_thread()


def test_work_is_done_on_another_thread_and_its_result_comes_back_to_this_one(
    runner: JobRunner, qtbot: QtBot
) -> None:
    told = Told()
    runner.run(told.work(counting(3)))
    qtbot.waitUntil(lambda: bool(told.results), timeout=5000)
    assert told.results[0] is not threading.main_thread()
    assert told.threads == [threading.main_thread()]
    assert not runner.is_busy


def test_work_in_pieces_is_done_on_this_thread_while_the_window_goes_on(
    runner: JobRunner, qtbot: QtBot
) -> None:
    told, turns, heard = Told(), [], []
    runner.progressed.connect(heard.append)
    timer = QTimer(interval=0)
    timer.timeout.connect(lambda: turns.append(time.monotonic()))
    timer.start()
    runner.run(told.work(counting(100, 0.004), in_pieces=True))
    qtbot.waitUntil(lambda: bool(told.results), timeout=10000)
    assert told.results == [threading.main_thread()]
    assert len(turns) > 100 * 0.004 / SECONDS_AT_A_TIME / 2
    assert heard
    assert not runner.is_busy


def test_what_only_draws_would_not_be_missed_and_so_nobody_is_asked_about_it(
    runner: JobRunner, qtbot: QtBot
) -> None:
    told = Told()
    runner.run(told.work(counting(40, 0.01))._replace(for_sight=True))
    assert (runner.is_busy, runner.would_be_missed) == (True, False)
    runner.run(told.work(counting(2)))
    assert runner.would_be_missed
    qtbot.waitUntil(lambda: len(told.results) == 2, timeout=10000)
    assert not runner.would_be_missed


def test_work_in_pieces_is_cancelled_fails_and_waits_its_turn(runner: JobRunner, qtbot: QtBot) -> None:
    told, cleaned, heard = Told(), [], []
    runner.progressed.connect(heard.append)

    def endless() -> Job[object]:
        try:
            while True:
                yield Progress(0, 0)
        finally:
            cleaned.append(True)

    def failing() -> Job[object]:
        yield Progress(0, 1)
        raise Problem("En værdi er beskadiget.")

    runner.run(told.work(endless(), in_pieces=True))
    runner.run(told.work(failing(), in_pieces=True))
    runner.run(told.work(counting(2)))
    qtbot.waitUntil(lambda: bool(heard), timeout=5000)
    assert not told.results
    runner.cancel()
    qtbot.waitUntil(lambda: bool(told.results), timeout=5000)
    assert (told.cancelled, len(cleaned), len(told.problems)) == (1, 1, 1)


def test_closing_stops_work_in_pieces_and_nothing_is_told(qtbot: QtBot) -> None:
    told, cleaned, heard = Told(), [], []
    closing = JobRunner()
    closing.progressed.connect(heard.append)

    def endless() -> Job[object]:
        try:
            while True:
                yield Progress(0, 0)
        finally:
            cleaned.append(True)

    closing.run(told.work(endless(), in_pieces=True))
    qtbot.waitUntil(lambda: bool(heard), timeout=5000)
    closing.close()
    QTest.qWait(30)
    assert (cleaned, told.cancelled, closing.is_busy) == ([True], 0, False)


def test_no_more_than_ten_signals_a_second(runner: JobRunner, qtbot: QtBot) -> None:
    told, heard = Told(), []
    runner.progressed.connect(heard.append)
    start = time.monotonic()
    runner.run(told.work(counting(300, 0.001)))
    qtbot.waitUntil(lambda: bool(told.results), timeout=10000)
    took = time.monotonic() - start
    assert 1 <= len(heard) <= took / SECONDS_BETWEEN_SIGNALS + 1


def test_cancelled_work_cleans_up_behind_it(runner: JobRunner, qtbot: QtBot, tmp_path: Path) -> None:
    half = tmp_path / "half"
    told = Told()

    def writing() -> Job[object]:
        half.write_text("half")
        try:
            while True:
                yield Progress(0, 0)
                time.sleep(0.005)
        finally:
            half.unlink()

    runner.run(told.work(writing()))
    qtbot.waitUntil(half.exists, timeout=5000)
    runner.cancel()
    qtbot.waitUntil(lambda: told.cancelled == 1, timeout=5000)
    assert not half.exists()
    assert told.results == []


def test_a_problem_comes_back_as_a_problem(runner: JobRunner, qtbot: QtBot) -> None:
    told = Told()

    def failing() -> Job[object]:
        yield Progress(0, 1)
        raise Problem("Filen er åben i Excel.")

    runner.run(told.work(failing()))
    qtbot.waitUntil(lambda: bool(told.problems), timeout=5000)
    assert told.problems[0].what == "Filen er åben i Excel."
    assert told.threads == [threading.main_thread()]


def test_a_problem_nobody_else_hears_is_told_by_the_runner(runner: JobRunner, qtbot: QtBot) -> None:
    def failing() -> Job[object]:
        raise Problem("Nej.")
        yield Progress(0, 1)

    with qtbot.waitSignal(runner.failed, timeout=5000) as heard:
        runner.run(Work("Prøve", failing(), lambda _result: None))
    assert heard.args[0].what == "Nej."


def test_a_fault_of_the_program_is_raised_on_this_thread_and_work_goes_on(
    runner: JobRunner, qtbot: QtBot
) -> None:
    told = Told()

    def failing() -> Job[object]:
        yield Progress(0, 1)
        raise ValueError("unforeseen")

    with qtbot.captureExceptions() as raised:
        runner.run(told.work(failing()))
        runner.run(told.work(counting(1)))
        qtbot.waitUntil(lambda: bool(told.results), timeout=5000)
    assert [kind for kind, _error, _trace in raised] == [ValueError]


def test_work_waits_for_the_work_before_it(runner: JobRunner, qtbot: QtBot) -> None:
    told = Told()
    order: list[str] = []

    def named(name: str) -> Job[object]:
        order.append(f"{name} begins")
        yield Progress(0, 1)
        time.sleep(0.02)
        order.append(f"{name} ends")
        return name

    runner.run(told.work(named("a")))
    runner.run(told.work(named("b")))
    qtbot.waitUntil(lambda: len(told.results) == 2, timeout=5000)
    assert order == ["a begins", "a ends", "b begins", "b ends"]


def test_work_speaks_the_language_that_was_spoken_when_it_was_asked_for(
    runner: JobRunner, qtbot: QtBot
) -> None:
    told = Told()

    def speaker() -> Job[object]:
        yield Progress(0, 1)
        return current_language()

    with speaking("en"):
        runner.run(told.work(speaker()))
    qtbot.waitUntil(lambda: bool(told.results), timeout=5000)
    assert told.results == ["en"]


def test_closing_stops_what_runs_and_forgets_what_waits(qtbot: QtBot) -> None:
    runner, told = JobRunner(), Told()
    runner.run(told.work(counting(10_000, 0.005)))
    runner.run(told.work(counting(1)))
    runner.close()
    QCoreApplication.processEvents()
    assert (told.results, told.cancelled) == ([], 0)
    assert not runner.is_busy


def test_the_immediate_runner_can_cancel_after_any_step() -> None:
    for steps in range(1, 4):
        runner, told = ImmediateRunner(), Told()
        runner.cancel_after = steps
        runner.run(told.work(counting(3)))
        assert told.cancelled == 1
        assert len(runner.progress) == steps
    runner, told = ImmediateRunner(), Told()
    runner.run(told.work(counting(3)))
    assert told.results == [threading.main_thread()]


# In the window


def test_quick_work_shows_no_progress_and_slow_work_does(window: MainWindow, qtbot: QtBot) -> None:
    told = Told()
    strip = window.statusBar().findChild(ProgressStrip)
    assert isinstance(strip, ProgressStrip)
    window.desk.runner.run(told.work(counting(2)))
    qtbot.waitUntil(lambda: len(told.results) == 1, timeout=5000)
    qtbot.wait(MILLISECONDS_BEFORE_PROGRESS + 100)
    assert not strip.isVisible()
    window.desk.runner.run(told.work(counting(10_000, 0.005)))
    qtbot.waitUntil(strip.isVisible, timeout=5000)
    strip.cancel_button.click()
    qtbot.waitUntil(lambda: told.cancelled == 1, timeout=5000)
    assert not strip.isVisible()


def test_editing_waits_while_a_job_writes(window: MainWindow, qtbot: QtBot) -> None:
    told, let_go = Told(), threading.Event()

    def writing() -> Job[object]:
        yield Progress(0, 1)
        let_go.wait(5)
        return None

    window.desk.runner.run(told.work(writing(), writes=True))
    qtbot.waitUntil(lambda: not window.actions_["new"].isEnabled(), timeout=5000)
    assert not window.page.isEnabled()
    let_go.set()
    qtbot.waitUntil(lambda: bool(told.results), timeout=5000)
    assert window.actions_["new"].isEnabled()


def test_the_keyboard_is_back_where_it_was_when_a_job_has_written(
    window: MainWindow, page: InitiativesPage, qtbot: QtBot
) -> None:
    told = Told()
    page.table.setFocus()
    window.desk.runner.run(told.work(counting(3, 0.05), writes=True))
    window.desk.runner.run(told.work(counting(3, 0.05), writes=True))
    qtbot.waitUntil(lambda: not page.table.hasFocus(), timeout=5000)
    qtbot.waitUntil(lambda: len(told.results) == 2, timeout=5000)
    assert page.table.hasFocus()


def test_closing_the_window_asks_about_work_that_goes_on(
    window: MainWindow, qtbot: QtBot, prompts: object
) -> None:
    told = Told()
    window.desk.runner.run(told.work(counting(10_000, 0.005)))
    assert not window.close()
    window.desk.prompts.choices = ["close"]
    assert window.close()
    assert window.desk.prompts.asked[-1] == "Der arbejdes stadig"
