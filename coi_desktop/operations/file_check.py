"""Whether the files that attachments name are there and as they were stored, and which nobody names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.attachments import shown_codes
from coi_desktop.models.progress import Job, Progress, run_to_end
from coi_desktop.models.query import Query
from coi_desktop.models.record_types.table import FILE_TYPES, record_type
from coi_desktop.models.records import Record
from coi_desktop.store.file_store import FileState, StoredFile
from coi_desktop.store.register import Register


@dataclass(frozen=True, slots=True)
class FileFault:
    """An attachment whose file is missing or changed: its id and title, its initiative's or case's title, and
    which.
    """

    attachment_id: str
    title: str
    initiative: str
    is_missing: bool

    @property
    def sentence(self) -> str:
        """The fault for people."""
        text = (
            _("The file of the attachment “{title}” ({initiative}) is missing.")
            if self.is_missing
            else _("The file of the attachment “{title}” ({initiative}) is not as it was stored.")
        )
        return text.format(title=shown_codes(self.title), initiative=shown_codes(self.initiative))


def find_missing_files(register: Register) -> tuple[FileFault, ...]:
    """The attachments whose file is not there. Quick: no bytes are read."""
    missing = register.files.find_missing(sorted(register.find_named_files()))
    return _faults(register, dict.fromkeys(missing, FileState.MISSING))


def find_file_faults(register: Register) -> Job[tuple[FileFault, ...]]:
    """The attachments whose file is missing or changed. A job: every byte of every file is read, but for
    those that lie in the cloud only, which would all be fetched.
    """
    wanted = sorted(register.find_named_files())
    faults: dict[str, FileState] = {}
    for done, (sha256, state) in enumerate(register.files.iter_states(wanted), start=1):
        if state not in (FileState.WHOLE, FileState.ELSEWHERE):
            faults[sha256] = state
        yield Progress(done, len(wanted), _("Checking attachments"))
    return _faults(register, faults)


def check_files(register: Register) -> None:
    """Read every file of every attachment; Problem ``files`` names those that are missing or changed."""
    faults = run_to_end(find_file_faults(register))
    if faults:
        raise Problem(
            _("The register {name} itself is sound, but not all its attachments:\n{places}").format(
                name=register.path.name, places="\n".join(f"– {fault.sentence}" for fault in faults[:20])
            ),
            meaning=_("All other attachments are there and as they were stored."),
            advice=_("Put the folder {folder} back beside the register, or restore a backup.").format(
                folder=register.files.folder.name
            ),
            code="files",
        )


def find_spare_files(register: Register) -> list[StoredFile]:
    """Files that neither a record nor undo, redo or the trash names."""
    return register.files.find_orphans(register.find_named_files(ever=True))


def sweep_files(register: Register) -> list[StoredFile]:
    """Remove those files, and what was left half copied; returns what was removed. Only when asked for.

    Raises Problem ``read_only`` for a register that is open for reading only.
    """
    register.require_writable()
    return register.files.sweep(register.find_named_files(ever=True))


def _faults(register: Register, states: dict[str, FileState]) -> tuple[FileFault, ...]:
    if not states:
        return ()
    attachments = [
        one for table in FILE_TYPES for one in register.find(Query(table)) if one.text("sha256") in states
    ]
    titles = _titles(register, attachments)
    return tuple(
        FileFault(
            one.id,
            one.text("title"),
            titles.get(one.text(_owner_field(one)), "–"),
            states[one.text("sha256")] is FileState.MISSING,
        )
        for one in attachments
    )


def _titles(register: Register, attachments: Sequence[Record]) -> dict[str, str]:
    """The titles of the initiatives and cases that attachments belong to, by id."""
    found: dict[str, str] = {}
    for table in FILE_TYPES:
        ids = {one.text(_owner_field(one)) for one in attachments if one.type_name == table}
        found |= {one.id: one.text("title") for one in register.get_many(_owner(table), sorted(ids))}
    return found


def _owner_field(attachment: Record) -> str:
    return record_type(attachment.type_name).parent


def _owner(table: str) -> str:
    return record_type(table).parent_type
