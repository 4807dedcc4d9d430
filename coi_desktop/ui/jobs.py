"""Long work that nobody waits for: advances a job's generator, tells progress, can be cancelled, brings the
end back. On a thread of its own, or, where it reads the open register, on the UI thread a little at a time.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from contextvars import Context, copy_context
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from coi_desktop.errors import Cancelled, Problem

if TYPE_CHECKING:
    from coi_desktop.models.progress import Job, Progress

T = TypeVar("T")

#: So long work is done in pieces between two looks at what the user does.
SECONDS_AT_A_TIME = 0.015

#: No more than ten signals a second reach the UI thread.
SECONDS_BETWEEN_SIGNALS = 0.1


class Work(NamedTuple):
    """A job with its title (for the progress bar) and what happens on the UI thread when it ends.

    ``on_problem`` hears a Problem; without it the runner's ``failed`` signal does. A job that ``writes`` in
    the register (on a second connection that it opens itself) has editing wait until it has ended. One
    ``in_pieces`` looks at the open register: it is advanced on the UI thread, some milliseconds at a time.
    One ``for_sight`` only draws what is on the screen: nobody is asked whether it may be given up.
    """

    title: str
    job: Job[Any]
    on_result: Callable[[Any], None]
    on_problem: Callable[[Problem], None] | None = None
    on_cancelled: Callable[[], None] | None = None
    writes: bool = False
    in_pieces: bool = False
    for_sight: bool = False


class Runner(Protocol):
    """Whoever runs jobs: the threaded JobRunner of the window, or the ImmediateRunner of tests."""

    def run(self, work: Work) -> None:
        """Begin the job, or put it behind the one that is running."""

    def cancel(self) -> None:
        """Stop the running job at its next step; it leaves nothing half done."""

    @property
    def is_busy(self) -> bool:
        """Whether a job is running or waiting."""

    @property
    def would_be_missed(self) -> bool:
        """Whether a job is running or waiting that somebody asked for, not one for the sight only."""


class _End(NamedTuple):
    """How a job ended: with a result, or with what it raised."""

    result: Any = None
    error: BaseException | None = None


class JobRunner(QObject):
    """Runs one job at a time, on a thread of its own or in pieces.

    Signals, all on the UI thread: ``started`` (the Work), ``progressed`` (a Progress, at most ten a second),
    ``ended`` (the Work), ``failed`` (a Problem nobody else hears).
    """

    started = Signal(object)
    progressed = Signal(object)
    ended = Signal(object)
    failed = Signal(object)
    _from_thread = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[tuple[Work, Context]] = deque()
        self._current: Work | None = None
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._from_thread.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._context = copy_context()
        self._told = float("-inf")
        self._next_piece = QTimer(self, singleShot=True, interval=0)
        self._next_piece.timeout.connect(self._advance_a_little)

    @property
    def is_busy(self) -> bool:
        """Whether a job is running or waiting."""
        return self._current is not None or bool(self._waiting)

    @property
    def would_be_missed(self) -> bool:
        """Whether a job is running or waiting that somebody asked for, not one for the sight only."""
        current = () if self._current is None else (self._current,)
        return any(not work.for_sight for work in (*current, *(work for work, _words in self._waiting)))

    def run(self, work: Work) -> None:
        """Begin the job, or put it behind the one that is running. It speaks the language spoken now."""
        self._waiting.append((work, copy_context()))
        self._begin_next()

    def cancel(self) -> None:
        """Stop the running job at its next step."""
        self._stop.set()

    def close(self) -> None:
        """Cancel everything and wait until the running job has cleaned up behind it. No callbacks follow."""
        self._waiting.clear()
        self._stop.set()
        self._from_thread.disconnect(self._hear)
        if self._thread is not None:
            self._thread.join()
        self._next_piece.stop()
        if self._current is not None and self._current.in_pieces:
            self._current.job.close()
        self._thread = self._current = None

    def _begin_next(self) -> None:
        if self._current is not None or not self._waiting:
            return
        work, context = self._waiting.popleft()
        self._current = work
        self._stop = threading.Event()
        self._told = float("-inf")
        if work.in_pieces:
            self._context = context
            self.started.emit(work)
            self._next_piece.start()
            return
        self._thread = threading.Thread(
            target=context.run, args=(self._advance, work.job, self._stop), name=f"job: {work.title}"
        )
        self.started.emit(work)
        self._thread.start()

    def _advance(self, job: Job[Any], stop: threading.Event) -> None:
        """On the job's own thread: advance the generator to its end, or to where it is told to stop."""
        end = None
        while end is None:
            end = self._step(job, stop, self._from_thread.emit)
        self._from_thread.emit(end)

    def _advance_a_little(self) -> None:
        """Advance the generator for some milliseconds; more of it when the window has answered whoever works
        in it.
        """
        work, until, end = self._current, time.monotonic() + SECONDS_AT_A_TIME, None
        while work is not None and end is None:
            end = self._context.run(self._step, work.job, self._stop, self._hear)
            if end is None and time.monotonic() >= until:
                self._next_piece.start()
                return
        if end is not None:
            self._hear(end)

    def _step(self, job: Job[Any], stop: threading.Event, tell: Callable[[object], None]) -> _End | None:
        """Advance a job once, and tell how far it is when that was not told just now; how it ended, if so."""
        try:
            if stop.is_set():
                job.close()
                return _End(error=Cancelled())
            progress = next(job)
        except StopIteration as finished:
            return _End(result=finished.value)
        except Exception as error:  # noqa: BLE001 - the edge: it is raised anew on the UI thread
            return _End(error=error)
        moment = time.monotonic()
        if moment - self._told >= SECONDS_BETWEEN_SIGNALS:
            self._told = moment
            tell(progress)
        return None

    def _hear(self, message: object) -> None:
        work = self._current
        if work is None:
            return
        if not isinstance(message, _End):
            self.progressed.emit(message)
            return
        if self._thread is not None:
            self._thread.join()
        self._current = self._thread = None
        self.ended.emit(work)
        try:
            _call_back(work, message, self.failed.emit)
        finally:
            self._begin_next()


class ImmediateRunner:
    """Runs each job at once on the calling thread, for tests. ``progress`` holds what the last job told."""

    def __init__(self) -> None:
        self.progress: list[Progress] = []
        self.problems: list[Problem] = []
        self.cancel_after: int | None = None

    @property
    def is_busy(self) -> bool:
        """Never: a job has ended when ``run`` returns."""
        return False

    @property
    def would_be_missed(self) -> bool:
        """Never, as ``is_busy``."""
        return False

    def cancel(self) -> None:
        """Stop the next job after its first step."""
        self.cancel_after = 1

    def run(self, work: Work) -> None:
        """Run the job to its end, or to the step after which a test wants it cancelled."""
        self.progress = []
        try:
            while self.cancel_after is None or len(self.progress) < self.cancel_after:
                self.progress.append(next(work.job))
            work.job.close()
            end = _End(error=Cancelled())
        except StopIteration as finished:
            end = _End(result=finished.value)
        except Problem as problem:
            end = _End(error=problem)
        _call_back(work, end, self.problems.append)


def _call_back(work: Work, end: _End, unheard: Callable[[Problem], None]) -> None:
    error = end.error
    if error is None:
        work.on_result(end.result)
    elif isinstance(error, Cancelled):
        if work.on_cancelled is not None:
            work.on_cancelled()
    elif isinstance(error, Problem):
        (work.on_problem or unheard)(error)
    else:
        raise error
