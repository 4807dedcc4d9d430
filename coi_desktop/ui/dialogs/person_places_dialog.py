"""Every place that mentions a person: what that person may ask to see, to be saved as CSV or JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.text import format_number
from coi_desktop.operations.person_search import Mention
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel, isolated

_WIDE, _HIGH = 820, 520


class PersonPlacesDialog(QDialog):
    """The places as a list. Enter goes to the initiative, whose id ``initiative_id`` then is; ``save`` writes
    them to a file.
    """

    def __init__(
        self,
        name: str,
        mentions: Sequence[Mention],
        save: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._mentions = list(mentions)
        self.initiative_id = ""
        self.setWindowTitle(_("Where is the name?"))
        self.resize(_WIDE, _HIGH)
        count = len(self._mentions)
        head = ngettext(
            "{name} is mentioned in {count} place", "{name} is mentioned in {count} places", count
        ).format(name=isolated(name), count=format_number(count, current_language()))
        rows = [TextRow(str(place), (one.place, one.excerpt)) for place, one in enumerate(self._mentions)]
        self.table = TextTable(TextRowsModel([_("Place"), _("Text")], rows), _("Places"), [330])
        self.table.activated.connect(self.go)
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.save = QPushButton(_("&Save as…"))
        self.save.setEnabled(bool(rows))
        self.save.clicked.connect(save)
        self.go_button = QPushButton(_("&Go to the initiative"))
        self.go_button.clicked.connect(self.go)
        foot = QDialogButtonBox()
        foot.addButton(self.save, QDialogButtonBox.ButtonRole.ActionRole)
        foot.addButton(self.go_button, QDialogButtonBox.ButtonRole.ActionRole)
        foot.addButton(_("C&lose"), QDialogButtonBox.ButtonRole.RejectRole)
        foot.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(PlainLabel(head, rank="head", wrap=True))
        column.addWidget(
            PlainLabel(
                _("All texts are looked through, with names of attachments, history and trash."),
                tone="muted",
                wrap=True,
            )
        )
        column.addWidget(self.table, 1)
        column.addWidget(foot)
        self.table.selectRow(0)
        self._show_chosen()

    def go(self) -> None:
        """Close, and go to where the chosen place is."""
        self.initiative_id = self._chosen_initiative()
        if self.initiative_id:
            self.accept()

    def _chosen_initiative(self) -> str:
        row = self.table.chosen()
        return "" if row is None else self._mentions[int(row.key)].initiative_id

    def _show_chosen(self, *_indexes: object) -> None:
        self.go_button.setEnabled(bool(self._chosen_initiative()))
