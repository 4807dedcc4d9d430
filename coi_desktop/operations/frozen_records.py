"""The records that an export may look at: frozen at the moment its job begins."""

from __future__ import annotations

from collections.abc import Sequence

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.store.register import Register


def frozen(
    source: Register | Snapshot, initiative_ids: Sequence[str] | None = None, selection: str = ""
) -> Snapshot:
    """The records an export may look at, of some initiatives or all; a snapshot is taken as it is.

    A register is read on the calling thread, a job's own, through a connection of its own: all of it takes
    longer than a window may stand still. ``selection`` says in words what the initiatives were chosen by.
    """
    if isinstance(source, Snapshot):
        return source
    with source.open_beside() as beside:
        return beside.snapshot(initiative_ids if initiative_ids is None else list(initiative_ids), selection)


def get_initiative(snapshot: Snapshot, initiative_id: str) -> Record:
    """An initiative of the snapshot; Problem ``no_such_record`` when it is not there."""
    found = snapshot.find("initiative", initiative_id)
    if found is None:
        raise Problem(
            _("The initiative is no longer in the register."),
            meaning=_("Nothing was written."),
            advice=_("Choose another initiative, or undo its removal."),
            code="no_such_record",
        )
    return found
