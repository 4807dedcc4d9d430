"""The records that an export may look at: frozen at the moment it is asked for."""

from __future__ import annotations

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.store.register import Register


def frozen(source: Register | Snapshot, initiative_id: str | None = None) -> Snapshot:
    """The records an export may look at, of one initiative or all; a snapshot is taken as it is."""
    if isinstance(source, Snapshot):
        return source
    return source.snapshot() if initiative_id is None else source.snapshot([initiative_id])


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
