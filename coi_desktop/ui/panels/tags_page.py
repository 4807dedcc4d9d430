"""The page of tags: how often each is used, renaming one everywhere (two become one so), taking one off."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.text import format_number
from coi_desktop.operations import tags
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.naming import NamingDialog
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel, isolated
from coi_desktop.ui.prompts import Choice


class TagsPage(QWidget):
    """Every tag of the register in Danish order."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.table = TextTable(TextRowsModel((_("Tag"), _("Initiatives")), []), _("Tags"), (320,))
        self.rename = QPushButton(_("&Rename…"))
        self.remove = QPushButton(_("Re&move everywhere…"))
        buttons = QVBoxLayout()
        for button, run in ((self.rename, self.rename_tag), (self.remove, self.remove_tag)):
            button.clicked.connect(run)
            buttons.addWidget(button)
        buttons.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(10)
        middle.addWidget(self.table, 1)
        middle.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(10)
        said = _("A tag that gets the name of another becomes one with it, in every initiative.")
        column.addWidget(PlainLabel(said, wrap=True, tone="muted"))
        column.addLayout(middle, 1)
        self.table.doubleClicked.connect(self.rename_tag)
        for keys, do in (("Return", self.rename_tag), ("F2", self.rename_tag), ("Del", self.remove_tag)):
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.activated.connect(do)
        self.refresh()

    def refresh(self, chosen: str = "") -> None:
        """Show the tags as they are now."""
        language = current_language()
        found = tags.find_tags(self._desk.register)
        self.table.rows.set_rows(
            [TextRow(one.name, (one.name, format_number(one.used, language))) for one in found]
        )
        names = [one.name for one in found]
        if names:
            self.table.selectRow(names.index(chosen) if chosen in names else 0)
        for button in (self.rename, self.remove):
            button.setEnabled(bool(names) and self._desk.can_write)

    def rename_tag(self) -> None:
        """Ask for another name of the chosen tag."""
        row = self.table.chosen()
        if row is None or not self._desk.can_write:
            return

        def save(name: str) -> None:
            tags.rename_tag(self._desk.register, row.key, name)

        dialog = NamingDialog(_("Rename tag"), row.key, save, _("&Name of the tag"))
        if self._desk.prompts.ask_dialog(dialog):
            self.refresh(dialog.line.text())

    def remove_tag(self) -> None:
        """Take the chosen tag off everywhere, after saying how many initiatives have it."""
        row = self.table.chosen()
        if row is None or not self._desk.can_write:
            return
        used = next((one.used for one in tags.find_tags(self._desk.register) if one.name == row.key), 0)
        text = ngettext(
            "“{tag}” stands on {count} initiative. It is taken off there; undo brings it back.",
            "“{tag}” stands on {count} initiatives. It is taken off there; undo brings it back.",
            used,
        ).format(tag=isolated(row.key), count=format_number(used, current_language()))
        choices = [Choice("keep", _("&Keep the tag")), Choice("remove", _("&Remove the tag"))]
        if self._desk.prompts.ask_choice(_("Remove tag"), text, choices) != "remove":
            return
        try:
            tags.remove_tag(self._desk.register, row.key)
        except Problem as problem:
            self._desk.notices.show_problem(problem, key="tags")
        self.refresh()
