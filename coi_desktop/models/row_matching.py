"""Which row of a list is which initiative: by external id, then case file number, then title and department.

A list that gives its rows ids of its own tells them apart; a row is then never taken for an initiative that
came from the same list under another id. What the list said last time counts as well as what stands in the
register now, so a title that was corrected here is still found.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
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


def fold_code(code: str) -> str:
    """An id or case file number as it is compared: folded, without blanks."""
    return "".join(fold(code).split())


def _text(values: Values, name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


class Matcher:
    """Everything in the register that rows of one list (``source``) can be matched with."""

    def __init__(
        self,
        initiatives: Iterable[Record],
        remembered: Iterable[Remembered],
        source: str,
        *,
        by_department: bool,
    ) -> None:
        """``by_department``: the list has a column for the department, so a title alone does not make a
        match.
        """
        self._source = source
        self._by_department = by_department
        self._initiatives = {record.id: record for record in initiatives}
        self._of_list: dict[str, list[Remembered]] = defaultdict(list)
        self._by_code: dict[str, str] = {}
        self._by_journal: dict[str, list[str]] = defaultdict(list)
        self._by_title: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_last: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._journal_counts: Counter[str] = Counter()
        for record in self._initiatives.values():
            self._index(record)
        for entry in remembered:
            if entry.source == source and entry.initiative_id in self._initiatives:
                self._of_list[entry.initiative_id].append(entry)
                if entry.external_id:
                    self._by_code[fold_code(entry.external_id)] = entry.initiative_id
                self._by_last[self._title_key(RowKey.of(0, entry.values))].append(entry.initiative_id)

    def _index(self, record: Record) -> None:
        key = RowKey.of(0, record.values)
        if record.text("external_source") == self._source and key.external_id:
            self._by_code[key.external_id] = record.id
        if key.journal_number:
            self._by_journal[key.journal_number].append(record.id)
        self._by_title[self._title_key(key)].append(record.id)

    def _title_key(self, key: RowKey) -> tuple[str, str]:
        return key.title, key.department if self._by_department else ""

    def match(self, keys: Sequence[RowKey]) -> dict[int, Match]:
        """A Match for every row, by row number. An initiative is given to one row only."""
        self._journal_counts = Counter(key.journal_number for key in keys if key.journal_number)
        matches: dict[int, Match] = {}
        taken: dict[str, RowKey] = {}
        first_of: dict[tuple[str, ...], int] = {}
        for key in keys:
            same = first_of.setdefault(self._identity(key), key.row_number)
            if same != key.row_number:
                matches[key.row_number] = Match(double_of=same)
                continue
            found = next((one for one in self._candidates(key) if one not in taken), "")
            if found:
                taken[found] = key
            matches[key.row_number] = Match(found, self._memory(found, key))
        return self._with_lookalikes(keys, matches, taken)

    def _identity(self, key: RowKey) -> tuple[str, ...]:
        if key.external_id:
            return ("id", key.external_id)
        return ("title", key.title, key.department, key.journal_number)

    def _candidates(self, key: RowKey) -> list[str]:
        """Initiatives a row may be, the surest first; an unsure way counts only when it leads to a single
        one.
        """
        if key.external_id and key.external_id in self._by_code:
            return [self._by_code[key.external_id]]
        title = self._title_key(key)
        ways = [self._by_last.get(title, []), self._by_title.get(title, [])]
        if key.journal_number and self._journal_counts[key.journal_number] == 1:
            ways.insert(0, self._by_journal.get(key.journal_number, []))
        found: list[str] = []
        for way in ways:
            possible = [one for one in dict.fromkeys(way) if not self._is_another_row(one, key)]
            if len(possible) == 1:
                found.append(possible[0])
        return found

    def _is_another_row(self, initiative_id: str, key: RowKey) -> bool:
        """Whether the list itself has this initiative under another id."""
        if not key.external_id:
            return False
        codes = {fold_code(entry.external_id) for entry in self._of_list.get(initiative_id, ())}
        record = self._initiatives[initiative_id]
        if record.text("external_source") == self._source:
            codes.add(fold_code(record.text("external_id")))
        codes.discard("")
        return bool(codes) and key.external_id not in codes

    def _memory(self, initiative_id: str, key: RowKey) -> Remembered | None:
        entries = self._of_list.get(initiative_id, ())
        for entry in entries:
            if fold_code(entry.external_id) == key.external_id:
                return entry
        return entries[0] if entries else None

    def _with_lookalikes(
        self, keys: Sequence[RowKey], matches: Mapping[int, Match], taken: Mapping[str, RowKey]
    ) -> dict[int, Match]:
        """The matches, with what unmatched rows look like among the initiatives that no row belongs to."""
        free = {one: record for one, record in self._initiatives.items() if one not in taken}
        titles = Titles((one, record.text("title")) for one, record in free.items())
        result: dict[int, Match] = {}
        for key in keys:
            match = matches[key.row_number]
            if not match.initiative_id and not match.double_of:
                like = [one for one in titles.find_like(key.title) if not self._is_another_row(one, key)]
                match = Match(like=tuple(like))
            result[key.row_number] = match
        return result
