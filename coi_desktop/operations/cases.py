"""Cases: our own, each the published side of an initiative, and those other units have sent (Erfaringer)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language
from coi_desktop.models.case_content import CONTENT_TABLES, content_of, digest
from coi_desktop.models.case_prefill import completeness, newest_evaluation, prefill
from coi_desktop.models.evaluation_figures import evaluation_figures
from coi_desktop.models.ids import SHORTEST_PREFIX
from coi_desktop.models.pack import CASES, CaseContent
from coi_desktop.models.pack_cells import format_cell
from coi_desktop.models.query import Condition, Order, Query, Test
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.operations.library import words_of
from coi_desktop.store.register import Register

OWN, IMPORTED = "own", "imported"

#: Cases that may leave the register; asking for the export makes any other ``named``.
SHARED = frozenset({"named", "public_sector", "public"})


@dataclass(frozen=True, slots=True)
class OwnCase:
    """The case of one initiative as it would be shared now, and the record it stands in so far (or None)."""

    initiative: Record
    content: CaseContent
    stored: CaseContent | None
    filled_digest: str


def imported_query(search: str = "", order: Order | None = None) -> Query:
    """The query of Erfaringer: cases that came by pack, by title unless another order is given."""
    return Query("case", search, (Condition("origin", Test.IS, IMPORTED),), order or Order("title"))


def find_imported_cases(register: Register, search: str = "") -> tuple[Record, ...]:
    """Cases that other units have sent, in the Danish order of their titles."""
    return register.find(imported_query(search))


def get_case_content(register: Register, case_id: str) -> CaseContent:
    """A stored case with all its rows; KeyError when there is none."""
    return stored_content(register, register.get("case", case_id))


def stored_content(register: Register, case: Record) -> CaseContent:
    """The content of a case record with the rows under it."""
    return content_of(
        case,
        {
            table.record_type.name: register.children(table.record_type.name, case.id)
            for table in CONTENT_TABLES
        },
    )


def find_case_id(register: Register, typed: str) -> str:
    """The id of the one case whose UUID is ``typed`` or begins with it (at least eight characters).

    Raises Problem ``no_such_record``.
    """
    found = register.find_by_prefix("case", typed.strip().lower())
    if len(found) == 1:
        return found[0]
    raise Problem(
        _("There is no single case whose id begins with “{id}”.").format(id=typed),
        meaning=_("Nothing was changed."),
        advice=_("Give at least the first {count} characters of an id from “cases”.").format(
            count=SHORTEST_PREFIX
        ),
        code="no_such_record",
    )


def case_json(case: Record, content: CaseContent) -> dict[str, Any]:
    """A case as plain values for JSON: every field of a pack, its rows, and where it came from."""
    fields = {
        column.name: _plain(case.values.get(column.name))
        for column in CASES.columns
        if column.field is not None
    }
    return {
        "id": case.id,
        **fields,
        **{
            table.name: [
                {column.name: _plain(row.get(column.name)) for column in table.columns if column.field}
                for row in content.rows(table)
            ]
            for table in CONTENT_TABLES
        },
        "origin": case["origin"],
        "initiative_id": case["initiative_id"],
        "sender": case["sender"],
        "sender_id": case["sender_id"],
        "pack_id": case["pack_id"],
        "imported": _plain(case["imported"]),
    }


def _plain(value: object) -> Any:
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return list(value) if isinstance(value, tuple) else format_cell(value)  # type: ignore[arg-type]


def own_case_id(unit_id: str, initiative_id: str) -> str:
    """The lasting UUID of an initiative's case: the same each time, and nothing can be read from it.

    It follows from unit and initiative (UUID version 5), so that an export that was undone and done again
    does not give other units a second case.
    """
    return str(uuid.uuid5(uuid.UUID(unit_id), f"case:{initiative_id}"))


def draft_cases(snapshot: Snapshot, initiative_ids: Sequence[str]) -> tuple[OwnCase, ...]:
    """The cases of initiatives as they would be shared now, in the order of ``initiative_ids``.

    A case that was only ever filled in by the program is filled in anew; one that a person has changed stays
    as it is. The revision grows by one when the content differs from what was shared last. An initiative
    that was merged left its case to the other one; its own is that with its lasting id, wherever it stands.
    """
    cases = {case.id: case for case in snapshot.rows("case") if case["origin"] == OWN}
    own = {one: own_case_id(snapshot.unit_id, one) for one in initiative_ids}
    taken = set(own.values())
    left = {case.text("initiative_id"): case for case in cases.values() if case.id not in taken}
    return tuple(
        _draft(snapshot, snapshot.get("initiative", one), cases.get(own[one]) or left.get(one))
        for one in initiative_ids
    )


def _draft(snapshot: Snapshot, initiative: Record, stored: Record | None) -> OwnCase:
    case_id = own_case_id(snapshot.unit_id, initiative.id) if stored is None else stored.id
    evaluation = newest_evaluation(snapshot, initiative.id)
    figures = None if evaluation is None else evaluation_figures(snapshot, evaluation, figures_catalogue())
    fresh = prefill(snapshot, initiative, case_id, figures, words_of(snapshot), current_language())
    filled = digest(fresh)
    if stored is None:
        return OwnCase(initiative, _revised(fresh, None), None, filled)
    before = content_of(stored, _children(snapshot, stored.id))
    if digest(before) != stored["filled_digest"]:
        return OwnCase(initiative, _revised(before, stored), before, stored.text("filled_digest"))
    return OwnCase(initiative, _revised(fresh, stored), before, filled)


def _children(snapshot: Snapshot, case_id: str) -> Mapping[str, Sequence[Record]]:
    names = [table.record_type.name for table in CONTENT_TABLES]
    return {name: snapshot.children(name, case_id, "case_id") for name in names}


def _revised(content: CaseContent, stored: Record | None) -> CaseContent:
    last = 0 if stored is None else stored.integer("revision") or 0
    is_same = stored is not None and stored["shared_digest"] == digest(content)
    visibility = stored["visibility"] if stored is not None and stored["visibility"] in SHARED else "named"
    values = {
        **content.values,
        "revision": last if is_same else last + 1,
        "visibility": visibility,
        "completeness": completeness(content),
    }
    if stored is not None and is_same:
        values["last_checked"] = stored["last_checked"]
    return replace(content, values={name: value for name, value in values.items() if value is not None})
