"""A question for rows: a small table edited in place, and below it the chosen row as a form."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QPushButton, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import LANGUAGES, _
from coi_desktop.models.completeness import QuestionState, shown_columns
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.guide import Column, Question, QuestionKind
from coi_desktop.models.guide_fields import columns_of
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Value, Values
from coi_desktop.models.standing import Remark
from coi_desktop.operations.answering import check_column
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.forms.chosen_row import ChosenRow
from coi_desktop.ui.forms.draft import NO, YES
from coi_desktop.ui.forms.rows_table import RowsTable
from coi_desktop.ui.itemmodels.rows_model import Index, RowsModel
from coi_desktop.ui.plain import menu_text, times_larger
from coi_desktop.ui.walkthrough.answer_editors import options_of
from coi_desktop.ui.walkthrough.cards import Card
from coi_desktop.ui.walkthrough.columns_form import ColumnsForm
from coi_desktop.ui.walkthrough.evidence_line import EvidenceLine
from coi_desktop.ui.walkthrough.row_words import named_values, record_of, references_of, row_name, show_cell
from coi_desktop.ui.walkthrough.walk import Walk

if TYPE_CHECKING:
    from coi_desktop.operations.pasting import PasteRules

#: What the small table shows, where it is not the first columns of the question.
TABLE_COLUMNS = {
    "questions.questions": ("text", "type", "priority"),
    "indicators.indicators": ("name", "baseline", "target_likely", "direction"),
    "methods.methods": ("method", "participants", "from_date", "to_date"),
    "collect.measurements": ("indicator_id", "date", "value", "n"),
    "collect.findings": ("text", "expected", "sign", "date"),
    "changes.log": ("what", "kind", "date"),
    "economy.costs": ("category", "text", "year", "likely"),
    "economy.benefits": ("class", "text", "year", "likely"),
}
MOST_COLUMNS = 4
#: Widths of cells: the least, the most for what is no text, that of headings, and what is beside the letters.
_LEAST_CELL, _MOST_CELL, _MOST_HEADING, _CELL_ROOM = 84, 150, 132, 32
#: What a column of texts should have.
_TEXT_ROOM = 130
#: What fills a cell of a kind.
_SAMPLES = {Kind.DATE: "30-12-2026", Kind.MONEY: "1.000.000 kr.", Kind.NUMBER: "100,25", Kind.INTEGER: "2026"}
_TEXTS = (Kind.TEXT, Kind.LONG, Kind.REFERENCE)
#: Kinds of field that fit into a cell.
_CELLS = (
    Kind.TEXT,
    Kind.CHOICE,
    Kind.NUMBER,
    Kind.MONEY,
    Kind.INTEGER,
    Kind.DATE,
    Kind.REFERENCE,
    Kind.YES_NO,
)


class GuideRowsModel(RowsModel):
    """The rows of a table question, read from the walk and written by the operations of evaluations."""

    def __init__(self, desk: Desk, walk: Walk, question: Question, columns: Sequence[Column]) -> None:
        self._walk = walk
        self._question = question
        self._columns = {column.id: column for column in columns}
        fields = columns_of(walk.loaded.guide, question)
        super().__init__(
            desk.register,
            desk.words,
            question.table,
            [fields[column.id] for column in columns],
            partial(desk.notices.show_problem, key=question.id),
        )

    def read(self) -> list[Record]:
        """The rows as the walk has them."""
        if not self._walk.is_open:
            return []
        rows = self._walk.walkthrough.sight.rows(self._question.id)
        return [Record(self._question.table, str(row.get("id")), row) for row in rows]

    def add(self, values: dict[str, Value]) -> None:
        """Add a row."""
        self._walk.add_row(self._question.id, values)

    def paste_rules(self) -> PasteRules:
        """Choices in the words of the guide, other rows by their names, numbers within their scale."""
        from coi_desktop.operations.pasting import PasteRules

        guide, question = self._walk.loaded.guide, self._question
        fields = columns_of(guide, question)
        more = [field for name, field in fields.items() if name not in self._columns]
        named = {column.id: named_values(self._walk, column) for column in question.columns}

        def check(field: FieldSpec, value: Value) -> str:
            return check_column(question.id, field.name, value)

        typed = [fields[name] for name in self._columns]
        named = {name: words for name, words in named.items() if words}
        stored = record_type(question.table).by_name
        aliases = {stored[name].label(one): name for name in fields if name in stored for one in LANGUAGES}
        return PasteRules(self._walk.loaded.words, typed, more, named, check=check, aliases=aliases)

    def paste(self, rows: Sequence[Values]) -> int:
        """Add rows as one step."""
        return self._walk.add_rows(self._question.id, rows)

    def edit(self, record_id: str, name: str, value: Value) -> bool:
        """Set a column of a row."""
        return bool(self._walk.save_row(self._question.id, self._walk.line_place(record_id), name, value, ""))

    def drop(self, record_id: str) -> None:
        """Take a row out."""
        self._walk.drop_row(self._question.id, record_id)

    def options(self, field: FieldSpec) -> Sequence[tuple[str, str]] | None:
        """Choices with "not known yet", yes and no, and the rows that may be referred to."""
        column = self._columns[field.name]
        if field.kind is Kind.REFERENCE:
            return references_of(self._walk, column)()
        if field.kind is Kind.YES_NO:
            return ((YES, _("Yes")), (NO, _("No")))
        return options_of(column, self._walk.loaded.words) or None

    def shown(self, field: FieldSpec, record: Record) -> str:
        """A cell's text; a finding that nobody expected says so in a word of its own, and a measurement of a
        group or of the comparison names it with its indicator.
        """
        if field.name == "expected" and record.values.get("expected") is False:
            return _("Unexpected")
        text = show_cell(self._walk, self._columns[field.name], field, record[field.name])
        told = self._walk.loaded.row_names.round_of(record.values) if field.name == "indicator_id" else ""
        return f"{text} · {told}" if told else text

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As every table; what nobody expected stands out."""
        if role == Qt.ItemDataRole.FontRole and index.isValid():
            record = self.record(index.row())
            if record is not None and record.values.get("expected") is False:
                font = QFont()
                font.setBold(True)
                return font
        return super().data(index, role)

    def new_row_label(self) -> str:
        """What the row for a new one says."""
        words = self._walk.loaded.guide.words().questions[self._question.id]
        return _("+ Add {row}").format(row=words.row)


class RowsCard(Card):
    """Add with Enter on the last line, edit in place, Delete removes; the form below holds every column."""

    _is_made = False

    def __init__(self, desk: Desk, walk: Walk, question: Question) -> None:
        super().__init__(desk, walk, question)
        self.model = GuideRowsModel(desk, walk, question, _table_columns(walk, question))
        self.table = RowsTable(desk, question.table, (), self.label.text(), self.model)
        self.label.setBuddy(self.table.target)
        self._shown_evaluation = ""
        self._is_made = True
        self._set_widths()
        self.form = ColumnsForm(desk, walk, question, partial(walk.save_row, question.id))
        self._box = ChosenRow(self.form, self._remove_chosen, can_write=desk.can_write)
        self._card = QPushButton(_("Method card"))
        self._card.setProperty("look", "link")
        self._card.clicked.connect(self._show_method_card)
        self._card.hide()
        self._box.add_way(self._card)
        self.evidence = EvidenceLine(desk) if question.table == "measurement" else None
        if self.evidence is not None:
            self._box.below.addWidget(self.evidence)
        self.table.offer_paste()
        self._go_first = QPushButton()
        self._go_first.setProperty("look", "link")
        self._go_first.clicked.connect(self._go_to_first)
        self.body.addWidget(self._go_first)
        self.body.addWidget(self.table)
        if question.table == "measurement":
            self._offer_file()
        self.body.addWidget(self._box)
        self.table.chosen.connect(self._show_chosen)
        self.model.rowsInserted.connect(self._choose_added)

    def _offer_file(self) -> None:
        """A way to take measurements from a file, below the table."""
        self._file = QPushButton(_("Take measurements from a file…"))
        self._file.setProperty("look", "link")
        self._file.clicked.connect(self._import_file)
        self._file.setEnabled(self._desk.can_write)
        self.body.addWidget(self._file, 0, Qt.AlignmentFlag.AlignLeft)

    def _import_file(self) -> None:
        from coi_desktop.ui.measure_commands import import_measurements

        import_measurements(self._desk, self._walk.evaluation_id)

    @property
    def target(self) -> QWidget | None:
        """The table, or the way to what has to be there first."""
        return self._go_first if self.table.isHidden() else self.table.target

    def flush(self) -> bool:
        """Write what is typed in the form."""
        return self.form.flush()

    def unsaved(self) -> tuple[str, ...]:
        """The columns whose text is not in the register."""
        return self.form.unsaved()

    def show_state(self, state: QuestionState, remarks: Sequence[Remark], broken: Sequence[Remark]) -> None:
        """Show the rows, and the chosen one in the form."""
        super().show_state(state, remarks, broken)
        if self._shown_evaluation != self._walk.evaluation_id:
            self._shown_evaluation = self._walk.evaluation_id
            self.model.show_owner(self._shown_evaluation)
        else:
            self.model.refresh()
        self._say_what_comes_first()
        if self.table.chosen_row() < 0 and self.model.record(0) is not None:
            self.table.choose_row(0)
        self._show_chosen()

    @property
    def _comes_first(self) -> str:
        """The question whose rows are needed before there can be rows here, while it has none."""
        walkthrough = self._walk.walkthrough
        rows = walkthrough.sight.rows(self.question.id)
        for column in self.question.columns:
            needed = column.kind is QuestionKind.REFERENCE and column.rows_of and column.required
            if needed and not rows and not walkthrough.sight.rows(column.rows_of):
                return column.rows_of
        return ""

    def _say_what_comes_first(self) -> None:
        question_id = self._comes_first
        self._go_first.setVisible(bool(question_id))
        self.table.setVisible(not question_id)
        if question_id:
            label = self._walk.loaded.guide.words().label(question_id)
            self._go_first.setText(
                menu_text(_("First fill in “{question}”: go there").format(question=label))
            )

    def _go_to_first(self) -> None:
        self._walk.jump_to_question(self._comes_first)

    def changeEvent(self, event: QEvent) -> None:
        """With larger letters the columns are wider."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._is_made:
            QTimer.singleShot(0, self, self._set_widths)  # when the headings have them too

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the headings make room for the texts."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._set_widths()

    def _set_widths(self) -> None:
        """Texts share the room that is left; all else is as wide as what may stand there, and as its heading
        where that leaves the texts enough.
        """
        header = self.table.target.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        larger = times_larger(self)
        header.setMinimumSectionSize(round(_LEAST_CELL * larger))
        columns = range(self.model.columnCount())
        texts = [place for place in columns if self.model.field(place).kind in _TEXTS] or [0]
        cells = {place: self._cell_width(place, larger) for place in columns if place not in texts}
        headed = {
            place: max(width, min(header.sectionSizeHint(place), round(_MOST_HEADING * larger)))
            for place, width in cells.items()
        }
        has_room = self.width() - sum(headed.values()) >= _TEXT_ROOM * larger * len(texts)
        for place, width in (headed if has_room else cells).items():
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(place, width)

    def _cell_width(self, place: int, larger: float) -> int:
        """What the values of a column take, the longest words of choices excepted."""
        field = self.model.field(place)
        options = self.model.options(field)
        samples = [label for _key, label in options] if options else [_SAMPLES.get(field.kind, "")]
        letters = self.fontMetrics()
        return min(max(map(letters.horizontalAdvance, samples)) + _CELL_ROOM, round(_MOST_CELL * larger))

    def _show_chosen(self) -> None:
        record = self.model.record(self.table.chosen_row())
        self._box.setVisible(record is not None)
        if self.question.table == "method_use":
            self._follow_method("" if record is None else record.text("method"))
        if record is None:
            return
        walkthrough = self._walk.walkthrough
        row_word = walkthrough.guide.words().questions[self.question.id].row
        if self.evidence is not None:
            self.evidence.show_measurement(record.id)
        name = row_name(self._walk, self.question, record.values)
        self._box.show_name(name, _("Remove {row}").format(row=row_word))
        state = walkthrough.state(self.question.id)
        missing = {one.column_id for one in state.missing if one.line == record.id} if state else set()
        columns = shown_columns(self.question, walkthrough.sight, walkthrough.depth, record.values)
        whole = record_of(self._walk, self.question, record.id, record.values)
        self.form.show_row(whole, [column.id for column in columns], missing)

    def _choose_added(self, _parent: object, first: int, _last: int) -> None:
        self.table.choose_row(first)

    def _follow_method(self, method: str) -> None:
        self._card.setVisible(bool(method))
        self._walk.method_in_front.emit(method)

    def _show_method_card(self) -> None:
        record = self.model.record(self.table.chosen_row())
        if record is not None:
            self._walk.method_wanted.emit(record.text("method"))

    def _remove_chosen(self) -> None:
        record = self.model.record(self.table.chosen_row())
        if record is None:
            return
        try:
            self._walk.drop_row(self.question.id, record.id)
        except Problem as problem:
            self._desk.notices.show_problem(problem, key=self.question.id)
        self.table.target.setFocus(Qt.FocusReason.OtherFocusReason)


def _table_columns(walk: Walk, question: Question) -> list[Column]:
    """The columns of the small table: those named above, else the first ones that fit into a cell."""
    named = TABLE_COLUMNS.get(question.id)
    if named is not None:
        return [question.column(column_id) for column_id in named]
    fields = columns_of(walk.loaded.guide, question)
    fitting = [column for column in question.columns if fields[column.id].kind in _CELLS and not column.when]
    return fitting[:MOST_COLUMNS]
