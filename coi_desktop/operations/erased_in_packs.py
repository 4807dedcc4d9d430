"""Who was erased from the register does not come back with a case pack: taken out of it, and told of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from coi_desktop.i18n import _, speaking
from coi_desktop.models.erasure_list import ErasureList
from coi_desktop.models.import_report import ImportProblem, Level
from coi_desktop.models.pack import CASES, TABLES_BY_NAME, CaseContent, CasePack, PackAttachment, PackTable
from coi_desktop.models.person_mentions import Mentions
from coi_desktop.models.records import Value
from coi_desktop.operations.erasing import default_replacement
from coi_desktop.store.reader import Reader

#: Fields that hold no words of people.
_IDS = frozenset(("parent_uuid",))


def without_erased(register: Reader, pack: CasePack) -> CasePack:
    """The pack with the usual words wherever it names a person who was erased, as in a register that is
    restored, and with a remark on each case that did. The same pack again gives the same.

    The words are in the pack's language, so that they do not differ between two readings of it.
    """
    cleaner = _cleaner(register, pack)
    if cleaner is None:
        return pack
    cases, remarks = [], list(pack.remarks)
    for row, case in enumerate(pack.cases, start=2):
        cleaned, columns = cleaner.case(case)
        cases.append(cleaned)
        if columns:
            remarks.append(_remark(CASES.path, row, columns, cleaned.title))
    attachments = []
    for one in pack.attachments:
        attachment, is_changed = cleaner.attachment(one)
        attachments.append(attachment)
        if is_changed:
            remarks.append(_remark("attachments.csv", 0, (_("Title"),), attachment.title))
    manifest = replace(
        pack.manifest,
        title=cleaner.text(pack.manifest.title),
        unit_name=cleaner.text(pack.manifest.unit_name),
    )
    return replace(
        pack,
        manifest=manifest,
        cases=tuple(cases),
        attachments=tuple(attachments),
        remarks=tuple(dict.fromkeys(remarks)),
    )


def name_without_erased(register: Reader, pack: CasePack, file_name: str) -> str:
    """The name of the pack's file as it may be remembered."""
    cleaner = _cleaner(register, pack)
    return file_name if cleaner is None else cleaner.text(file_name)


def _cleaner(register: Reader, pack: CasePack) -> _Cleaner | None:
    keys = register.erased_keys()
    if not keys:
        return None
    with speaking(pack.manifest.language):
        return _Cleaner(ErasureList(keys).mentions(), default_replacement())


def _remark(path: str, row: int, columns: tuple[str, ...], title: str) -> ImportProblem:
    return ImportProblem(
        _("It names a person who was erased from the register; the name is left out."),
        _("Ask the sender for a pack without the name, if they may not keep it either."),
        sheet=path,
        row=row,
        column=", ".join(columns),
        value=title,
        level=Level.NOTE,
    )


class _Cleaner:
    """Texts of a pack without the erased persons."""

    def __init__(self, mentions: Mentions, replacement: str) -> None:
        self._mentions = mentions
        self._replacement = replacement

    def text(self, text: str) -> str:
        """A text without them."""
        return self._mentions.without(text, self._replacement)

    def case(self, case: CaseContent) -> tuple[CaseContent, tuple[str, ...]]:
        """A case without them, and the labels of the fields that named one."""
        values, found = self._row(CASES, case.values)
        children = {}
        for name, rows in case.children.items():
            cleaned = [self._row(TABLES_BY_NAME[name], row) for row in rows]
            children[name] = tuple(row for row, _labels in cleaned)
            found += [label for _row, labels in cleaned for label in labels]
        if not found:
            return case, ()
        return replace(case, values=values, children=children), tuple(dict.fromkeys(found))

    def attachment(self, one: PackAttachment) -> tuple[PackAttachment, bool]:
        """An attachment whose words do not name them, and whether they did."""
        values, found = self._row(TABLES_BY_NAME["attachments"], one.values)
        cleaned = replace(
            one,
            path=self.text(one.path),
            title=self.text(one.title),
            file_name=self.text(one.file_name),
            values=values,
        )
        return cleaned, bool(found) or (cleaned.title, cleaned.file_name) != (one.title, one.file_name)

    def _row(self, table: PackTable, row: Mapping[str, Value]) -> tuple[dict[str, Value], list[str]]:
        values: dict[str, Value] = {}
        found: list[str] = []
        for name, value in row.items():
            values[name] = self.text(value) if isinstance(value, str) and name not in _IDS else value
            if values[name] != value:
                found.append(table.record_type.field(name).label())
        return values, found
