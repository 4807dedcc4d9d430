"""Every text that would leave with a case pack, and the attachments that may, shown before it is written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _, current_language
from coi_desktop.models.privacy import PlacedFinding
from coi_desktop.models.text import format_size
from coi_desktop.operations.outgoing_files import OutgoingFile, too_much
from coi_desktop.operations.packs import SharePreview
from coi_desktop.operations.privacy_checks import summary_of
from coi_desktop.ui.dialogs.foot import make_foot
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel, isolated
from coi_desktop.ui.split import one_above_the_other

_WIDE, _HIGH = 760, 600

#: Texts longer than this are cut in the table.
_CUT = 60
#: Findings of one file that are named; the others are counted.
_NAMED = 4


class SharePreviewDialog(QDialog):
    """Lists what leaves, place by place. A civil registration number keeps the pack from being written.

    ``files`` are the attachments that could go along; none is ticked at first. ``chosen`` are the ids of
    those that are.
    """

    def __init__(
        self, preview: SharePreview, files: Sequence[OutgoingFile] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._files = {one.attachment.id: one for one in files}
        self._ticked: dict[str, bool] = {}
        self._may_leave = not preview.personal_numbers and not preview.kept_back
        self.setWindowTitle(_("Share as case pack"))
        self.resize(_WIDE, _HIGH if files else _HIGH - 80)
        rows = [TextRow(str(place), (text.place, text.text)) for place, text in enumerate(preview.shown())]
        self.table = TextTable(TextRowsModel([_("Place"), _("Text")], rows), _("What leaves"), [200])
        self.whole = PlainLabel(wrap=True, selectable=True)
        self._file_rows = TextRowsModel([_("Attachment"), _("Size"), _("Remark")], [], self._tick)
        self.attachments = TextTable(self._file_rows, _("Attachments that may go along"), [280, 80])
        self.remark = PlainLabel(wrap=True, selectable=True)
        self.share = QPushButton(_("&Share…"))
        self._lay_out(preview)
        self.table.selectionModel().currentRowChanged.connect(self._show_whole)
        self.attachments.selectionModel().currentRowChanged.connect(self._show_remark)
        self._show_whole()
        self._show_files()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the attachments that go along, in the order they stand."""
        return tuple(one for one in self._files if self._ticked.get(one))

    def _lay_out(self, preview: SharePreview) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(PlainLabel(_("This is all that leaves the register"), rank="head"))
        column.addWidget(
            PlainLabel(
                _(
                    "The case holds the ten fields of the short level. By sharing it you agree that "
                    "the units you give the pack to may use it."
                ),
                tone="muted",
                wrap=True,
            )
        )
        for remark, tone in dict.fromkeys(map(_remark, preview.findings)):
            column.addWidget(PlainLabel(remark, tone=tone, wrap=True))
        texts = _together(self.table, self.whole)
        if self._files:
            head = PlainLabel(_("Attachments: tick those that are to go along"), rank="label")
            head.setBuddy(self.attachments)
            files = _together(head, self.attachments, self.remark)
            texts = one_above_the_other(texts, files, (280, 190))
        column.addWidget(texts, 1)
        column.addWidget(make_foot(self, self.share))

    def _show_whole(self, *_indexes: object) -> None:
        """The chosen text in full: in the table a long one is cut."""
        row = self.table.chosen()
        text = "" if row is None else row.cells[1]
        self.whole.setText(text if len(text) > _CUT else "")
        self.whole.setVisible(len(text) > _CUT)

    def _tick(self, attachment_id: str, ticked: bool) -> None:
        self._ticked[attachment_id] = ticked
        self._show_remark()

    def _show_files(self) -> None:
        language = current_language()
        self._file_rows.set_rows(
            [
                TextRow(
                    one.attachment.id,
                    (one.title, format_size(one.size, language), _in_a_line(one)),
                    None if one.refusal else False,
                )
                for one in self._files.values()
            ]
        )
        self.attachments.selectRow(0)
        self._show_remark()

    def _show_remark(self, *_indexes: object) -> None:
        """What there is to know about the attachment the keyboard is on, and whether all may go together."""
        why = too_much([self._files[one] for one in self.chosen])
        self.share.setEnabled(self._may_leave and not why)
        row = self.attachments.chosen()
        lines = [] if row is None else _lines(self._files[row.key])
        self.remark.set_tone("wrong" if why else "")
        self.remark.setText("\n".join([f"■ {why}", *lines] if why else lines))
        self.remark.setVisible(bool(self._files and self.remark.text()))


def _together(*parts: QWidget) -> QWidget:
    """Parts below each other, close together."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    for part in parts:
        column.addWidget(part, 1 if isinstance(part, TextTable) else 0)
    return box


def _in_a_line(file: OutgoingFile) -> str:
    """What there is to know about a file, as short as it can be said."""
    if file.refusal:
        return _lines(file)[0]
    said = [summary_of(file.findings), file.unread, " · ".join(file.properties)]
    told = " · ".join(one for one in said if one)
    return f"▲ {told}" if told else ""


def _lines(file: OutgoingFile) -> list[str]:
    """Everything there is to know about a file before it leaves, the gravest first."""
    if file.refusal:
        return ["■ " + _("Stays here. {why}").format(why=file.refusal)]
    said = list(dict.fromkeys(_remark(one)[0] for one in file.findings))
    lines = said[:_NAMED]
    if len(said) > _NAMED:
        lines.append(_("and {count} more").format(count=len(said) - _NAMED))
    lines += [f"▲ {file.unread}"] if file.unread else []
    lines += [
        "▲ " + _("The file's properties say: {text}").format(text=isolated(text)) for text in file.properties
    ]
    return lines


def _remark(found: PlacedFinding) -> tuple[str, str]:
    """What is said of a finding, and in which tone."""
    if found.is_personal_number:
        said = _("■ {place}: a civil registration number. Delete or mask it before you share.")
    elif found.is_kept_back:
        said = _("■ {place}: a person who may not be contacted. Write the role, or note it in People.")
    elif found.finding.kind in ("name", "person"):
        said = _("▲ {place}: a name leaves with the pack.")
    elif found.finding.kind == "count":
        said = _("▲ {place}: a count of fewer than five people; they may be recognised.")
    else:
        said = _("▲ {place}: a mail address or telephone number leaves with the pack.")
    return said.format(place=found.place), "wrong" if said.startswith("■") else "warning"
