"""How each indicator stands: status, how sure the change is, and the effect against the comparison."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _, current_language
from coi_desktop.models.change_explanations import change_line, effect_line, explain_change
from coi_desktop.models.change_intervals import ChangeInterval
from coi_desktop.models.explanations import explain_effect
from coi_desktop.models.indicators import IndicatorFigures
from coi_desktop.models.text import format_number
from coi_desktop.operations.library import vocabulary
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.jobs import SECONDS_AT_A_TIME
from coi_desktop.ui.marks import MarkedLabel, MarkedSentence
from coi_desktop.ui.plain import PlainLabel
from coi_desktop.ui.theme import MARK_SIDE, Looks
from coi_desktop.ui.walkthrough.explained import ExplainedLink
from coi_desktop.ui.walkthrough.extra import Extra
from coi_desktop.ui.walkthrough.flow_layout import in_a_flow
from coi_desktop.ui.walkthrough.indicator_lines import indicator_line
from coi_desktop.ui.walkthrough.walk import Walk

#: So many are shown at once; more are asked for, and their sentences end in an ellipsis instead of wrapping.
_AT_ONCE = 12
#: Below the words of the sentence, not below its mark.
_INDENT = MARK_SIDE + 6


class IndicatorMore(QWidget):
    """How sure the change of an indicator is, its effect, and how both are worked out."""

    def __init__(self) -> None:
        super().__init__()
        self.said = PlainLabel(tone="muted", wrap=True)
        self.change = ExplainedLink(_("How the change is worked out"))
        self.effect = ExplainedLink(_("How the effect is worked out"))
        column = QVBoxLayout(self)
        column.setContentsMargins(_INDENT, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.said)
        column.addWidget(in_a_flow(self.change, self.effect))

    def show_figures(self, figures: IndicatorFigures, change: ChangeInterval, lines: Sequence[str]) -> None:
        """Show these lines about an indicator, with their explanations."""
        words = vocabulary()
        has_interval, has_effect = change.method is not None, figures.effect is not None
        self.said.setText("\n".join(lines))
        self.change.show_explanation(explain_change(figures, change, words) if has_interval else None)
        self.effect.show_explanation(explain_effect(figures, words) if has_effect else None)


class IndicatorStanding(QWidget):
    """One indicator: a mark with its sentence, and below it change and effect where there is more to say."""

    def __init__(self, looks: Looks, *, wraps: bool) -> None:
        super().__init__()
        self.line = MarkedSentence(looks) if wraps else MarkedLabel(looks)
        self.more: IndicatorMore | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.line)

    def show_figures(self, figures: IndicatorFigures, change: ChangeInterval) -> None:
        """Show how this indicator stands. Most have no more to say, and there may be hundreds of them."""
        self.line.show_mark(*indicator_line(figures))
        lines = [line for line in (change_line(figures, change), effect_line(figures)) if line]
        if lines and self.more is None:
            self.more = IndicatorMore()
            self._column.addWidget(self.more)
        if self.more is not None:
            self.more.setVisible(bool(lines))
            self.more.show_figures(figures, change, lines)


class IndicatorStatuses(Extra):
    """All indicators of the evaluation, below one another; of very many the first, until one asks for the
    others. Those are made a few in a turn of the window.
    """

    def __init__(self, desk: Desk, walk: Walk) -> None:
        super().__init__(desk, walk)
        self.lines: list[IndicatorStanding] = []
        self.show_all = QPushButton()
        self.show_all.setProperty("look", "link")
        self.show_all.clicked.connect(self._unfold)
        self._is_unfolded = False
        self._next_turn = QTimer(self, singleShot=True, interval=0)
        self._next_turn.timeout.connect(self._make_some)
        self.column.setContentsMargins(0, 6, 0, 6)
        self.column.setSpacing(10)
        self.column.addWidget(self.show_all, 0, Qt.AlignmentFlag.AlignLeft)

    def show_walk(self) -> None:
        """One part for each indicator."""
        figures = self.walk.loaded.figures.indicators
        while len(self.lines) < min(len(figures), _AT_ONCE):
            self._make_line()
        for place in range(len(self.lines)):
            self._show_line(place)
        self.show_all.setVisible(not self._is_unfolded and len(figures) > len(self.lines))
        count = format_number(len(figures), current_language())
        self.show_all.setText(_("Show all {count} measures").format(count=count))
        self._go_on_making()
        self.setVisible(bool(figures))

    def _unfold(self) -> None:
        self._is_unfolded = True
        self.show_all.hide()
        self._go_on_making()

    def _make_line(self) -> None:
        # Sentences that wrap take their time to be laid out, of hundreds too long.
        self.lines.append(IndicatorStanding(self.desk.looks, wraps=len(self.lines) < _AT_ONCE))
        self.column.insertWidget(len(self.lines) - 1, self.lines[-1])

    def _show_line(self, place: int) -> None:
        loaded, line = self.walk.loaded, self.lines[place]
        is_wanted = place < len(loaded.figures.indicators)
        if line.isHidden() is is_wanted:
            line.setVisible(is_wanted)
        if is_wanted:
            figures = loaded.figures.indicators[place]
            line.show_figures(figures, loaded.changes[figures.indicator.id])

    def _go_on_making(self) -> None:
        if self._is_unfolded and len(self.lines) < len(self.walk.loaded.figures.indicators):
            self._next_turn.start()

    def _make_some(self) -> None:
        """As many as some milliseconds allow."""
        until = time.monotonic() + SECONDS_AT_A_TIME
        while self.walk.is_open and time.monotonic() < until:
            if len(self.lines) >= len(self.walk.loaded.figures.indicators):
                return
            self._make_line()
            self._show_line(len(self.lines) - 1)
        if self.walk.is_open:
            self._go_on_making()


class NumbersFirst(IndicatorStatuses):
    """The same above a question that the numbers are to be looked at for."""

    goes_first = True
