"""What a stranger's case pack would bring, before anything of it is taken in."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.attachments import shown_codes
from coi_desktop.models.dates import format_datetime
from coi_desktop.models.import_report import ImportProblem, Outcome
from coi_desktop.models.pack import CASES, CaseContent
from coi_desktop.models.pack_plan import PackItem, PackPlan
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.text import format_size
from coi_desktop.operations.library import vocabulary
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.foot import make_foot
from coi_desktop.ui.import_words import counts_sentence, outcome_word
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel, isolated
from coi_desktop.ui.split import one_above_the_other

_WIDE, _HIGH = 860, 560
#: Notes that are shown one by one.
_MOST_NOTES = 6


class PackPreview(QDialog):
    """Shows sender, counts, every case, and per-field differences; conflicts have no default answer.

    ``plan`` is the plan as it was decided.
    """

    def __init__(self, desk: Desk, plan: PackPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plan = plan
        self.setWindowTitle(_("Import case pack"))
        self.resize(_WIDE, _HIGH)
        self._counts = PlainLabel(rank="section", wrap=True)
        self._items = TextRowsModel(
            [_("Outcome"), _("Title"), _("Organisation"), _("Remark")], self._rows(), self._decide
        )
        self.table = TextTable(self._items, _("Cases of the pack"), [130, 300, 180])
        self._fields = TextRowsModel([_("Field"), _("Here"), _("In the pack")], [])
        self.differences = TextTable(self._fields, _("Differences of the chosen case"), [150, 300])
        self._remark = PlainLabel(wrap=True, selectable=True)
        self._import = QPushButton()
        self._lay_out(desk)
        self.table.selectionModel().currentRowChanged.connect(self._show_differences)
        self._tell()
        self.table.selectRow(0)

    def _lay_out(self, desk: Desk) -> None:
        manifest = self.plan.pack.manifest
        made = format_datetime(manifest.created, current_language())
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(PlainLabel(manifest.title or self.plan.file_name, rank="head", wrap=True))
        column.addWidget(
            PlainLabel(
                _(
                    "From {sender} (as the pack says; this cannot be checked) · "
                    "made {date} · licence: {licence}"
                ).format(
                    sender=isolated(manifest.unit_name),
                    date=made,
                    licence=isolated(_licence(manifest.licence)),
                ),
                tone="muted",
                wrap=True,
            )
        )
        notes = list(self.plan.pack.notes)
        if len(notes) > _MOST_NOTES:
            more = len(notes) - _MOST_NOTES
            notes[_MOST_NOTES:] = [_("and {count} more").format(count=more)]
        for note in notes:
            column.addWidget(PlainLabel(note, tone="warning", wrap=True))
        column.addWidget(self._counts)
        column.addWidget(one_above_the_other(self.table, self.differences, (260, 180)), 1)
        column.addWidget(self._remark)
        column.addWidget(make_foot(self, self._import))

    def _rows(self) -> list[TextRow]:
        said: dict[int, list[str]] = {}
        for problem in self.plan.report.problems:
            said.setdefault(problem.row, []).append(_told(problem))
        rows = []
        for item in self.plan.items:
            remark = " ".join((*said.get(item.row, ()), _files_remark(item))).strip()
            rows.append(
                TextRow(
                    item.case.id,
                    (
                        outcome_word(Outcome.UPDATED if item.is_taken else item.outcome),
                        item.case.title,
                        str(item.case.values.get("organisation") or ""),
                        remark,
                    ),
                    item.is_taken if item.may_take else None,
                )
            )
        return rows

    def _decide(self, case_id: str, taken: bool) -> None:
        self.plan = self.plan.taking(case_id, take=taken)
        chosen = self.table.currentIndex().row()
        self._items.set_rows(self._rows())
        self.table.selectRow(chosen)
        self._tell()

    def _tell(self) -> None:
        report = self.plan.report
        self._counts.setText(counts_sentence(report))
        count = report.count(Outcome.NEW) + report.count(Outcome.UPDATED)
        self._import.setEnabled(count > 0)
        self._import.setText(
            ngettext("&Import {count} case", "&Import {count} cases", count).format(count=count)
            if count
            else _("Nothing to import")
        )

    def _show_differences(self, *_indexes: object) -> None:
        """What differs from what is here; of a case that is new, what it says."""
        row = self.table.chosen()
        item = None if row is None else self._item(row.key)
        self._fields.set_rows([] if item is None else [*_field_rows(item), *_file_rows(item)])
        self.differences.setColumnHidden(1, item is None or not item.differences())
        self._remark.setText("" if row is None else row.cells[-1])
        self._remark.setVisible(bool(self._remark.text()))

    def _item(self, case_id: str) -> PackItem | None:
        return next((item for item in self.plan.items if item.case.id == case_id), None)


def _told(problem: ImportProblem) -> str:
    """A problem in a line; of one that is not of the whole case, its fields first."""
    text = f"{problem.reason} {problem.remedy}".strip()
    return f"{problem.column}: {text}" if problem.column and problem.column != CASES.key else text


def _files_remark(item: PackItem) -> str:
    """How many attachments come along, and how large they are."""
    if not item.files:
        return ""
    size = format_size(sum(one.size for one in item.files), current_language())
    count = len(item.files)
    return ngettext(
        "{count} attachment comes along ({size}).", "{count} attachments come along ({size}).", count
    ).format(count=count, size=size)


def _file_rows(item: PackItem) -> list[TextRow]:
    language = current_language()
    return [
        TextRow(
            one.path,
            (_("Attachment"), "", f"{shown_codes(one.file_name)} · {format_size(one.size, language)}"),
        )
        for one in item.files
    ]


def _field_rows(item: PackItem) -> list[TextRow]:
    fields, words = record_type("case").by_name, vocabulary()

    def said(content: CaseContent, name: str) -> str:
        return show_value(fields[name], content.values.get(name), words)

    if item.local is None or item.target is None or not item.differences():
        found = ((name, field.label()) for name, field in fields.items() if field.shown)
        return [
            TextRow(name, (label, "", said(item.case, name)))
            for name, label in found
            if said(item.case, name)
        ]
    here, there = item.local.content, item.target
    return [
        TextRow(
            one.field,
            (
                one.label,
                (said(here, one.field) if one.field in fields else one.here) or "–",
                (said(there, one.field) if one.field in fields else one.there) or "–",
            ),
        )
        for one in item.differences()
    ]


def _licence(key: str) -> str:
    return vocabulary().label("case.licence", key) if key else "–"
