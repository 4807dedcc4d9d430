"""A question over given lines: a box for each line (a kind of value, a question) with its few answers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _, ngettext
from coi_desktop.models.completeness import QuestionState, shown_columns
from coi_desktop.models.guide import Column, Question, QuestionKind
from coi_desktop.models.guide_answers import Line
from coi_desktop.models.standing import Remark
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.plain import PlainLabel, menu_text
from coi_desktop.ui.walkthrough.cards import Card
from coi_desktop.ui.walkthrough.colour_dot import ColourDot
from coi_desktop.ui.walkthrough.columns_form import ColumnsForm
from coi_desktop.ui.walkthrough.row_words import record_of, row_name
from coi_desktop.ui.walkthrough.walk import Walk

#: Columns of these kinds take much room; where they need no answer they wait behind their name.
_FOLDED = (QuestionKind.CHOICES, QuestionKind.REFERENCES, QuestionKind.LONG_TEXT)


class GridCard(Card):
    """The lines one under the other; those that need no answer can be unfolded where others do."""

    def __init__(self, desk: Desk, walk: Walk, question: Question) -> None:
        super().__init__(desk, walk, question)
        self.boxes: dict[str, LineBox] = {}
        self._is_unfolded = False
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self._nothing = PlainLabel(tone="muted", wrap=True)
        self._others = QPushButton()
        self._others.setProperty("look", "link")
        self._others.clicked.connect(self._unfold)
        self.body.addWidget(self._nothing)
        self.body.addLayout(self._lines)
        self.body.addWidget(self._others)

    @property
    def target(self) -> QWidget | None:
        """The first answer of the first line."""
        shown = (box for box in self.boxes.values() if not box.isHidden())
        return next((box.target for box in shown), None)

    def flush(self) -> bool:
        """Write what is typed."""
        refusals = [box for box in self.boxes.values() if not box.form.flush()]
        return not refusals

    def unsaved(self) -> tuple[str, ...]:
        """The columns whose text is not in the register."""
        return tuple(label for box in self.boxes.values() for label in box.form.unsaved())

    def show_state(self, state: QuestionState, remarks: Sequence[Remark], broken: Sequence[Remark]) -> None:
        """Show every line with its answers."""
        super().show_state(state, remarks, broken)
        walkthrough = self._walk.walkthrough
        lines = walkthrough.sight.lines(self.question, walkthrough.depth)
        wanted = [line for line in lines if line.is_required or line.row is not None]
        folds = bool(self.question.lines_from) and self.question.line_keys != () and bool(wanted)
        shown = lines if self._is_unfolded or not folds else wanted
        keys = [line.key for line in lines]
        for place, line in enumerate(lines):
            box = self.boxes.get(line.key)
            if box is None:
                box = self.boxes[line.key] = LineBox(self._desk, self._walk, self.question)
                self._lines.insertWidget(place, box)
            box.show_line(
                line, self._name(line), {one.column_id for one in state.missing if one.line == line.key}
            )
        for key, box in self.boxes.items():
            box.setVisible(key in keys and any(line.key == key for line in shown))
        rest = len(lines) - len(shown)
        self._others.setVisible(rest > 0)
        text = ngettext("Show {count} more line", "Show {count} more lines", rest)
        self._others.setText(text.format(count=rest))
        self._nothing.setVisible(not lines)
        if not lines:
            source = walkthrough.guide.words().label(self.question.lines_from)
            self._nothing.setText(_("The lines come from “{question}”.").format(question=source))

    def _name(self, line: Line) -> str:
        if self.question.values:
            return self._desk.words.label(self.question.values, line.key)
        guide = self._walk.loaded.guide
        source = guide.question(self.question.lines_from)
        rows = self._walk.walkthrough.sight.rows(source.id)
        row = next((row for row in rows if row.get("id") == line.key), None)
        return row_name(self._walk, source, row) if row is not None else _("(no longer there)")

    def _unfold(self) -> None:
        self._is_unfolded = True
        state = self._walk.walkthrough.state(self.question.id)
        if state is not None:
            hidden = [box for box in self.boxes.values() if box.isHidden()]
            for box in self.boxes.values():
                box.show()
            self._others.hide()
            if hidden:
                hidden[0].target.setFocus()


class LineBox(QFrame):
    """One line: its name and its columns. One that takes room and needs no answer waits to be unfolded."""

    def __init__(self, desk: Desk, walk: Walk, question: Question) -> None:
        super().__init__()
        self._walk = walk
        self._question = question
        self._line: Line | None = None
        self._missing: set[str] = set()
        self._unfolded: set[str] = set()
        self.setProperty("look", "box")
        self._title = PlainLabel(rank="section", wrap=True)
        self.form = ColumnsForm(desk, walk, question, partial(walk.save_line, question.id), is_wide=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(6)
        self._dot = ColourDot()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._dot)
        head.addWidget(self._title, 1)
        column.addLayout(head)
        column.addWidget(self.form)
        self._links: dict[str, QPushButton] = {}
        for one in question.columns:
            if one.kind in _FOLDED:
                link = QPushButton(menu_text(f"+ {self.form.rows[one.id].field.label()}"))
                link.setProperty("look", "link")
                link.clicked.connect(partial(self._unfold, one.id))
                self._links[one.id] = link
                column.addWidget(link)

    @property
    def target(self) -> QWidget:
        """The first answer."""
        return self.form.rows[self._question.columns[0].id].editor.target

    def show_line(self, line: Line, name: str, missing: set[str]) -> None:
        """Show a line's answers."""
        self._line, self._missing = line, missing
        self._title.setText(name)
        words, values = self._walk.loaded.words, self._question.values
        self._dot.show_colour(words.colour(values, line.key) if values else "")
        self.setAccessibleName(name)
        self._show()

    def _show(self) -> None:
        line = self._line
        if line is None:
            return
        walkthrough = self._walk.walkthrough
        row = line.row if line.row is not None else {self._question.by: line.key}
        asked = shown_columns(self._question, walkthrough.sight, walkthrough.depth, row)
        folded = {column.id for column in asked if self._is_folded(column, row)}
        first = self._question.columns[0]
        is_begun = line.row is not None
        columns = [one.id for one in asked if one.id not in folded and (is_begun or one.id == first.id)]
        record = record_of(self._walk, self._question, line.key, line.row)
        self.form.show_row(record, columns, self._missing)
        for row_of_column in self.form.rows.values():
            name = f"{self._title.text()}: {row_of_column.field.label()}"
            row_of_column.editor.set_name(name)
        for column_id, link in self._links.items():
            link.setVisible(is_begun and column_id in folded)
            link.setAccessibleName(f"{self._title.text()}: {link.text()}")

    def _is_folded(self, column: Column, row: object) -> bool:
        line = self._line
        answered = line is not None and line.row is not None and line.row.get(column.id) is not None
        needed = self._walk.walkthrough.guide.is_reached(column.required, self._walk.walkthrough.depth)
        is_first = column is self._question.columns[0]
        return not (
            is_first or needed or answered or column.kind not in _FOLDED or column.id in self._unfolded
        )

    def _unfold(self, column_id: str) -> None:
        self._unfolded.add(column_id)
        self._show()
        self.form.rows[column_id].editor.target.setFocus()
