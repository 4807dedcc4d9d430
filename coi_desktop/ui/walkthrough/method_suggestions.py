"""What is suggested: an approach, at most three methods with the reason, and a comparison."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.method_cards import METHODS
from coi_desktop.models.method_rules import APPROACHES, DESIGNS, Suggestion, Suggestions
from coi_desktop.operations.methods import suggest_methods
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.plain import PlainLabel
from coi_desktop.ui.walkthrough.extra import Extra
from coi_desktop.ui.walkthrough.walk import Walk

_ROWS = "methods.methods"


class MethodSuggestions(Extra):
    """The approach, and the methods with a press each to add them or to read their card."""

    goes_first = True

    def __init__(self, desk: Desk, walk: Walk) -> None:
        super().__init__(desk, walk)
        self._shown: tuple[Suggestions, frozenset[str]] | None = None
        self._is_unfolded = False
        self._box = QFrame()
        self._box.setProperty("look", "box")
        self._inside = QVBoxLayout(self._box)
        self._inside.setContentsMargins(14, 10, 14, 12)
        self._inside.setSpacing(10)
        self.approach = PlainLabel(wrap=True)
        self.lines: dict[str, SuggestionLine] = {}
        self.unfold = QPushButton()
        self.unfold.setProperty("look", "link")
        self.unfold.clicked.connect(self._toggle)
        self._inside.addWidget(PlainLabel(_("Suggestions from your answers"), rank="label"))
        self._inside.addWidget(self.approach)
        self._inside.addWidget(self.unfold, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._box)

    def show_walk(self) -> None:
        """What is suggested now; a method in the plan says that it is."""
        found = suggest_methods(self.walk.walkthrough)
        rows = self.walk.walkthrough.sight.rows(_ROWS)
        chosen = frozenset(str(row.get("method")) for row in rows)
        if (found, chosen) == self._shown:
            return
        self._shown = (found, chosen)
        words = self.desk.words
        self.setVisible(bool(found.approaches or found.methods))
        said = [
            _("{approach}: {reason}").format(approach=words.label(APPROACHES, one.key), reason=one.reason)
            for one in found.approaches
        ]
        self.approach.setText("\n".join(said))
        self.approach.setVisible(bool(said))
        wanted = (*found.methods, *found.more)
        if [one.key for one in wanted] != list(self.lines):
            self._make_lines(wanted)
        for one in wanted:
            self.lines[one.key].show_suggestion(one, is_chosen=one.key in chosen)
        self._fold()

    def _make_lines(self, wanted: tuple[Suggestion, ...]) -> None:
        for line in self.lines.values():
            self._inside.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = {}
        for place, one in enumerate(wanted):
            line = SuggestionLine(self.desk, one.key, self._add, self.walk.method_wanted.emit)
            self._inside.insertWidget(2 + place, line)
            self.lines[one.key] = line

    def _toggle(self) -> None:
        self._is_unfolded = not self._is_unfolded
        self._fold()

    def _fold(self) -> None:
        if self._shown is None:
            return
        more = self._shown[0].more
        for one in more:
            self.lines[one.key].setVisible(self._is_unfolded)
        self.unfold.setVisible(bool(more))
        self.unfold.setText(
            _("Show fewer") if self._is_unfolded else _("Show more ({count})").format(count=len(more))
        )

    def _add(self, method: str) -> None:
        try:
            self.walk.add_row(_ROWS, {"method": method})
        except Problem as problem:
            self.desk.notices.show_problem(problem, key=_ROWS)


class SuggestionLine(QWidget):
    """A method, why it is suggested, and what can be done with it."""

    def __init__(
        self, desk: Desk, method: str, add: Callable[[str], object], show_card: Callable[[str], object]
    ) -> None:
        super().__init__()
        name = desk.words.label(METHODS, method)
        self._can_write = desk.can_write
        self.reason = PlainLabel(tone="muted", wrap=True)
        self.add = QPushButton()
        self.add.setAccessibleName(_("Add {method}").format(method=name))
        self.add.clicked.connect(partial(_call, add, method))
        self.card = QPushButton(_("Method card"))
        self.card.setAccessibleName(_("Method card: {method}").format(method=name))
        self.card.setProperty("look", "link")
        self.card.clicked.connect(partial(_call, show_card, method))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.addWidget(PlainLabel(name), 0, 0)
        grid.addWidget(self.reason, 1, 0)
        grid.addWidget(self.card, 0, 1, 2, 1)
        grid.addWidget(self.add, 0, 2, 2, 1)
        grid.setColumnStretch(0, 1)

    def show_suggestion(self, suggestion: Suggestion, *, is_chosen: bool) -> None:
        """Show the reason, and whether the method is in the plan."""
        self.reason.setText(suggestion.reason)
        self.add.setText(_("In the plan") if is_chosen else _("Add"))
        self.add.setEnabled(self._can_write and not is_chosen)


class DesignHint(Extra):
    """A comparison that the answers make possible, chosen with one press."""

    def __init__(self, desk: Desk, walk: Walk) -> None:
        super().__init__(desk, walk)
        self.label = PlainLabel(wrap=True)
        self.button = QPushButton()
        self.button.setProperty("look", "link")
        self.button.clicked.connect(self._take)
        self.column.addWidget(self.label)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._design = ""

    def show_walk(self) -> None:
        """Offered while another comparison is chosen."""
        found = suggest_methods(self.walk.walkthrough).designs
        chosen = self.walk.walkthrough.sight.answer("design.comparison")
        offered = next((one for one in found if one.key != chosen), None)
        self.setVisible(offered is not None and self.desk.can_write)
        if offered is not None:
            self._design = offered.key
            self.label.setText(offered.reason)
            name = self.desk.words.label(DESIGNS, offered.key)
            self.button.setText(_("Choose “{design}”").format(design=name))

    def _take(self) -> None:
        try:
            self.walk.save(self.walk.evaluation_id, "design.comparison", self._design, "")
        except Problem as problem:
            self.desk.notices.show_problem(problem, key="design.comparison")


def _call(action: Callable[[str], object], method: str, _checked: bool = False) -> None:
    action(method)
