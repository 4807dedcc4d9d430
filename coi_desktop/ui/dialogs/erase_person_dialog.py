"""Erasing a person: what goes, what stands there instead, and the name typed once more. There is no undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.people import same_name
from coi_desktop.models.text import format_number
from coi_desktop.operations.erasing import ErasurePlan, TiedFile, default_replacement
from coi_desktop.ui.dialogs.foot import make_foot
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel, announce, isolated
from coi_desktop.ui.plain_text_edit import PlainTextEdit

_WIDE, _HIGH = 820, 640


class ErasePersonDialog(QDialog):
    """Shows ``plan``; accepted, it tells the checksums of the ``files`` to go and the ``replacement``.

    ``look_again`` is called with other ways to write the person, and brings a new plan by ``show_plan``.
    """

    def __init__(
        self,
        plan: ErasurePlan,
        look_again: Callable[[tuple[str, ...]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.plan = plan
        self._look_again = look_again
        self._ticked: set[str] = set()
        self.setWindowTitle(_("Erase person"))
        self.resize(_WIDE, _HIGH)
        self._head = PlainLabel(rank="head", wrap=True)
        self.more = QLineEdit()
        self.more.setAccessibleName(_("Other names, mail addresses and telephone numbers"))
        self.more.setPlaceholderText(_("Separated by semicolons"))
        self.again = QPushButton(_("&Look again"))
        self.again.setAutoDefault(False)
        self.again.clicked.connect(self._ask_again)
        self._places = TextRowsModel([_("Place"), _("Text")], [])
        self.table = TextTable(self._places, _("Places"), [330])
        self._file_rows = TextRowsModel([_("Erase this file too"), _("Where")], [], self._tick)
        self.files_table = TextTable(self._file_rows, _("Attachments that name the person"), [420])
        self.files_table.setMaximumHeight(110)
        self._files_label = PlainLabel(_("Attachments that name the person"), rank="label")
        self.replacement_line = QLineEdit(default_replacement())
        self.replacement_line.setAccessibleName(_("What stands there instead"))
        self.typed = QLineEdit()
        self.typed.setAccessibleName(_("Type the name to erase for good"))
        self.typed.textChanged.connect(self._show_possible)
        self.erase = QPushButton(_("Erase for &good"))
        self._lay_out()
        self.show_plan(plan)
        self.table.setFocus()

    @property
    def files(self) -> tuple[str, ...]:
        """The checksums of the attachments to be erased."""
        return tuple(sorted(self._ticked))

    @property
    def replacement(self) -> str:
        """What is to stand where the person stood."""
        return self.replacement_line.text()

    def show_plan(self, plan: ErasurePlan) -> None:
        """Show what another search has found."""
        self.plan = plan
        count = len(plan.mentions)
        said = ngettext(
            "{name} is erased in {count} place", "{name} is erased in {count} places", count
        ).format(name=isolated(plan.name), count=format_number(count, current_language()))
        self._head.setText(said)
        announce(self._head, said)
        self._places.set_rows(
            [TextRow(str(place), (one.place, one.excerpt)) for place, one in enumerate(plan.mentions)]
        )
        self._ticked = {tied.sha256 for tied in plan.files if tied.sha256}
        self._file_rows.set_rows(
            [
                TextRow(
                    tied.sha256,
                    (tied.name, _where(tied)),
                    True if tied.sha256 else None,
                )
                for tied in plan.files
            ]
        )
        for part in (self._files_label, self.files_table):
            part.setVisible(bool(plan.files))
        self._show_possible()

    def _ask_again(self) -> None:
        self._look_again(tuple(filter(None, (part.strip() for part in self.more.text().split(";")))))

    def _tick(self, sha256: str, ticked: bool) -> None:
        if ticked:
            self._ticked.add(sha256)
        else:
            self._ticked.discard(sha256)

    def _show_possible(self, *_changed: object) -> None:
        self.erase.setEnabled(bool(self.plan.mentions) and same_name(self.typed.text(), self.plan.name))

    def _lay_out(self) -> None:
        warning = PlainLabel(
            _(
                "This cannot be undone. The person's record goes; every other text gets the words below, "
                "in the history, undo and trash too. Backups keep the person until they are thinned; a "
                "restore erases again."
            ),
            tone="wrong",
            wrap=True,
        )
        forms = QHBoxLayout()
        forms.addWidget(self.more, 1)
        forms.addWidget(self.again)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addWidget(warning)
        column.addWidget(_label(_("Other names, mail addresses and telephone numbers"), self.more))
        column.addLayout(forms)
        column.addWidget(self.table, 1)
        column.addWidget(self._files_label)
        column.addWidget(self.files_table)
        last = QGridLayout()
        last.setHorizontalSpacing(12)
        last.setVerticalSpacing(4)
        last.addWidget(_label(_("What stands there instead"), self.replacement_line), 0, 0)
        last.addWidget(self.replacement_line, 1, 0)
        last.addWidget(_label(_("Type the name to erase for good"), self.typed), 0, 1)
        last.addWidget(self.typed, 1, 1)
        column.addLayout(last)
        foot = make_foot(self, self.erase)
        self.erase.setDefault(False)
        self.erase.setAutoDefault(False)
        column.addWidget(foot)


class ReceiptDialog(QDialog):
    """The receipt, to be read, copied and saved."""

    def __init__(self, text: str, save: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Receipt for an erasure"))
        self.resize(_WIDE, _HIGH - 140)
        self.shown = PlainTextEdit()
        self.shown.setPlainText(text)
        self.shown.setReadOnly(True)
        self.shown.setAccessibleName(_("Receipt for an erasure"))
        keep = QPushButton(_("&Save as…"))
        keep.setAutoDefault(False)
        keep.clicked.connect(save)
        foot = QDialogButtonBox()
        foot.addButton(keep, QDialogButtonBox.ButtonRole.ActionRole)
        foot.addButton(_("C&lose"), QDialogButtonBox.ButtonRole.RejectRole)
        foot.rejected.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(self.shown, 1)
        column.addWidget(foot)


def _where(tied: TiedFile) -> str:
    said = _("in its name") if tied.is_named else _("in its text")
    return ", ".join((said, _("in the trash or the history"))) if tied.is_removed else said


def _label(text: str, buddy: QWidget) -> PlainLabel:
    label = PlainLabel(text, rank="label")
    label.setBuddy(buddy)
    return label
