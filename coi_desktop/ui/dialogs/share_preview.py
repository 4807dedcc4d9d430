"""Every text that would leave with a case pack, shown before it is written."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.operations.packs import SharePreview
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel

_WIDE, _HIGH = 720, 520


class SharePreviewDialog(QDialog):
    """Lists what leaves, place by place. A civil registration number keeps the pack from being written."""

    def __init__(self, preview: SharePreview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Share as case pack"))
        self.resize(_WIDE, _HIGH)
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
        for finding in preview.findings:
            tone = "wrong" if finding.is_personal_number else "warning"
            column.addWidget(
                PlainLabel(_remark(finding.place, finding.is_personal_number), tone=tone, wrap=True)
            )
        rows = [TextRow(str(place), (text.place, text.text)) for place, text in enumerate(preview.texts())]
        column.addWidget(TextTable(TextRowsModel([_("Place"), _("Text")], rows), _("What leaves"), [240]), 1)
        share = QPushButton(_("&Share…"))
        share.setProperty("look", "main")
        share.setDefault(True)
        share.setEnabled(not preview.personal_numbers)
        buttons = QDialogButtonBox()
        buttons.addButton(share, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(_("&Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)


def _remark(place: str, is_personal_number: bool) -> str:
    if is_personal_number:
        return _("■ {place}: a civil registration number. Delete or mask it before you share.").format(
            place=place
        )
    return _("▲ {place}: a mail address or telephone number leaves with the pack.").format(place=place)
