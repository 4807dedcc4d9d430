"""Python's garbage collection on the UI thread alone.

Python collects on whichever thread happens to make objects just then. A ring of objects with a part of Qt in
it (a model, a timer, a closed dialog) would so be taken apart on the thread of a job, under the hands of the
UI thread: the program would be gone without a word.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer

#: How often is looked whether there is something to collect: while objects are being made, and else.
MILLISECONDS_BUSY = 50
MILLISECONDS_QUIET = 250

#: Looking at everything may take one part of so many of the time; it grows with what is open.
_SHARE_OF_TIME = 200

#: It waits until no more objects are made, as by a job that reads the whole register, but not for ever: for
#: so many times as many looks at the youngest as Python would wait for.
_LONGEST_WAIT = 30


class GarbageCollection(QTimer):
    """Collects every so often while the event loop runs; Python's own collecting is off from now on.

    What there is already is never looked at again. What was made since the last look is looked at once; what
    has outlived that only now and then.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._all_again = 0.0
        self.timeout.connect(self.collect_due)
        self.start(MILLISECONDS_QUIET)

    def collect_due(self) -> None:
        """Collect what Python would collect by now, and look again soon if there was something."""
        (made, _young, looks), (enough, _enough_young, enough_looks) = gc.get_count(), gc.get_threshold()
        is_due = made > enough
        wait = _LONGEST_WAIT if is_due else 1
        if looks > enough_looks * wait and time.monotonic() >= self._all_again:
            began = time.monotonic()
            gc.collect()
            ended = time.monotonic()
            self._all_again = ended + (ended - began) * _SHARE_OF_TIME
        elif is_due:
            gc.collect(1)
        interval = MILLISECONDS_BUSY if is_due else MILLISECONDS_QUIET
        if interval != self.interval():
            self.setInterval(interval)
