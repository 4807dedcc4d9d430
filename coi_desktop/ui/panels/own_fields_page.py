"""The page of own fields: what a unit wants to know of its initiatives beside what the program asks."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.column_kinds import ColumnKind
from coi_desktop.models.own_fields import own_name
from coi_desktop.models.records import Record
from coi_desktop.models.text import format_number
from coi_desktop.operations import own_fields
from coi_desktop.operations.library import vocabulary
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.form_dialog import FormDialog, make_choice_box, make_line, make_page
from coi_desktop.ui.itemmodels.plan_model import TextRow
from coi_desktop.ui.panels.ordered_list import ListActions, OrderedList
from coi_desktop.ui.plain import PlainLabel, isolated
from coi_desktop.ui.prompts import Choice


class OwnFieldsPage(QWidget):
    """The own fields in their order."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        actions = ListActions(self.add_field, self.edit_field, self._move, self.remove_field)
        headings = [_("Name"), _("Kind"), _("Section"), _("Values")]
        self.list = OrderedList(_("Own fields"), headings, [210, 110, 170], actions, can_write=desk.can_write)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(10)
        said = _("Own fields stand among the facts, and in columns, filters, search, history and Excel.")
        column.addWidget(PlainLabel(said, wrap=True, tone="muted"))
        column.addWidget(self.list, 1)
        self.refresh()

    def refresh(self, chosen: str = "") -> None:
        """Show the fields as they are now."""
        self.list.show_rows(
            [self._row(one) for one in own_fields.find_own_fields(self._desk.register)], chosen
        )

    def add_field(self) -> None:
        """Ask for a new field."""
        form = OwnFieldForm(self._desk)
        if self._desk.prompts.ask_dialog(form):
            self.refresh(form.name)

    def edit_field(self, name: str) -> None:
        """Ask for another name, kind or place of a field."""
        form = OwnFieldForm(self._desk, own_fields.get_own_field(self._desk.register, name))
        if self._desk.prompts.ask_dialog(form):
            self.refresh()

    def remove_field(self, name: str) -> None:
        """Remove a field, after saying what goes with it."""
        record = own_fields.get_own_field(self._desk.register, name)
        count = own_fields.count_values(self._desk.register, name)
        text = ngettext(
            "“{field}” has a value in {count} initiative. Field and value go to the trash and can be "
            "restored from there.",
            "“{field}” has values in {count} initiatives. Field and values go to the trash and can be "
            "restored from there.",
            count,
        ).format(field=isolated(record.text("da")), count=format_number(count, current_language()))
        choices = [Choice("keep", _("&Keep the field")), Choice("remove", _("&Remove the field"))]
        if self._desk.prompts.ask_choice(_("Remove own field"), text, choices) == "remove":
            own_fields.remove_own_field(self._desk.register, name)
            self.refresh()

    def _move(self, name: str, place: int) -> None:
        own_fields.move_own_field(self._desk.register, name, place)
        self.refresh()

    def _row(self, record: Record) -> TextRow:
        words, language = vocabulary(), current_language()
        name = own_name(record.id)
        label = record.text("da") if language == "da" else record.text("en") or record.text("da")
        count = own_fields.count_values(self._desk.register, name)
        return TextRow(
            name,
            (
                label,
                words.label(own_fields.KINDS, record.text("kind")),
                words.label(own_fields.SECTIONS, record.text("section") or own_fields.OWN_SECTION),
                format_number(count, language),
            ),
        )


class OwnFieldForm(FormDialog):
    """A new own field, or another name, kind and place of one; ``name`` is then the field's name.

    A new one may begin with the name ``da`` and the kind of a column that is to be read into it.
    """

    def __init__(
        self, desk: Desk, record: Record | None = None, *, da: str = "", column: ColumnKind | None = None
    ) -> None:
        self._desk = desk
        self._record = record
        self.name = "" if record is None else own_name(record.id)
        words = vocabulary()
        text = (lambda _name: "") if record is None else record.text
        self.da = make_line(text("da"), 60)
        self.en = make_line(text("en"), 60)
        self.kind = make_choice_box(
            [(key, words.label(own_fields.KINDS, key)) for key in words.keys(own_fields.KINDS)], text("kind")
        )
        self.section = make_choice_box(
            [(key, words.label(own_fields.SECTIONS, key)) for key in words.keys(own_fields.SECTIONS)],
            text("section") or own_fields.OWN_SECTION,
        )
        self.unit = make_line(text("unit"), 20)
        self.choices = make_page()
        rows: list[tuple[str, QWidget]] = [
            (_("Name in &Danish"), self.da),
            (_("Name in &English (may be left empty)"), self.en),
            (_("&Kind"), self.kind),
            (_("&Section"), self.section),
            (_("&Unit of numbers (may be left empty)"), self.unit),
        ]
        if record is None:
            rows.append((_("&Choices of a choice list, one a line"), self.choices))
        title = _("New own field") if record is None else _("Edit own field")
        super().__init__(title, rows, _("&Add field") if record is None else _("&Change field"), self.keep)
        self.kind.currentIndexChanged.connect(self._enable)
        if column is not None:
            self.da.setText(da)
            self.kind.setCurrentIndex(self.kind.findData(column.kind))
            self.choices.setPlainText("\n".join(column.choices))
        self._enable()

    def keep(self) -> None:
        """Add or change the field. Raises Problem."""
        values = {
            "da": self.da.text(),
            "en": self.en.text(),
            "kind": str(self.kind.currentData()),
            "section": str(self.section.currentData()),
            "unit": self.unit.text(),
        }
        if self._record is not None:
            own_fields.edit_own_field(self._desk.register, self.name, values)
            return
        is_choice = values["kind"] == "choice"
        self.name = own_fields.add_own_field(
            self._desk.register,
            values["da"],
            values["kind"],
            en=values["en"],
            section=values["section"],
            unit=values["unit"],
            choices=self.choices.toPlainText().splitlines() if is_choice else (),
        )

    def _enable(self, *_index: object) -> None:
        self.unit.setEnabled(self.kind.currentData() == "number")
        self.choices.setEnabled(self.kind.currentData() == "choice")
