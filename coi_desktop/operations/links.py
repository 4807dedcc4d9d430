"""Links between initiatives: based on, part of, reused from; seen from both ends."""

from __future__ import annotations

from typing import NamedTuple

from coi_desktop.errors import Problem
from coi_desktop.i18n import N_, _
from coi_desktop.models.changes import Op
from coi_desktop.models.folding import fold
from coi_desktop.models.query import Condition, Order, Query, Test
from coi_desktop.models.records import Record
from coi_desktop.store.register import Register

ADD = Op("link.add", N_("Add link"))
REMOVE = Op("link.remove", N_("Remove link"))

_LINK = "initiative_link"


class Link(NamedTuple):
    """A link as one of its initiatives sees it: the other one, and whether it is the other that says so."""

    record: Record
    other: Record
    is_backward: bool


def find_links(register: Register, initiative_id: str) -> tuple[Link, ...]:
    """The links of an initiative: its own first, then those of others to it."""
    own = register.children(_LINK, initiative_id)
    condition = Condition("other_id", Test.IS, initiative_id)
    others = register.find(Query(_LINK, conditions=(condition,)))
    ids = [one.text("other_id") for one in own] + [one.text("initiative_id") for one in others]
    records = {record.id: record for record in register.get_many("initiative", list(dict.fromkeys(ids)))}
    found = [
        Link(one, records[one.text("other_id")], False) for one in own if one.text("other_id") in records
    ]
    return tuple(found) + tuple(
        Link(one, records[one.text("initiative_id")], True)
        for one in others
        if one.text("initiative_id") in records
    )


def add_link(register: Register, initiative_id: str, kind: str, other_id: str, *, note: str = "") -> str:
    """Link an initiative to another; returns the link's id. Problem ``same`` and ``linked``."""
    if other_id == initiative_id:
        raise _refused(_("An initiative cannot be linked to itself."), _("Choose another one."), "same")
    known = {(one["kind"], one["other_id"]) for one in register.children(_LINK, initiative_id)}
    if (kind, other_id) in known:
        raise _refused(_("The two are linked so already."), _("Choose another kind of link."), "linked")
    values = {"initiative_id": initiative_id, "kind": kind, "other_id": other_id, "note": note or None}
    title = register.get("initiative", initiative_id).text("title")
    return register.transact(ADD, lambda writer: writer.put(_LINK, values), detail=title).result


def remove_link(register: Register, link_id: str) -> None:
    """Take a link away."""
    register.transact(REMOVE, lambda writer: writer.drop(_LINK, link_id))


def find_candidates(register: Register, initiative_id: str, typed: str, most: int = 20) -> tuple[Record, ...]:
    """Initiatives that a search finds, to be linked to; those whose title begins so first."""
    ids = register.find_ids(Query("initiative", typed, (), Order("title")))[: most * 5]
    found = [one for one in register.get_many("initiative", ids) if one.id != initiative_id]
    start = fold(typed)
    found.sort(key=lambda one: not fold(one.text("title")).startswith(start))
    return tuple(found[:most])


def _refused(what: str, advice: str, code: str) -> Problem:
    return Problem(what, meaning=_("Nothing was changed."), advice=advice, code=code)
