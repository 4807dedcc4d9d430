"""The tab Facts: the initiative's own fields in sections, tags and partners. All of it saves by itself."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Value
from coi_desktop.operations import initiatives
from coi_desktop.operations.library import words_of
from coi_desktop.operations.people import known_names, person_fields
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.forms.field_row import FieldRow
from coi_desktop.ui.forms.name_completer import offer_names
from coi_desktop.ui.forms.record_form import RecordForm
from coi_desktop.ui.forms.rows_table import RowsTable
from coi_desktop.ui.page import RecordTab
from coi_desktop.ui.panels.facts_layout import SECTIONS, TABLES_AFTER, Section
from coi_desktop.ui.plain import PlainLabel


class FactsTab(RecordTab):
    """The fields of one initiative after another."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        fields = record_type("initiative").by_name
        words = words_of(desk.register)
        self._rows = {
            name: FieldRow(fields[name], words, desk.looks)
            for section in SECTIONS
            for names in section.rows
            for name in names
        }
        self.tags = RowsTable(desk, "tag", ("name",), _("Tags"))
        self.partners = RowsTable(desk, "partner", ("name", "kind", "role"), _("Partners"))
        self._sections: list[tuple[Section, QWidget]] = []
        self._lay_out()
        offer_names(self._rows, person_fields(desk.register), partial(known_names, desk.register))
        self.form = RecordForm(desk, self._rows.values(), self._save)
        desk.bridge.changed.connect(self._take_in)

    def show_record(self, record_id: str) -> None:
        """Show this initiative from now on."""
        self._show(self._desk.register.get("initiative", record_id))
        self.tags.show_owner(record_id)
        self.partners.show_owner(record_id)
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
        self._rows[name].editor.target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _save(self, record_id: str, field_name: str, value: Value, source: str) -> None:
        initiatives.edit_field(self._desk.register, record_id, field_name, value, source=source)

    def _show(self, record: Record) -> None:
        self.form.show_record(record)
        for section, part in self._sections:
            part.setVisible(section.is_shown(record))

    def _take_in(self, changes: ChangeSet) -> None:
        shown = self.form.record
        if shown is None:
            return
        if shown.id in changes.keys("initiative"):
            found = self._desk.register.get_many("initiative", [shown.id])
            if found:
                self._show(found[0])
        self.tags.take_in(changes)
        self.partners.take_in(changes)
        self._show_tables()

    def _lay_out(self) -> None:
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(16)
        for place, section in enumerate(SECTIONS):
            if place == TABLES_AFTER:
                self._tables = self._make_tables()
                column.addWidget(self._tables)
            part = self._make_section(section)
            self._sections.append((section, part))
            column.addWidget(part)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)

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
        self._tables.setHidden(self.tags.isHidden() and self.partners.isHidden())

    def _make_tables(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(PlainLabel(_("Tags and partners"), rank="section"))
        column.addWidget(self.tags)
        column.addWidget(self.partners)
        return part
