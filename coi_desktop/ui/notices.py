"""Quiet messages that need no answer: done with the next action, or a problem with another try."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.changes import ChangeSet, StepKind
from coi_desktop.ui.plain import PlainLabel, announce, restyle
from coi_desktop.ui.theme import Looks

#: How long a notice of something done stays; a problem stays until it is closed or has gone.
SECONDS_SHOWN = 12

_ICONS = {"good": "done", "wrong": "warning", "warning": "warning"}


class NextStep(NamedTuple):
    """What can be done next: our own words for a button, with its mnemonic, and what it does."""

    label: str
    run: Callable[[], object]


class Notices(Protocol):
    """Where screens put their messages."""

    def show_done(self, text: str, steps: Sequence[NextStep] = ()) -> None:
        """Something was done; goes away by itself."""

    def show_problem(
        self,
        problem: Problem,
        retry: Callable[[], object] | None = None,
        key: str = "",
        steps: Sequence[NextStep] = (),
    ) -> None:
        """Something could not be done; stays. ``key`` lets ``clear`` take away this one alone; ``steps``
        stand behind the other try.
        """

    def clear(self, key: str = "") -> None:
        """Take away what is shown; with a ``key`` only if it was shown under it."""


def _no_way_out(_problem: Problem) -> Sequence[NextStep]:
    return ()


class NoticeBar(QWidget):
    """The bar below the page: one notice at a time, the newest."""

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._looks = looks
        self._problems: dict[str, tuple[Problem, Sequence[NextStep]]] = {}
        self._is_furnished = False
        #: More next steps that belong to a problem wherever it comes up.
        self.ways_out: Callable[[Problem], Sequence[NextStep]] = _no_way_out
        self._timer = QTimer(self, singleShot=True, interval=SECONDS_SHOWN * 1000)
        self._timer.timeout.connect(self._show_last_problem)
        self.hide()

    def _furnish(self) -> None:
        """Make what is in the bar: at the first notice, not on the way to the first window."""
        self._is_furnished = True
        self._icon = PlainLabel()
        self._text = PlainLabel(wrap=True, selectable=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._steps: list[QPushButton] = []
        self.close_button = QToolButton()
        self.close_button.setProperty("look", "quiet")
        self.close_button.setAccessibleName(_("Close the notice"))
        self.close_button.clicked.connect(self._close_notice)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 4, 8, 4)
        self._row.setSpacing(8)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self.close_button)

    @property
    def text(self) -> str:
        """What is shown just now."""
        return self._text.text() if not self.isHidden() else ""

    def show_done(self, text: str, steps: Sequence[NextStep] = ()) -> None:
        """Something was done; goes away by itself, and lets a problem that stood there before come back."""
        self._show(text, "good", steps)
        self._timer.start()

    def show_problem(
        self,
        problem: Problem,
        retry: Callable[[], object] | None = None,
        key: str = "",
        steps: Sequence[NextStep] = (),
    ) -> None:
        """Something could not be done; stays until closed or cleared."""
        first = () if retry is None else (NextStep(_("Try again"), retry),)
        self._problems.pop(key, None)
        self._problems[key] = (problem, (*first, *steps, *self.ways_out(problem)))
        self._show_last_problem()

    def clear(self, key: str = "") -> None:
        """Take away what is shown; with a ``key`` only the problem that was shown under it."""
        if not key:
            self._problems.clear()
            self._close_notice()
        elif self._problems.pop(key, None) is not None and not self._timer.isActive():
            self._show_last_problem()

    def take_in(self, changes: ChangeSet) -> None:
        """A step back or forward: what was done before it may be undone now, and its next step pointless."""
        if changes.kind is not StepKind.DO and self._timer.isActive():
            self._show_last_problem()

    def _close_notice(self) -> None:
        """The notice in front goes: one of something done by itself or by hand, a problem by hand."""
        if not self._timer.isActive() and self._problems:
            self._problems.popitem()
        self._timer.stop()
        self._show_last_problem()

    def _show_last_problem(self) -> None:
        self._timer.stop()
        if not self._problems:
            self.hide()
            return
        problem, steps = next(reversed(self._problems.values()))
        self._show(str(problem), "wrong", steps)

    def _show(self, text: str, tone: str, steps: Sequence[NextStep]) -> None:
        if not self._is_furnished:
            self._furnish()
        for button in self._steps:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._steps = [self._make_button(step) for step in steps]
        for place, button in enumerate(self._steps, start=2):
            self._row.insertWidget(place, button)
        self._icon.setPixmap(self._looks.icon(_ICONS[tone], tone).pixmap(20, 20))
        self.close_button.setIcon(self._looks.icon("close"))
        self._text.setText(text)
        self.setProperty("tone", tone)
        restyle(self)
        self.show()
        announce(self, text)

    def _make_button(self, step: NextStep) -> QPushButton:
        button = QPushButton(step.label, self)

        def press() -> None:
            self._close_notice()
            step.run()

        button.clicked.connect(press)
        return button
