"""The head of a walk-through: whose evaluation, how thorough, how far, how sure, what would make surer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.evidence_words import evidence_line
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.plain import ElidedLabel, PlainLabel, menu_text
from coi_desktop.ui.walkthrough.evidence_bar import EvidenceBar
from coi_desktop.ui.walkthrough.states import part_word
from coi_desktop.ui.walkthrough.walk import Walk


class WalkHead(QWidget):
    """Two lines that stay while the questions scroll. Where there is no room for the outline or the help, the
    ways to them stand here: ``step_wanted`` tells the id of a screen, ``help_wanted`` asks for the help.
    """

    step_wanted = Signal(str)
    help_wanted = Signal()

    def __init__(self, desk: Desk, walk: Walk) -> None:
        super().__init__()
        self._desk = desk
        self._walk = walk
        self.setObjectName("panel_head")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = ElidedLabel(rank="head")
        self.standing = PlainLabel(tone="muted")
        self._standing: list[str] = []
        self.bar = EvidenceBar(desk.looks)
        self.evidence = PlainLabel()
        self.next_level = ElidedLabel(tone="muted")
        self.sheets = QPushButton(_("Meetin&g"))
        self.sheets.setProperty("look", "link")
        self.sheets.setMenu(self._make_menu())
        self.steps = QPushButton(_("Ste&ps"))
        self.steps.setProperty("look", "link")
        self.steps.setMenu(QMenu(self))
        self.steps.menu().aboutToShow.connect(self._list_steps)
        self.help = QPushButton(_("Wh&y?"))
        self.help.setProperty("look", "link")
        self.help.setAccessibleName(_("Show the help"))
        self.help.clicked.connect(self.help_wanted)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.title, 1)
        for part in (self.standing, self.steps, self.help, self.sheets):
            first.addWidget(part)
        second.setSpacing(8)
        second.addWidget(self.bar)
        second.addWidget(self.evidence)
        second.addSpacing(8)
        second.addWidget(self.next_level, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(4)
        column.addLayout(first)
        column.addLayout(second)
        self.offer_ways(to_steps=False, to_help=False)

    def offer_ways(self, *, to_steps: bool, to_help: bool) -> None:
        """Stand in for the outline and for the button that shows the help; words make room for the title."""
        self.steps.setVisible(to_steps)
        self.help.setVisible(to_help)
        self._show_standing()

    def _show_standing(self) -> None:
        self.standing.setText(" · ".join(self._standing if self.help.isHidden() else self._standing[-1:]))

    def _list_steps(self) -> None:
        """Every screen of the path, with how it stands; the one in front is ticked."""
        menu, walkthrough = self.steps.menu(), self._walk.walkthrough
        menu.clear()
        for part in walkthrough.screens:
            title = walkthrough.guide.screen_words(walkthrough.path, part.id).title
            line = f"{part.number} {title} · {part_word(part.status)}"
            action = menu.addAction(menu_text(line), partial(self.step_wanted.emit, part.id))
            action.setCheckable(True)
            action.setChecked(part.id == walkthrough.current.id)

    def _make_menu(self) -> QMenu:
        """What helps where several sit around a table."""
        menu = QMenu(self)
        menu.addAction(_("&Dialogue sheets…"), self._export)
        take_in = menu.addAction(_("&Take in dialogue sheets…"), self._take_in)
        present = menu.addAction(_("&Steps on the whole screen"), lambda: self._desk.routes.act("present"))
        for action in (take_in, present):
            action.setEnabled(self._desk.can_write)
        return menu

    def _export(self) -> None:
        from coi_desktop.ui.worksheet_commands import export_sheets

        export_sheets(self._desk, self._walk.evaluation_id)

    def _take_in(self) -> None:
        from coi_desktop.ui.worksheet_commands import choose_sheets

        choose_sheets(self._desk, self._walk.evaluation_id)

    def show_walk(self) -> None:
        """Show how the evaluation stands."""
        loaded, walkthrough = self._walk.loaded, self._walk.walkthrough
        self.title.set_line(loaded.initiative.text("title"))
        words, counts = loaded.words, walkthrough.completeness
        self._standing = [
            _("{depth} evaluation").format(depth=words.label("evaluation.depth", walkthrough.depth)),
            _("{filled} of {required} filled in").format(filled=counts.filled, required=counts.required),
            _("about {minutes} min. left").format(minutes=walkthrough.minutes_left)
            if walkthrough.minutes_left
            else _("everything asked for is there"),
        ]
        if not walkthrough.minutes_left:
            del self._standing[1]
        self._show_standing()
        evidence = loaded.figures.evidence
        self.bar.show_level(evidence.level, evidence.ceiling)
        self.evidence.setText(evidence_line(evidence, words))
        wanted = ", ".join(words.label("evidence.missing", key) for key in evidence.missing)
        self.next_level.set_line(_("Next level: {wanted}").format(wanted=wanted) if wanted else "")
