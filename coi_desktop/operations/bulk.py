"""Changing many initiatives at once: read what is chosen, show what would change, do it as one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coi_desktop.errors import Problem
from coi_desktop.i18n import N_, _, ngettext
from coi_desktop.models.bulk_plan import BulkEdit, BulkPlan, Selection, plan_bulk
from coi_desktop.models.changes import ChangeSet, Op
from coi_desktop.models.clock import today
from coi_desktop.models.ids import new_id
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.records import Record
from coi_desktop.operations.initiatives import EDIT
from coi_desktop.operations.phases import get_stages
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

BULK_EDIT = Op("initiative.bulk_edit", N_("Edit several initiatives"))
BULK_REMOVE = Op("initiative.bulk_remove", N_("Remove several initiatives"))

#: More than this are not changed at once from the window: nobody looks through what they are.
MOST_AT_ONCE = 20_000

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class BulkDone:
    """What a bulk edit did, and its changes for the register that was not written through."""

    plan: BulkPlan
    changes: ChangeSet | None


def read_selection(register: Register, ids: Sequence[str], *, most: int = MOST_AT_ONCE) -> Job[Selection]:
    """The chosen initiatives with their tags; those that are gone meanwhile are left out.

    A job. Raises Problem ``too_many``.
    """
    if len(ids) > most:
        raise too_many(len(ids), most)
    yield Progress(0, len(ids))
    with register.open_beside() as beside:
        revision = beside.revision
        records: list[Record] = []
        tags: list[Record] = []
        for first in range(0, len(ids), _CHUNK):
            some = list(ids[first : first + _CHUNK])
            records += beside.get_many("initiative", some)
            tags += beside.children_of_many("tag", some)
            yield Progress(len(records), len(ids))
    return Selection(revision, tuple(records), tuple(tags))


def too_many(count: int, most: int) -> Problem:
    """What is said when more are chosen than are changed at once."""
    return Problem(
        _("{count} initiatives are too many to change at once.").format(count=count),
        meaning=_("Nothing was changed."),
        advice=_("Choose at most {count}, for example by a filter.").format(count=most),
        code="too_many",
    )


def preview_bulk(register: Register, selection: Selection, edit: BulkEdit) -> BulkPlan:
    """What ``edit`` would change. Raises Problem ``no_title`` when it empties the title."""
    if "title" in edit.values and not edit.values["title"]:
        raise Problem(
            _("An initiative needs a title."),
            meaning=_("Nothing was changed."),
            advice=_("Leave the title out."),
            code="no_title",
        )
    return plan_bulk(selection, edit, today(register.clock), get_stages(register))


def apply_bulk(register: Register, plan: BulkPlan) -> Job[BulkDone]:
    """Carry out a bulk edit as one step.

    A job. When the register was changed since the plan was made, it is worked out anew for the same
    initiatives.
    """
    yield Progress(0, len(plan.selected))
    with register.open_beside() as beside:
        if beside.revision != plan.revision:
            fresh = yield from read_selection(beside, plan.selected, most=len(plan.selected))
            plan = preview_bulk(beside, fresh, plan.edit)
        changes = apply_here(beside, plan)
    return BulkDone(plan, changes)


def apply_here(register: Register, plan: BulkPlan, *, source: str = "") -> ChangeSet | None:
    """Carry out a bulk edit at once, as one step; None when it changes nothing."""

    def change(writer: Writer) -> None:
        writer.change_many("initiative", plan.changes)
        for tag_id in plan.old_tags:
            writer.drop("tag", tag_id)
        writer.put_many(
            "tag", [(new_id(), {"initiative_id": owner, "name": name}) for owner, name in plan.new_tags]
        )

    op, detail = (BULK_EDIT, _count(plan.records)) if plan.records != 1 else (EDIT, plan.lines[0].title)
    return register.transact(op, change, source=source, detail=detail).changes


def remove_many(register: Register, ids: Sequence[str]) -> Job[ChangeSet | None]:
    """Remove initiatives with all that belongs to them, as one step. A job."""
    yield Progress(0, len(ids))
    with register.open_beside() as beside:

        def remove(writer: Writer) -> None:
            for record_id in ids:
                writer.drop("initiative", record_id)

        changes = beside.transact(BULK_REMOVE, remove, detail=_count(len(ids))).changes
    return changes


def _count(count: int) -> str:
    return ngettext("{count} initiative", "{count} initiatives", count).format(count=count)
