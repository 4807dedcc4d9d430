"""What may be told of the answers behind a measurement: how many gave each, and what became of the pairs.

Counts of answers stand under the number asked, those of a group under everybody's, and pairs in a table of
four numbers whose sums are shown as well. What is kept back of them is ``suppression``'s to say.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from coi_desktop.models.answer_figures import format_counts, parse_distribution
from coi_desktop.models.points import group_key
from coi_desktop.models.records import Record, Value
from coi_desktop.models.suppression import SMALLEST_COUNT, hidden_cells, is_too_few

#: The fields of a measurement that tell of pairs, and those of them that part the pairs by what they said.
PAIRS = ("paired_n", "paired_mean", "paired_sd", "paired_kept", "paired_gained", "paired_lost")
_PARTED = PAIRS[3:]


class AnswerCount(NamedTuple):
    """How many gave an answer; None where that is kept back."""

    answer: str
    people: int | None


@dataclass(frozen=True, slots=True)
class ToldAnswers:
    """What may be told of one measurement: its answers by count, and its pairs by field. ``hides_parts``: how
    many pairs said what is kept back.
    """

    counts: tuple[AnswerCount, ...] = ()
    pairs: Mapping[str, Value] = field(default_factory=dict)
    hides_parts: bool = False

    @property
    def text(self) -> str:
        """The answers by count in their stored form."""
        return format_counts(self.counts)


NOTHING_TOLD = ToldAnswers()


def told_counts(
    stored: str, asked: int | None, smallest_count: int = SMALLEST_COUNT
) -> tuple[AnswerCount, ...]:
    """The answers of a stored distribution with what may be told of their numbers, in their order.

    ``asked`` is how many answered in all, where that is known.
    """
    found = parse_distribution(stored)
    known = [count for count in found.values() if count is not None]
    is_settled = len(known) < len(found) and not any(is_too_few(one, smallest_count) for one in known)
    hidden: frozenset[int] = frozenset()
    if not is_settled:
        cells = [count or 0 for count in found.values()]
        places = [place for place, count in enumerate(found.values()) if count != 0]
        told = hidden_cells([cells[place] for place in places], [max(sum(cells), asked or 0)], smallest_count)
        hidden = frozenset(places[place] for place in told.groups)
    return tuple(
        AnswerCount(answer, None if place in hidden else count)
        for place, (answer, count) in enumerate(found.items())
    )


def are_parts_told(
    pairs: int | None, parts: Iterable[int | None], smallest_count: int = SMALLEST_COUNT
) -> bool:
    """Whether it may be told how many pairs kept, gained and lost their yes.

    All or none: the change of the pairs is shown, so that one of the numbers would follow from the others.
    """
    known = [part or 0 for part in parts]
    cells = [cell for cell in (*known, (pairs or 0) - sum(known)) if cell > 0]
    return not hidden_cells(cells, [sum(cells)], smallest_count).groups


def told_answers(
    records: Sequence[Record],
    hidden: Container[str],
    smallest_count: int = SMALLEST_COUNT,
    *,
    of_people: bool = True,
) -> dict[str, ToldAnswers]:
    """What may be told of the measurements of one indicator, by id; nothing of those that are ``hidden``.

    Where everybody's answers of a day are told and the groups would leave few people between them, the
    answers of the groups are not.
    """
    found: dict[str, ToldAnswers] = {}
    rounds: dict[tuple[Value, str], list[Record]] = {}
    for record in records:
        if record["distribution"]:
            rounds.setdefault((record["date"], record.text("series")), []).append(record)
        if record.id not in hidden and (pairs := _pairs(record, smallest_count, of_people=of_people)):
            found[record.id] = pairs
    for members in rounds.values():
        told = {
            one.id: told_counts(one.text("distribution"), one.integer("n"), smallest_count)
            if of_people
            else _as_stored(one)
            for one in members
            if one.id not in hidden
        }
        if of_people and _follows_from_all(members, told, smallest_count):
            told = {one.id: told[one.id] for one in members if one.id in told and not _group(one)}
        for key, counts in told.items():
            found[key] = replace(found.get(key, NOTHING_TOLD), counts=counts)
    return found


def _as_stored(record: Record) -> tuple[AnswerCount, ...]:
    return tuple(AnswerCount(*one) for one in parse_distribution(record.text("distribution")).items())


def _group(record: Record) -> str:
    return group_key(record.text("subgroup"))


def _follows_from_all(
    members: Sequence[Record], told: Mapping[str, tuple[AnswerCount, ...]], smallest_count: int
) -> bool:
    """Whether something of a few people is what everybody's counts leave when the groups' are taken away."""
    whole = next((dict(told[one.id]) for one in members if one.id in told and not _group(one)), None)
    groups = [dict(told[one.id]) for one in members if one.id in told and _group(one)]
    if whole is None or not groups:
        return False
    if any(count is None for one in groups for count in one.values()):
        return True
    for answer, count in whole.items():
        rest = (count or 0) - sum(one.get(answer) or 0 for one in groups)
        if count is None or (rest > 0 and is_too_few(rest, smallest_count)):
            return True
    return False


def _pairs(record: Record, smallest_count: int, *, of_people: bool) -> ToldAnswers | None:
    told = {name: record[name] for name in PAIRS if record[name] is not None}
    pairs = record.integer("paired_n")
    if not told or (of_people and is_too_few(pairs, smallest_count)):
        return None
    parts = [record.integer(name) for name in _PARTED]
    if not of_people or not any(parts) or are_parts_told(pairs, parts, smallest_count):
        return ToldAnswers(pairs=told)
    return ToldAnswers(pairs={name: told[name] for name in told if name not in _PARTED}, hides_parts=True)
