"""What another edition of the register has that this one has not, before anything is brought over."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.edition_lines import ComparedEdition, EditionLine
from coi_desktop.models.edition_plan import WHOLE
from coi_desktop.models.return_plan import ReturnDecisions
from coi_desktop.models.text import format_number
from coi_desktop.ui.dialogs.foot import make_foot
from coi_desktop.ui.panels.differences_table import DifferenceLine, DifferencesTable
from coi_desktop.ui.plain import PlainLabel, isolated

_WIDE, _HIGH = 980, 600


class EditionPreview(QDialog):
    """Every record and field that would come over; a conflict has no answer until one is given.

    ``decisions`` are those that were made.
    """

    def __init__(self, compared: ComparedEdition, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._compared = compared
        self.setWindowTitle(_("Bring over from another edition"))
        self.resize(_WIDE, _HIGH)
        self.differences = DifferencesTable(
            [_line(line) for line in compared.lines],
            _("In the other edition"),
            _("Use the &other edition's value"),
            _ask_to_choose,
            _("&Empty the fields that were emptied there"),
            self,
        )
        self._take = QPushButton()
        self._lay_out()
        self.differences.decided.connect(self._tell)
        self._tell()

    @property
    def decisions(self) -> ReturnDecisions:
        """What was decided so far."""
        return self.differences.decisions

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(PlainLabel(isolated(self._compared.file_name), rank="head", wrap=True))
        column.addWidget(PlainLabel(self._compared.sentence(), rank="section", wrap=True))
        note = _(
            "Nothing is removed here, and the other file stays as it is. It is one step that can be undone."
        )
        for text in (note, *self._compared.remarks()):
            column.addWidget(PlainLabel(text, tone="muted", wrap=True))
        column.addWidget(self.differences, 1)
        column.addWidget(make_foot(self, self._take))

    def _tell(self) -> None:
        count = self.differences.count_taken
        self._take.setEnabled(count > 0)
        self._take.setText(
            ngettext("&Bring over {count} line", "&Bring over {count} lines", count).format(
                count=format_number(count, current_language())
            )
            if count
            else _("Nothing to bring over")
        )


def _line(line: EditionLine) -> DifferenceLine:
    cells = (line.title, line.what, line.here or "–", line.there or "–")
    if line.difference is None:
        return DifferenceLine(line.key, cells, None, _("Is added"))
    if line.key[1] == WHOLE:
        arrives, asks = _("Comes back with what was done there"), _("Removed here, worked on there: choose")
        return DifferenceLine(line.key, cells, line.difference, arrives, asks)
    is_emptied = not line.there
    return DifferenceLine(
        line.key, cells, line.difference, _("Is emptied") if is_emptied else _("Is changed")
    )


def _ask_to_choose(waiting: int) -> str:
    return ngettext(
        "{count} place was changed in both editions. Choose what is to hold; until then it stays as it is "
        "here.",
        "{count} places were changed in both editions. Choose what is to hold; until then they stay as they "
        "are here.",
        waiting,
    ).format(count=format_number(waiting, current_language()))
