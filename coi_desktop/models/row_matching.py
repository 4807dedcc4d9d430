"""Which row of a list is which initiative: by external id, then case file number, then title and department.

A list that gives its rows ids of its own tells them apart; a row is then never taken for an initiative that
came from the same list under another id. What the list said last time counts as well as what stands in the
register now, so a title that was corrected here is still found.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coi_desktop.models.folding import fold
from coi_desktop.models.lookalikes import Titles, fold_title
from coi_desktop.models.records import Record, Values


@dataclass(frozen=True, slots=True)
class Remembered:
    """What an earlier import remembers of one row: its initiative, its list and id there, and its values
    then.
    """

    id: str
    initiative_id: str
    source: str
    external_id: str
    values: Values


@dataclass(frozen=True, slots=True)
class Match:
    """The initiative a row belongs to, and what is remembered of the row; an empty id for none of either.

    ``double_of`` is the number of an earlier row that is the same; ``like`` are initiatives the row looks
    like.
    """

    initiative_id: str = ""
    remembered: Remembered | None = None
    double_of: int = 0
    like: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowKey:
    """What a row is recognised by, folded; empty where the list does not say."""

    row_number: int
    title: str
    department: str
    external_id: str
    journal_number: str

    @property
    def words(self) -> tuple[str, ...]:
        """What the row says of itself, its id apart."""
        return self.title, self.department, self.journal_number

    @property
    def identity(self) -> tuple[str, ...]:
        """What makes two rows of one list the same row: the id, or everything else where there is none."""
        return (self.external_id,) if self.external_id else self.words

    @staticmethod
    def of(row_number: int, values: Values) -> RowKey:
        """The key of a row with these incoming values."""
        return RowKey(
            row_number,
            fold_title(_text(values, "title")),
            fold_title(_text(values, "department")),
            fold_code(_text(values, "external_id")),
            fold_code(_text(values, "journal_number")),
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """What is known of a list before its rows: its name, and whether it has ids and departments."""

    source: str
    has_ids: bool
    has_departments: bool


def fold_code(code: str) -> str:
    """An id or case file number as it is compared: folded, without blanks."""
    return "".join(fold(code).split())


def _text(values: Values, name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


class Matcher:
    """Everything in the register that rows of one list can be matched with."""

    def __init__(
        self, initiatives: Iterable[Record], remembered: Iterable[Remembered], layout: Layout
    ) -> None:
        self._layout = layout
        self._initiatives = {record.id: record for record in initiatives}
        self._entries: dict[str, list[Remembered]] = defaultdict(list)
        self._by_code: dict[str, list[str]] = defaultdict(list)
        self._by_journal: dict[str, list[str]] = defaultdict(list)
        self._by_title: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_last_words: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._by_last_title: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._journal_counts: Counter[str] = Counter()
        for entry in remembered:
            if entry.source == layout.source and entry.initiative_id in self._initiatives:
                self._index_entry(entry)
        for record in self._initiatives.values():
            self._index_record(record)

    def _index_entry(self, entry: Remembered) -> None:
        self._entries[entry.initiative_id].append(entry)
        if entry.external_id:
            self._by_code[fold_code(entry.external_id)].append(entry.initiative_id)
        key = RowKey.of(0, entry.values)
        self._by_last_words[key.words].append(entry.initiative_id)
        self._by_last_title[self._title_of(key)].append(entry.initiative_id)

    def _index_record(self, record: Record) -> None:
        key = RowKey.of(0, record.values)
        if record["external_source"] == self._layout.source and key.external_id:
            self._by_code[key.external_id].append(record.id)
        if key.journal_number:
            self._by_journal[key.journal_number].append(record.id)
        self._by_title[self._title_of(key)].append(record.id)

    def _title_of(self, key: RowKey) -> tuple[str, str]:
        return key.title, key.department if self._layout.has_departments else ""

    def match(self, keys: Sequence[RowKey]) -> dict[int, Match]:
        """A Match for every row, by row number. An initiative is given to one row only.

        The ways are tried one after the other, each for all rows, so that no row loses its initiative to an
        earlier one that is less sure; a way counts only when it leads to a single initiative.
        """
        self._journal_counts = Counter(key.journal_number for key in keys if key.journal_number)
        matches: dict[int, Match] = {}
        first_of: dict[tuple[str, ...], int] = {}
        pending: list[RowKey] = []
        for key in keys:
            first = first_of.setdefault(key.identity, key.row_number)
            if first == key.row_number:
                pending.append(key)
            else:
                matches[key.row_number] = Match(double_of=first)
        taken: set[str] = set()
        for way in (
            self._find_code,
            self._find_last_words,
            self._find_journal,
            self._find_last_title,
            self._find_title,
        ):
            taken_before = frozenset(taken)
            for key in pending:
                if key.row_number in matches:
                    continue
                found = dict.fromkeys(way(key))
                possible = [
                    one for one in found if one not in taken_before and not self._is_another_row(one, key)
                ]
                if len(possible) == 1 and possible[0] not in taken:
                    taken.add(possible[0])
                    matches[key.row_number] = Match(possible[0], self._memory(possible[0], key))
        return self._with_lookalikes(pending, matches, taken)

    def _find_code(self, key: RowKey) -> Sequence[str]:
        return self._by_code.get(key.external_id, ())

    def _find_last_words(self, key: RowKey) -> Sequence[str]:
        return self._by_last_words.get(key.words, ())

    def _find_journal(self, key: RowKey) -> Sequence[str]:
        """A case file that several rows share says nothing about any of them."""
        return (
            self._by_journal.get(key.journal_number, ())
            if self._journal_counts[key.journal_number] == 1
            else ()
        )

    def _find_last_title(self, key: RowKey) -> Sequence[str]:
        return self._by_last_title.get(self._title_of(key), ())

    def _find_title(self, key: RowKey) -> Sequence[str]:
        return self._by_title.get(self._title_of(key), ())

    def _is_another_row(self, initiative_id: str, key: RowKey) -> bool:
        """Whether the list itself has this initiative under another id."""
        if not self._layout.has_ids:
            return False
        codes = {fold_code(entry.external_id) for entry in self._entries.get(initiative_id, ())}
        record = self._initiatives[initiative_id]
        if record["external_source"] == self._layout.source:
            codes.add(fold_code(record.text("external_id")))
        codes.discard("")
        return bool(codes) and key.external_id not in codes

    def _memory(self, initiative_id: str, key: RowKey) -> Remembered | None:
        """What is remembered of the row: the entry of its id, else any of the initiative in this list."""
        entries = self._entries.get(initiative_id, ())
        exact = (entry for entry in entries if fold_code(entry.external_id) == key.external_id)
        return next(exact, entries[0] if entries else None)

    def _with_lookalikes(
        self, keys: Sequence[RowKey], matches: dict[int, Match], taken: set[str]
    ) -> dict[int, Match]:
        """The matches, with what unmatched rows look like among the initiatives that no row belongs to."""
        free = [record for one, record in self._initiatives.items() if one not in taken]
        titles = Titles((record.id, record.text("title")) for record in free)
        for key in keys:
            if key.row_number not in matches:
                like = [one for one in titles.find_like(key.title) if not self._is_another_row(one, key)]
                matches[key.row_number] = Match(like=tuple(like))
        return matches
