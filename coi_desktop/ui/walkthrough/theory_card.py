"""Drawing the theory of change: an outline of boxes by level, and the picture below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.completeness import QuestionState
from coi_desktop.models.guide import Question
from coi_desktop.models.standing import Remark
from coi_desktop.models.theory import LEVELS, Arrow, Box, Theory, theory_of
from coi_desktop.operations.library import vocabulary
from coi_desktop.operations.theory import add_box
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.plain import PlainLabel, announce
from coi_desktop.ui.walkthrough.cards import Card
from coi_desktop.ui.walkthrough.theory_line import TheoryLine
from coi_desktop.ui.walkthrough.theory_picture import TheoryPicture
from coi_desktop.ui.walkthrough.walk import Walk

QUESTION = "theory.boxes"
_DRAFT = "new"


class TheoryCard(Card):
    """Enter adds a box, Alt+1 to Alt+5 choose its level, Tab goes to the numbers of the boxes it leads to."""

    def __init__(self, desk: Desk, walk: Walk, question: Question) -> None:
        super().__init__(desk, walk, question)
        self.theory = Theory()
        self.lines: dict[str, TheoryLine] = {}
        self._draft: TheoryLine | None = None
        self._groups: dict[str, QVBoxLayout] = {}
        self.adding: dict[str, QPushButton] = {}
        self._note = PlainLabel(tone="warning", wrap=True)
        self._note.hide()
        hint = _(
            "Enter makes a new box, Ctrl+Enter one on the next level with an arrow to it. Alt+1 to Alt+5 "
            "move a box to another level. Behind the arrow stand the numbers of the boxes it leads to."
        )
        self.body.addWidget(PlainLabel(hint, tone="muted", wrap=True))
        for level in LEVELS:
            self._add_group(level)
        self.body.addWidget(self._note)
        self.picture = TheoryPicture(desk)
        self.picture.box_chosen.connect(self._go_to)
        self.room = QScrollArea()
        self.room.setWidgetResizable(True)
        self.room.setFrameShape(QFrame.Shape.NoFrame)
        self.room.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.room.setWidget(self.picture)
        self.picture.laid_out.connect(self._fit_picture)
        self.body.addSpacing(10)
        self.body.addWidget(self.room)

    @property
    def target(self) -> QWidget | None:
        """The first box, or the way to add one at the end, where thinking begins."""
        first = next((self.lines[box.id] for box in self.theory.boxes if box.id in self.lines), None)
        return first.text if first is not None else self.adding[LEVELS[-1]]

    def show_state(self, state: QuestionState, remarks: Sequence[Remark], broken: Sequence[Remark]) -> None:
        """Show the boxes and the picture."""
        super().show_state(state, remarks, broken)
        self.theory = theory_of(self._walk.loaded.answers)
        for gone in [box_id for box_id in self.lines if box_id not in self.theory.by_id]:
            self._take_out(self.lines.pop(gone))
        places = dict.fromkeys(LEVELS, 0)
        for box in self.theory.boxes:
            line = self.lines.get(box.id)
            if line is None:
                line = self.lines[box.id] = self._make_line(box.id, box.level)
            group = self._groups[box.level]
            if group.indexOf(line) != places[box.level]:
                group.insertWidget(places[box.level], line)
            places[box.level] += 1
            line.show_box(self.theory, box)
        self._show_picture()

    def flush(self) -> bool:
        """Write what is typed; False when the register refused."""
        done = [self._save(line) for line in list(self.lines.values())]
        return self._save_draft() and all(done)

    def begin(self, level: str, after: str = "", start: str = "", end: str = "") -> None:
        """A line for a new box of a level, where the keyboard then is."""
        if not self._save_draft() or not self._desk.can_write:
            return
        line = self._draft = self._make_line("", level)
        line.after, line.starts = after, (start,) if start else ()
        line.number.setText("+")
        line.text.setAccessibleName(
            _("New box, {level}").format(level=vocabulary().label("theory_level", level))
        )
        line.ends.setAccessibleName(_("The new box leads to"))
        line.remove.setAccessibleName(_("Remove the new box"))
        if end:
            line.ends.setText(str(self.theory.numbers[end]))
        group, before = self._groups[level], self.lines.get(after)
        place = group.indexOf(before) + 1 if before is not None and before.level == level else group.count()
        group.insertWidget(place, line)
        line.show()
        line.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_group(self, level: str) -> None:
        name = vocabulary().label("theory_level", level)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(f"{LEVELS.index(level) + 1} · {name}", rank="label"))
        add = self.adding[level] = QPushButton(_("+ Box"))
        add.setProperty("look", "link")
        add.setAccessibleName(_("Add box: {level}").format(level=name))
        add.setEnabled(self._desk.can_write)
        add.clicked.connect(partial(self._begin_at_end, level))
        head.addWidget(add)
        head.addStretch(1)
        self.body.addLayout(head)
        group = self._groups[level] = QVBoxLayout()
        group.setSpacing(4)
        self.body.addLayout(group)

    def _begin_at_end(self, level: str) -> None:
        boxes = self.theory.at_level(level)
        self.begin(level, boxes[-1].id if boxes else "")

    def _make_line(self, box_id: str, level: str) -> TheoryLine:
        line = TheoryLine(box_id, level, self._say, can_write=self._desk.can_write)
        line.entered.connect(self._enter)
        line.level_wanted.connect(self._set_level)
        line.stepped.connect(self._step)
        line.removing.connect(self._remove)
        line.left.connect(lambda gone: QTimer.singleShot(0, self, partial(self._leave, gone)))
        line.typed.connect(self._show_picture)
        return line

    # Keys

    def _enter(self, line: TheoryLine, way: int) -> None:
        box_id = self._saved(line)
        box = self.theory.by_id.get(box_id)
        if box is None:
            return
        if way == 0:
            self.begin(box.level, box.id)
            return
        level = LEVELS[min(max(LEVELS.index(box.level) + way, 0), len(LEVELS) - 1)]
        self.begin(level, start=box.id if way > 0 else "", end=box.id if way < 0 else "")

    def _set_level(self, line: TheoryLine, level: str) -> None:
        if line is not self._draft:
            if self._save(line):
                self._write(line, "level", level)
        else:
            line.level = level
            self._groups[level].addWidget(line)
        focus = line.ends if line.ends.hasFocus() else line.text
        focus.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(line, vocabulary().label("theory_level", level))
        self._show_picture()

    def _step(self, line: TheoryLine, way: int) -> None:
        ids = [box.id for box in self.theory.boxes]
        place = ids.index(line.box_id) + way if line.box_id in ids else len(ids) - 1
        if 0 <= place < len(ids):
            self.lines[ids[place]].text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, line: TheoryLine) -> None:
        self._step(line, -1)
        if line is self._draft:
            self._drop_draft()
            return
        try:
            self._walk.drop_row(QUESTION, line.box_id)
        except Problem as problem:
            self._desk.notices.show_problem(problem, key=QUESTION)

    def _leave(self, line: TheoryLine) -> None:
        """The keyboard has left a field: what was typed is written; a new box once it has left its line."""
        if line is not self._draft:
            if line.box_id in self.lines:
                self._save(line)
        elif not (line.text.hasFocus() or line.ends.hasFocus()) and self.isVisible():
            self._save_draft()

    def _go_to(self, box_id: str) -> None:
        if box_id in self.lines:
            self.lines[box_id].text.setFocus(Qt.FocusReason.OtherFocusReason)

    # Writing

    def _saved(self, line: TheoryLine) -> str:
        """Write a line; the id of its box, empty when there is none."""
        if line is not self._draft:
            return line.box_id if self._save(line) else ""
        before = set(self.theory.by_id)
        self._save_draft()
        return next((box.id for box in self.theory.boxes if box.id not in before), "")

    def _save(self, line: TheoryLine) -> bool:
        done = True
        if line.text.isModified():
            done = self._write(line, "text", line.text.text().strip() or None)
        if line.ends.isModified():
            ends = self._read_ends(line)
            done = ends is not None and self._write(line, "leads_to", ends) and done
        return done

    def _write(self, line: TheoryLine, column: str, value: str | tuple[str, ...] | None) -> bool:
        field = {"text": line.text, "leads_to": line.ends}.get(column)
        if field is not None:
            field.setModified(False)
        try:
            self._walk.save_row(QUESTION, self._walk.line_place(line.box_id), column, value, "")
        except Problem as problem:
            self._desk.notices.show_problem(problem, key=QUESTION)
            return False
        self._say("")
        return True

    def _save_draft(self) -> bool:
        """Write the new box with its arrows as one step; without a text there is none."""
        line = self._draft
        if line is None:
            return True
        ends = self._read_ends(line)
        if ends is None:
            return False
        self._draft = None
        text = line.text.text().strip()
        self._take_out(line)
        if text:
            walk = self._walk
            position = walk.walkthrough.position
            try:
                add_box(
                    self._desk.register, walk.evaluation_id, line.level, text,
                    after=line.after, ends=ends, starts=line.starts, position=position,
                )  # fmt: skip
            except Problem as problem:
                self._desk.notices.show_problem(problem, key=QUESTION)
                return False
        return True

    def _drop_draft(self) -> None:
        if self._draft is not None:
            self._take_out(self._draft)
            self._draft = None
            self._show_picture()

    def _read_ends(self, line: TheoryLine) -> tuple[str, ...] | None:
        """The boxes named by numbers; None, and a remark, where there is none of a number."""
        found = []
        for number in re.findall(r"[^\s,;.]+", line.ends.text()):
            box = self.theory.find_by_number(int(number)) if number.isdecimal() else None
            if box is None or box.id == line.box_id:
                self._say(
                    _("There is no other box “{number}”. Write the numbers of boxes.").format(number=number)
                )
                return None
            found.append(box.id)
        return tuple(dict.fromkeys(found))

    def _take_out(self, line: TheoryLine) -> None:
        self._groups[line.level].removeWidget(line)
        line.hide()
        line.deleteLater()

    def _say(self, text: str) -> None:
        self._note.setText(text)
        self._note.setVisible(bool(text))
        if text:
            announce(self._note, text)

    def _show_picture(self) -> None:
        """The picture with what is typed just now."""
        boxes = [
            replace(box, text=self.lines[box.id].text.text()) if box.id in self.lines else box
            for box in self.theory.boxes
        ]
        arrows = list(self.theory.arrows)
        draft = self._draft
        if draft is not None and draft.text.text().strip():
            boxes.append(Box(_DRAFT, draft.level, draft.text.text()))
            arrows += [Arrow(f"{_DRAFT}{start}", start, _DRAFT) for start in draft.starts]
        boxes.sort(key=lambda box: LEVELS.index(box.level))
        self.picture.show_theory(Theory(tuple(boxes), tuple(arrows), self.theory.assumptions))
        self.room.setVisible(bool(boxes))
        self._fit_picture()

    def _fit_picture(self) -> None:
        """As high as the picture, and the bar below it where it is wider than the screen."""
        is_wider = self.picture.minimumWidth() > self.room.viewport().width()
        bar = self.room.horizontalScrollBar().sizeHint().height() if is_wider else 0
        self.room.setFixedHeight(self.picture.minimumHeight() + bar)
