"""The people a unit works with: known by their names, looked over once a year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from coi_desktop.models.folding import clean_line, fold
from coi_desktop.models.records import Record, Value

#: What a merged person takes over from the other where it has nothing itself.
_TAKEN_OVER = ("role", "organisation", "email", "phone", "basis", "review_date")


class UnlistedName(NamedTuple):
    """A name that stands in a field for a person and has no record of its own yet."""

    name: str
    times: int


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for case and spelling of æ, ø, å."""
    return fold(clean_line(one)) == fold(clean_line(other))


def find_unlisted(people: Iterable[Record], names: Mapping[str, int]) -> tuple[UnlistedName, ...]:
    """The names in use that no person has, the most used first; spellings that fold alike are one."""
    known = {fold(clean_line(person.text("name"))) for person in people}
    found: dict[str, UnlistedName] = {}
    for name, count in sorted(names.items(), key=lambda one: (-one[1], one[0].isupper(), one[0])):
        key = fold(clean_line(name))
        if key and key not in known:
            before = found.get(key)
            found[key] = (
                UnlistedName(name, count) if before is None else before._replace(times=before.times + count)
            )
    return tuple(sorted(found.values(), key=lambda one: (-one.times, fold(one.name))))


def due_reviews(people: Iterable[Record], day: date) -> tuple[Record, ...]:
    """The persons whose review is due on ``day`` or was before, the longest overdue first."""
    due = [(when, person) for person in people if (when := person.day("review_date")) and when <= day]
    return tuple(person for _when, person in sorted(due, key=lambda entry: (entry[0], entry[1].id)))


def merged_values(kept: Record, other: Record) -> dict[str, Value]:
    """What a person takes over from another that is the same: what it lacks, both notes, the stricter answer
    to whether it may be contacted.
    """
    values: dict[str, Value] = {
        name: other[name] for name in _TAKEN_OVER if kept[name] is None and other[name] is not None
    }
    notes = [note for note in (kept.text("note"), other.text("note")) if note]
    if len(notes) == 2 and notes[0] != notes[1]:
        values["note"] = "\n\n".join(notes)
    elif notes and not kept.text("note"):
        values["note"] = notes[0]
    answers = {kept.flag("may_contact"), other.flag("may_contact")} - {None}
    if answers and (answer := answers == {True}) != kept.flag("may_contact"):
        values["may_contact"] = answer
    return values
