"""Choosing whom a person is merged into."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.records import Record
from coi_desktop.ui.dialogs.foot import make_foot
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel, isolated

_WIDE, _HIGH = 520, 420


class ChoosePersonDialog(QDialog):
    """``chosen_id`` is whom ``person`` is merged into when the dialog is accepted; empty for nobody."""

    def __init__(self, person: Record, others: Sequence[Record], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Merge persons"))
        self.resize(_WIDE, _HIGH)
        head = _("Merge {name} into:").format(name=isolated(person.text("name")))
        rows = [
            TextRow(one.id, (one.text("name"), one.text("organisation"), one.text("email"))) for one in others
        ]
        self.table = TextTable(
            TextRowsModel([_("Name"), _("Organisation"), _("E-mail")], rows), _("Persons"), [180, 150]
        )
        self.table.doubleClicked.connect(self.accept)
        self.table.selectRow(0)
        main = QPushButton(_("&Merge"))
        main.setEnabled(bool(rows))
        said = _(
            "The one you choose stays and takes over what it lacks; its name is put wherever the other stood."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(PlainLabel(head, rank="head", wrap=True))
        column.addWidget(PlainLabel(said, tone="muted", wrap=True))
        column.addWidget(self.table, 1)
        column.addWidget(make_foot(self, main))

    @property
    def chosen_id(self) -> str:
        """The id of the person that stays."""
        row = self.table.chosen()
        return "" if row is None else row.key
