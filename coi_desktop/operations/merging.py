"""Two initiatives that are one: found, compared, merged, or remembered to be two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from coi_desktop.errors import Problem
from coi_desktop.i18n import N_, _
from coi_desktop.models.changes import Op
from coi_desktop.models.folding import words
from coi_desktop.models.lookalikes import Titles
from coi_desktop.models.merge_plan import LEFT_BEHIND, Choice, MergePlan, find_moved, plan_merge
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.query import Query
from coi_desktop.models.record_types.table import child_types
from coi_desktop.models.record_words import count_kinds, count_words
from coi_desktop.models.records import Record
from coi_desktop.operations.trash import counted
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

MERGE = Op("initiative.merge", N_("Merge initiatives"))
NOT_DUPLICATES = Op("initiative.not_duplicates", N_("Mark as no duplicates"))

_CHUNK = 500
_MOST_WORDS = 4
_MOST_CANDIDATES = 60
_COMMON = 2_000
"""A word that more initiatives hold says nothing about which of them look alike."""


class Pair(NamedTuple):
    """Two initiatives that may be one."""

    first: Record
    second: Record


class Merged(NamedTuple):
    """What a merge did: the one that is kept, how many fields it got, and what went over to it, in words."""

    keep_id: str
    title: str
    fields: int
    moved: str


def plan_merging(
    register: Register, keep_id: str, other_id: str, choices: Mapping[str, Choice] | None = None
) -> MergePlan:
    """Where two initiatives differ. Raises Problem ``same_record``; KeyError when one is gone."""
    if keep_id == other_id:
        raise Problem(
            _("An initiative cannot be merged with itself."),
            meaning=_("Nothing was changed."),
            advice=_("Choose two different ones."),
            code="same_record",
        )
    keep, other = register.get("initiative", keep_id), register.get("initiative", other_id)
    return plan_merge(keep, other, register.fields("initiative"), choices)


def describe_moves(register: Register, plan: MergePlan) -> str:
    """What goes over from the other to the one that is kept, counted in words."""
    moved = [row.type_name for row in _moves(register, plan)]
    return count_words(count_kinds(moved), counted())


def merge(register: Register, plan: MergePlan, *, source: str = "") -> Merged:
    """Make one of two, as one step; what is left of the other goes to the trash.

    Evaluations, tags, attachments and all other rows of both are kept; what both have is kept once. Links
    to the other become links to the one that is kept.
    """
    keep_id, other_id = plan.keep.id, plan.other.id
    moved = _moves(register, plan)
    links = _links_to_turn(register, plan)

    def change(writer: Writer) -> None:
        writer.change("initiative", keep_id, plan.values)
        for row in moved:
            writer.change(row.type_name, row.id, {"initiative_id": keep_id})
        for type_name, row_id, field_name in links:
            writer.change(type_name, row_id, {field_name: keep_id})
        writer.drop("initiative", other_id)

    title = plan.values.get("title") or plan.keep["title"]
    register.transact(MERGE, change, source=source, detail=str(title))
    told = count_words(count_kinds(row.type_name for row in moved), counted())
    return Merged(keep_id, str(title), len(plan.values), told)


def _moves(register: Register, plan: MergePlan) -> list[Record]:
    moved: list[Record] = []
    for kind in child_types("initiative"):
        if kind.name in LEFT_BEHIND:
            continue
        mine = register.children(kind.name, plan.keep.id)
        others = [
            row for row in register.children(kind.name, plan.other.id) if not _is_about(row, plan.keep.id)
        ]
        moved += find_moved(kind.name, mine, others, kind.parent)
    return moved


def _is_about(row: Record, initiative_id: str) -> bool:
    """Whether a link of one of the two says something about the other: of one alone it says nothing."""
    return row.values.get("other_id") == initiative_id


def _links_to_turn(register: Register, plan: MergePlan) -> list[tuple[str, str, str]]:
    """References of third records to the one that goes, which are to mean the one that is kept."""
    turned: list[tuple[str, str, str]] = []
    keep_id, other_id = plan.keep.id, plan.other.id
    for type_name in ("initiative_link", "not_duplicate"):
        mine = register.find_by(type_name, "other_id", keep_id)
        here = {(row["initiative_id"], row.values.get("kind")) for row in mine}
        for row in register.find_by(type_name, "other_id", other_id):
            place = (row["initiative_id"], row.values.get("kind"))
            if row["initiative_id"] != keep_id and place not in here:
                turned.append((type_name, row.id, "other_id"))
    if not register.find_by("case", "initiative_id", keep_id):
        cases = register.find_by("case", "initiative_id", other_id)
        turned += [("case", row.id, "initiative_id") for row in cases[:1]]
    return turned


def find_lookalikes(register: Register, title: str, but: str = "") -> tuple[Record, ...]:
    """Initiatives whose title is nearly ``title``, the most alike first; fast enough to ask while typing.

    ``but`` is the initiative that is being written itself.
    """
    typed = sorted(set(words(title)), key=lambda word: -len(word))[:_MOST_WORDS]
    probes = [*typed, *(word[:5] for word in typed[:1] if len(word) > 5)]
    merits: dict[str, float] = {}
    for probe in probes:
        query = Query("initiative", probe)
        number = register.count_found(query) if len(probe) > 2 else 0
        for record_id in register.find_ids(query) if number <= _COMMON and number else ():
            merits[record_id] = merits.get(record_id, 0.0) + 1 / number
    merits.pop(but, None)
    best = sorted(merits, key=lambda record_id: -merits[record_id])[:_MOST_CANDIDATES]
    records = {record.id: record for record in register.get_many("initiative", best)}
    like = Titles((record.id, record.text("title")) for record in records.values()).find_like(title)
    apart = _apart_from(register, but) if but else frozenset[str]()
    return tuple(records[record_id] for record_id in like if record_id not in apart)


def find_duplicates(register: Register) -> Job[tuple[Pair, ...]]:
    """Pairs of initiatives that look alike by title, or have the same case file number; a job.

    Pairs that somebody said are two are left out.
    """
    yield Progress(0, 0)
    with register.open_beside() as beside:
        ids = beside.find_ids(Query("initiative"))
        titles: list[tuple[str, str]] = []
        numbers: dict[str, list[str]] = {}
        for first in range(0, len(ids), _CHUNK):
            for record in beside.get_many("initiative", ids[first : first + _CHUNK]):
                titles.append((record.id, record.text("title")))
                if record["journal_number"]:
                    numbers.setdefault(record.text("journal_number"), []).append(record.id)
            yield Progress(first, 2 * len(ids))
        known, place = Titles(titles), {record_id: at for at, record_id in enumerate(ids)}
        found: dict[tuple[str, str], None] = {}
        for at, (record_id, title) in enumerate(titles):
            for other_id in known.find_like(title):
                if place[other_id] > at:
                    found[(record_id, other_id)] = None
            if at % _CHUNK == 0:
                yield Progress(len(ids) + at, 2 * len(ids))
        for same in numbers.values():
            found.update({(same[0], other_id): None for other_id in same[1:]})
        for row in beside.find(Query("not_duplicate")):
            one, two = row.text("initiative_id"), row.text("other_id")
            found.pop((one, two), None)
            found.pop((two, one), None)
        wanted = list({record_id for pair in found for record_id in pair})
        records = {record.id: record for record in beside.get_many("initiative", wanted)}
    return tuple(Pair(records[one], records[two]) for one, two in found)


def mark_not_duplicates(register: Register, first_id: str, second_id: str, *, source: str = "") -> None:
    """Remember that two initiatives are two; they are no longer told to look alike."""
    if second_id in _apart_from(register, first_id):
        return
    title = register.get("initiative", first_id).text("title")
    values = {"initiative_id": first_id, "other_id": second_id}
    register.transact(
        NOT_DUPLICATES, lambda writer: writer.put("not_duplicate", values), source=source, detail=title
    )


def _apart_from(register: Register, record_id: str) -> frozenset[str]:
    """The initiatives that were said to be others than this one."""
    mine = [row.text("other_id") for row in register.children("not_duplicate", record_id)]
    others = [row.text("initiative_id") for row in register.find_by("not_duplicate", "other_id", record_id)]
    return frozenset((*mine, *others))
