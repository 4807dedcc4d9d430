"""Another edition of the register, put aside by a synchronising program: compared, and what it has brought
over as one step. The other file stays as it is.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from coi_desktop.errors import Problem
from coi_desktop.i18n import N_, _
from coi_desktop.models.changes import ChangeSet, Op, RowChange
from coi_desktop.models.edited_rows import EditedRows
from coi_desktop.models.edition_lines import ComparedEdition, EditionLine
from coi_desktop.models.edition_plan import WHOLE, EditionPlan, EditionRow, Place, is_taken, plan_edition
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.record_types.table import RECORD_TYPES, record_type
from coi_desktop.models.records import Record, Value
from coi_desktop.models.removals import needs, removal_of
from coi_desktop.models.return_plan import CellChange, Difference, ReturnDecisions
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.operations.erasing import erase_again
from coi_desktop.operations.erasure_file import erasure_file, read_erasure_file
from coi_desktop.operations.file_places import find_place, refuse_placeholder
from coi_desktop.operations.library import words_of
from coi_desktop.store.file_store import FileStore
from coi_desktop.store.other_editions import copy_edition
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

BRING_OVER = Op("edition.bring_over", N_("Bring over from another edition"))

#: What has to be decided stands first in the list, what is new last.
_ORDER = (Difference.CONFLICT, Difference.CHANGED, Difference.CLEARED, None)
_TITLES = ("title", "name", "text", "da", "file_name", "key", "date")


class BroughtOver(NamedTuple):
    """What was brought over, and its changes for the register that was not written through."""

    compared: ComparedEdition
    changes: ChangeSet | None


class StandingEdition:
    """One of the two editions, as the plan asks it."""

    def __init__(self, register: Register, done: EditedRows) -> None:
        self.register = register
        self.done = done
        self.words: Vocabulary = words_of(register)
        self._found: dict[Place, Record | None] = {}
        self._steps: dict[int, Mapping[Place, RowChange]] = {}

    def find(self, place: Place) -> Record | None:
        """The record that stands there now, or None."""
        if place not in self._found:
            self._found[place] = next(iter(self.register.get_many(place[0], [place[1]])), None)
        return self._found[place]

    def find_like(self, type_name: str, values: Mapping[str, Value]) -> Record | None:
        """A record of a type with these values, or None."""
        return self.register.find_like(type_name, values)

    def removed_row(self, place: Place) -> RowChange | None:
        """What a record was when it was removed here; None when it was not."""
        edited = self.done.get(place)
        if edited is None or not edited.removed_by:
            return None
        if edited.removed_by not in self._steps:
            rows = self.register.rows_of_step(edited.removed_by)
            self._steps[edited.removed_by] = {row[:2]: row for row in rows}
        return self._steps[edited.removed_by][place]

    def removed_root(self, place: Place) -> Place | None:
        """What was removed here and took this record with it, the outermost; None when it never was here."""
        row = self.removed_row(place)
        if row is None:
            return None
        above = [target for target in needs(row) if self.find(target) is None]
        return self.removed_root(above[0]) if above else place

    def put_back(self, writer: Writer, place: Place) -> None:
        """Put back a record that was removed here, with what it needs and what went with it."""
        row = self.removed_row(place)
        if row is None or self.stands(writer, place):
            return
        for target in needs(row):
            self.put_back(writer, target)
        step = self._steps[self.done[place].removed_by]
        writer.put_back(removal_of(step.values(), *place))

    @staticmethod
    def stands(writer: Writer, place: Place) -> bool:
        """Whether a record is there in the open transaction."""
        try:
            writer.get(*place)
        except KeyError:
            return False
        return True

    def title(self, place: Place) -> str:
        """What a record is called: by its first word for itself, else by its kind."""
        record, kind = self.find(place), record_type(place[0])
        row = self.removed_row(place) if record is None else None
        values: Mapping[str, object] = record.values if record is not None else (row and row.before) or {}
        name = next((one for one in _TITLES if values.get(one)), "")
        return str(values[name]) if name else kind.label()

    def owner_title(self, place: Place) -> str:
        """What the initiative or case is called under which a record hangs."""
        kind = record_type(place[0])
        record = self.find(place)
        if not kind.parent or record is None or not isinstance(record.values[kind.parent], str):
            return self.title(place)
        return self.owner_title((kind.parent_type, str(record.values[kind.parent])))


def compare_edition(register: Register, path: Path) -> Job[ComparedEdition]:
    """What the edition at ``path`` has that this register has not. A job that changes nothing.

    Raises Problem ``other_register`` for a file with another register in it, ``same_file`` for the register
    itself, and those of opening.
    """
    yield Progress(0, 0, _("Comparing with {name}").format(name=path.name))
    with register.open_beside() as beside, _opened(beside, path) as there_register:
        return _compare(beside, there_register, path)[0]


def bring_over(register: Register, path: Path, decisions: ReturnDecisions) -> Job[BroughtOver]:
    """Bring over what the edition at ``path`` has, as one transaction and one undo step.

    A job. The plan is worked out anew, so that nothing is overwritten that was changed since the preview.
    Nothing is removed, and a conflict that is not decided stays as it is here.
    """
    yield Progress(0, 0, _("Comparing with {name}").format(name=path.name))
    with register.open_beside() as beside, _opened(beside, path) as there_register:
        compared, here = _compare(beside, there_register, path)
        yield from _bring_files(compared.plan, decisions, path, beside)
        committed = beside.transact(
            BRING_OVER,
            lambda writer: _Taking(writer, here, compared.plan, decisions).take_in(),
            detail=path.name,
        )
    # Nothing is yielded from here on: work that is stopped has changed nothing.
    return BroughtOver(compared, committed.changes)


@contextmanager
def _opened(register: Register, path: Path) -> Iterator[Register]:
    """A copy of the other edition in a private folder, with everybody erased who was erased here."""
    if path.exists() and os.path.samefile(path, register.path):
        raise Problem(
            _("{name} is the register itself.").format(name=path.name),
            meaning=_("Nothing was changed."),
            advice=_("Choose the edition that was put beside it."),
            code="same_file",
        )
    refuse_placeholder(path, find_place(path))
    with tempfile.TemporaryDirectory(prefix="coi-desktop-") as apart:
        half = Path(apart) / "edition.coi"
        copy_edition(path, half)
        with Register.open(half, backup_folder=Path(apart) / "older", clock=register.clock) as there:
            if there.id != register.id:
                raise Problem(
                    _("{name} holds another register, not another edition of this one.").format(
                        name=path.name
                    ),
                    meaning=_("Nothing was changed."),
                    advice=_("To get initiatives from another register, import a case pack or a list."),
                    code="other_register",
                )
            known = (*register.erased_keys(), *read_erasure_file(erasure_file(register.id)))
            if known:
                erase_again(there, tuple(dict.fromkeys((*there.erased_keys(), *known))))
            yield there


def _compare(
    register: Register, there_register: Register, path: Path
) -> tuple[ComparedEdition, StandingEdition]:
    since = register.common_revision(there_register)
    here = StandingEdition(register, register.edited_since(since))
    there = StandingEdition(there_register, there_register.edited_since(since))
    plan = plan_edition(there.done, here.done, there, here)
    known = (*register.erased_keys(), *read_erasure_file(erasure_file(register.id)))
    compared = ComparedEdition(
        path.name,
        plan,
        tuple(sorted(_lines(plan, here, there), key=lambda line: _ORDER.index(line.difference))),
        bool(set(there_register.erased_keys()) - set(known)),
        sum(not _has_file(sha256, register.path, path) for sha256 in _named_files(plan)),
    )
    return compared, here


# Files of attachments


def _named_files(plan: EditionPlan) -> list[str]:
    named = [row.values["sha256"] for row in plan.rows if row.type_name == "attachment" and row.values]
    return [str(sha256) for sha256 in named if sha256]


def _has_file(sha256: str, *registers: Path) -> bool:
    return any(FileStore.beside(one).has(sha256) for one in registers)


def _bring_files(
    plan: EditionPlan, decisions: ReturnDecisions, path: Path, register: Register
) -> Generator[Progress, None, None]:
    """The files of attachments before their rows; those that lie nowhere are told of by the check."""
    taken = plan._replace(rows=tuple(row for row in plan.rows if is_taken(row, None, decisions)))
    wanted = [one for one in _named_files(taken) if not register.files.has(one)]
    there = FileStore.beside(path)
    for place, sha256 in enumerate(one for one in wanted if there.has(one)):
        yield Progress(place, len(wanted), _("Copying attachments"))
        yield from (Progress(place, len(wanted)) for _done in register.files.iter_put(there.path(sha256)))
    yield Progress(0, 0, _("Bringing over from {name}").format(name=path.name))


# Taking in


class _Taking:
    """One plan on its way into the open transaction."""

    def __init__(
        self, writer: Writer, here: StandingEdition, plan: EditionPlan, decisions: ReturnDecisions
    ) -> None:
        self._writer = writer
        self._here = here
        self._decisions = decisions
        self._rows = [
            row for row in plan.rows if any(is_taken(row, one, decisions) for one in row.changes or (None,))
        ]
        self._coming = {(row.type_name, row.record_id) for row in self._rows if row.is_new}

    def take_in(self) -> None:
        """Carry the plan out, as far as it was decided: what comes back first, then owners before theirs."""
        for row in self._rows:
            if row.root is not None:
                self._here.put_back(self._writer, row.root)
                self._here.put_back(self._writer, (row.type_name, row.record_id))
        for row in self._rows:
            if row.values is not None:
                self._put(row, row.values)
            else:
                self._change(row)

    def _put(self, row: EditionRow, values: Mapping[str, Value]) -> None:
        kind, whole = record_type(row.type_name), dict(values)
        for field in kind.fields:
            if (
                field.kind is Kind.REFERENCE
                and whole[field.name] is not None
                and not self._can_refer(field, whole[field.name])
            ):
                whole[field.name] = None
        if any(
            whole[field.name] is None for field in kind.fields if field.required or field.name == kind.parent
        ):
            return
        if kind.name == "initiative" and self._here.register.find_like(
            kind.name, {"number": whole["number"]}
        ):
            whole["number"] = self._writer.next_number("initiative", "number")
        self._writer.put(kind.name, whole, row.record_id)

    def _change(self, row: EditionRow) -> None:
        taken = {
            one.field.name: one.there
            for one in row.changes
            if is_taken(row, one, self._decisions)
            and (one.field.kind is not Kind.REFERENCE or self._can_refer(one.field, one.there))
        }
        if taken and self._here.stands(self._writer, (row.type_name, row.record_id)):
            self._writer.change(row.type_name, row.record_id, taken)

    def _can_refer(self, field: FieldSpec, target: Value) -> bool:
        if target is None:
            return True
        place = (field.target, str(target))
        return place in self._coming or self._here.stands(self._writer, place)


# Telling


def _lines(plan: EditionPlan, here: StandingEdition, there: StandingEdition) -> Iterator[EditionLine]:
    """New records and changed fields in the order of the plan; a removed record is one line for all that was
    done to it there.
    """
    for root in plan.roots:
        count = sum(row.root == root for row in plan.rows)
        yield EditionLine(
            (root[1], WHOLE),
            here.title(root),
            RECORD_TYPES[root[0]].label(),
            _("removed"),
            _("worked on ({count})").format(count=count),
            Difference.CONFLICT,
        )
    for row in plan.standing:
        source, kind = (row.type_name, row.source_id), record_type(row.type_name)
        if row.is_new:
            yield EditionLine(
                ("", ""), there.owner_title(source), kind.label(), "", there.title(source), None
            )
            continue
        owner = here.owner_title((row.type_name, row.record_id))
        for change in row.changes:
            label = change.field.label()
            yield EditionLine(
                (row.record_id, change.field.name),
                owner,
                label
                if not kind.parent and kind.name in ("initiative", "case")
                else f"{kind.label()} · {label}",
                _shown(change, change.here, here),
                _shown(change, change.there, there),
                change.difference,
            )


def _shown(change: CellChange, value: Value, edition: StandingEdition) -> str:
    if change.field.kind is Kind.REFERENCE and isinstance(value, str):
        return edition.title((change.field.target, value))
    return show_value(change.field, value, edition.words)
