"""Beside the changes of an evaluation: the plans it moved away from, and what is otherwise since each."""

from __future__ import annotations

from coi_desktop.i18n import _, current_language
from coi_desktop.models.dates import format_datetime
from coi_desktop.operations.library import guide
from coi_desktop.operations.versions import SavedVersion, find_changes_since, find_versions
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.itemmodels.plan_model import TextRow
from coi_desktop.ui.panels.readable_table import ReadableTable
from coi_desktop.ui.plain import PlainLabel
from coi_desktop.ui.walkthrough.extra import Extra
from coi_desktop.ui.walkthrough.walk import Walk


class SavedVersions(Extra):
    """Not there while there are none; the keyboard on a version shows what changed since then."""

    def __init__(self, desk: Desk, walk: Walk) -> None:
        super().__init__(desk, walk)
        self._versions: dict[str, SavedVersion] = {}
        self.table = ReadableTable(_("Kept plans"), [_("Kept"), _("What moved")], [150], fits=False)
        self.since = PlainLabel(rank="label", wrap=True)
        self.changes = ReadableTable(
            _("Otherwise since then"), [_("What"), _("Then"), _("Now")], [260, 150], fits=False
        )
        self.column.addWidget(PlainLabel(_("Plans that were kept when something moved"), rank="section"))
        for part in (self.table, self.since, self.changes):
            self.column.addWidget(part)
        self.table.table.selectionModel().currentRowChanged.connect(self._show_changes)

    def show_walk(self) -> None:
        """The versions, the newest first."""
        found = find_versions(self.desk.register, self.walk.evaluation_id)
        self._versions = {str(version.number): version for version in found}
        self.setVisible(bool(found))
        if not found:
            return
        self.table.show_rows([TextRow(str(one.number), _cells(one)) for one in found])
        self._show_changes()

    def _show_changes(self, *_indexes: object) -> None:
        row = self.table.table.chosen()
        version = self._versions.get(row.key) if row is not None else None
        if version is None or not self.walk.is_open:
            return
        changes = find_changes_since(self.desk.register, self.walk.evaluation_id, version)
        words = guide("evaluation").words()
        rows = [
            TextRow(
                str(place), (_what(one.row, one.field or words.label(one.question_id)), one.before, one.after)
            )
            for place, one in enumerate(changes)
        ]
        self.since.setText(
            _("Otherwise since then") if rows else _("Nothing is otherwise now than it was in that plan.")
        )
        self.changes.setVisible(bool(rows))
        if rows:
            self.changes.show_rows(rows)


def _cells(version: SavedVersion) -> tuple[str, str]:
    moment = version.saved_at.astimezone() if version.saved_at is not None else None
    return (format_datetime(moment, current_language()), version.reason or _("(nothing was said)"))


def _what(row: str, field: str) -> str:
    return f"{row} · {field}" if row else field
