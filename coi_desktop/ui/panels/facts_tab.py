"""The tab Facts: the fields of an initiative in sections, tags and partners. All of it saves by itself."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.fact_sections import TABLES_AFTER, Section, with_own_fields
from coi_desktop.models.own_fields import own_name
from coi_desktop.models.query import Query
from coi_desktop.models.records import Record, Value
from coi_desktop.operations import initiatives
from coi_desktop.operations.library import UNIT_TABLES, words_of
from coi_desktop.operations.people import known_names, person_fields
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.forms.field_row import FieldRow
from coi_desktop.ui.forms.name_completer import offer_names
from coi_desktop.ui.forms.record_form import RecordForm
from coi_desktop.ui.forms.rows_table import RowsTable
from coi_desktop.ui.page import RecordTab
from coi_desktop.ui.panels.completeness_line import CompletenessLine
from coi_desktop.ui.panels.links_box import LinksBox
from coi_desktop.ui.plain import PlainLabel


class FactsTab(RecordTab):
    """The fields of one initiative after another."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._words = words_of(desk.register)
        self._section_list = self._find_sections()
        self._rows = self._make_rows()
        self.tags = RowsTable(desk, "tag", ("name",), _("Tags"))
        self.partners = RowsTable(desk, "partner", ("name", "kind", "role"), _("Partners"))
        self.links = LinksBox(desk)
        self.completeness = CompletenessLine()
        self.completeness.wanted.connect(self.focus_field)
        self._sections: list[tuple[Section, QWidget]] = []
        self._tables = self._make_tables()
        self._lay_out()
        self.form = RecordForm(desk, self._rows.values(), self._save, self)
        desk.bridge.changed.connect(self._take_in)

    def show_record(self, record_id: str) -> None:
        """Show this initiative from now on."""
        self._show(self._desk.register.get("initiative", record_id))
        self.tags.show_owner(record_id)
        self.partners.show_owner(record_id)
        self.links.show_owner(record_id)
        self._show_tables()
        self._scroll.verticalScrollBar().setValue(0)

    def flush(self) -> bool:
        """Write what is typed."""
        return self.form.flush()

    def unsaved(self) -> tuple[str, ...]:
        """The fields whose text is not in the register."""
        return self.form.unsaved()

    def focus_field(self, name: str) -> None:
        """Put the keyboard into a field."""
        row = self._rows[name]
        row.editor.target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._scroll.ensureWidgetVisible(row)

    def _save(self, record_id: str, field_name: str, value: Value, source: str) -> None:
        initiatives.edit_field(self._desk.register, record_id, field_name, value, source=source)

    def _show(self, record: Record) -> None:
        self.form.show_record(record)
        self.completeness.show_record(record, can_write=self._desk.can_write)
        for section, part in self._sections:
            part.setVisible(section.is_shown(record))

    def _find_sections(self) -> tuple[Section, ...]:
        """The sections as they are now, with own fields where the unit put them."""
        placed = {own_name(record.id): record.text("section") for record in self._own_fields()}
        fields = self._desk.register.fields("initiative")
        return with_own_fields([(field, placed[field.name]) for field in fields if field.name in placed])

    def _own_fields(self) -> tuple[Record, ...]:
        return self._desk.register.find(Query("own_field"))

    def _make_rows(self) -> dict[str, FieldRow]:
        fields = {field.name: field for field in self._desk.register.fields("initiative")}
        rows = {
            name: FieldRow(fields[name], self._words, self._desk.looks)
            for section in self._section_list
            for names in section.rows
            for name in names
        }
        register = self._desk.register
        offer_names(rows, person_fields(register), partial(known_names, register))
        return rows

    def _make_anew(self) -> None:
        """The fields or their choices have changed: other editors over the same record and drafts."""
        place = self._scroll.verticalScrollBar().value()
        self._section_list = self._find_sections()
        self._rows = self._make_rows()
        self._fill_page()
        self.form.set_rows(self._rows.values())
        if self.form.record is not None:
            for section, part in self._sections:
                part.setVisible(section.is_shown(self.form.record))
        self._scroll.verticalScrollBar().setValue(place)

    def _take_in(self, changes: ChangeSet) -> None:
        if any(map(changes.touches, UNIT_TABLES)):
            self._refresh_record()
            self._make_anew()
        shown = self.form.record
        if shown is None:
            return
        if shown.id in changes.keys("initiative"):
            found = self._desk.register.get_many("initiative", [shown.id])
            if found:
                self._show(found[0])
        self.tags.take_in(changes)
        self.partners.take_in(changes)
        self.links.take_in(changes)
        self._show_tables()

    def _refresh_record(self) -> None:
        """Hold the record as it is read now: with a value for each own field there is."""
        if self.form.record is not None:
            found = self._desk.register.get_many("initiative", [self.form.record.id])
            if found:
                self.form.hold(found[0])

    def _lay_out(self) -> None:
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._fill_page()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)

    def _fill_page(self) -> None:
        """Lay out all sections on a page of their own; the one before goes, the tables are taken along."""
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(16)
        self._sections = []
        column.addWidget(self.completeness)
        for place, section in enumerate(self._section_list):
            if place == TABLES_AFTER:
                column.addWidget(self._tables)
            part = self._make_section(section)
            self._sections.append((section, part))
            column.addWidget(part)
        column.addStretch(1)
        before = self._scroll.takeWidget()
        self._scroll.setWidget(page)
        if before is not None:
            before.deleteLater()  # not at once: the keyboard may stand in one of its fields

    def _make_section(self, section: Section) -> QWidget:
        part = QWidget()
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(PlainLabel(_(section.heading), rank="section"), 0, 0, 1, 2)
        for place, names in enumerate(section.rows, start=1):
            for column, name in enumerate(names):
                grid.addWidget(self._rows[name], place, column, 1, 1 if len(names) > 1 else 2)
        return part

    def _show_tables(self) -> None:
        """Where nothing may be written, a table without rows says nothing."""
        for table in (self.tags, self.partners):
            table.setVisible(table.model.rowCount() > 0)
        parts = (self.tags, self.partners, self.links)
        self._tables.setHidden(all(part.isHidden() for part in parts))

    def _make_tables(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(PlainLabel(_("Tags and partners"), rank="section"))
        column.addWidget(self.tags)
        column.addWidget(self.partners)
        column.addWidget(self.links)
        return part
