"""The place Cases: what other units have shared, where it comes from, how it was evaluated, how old it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.attachments import shown_codes
from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.dates import format_date
from coi_desktop.models.fields import Kind
from coi_desktop.models.query import Condition, Order, Query, Test
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.text import format_number, format_size
from coi_desktop.operations.library import words_of
from coi_desktop.ui import attachment_commands, pack_commands
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.page import Page
from coi_desktop.ui.pages.empty_state import EmptyState
from coi_desktop.ui.pages.search_line import SearchLine
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel, isolated
from coi_desktop.ui.split import Split

LIST_WIDTH, READER_WIDTH = 700, 480

#: What is told of a case beside its texts: where it comes from and how much to trust it.
_FACTS = (
    "organisation",
    "unit",
    "contact_role",
    "field",
    "stage",
    "evaluation_kind",
    "evidence_level",
    "licence",
)
_LEFT_OUT = {"title", "completeness", "revision", "origin", "visibility", "sender", "extra", "image_consent"}
_EVIDENCE_COLUMN = 3
_IMPORTED = Condition("origin", Test.IS, "imported")


class CasesPage(Page):
    """Search, the list of imported cases, and the chosen one beside it, to be read."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._search = SearchLine(_("Search in all cases (Ctrl+F)"))
        self.model = TextRowsModel(
            [_("Title"), _("Organisation"), _("Stage"), _("Evidence"), _("Imported"), _("From")], []
        )
        self.table = TextTable(self.model, _("Cases"), [200, 110, 115, 85, 95])
        self._count = PlainLabel(tone="muted")
        self._reader = QScrollArea()
        self._reader.setWidgetResizable(True)
        self._reader.setAccessibleName(_("The chosen case"))
        self._lay_out()
        self._search.textChanged.connect(self._ask)
        self._search.moved_on.connect(self.table.setFocus)
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        desk.bridge.changed.connect(self._take_in)
        desk.looks.changed.connect(self._draw)
        self._draw()
        self._ask()

    def act(self, action: str) -> bool:
        """Search, and read anew."""
        if action == "find":
            self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._search.selectAll()
        elif action == "refresh":
            self._ask()
        else:
            return False
        return True

    def show_record(self, record_id: str, part: str = "") -> None:
        """Choose a case."""
        for place in range(self.model.rowCount()):
            row = self.model.row(place)
            if row is not None and row.key == record_id:
                self.table.selectRow(place)

    def find_line(self) -> Split | None:
        """The line between the list and the case."""
        return self._split

    def keep_setup(self) -> None:
        """Where the line is."""
        self._desk.settings.set("cases_splitter", self._split.sizes())

    def _lay_out(self) -> None:
        add = QPushButton(_("Import case &pack…"))
        add.setEnabled(self._desk.can_write)
        add.clicked.connect(lambda: pack_commands.import_pack(self._desk))
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 10, 12, 10)
        bar.setSpacing(8)
        bar.addWidget(self._search, 1)
        bar.addWidget(add)
        side = QWidget()
        side.setMinimumWidth(280)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        below = QHBoxLayout()
        below.setContentsMargins(12, 4, 12, 4)
        below.addWidget(self._count)
        column.addLayout(below)
        self._split = Split(side, self._reader, (LIST_WIDTH, READER_WIDTH))
        self._split.remember(self._desk.settings.get("cases_splitter"))
        self._whole = QStackedWidget()
        self._whole.addWidget(self._split)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._whole)

    def _draw(self) -> None:
        self._search.draw(self._desk.looks)

    def _ask(self, *_text: object) -> None:
        chosen = self.table.chosen()
        query = Query("case", self._search.text(), (_IMPORTED,), Order("title"))
        found = self._desk.register.find(query)
        self.model.set_rows([self._row(case) for case in found])
        told = any(case["evidence_level"] is not None for case in found)
        self.table.setColumnHidden(_EVIDENCE_COLUMN, not told)  # the short level of a pack does not hold it
        self._count.setText(
            ngettext("{count} case", "{count} cases", len(found)).format(
                count=format_number(len(found), current_language())
            )
            if found
            else _("No case fits the search.")
        )
        if chosen is not None:
            self.show_record(chosen.key)
        elif found:
            self.table.selectRow(0)
        self._show_chosen()

    def _row(self, case: Record) -> TextRow:
        words, language = words_of(self._desk.register), current_language()
        level = case.integer("evidence_level")
        imported = case["imported"]
        return TextRow(
            case.id,
            (
                case.text("title"),
                case.text("organisation"),
                words.label("stage", case.text("stage")) if case["stage"] else "",
                "" if level is None else f"{level} · {words.label('evidence.level', str(level))}",
                format_date(imported.astimezone().date(), language) if imported else "",  # type: ignore[union-attr]
                case.text("sender"),
            ),
        )

    def _take_in(self, changes: ChangeSet) -> None:
        if changes.touches("case") or changes.touches("case_attachment"):
            self._ask()

    def _show_chosen(self, *_indexes: object) -> None:
        row = self.table.chosen()
        found = self._desk.register.get_many("case", [row.key]) if row is not None else ()
        self._reader.setWidget(
            _read(self._desk, found[0]) if found else EmptyState("", _("No case is chosen."), ())
        )
        self.chosen.emit()


def _read(desk: Desk, case: Record) -> QWidget:
    """The case as a page to read: a head, the facts, then every text that is there."""
    words, fields = words_of(desk.register), record_type("case").by_name
    page = QWidget()
    page.setProperty("look", "page")
    column = QVBoxLayout(page)
    column.setContentsMargins(20, 16, 20, 16)
    column.setSpacing(8)
    column.addWidget(PlainLabel(case.text("title"), rank="title", wrap=True, selectable=True))
    sender = _("Shared by {sender}, edition {revision}").format(
        sender=case.text("sender") or "–", revision=case.integer("revision") or "–"
    )
    column.addWidget(PlainLabel(sender, tone="muted", wrap=True))
    facts = [
        f"{fields[name].label()}: {show_value(fields[name], case[name], words)}"
        for name in _FACTS
        if case[name] is not None
    ]
    if facts:
        column.addWidget(PlainLabel(" · ".join(facts), wrap=True, selectable=True))
    for field in record_type("case").fields:
        if field.name in _FACTS or field.name in _LEFT_OUT or not field.shown or case[field.name] is None:
            continue
        if field.kind in (Kind.REFERENCE, Kind.TIME):
            continue
        _add_text(column, field.label(), [show_value(field, case[field.name], words)])
    measured = desk.register.children("case_measurement", case.id)
    if measured:
        _add_text(column, record_type("case_measurement").label(), [_measured(one) for one in measured])
    attached = desk.register.children("case_attachment", case.id)
    if attached:
        _add_attachments(desk, column, attached)
    column.addStretch(1)
    return page


def _add_attachments(desk: Desk, column: QVBoxLayout, attached: Sequence[Record]) -> None:
    """The attachments that came with the case, each to be opened as a checked copy or saved."""
    _add_text(column, record_type("case_attachment").label(), [])
    for one in attached:
        name = shown_codes(one.text("file_name"))
        line = QHBoxLayout()
        line.setSpacing(8)
        size = format_size(one.integer("size"), current_language())
        line.addWidget(PlainLabel(f"{isolated(name)} · {size}", wrap=True, selectable=True), 1)
        for text, act in (
            (_("Open"), attachment_commands.open_attachment),
            (_("Save as…"), attachment_commands.save_as),
        ):
            button = QPushButton(text)
            button.setAccessibleName(f"{text} {name}")
            button.clicked.connect(partial(_act, act, desk, one))
            line.addWidget(button)
        column.addLayout(line)


def _act(act: Callable[[Desk, Record], None], desk: Desk, attachment: Record, *_clicked: object) -> None:
    try:
        act(desk, attachment)
    except Problem as problem:
        desk.notices.show_problem(problem, key="attachments")


def _add_text(column: QVBoxLayout, heading: str, texts: Sequence[str]) -> None:
    """A heading with its texts close below it."""
    column.addSpacing(4)
    together = QVBoxLayout()
    together.setSpacing(2)
    together.addWidget(PlainLabel(heading, rank="section"))
    for text in texts:
        together.addWidget(PlainLabel(text, wrap=True, selectable=True))
    column.addLayout(together)


def _measured(row: Record) -> str:
    language = current_language()
    return "{indicator}: {before} → {after} {unit}".format(
        indicator=row.text("indicator") or "–",
        before=format_number(row.number("baseline"), language) or "–",
        after=format_number(row.number("result"), language) or "–",
        unit=row.text("unit"),
    ).strip()
