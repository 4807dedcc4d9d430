"""Every text that would leave with a case pack, shown before it is written."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.privacy import PlacedFinding
from coi_desktop.operations.packs import SharePreview
from coi_desktop.ui.dialogs.foot import make_foot
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel

_WIDE, _HIGH = 720, 520

#: Texts longer than this are cut in the table.
_CUT = 60


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
        for remark, tone in dict.fromkeys(map(_remark, preview.findings)):
            column.addWidget(PlainLabel(remark, tone=tone, wrap=True))
        rows = [TextRow(str(place), (text.place, text.text)) for place, text in enumerate(preview.shown())]
        self.table = TextTable(TextRowsModel([_("Place"), _("Text")], rows), _("What leaves"), [200])
        self.whole = PlainLabel(wrap=True, selectable=True)
        self.table.selectionModel().currentRowChanged.connect(self._show_whole)
        column.addWidget(self.table, 1)
        column.addWidget(self.whole)
        self.share = QPushButton(_("&Share…"))
        self.share.setEnabled(not preview.personal_numbers and not preview.kept_back)
        column.addWidget(make_foot(self, self.share))
        self._show_whole()

    def _show_whole(self, *_indexes: object) -> None:
        """The chosen text in full: in the table a long one is cut."""
        row = self.table.chosen()
        text = "" if row is None else row.cells[1]
        self.whole.setText(text if len(text) > _CUT else "")
        self.whole.setVisible(len(text) > _CUT)


def _remark(found: PlacedFinding) -> tuple[str, str]:
    """What is said of a finding, and in which tone."""
    if found.is_personal_number:
        said = _("■ {place}: a civil registration number. Delete or mask it before you share.")
    elif found.is_kept_back:
        said = _("■ {place}: a person who may not be contacted. Write the role, or note it in People.")
    elif found.finding.kind in ("name", "person"):
        said = _("▲ {place}: a name leaves with the pack.")
    else:
        said = _("▲ {place}: a mail address or telephone number leaves with the pack.")
    return said.format(place=found.place), "wrong" if said.startswith("■") else "warning"
