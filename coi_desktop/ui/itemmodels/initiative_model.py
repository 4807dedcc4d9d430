"""The list of initiatives for Qt: rows found and ordered by the register, records read by pages when they are
seen.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from time import monotonic
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from coi_desktop.errors import Problem
from coi_desktop.i18n import current_language
from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.found import Found, RowNumbers, row_numbers
from coi_desktop.models.query import Query
from coi_desktop.models.records import Record, Value
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.text import format_number
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.operations.library import UNIT_TABLES
from coi_desktop.store.register import Register
from coi_desktop.ui.plain import one_line, tooltip

Index = QModelIndex | QPersistentModelIndex

#: Rows read from the register at a time, and how many such pages are held.
PAGE = 32
MOST_PAGES = 32
#: So many changed rows are told one by one; of more the whole list is drawn anew.
_FEW = 8
#: After a disk has refused, no row is read for so long.
_SECONDS_TO_REST = 2.0

#: The role under which the raw stored value of a cell is given (keys of choices), for delegates.
VALUE_ROLE = Qt.ItemDataRole.UserRole + 1

_NO_INDEX = QModelIndex()
_RIGHT = (Kind.INTEGER, Kind.NUMBER, Kind.MONEY)


def _no_mark(_status: str) -> None:
    """No picture before the word."""


class InitiativeModel(QAbstractTableModel):
    """The initiatives that fit a query, in its order; one column for each of ``columns`` (names of fields).

    Only row numbers are held for all rows, and of those only as many as were looked at. A page of records is
    read when one of them is asked for; what the register says has changed is read anew.
    ``mark`` gives the picture that stands before the word of a status.
    """

    def __init__(
        self,
        register: Register,
        words: Vocabulary,
        columns: Sequence[str],
        mark: Callable[[str], object] = _no_mark,
    ) -> None:
        super().__init__()
        self._mark = mark
        self._register = register
        self._words = words
        self._fields = [register.field("initiative", name) for name in columns]
        self._query = Query("initiative")
        self._found = Found.of(row_numbers())
        self._pages: dict[int, dict[int, Record]] = {}
        self._read: dict[int, Record] = {}
        self._group_sizes: dict[int, int] = {}
        self._refused_until = 0.0

    # What it shows

    @property
    def query(self) -> Query:
        """What is shown, and in which order."""
        return self._query

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """The fields of the columns."""
        return tuple(self._fields)

    @property
    def pages_read(self) -> frozenset[int]:
        """Numbers of the pages that are held."""
        return frozenset(self._pages)

    def set_query(self, query: Query, *, keeps_records: bool = False) -> None:
        """Show what fits ``query``. ``keeps_records``: ``take_in`` was told of every commit since the records
        were read, so that those found again need not be read again.
        """
        read = {row: record for page in self._pages.values() for row, record in page.items()}
        self._query = query
        self.refresh()
        self._read = read if keeps_records else {}

    def set_columns(self, columns: Sequence[str]) -> None:
        """Show these fields, in this order."""
        self.beginResetModel()
        self._fields = [self._register.field("initiative", name) for name in columns]
        self.endResetModel()

    def redraw(self) -> None:
        """Take the pictures anew: the theme has changed."""
        if len(self._found):
            last = self.index(len(self._found) - 1, len(self._fields) - 1)
            self.dataChanged.emit(self.index(0, 0), last, [_DECORATION])

    def refresh(self) -> None:
        """Ask the register anew for everything."""
        found = self._register.find_rows(self._query)
        self.beginResetModel()
        self._found = found
        self._pages.clear()
        self._read.clear()
        self._group_sizes.clear()
        self.endResetModel()

    def take_in(self, changes: ChangeSet) -> None:
        """Show what a commit changed: exact signals for one row, a reset when more than one moved."""
        if any(map(changes.touches, UNIT_TABLES)):
            self._read.clear()
            self._take_words_in()
        changed = changes.keys("initiative")
        if not changed:
            return
        found, after = self._found, self._register.find_rows(self._query)
        self._forget(changed)
        self._group_sizes.clear()
        if not found.is_lasting or abs(len(after) - len(found)) > 1:
            self._reset(after)
            return
        before, now = found.rows(), after.rows()
        if now == before:
            self._found = after
            self._tell_changed(changed)
        elif len(now) == len(before) + 1 and (place := _one_more(before, now)) is not None:
            self.beginInsertRows(QModelIndex(), place, place)
            self._found = after
            self.endInsertRows()
            self._tell_changed(changed, told=place)
        elif len(now) == len(before) - 1 and (place := _one_more(now, before)) is not None:
            self.beginRemoveRows(QModelIndex(), place, place)
            self._found = after
            self.endRemoveRows()
            self._tell_changed(changed)
        elif len(now) == len(before) and (move := _one_moved(before, now)) is not None:
            source, target = move
            self.beginMoveRows(QModelIndex(), source, source, QModelIndex(), target + (target > source))
            self._found = after
            self.endMoveRows()
            self._tell_changed(changed)
        else:
            self._reset(after)

    def _take_words_in(self) -> None:
        """The unit has renamed fields, choices or phases: the same cells under the words of now."""
        known = {field.name: field for field in self._register.fields("initiative")}
        self._fields = [known.get(field.name, field) for field in self._fields]
        last = len(self._fields) - 1
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        if len(self._found):
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._found) - 1, last))

    def _reset(self, found: Found) -> None:
        self.beginResetModel()
        self._found = found
        self.endResetModel()

    # Rows and records

    def record(self, row: int) -> Record | None:
        """The initiative in a row; None when it has gone from the register meanwhile."""
        wanted = self._found.row(row)
        if wanted is None:
            return None
        number = row // PAGE
        page = self._pages.get(number)
        if page is None or wanted not in page:
            rows = self._found.some(number * PAGE, (number + 1) * PAGE)
            held = self._read | (page or {})
            read = self._read_rows([one for one in rows if one not in held])
            page = {one: held[one] for one in rows if one in held} | read
            self._keep(number, page)
        return page.get(wanted)

    def _read_rows(self, numbers: Sequence[int]) -> dict[int, Record]:
        """Records by row number. A disk that refused is left alone for a moment: each cell asks, and a dead
        share keeps every one of them waiting.
        """
        if monotonic() < self._refused_until:
            return {}
        try:
            return self._register.get_rows("initiative", numbers)
        except Problem:
            self._refused_until = monotonic() + _SECONDS_TO_REST
            raise

    def id_at(self, row: int) -> str:
        """The id of the initiative in a row, or an empty string."""
        record = self.record(row)
        return "" if record is None else record.id

    def ids_at(self, rows: Iterable[int]) -> list[str]:
        """The ids of the initiatives in these rows, in that order; those that have gone are left out."""
        found = self._found.rows()
        numbers = row_numbers(found[row] for row in rows if row < len(found))
        ids = self._register.ids_of_rows("initiative", numbers)
        return [ids[number] for number in numbers if number in ids]

    def row_of(self, record_id: str, most: int = 0) -> int:
        """The row of an initiative, or -1 when it is not shown. With ``most`` only the first rows are looked
        through, which costs nothing however long the list is.
        """
        number = self._register.row_number("initiative", record_id) if record_id else None
        return -1 if number is None else self._found.place(number, most)

    def numbers(self, rows: Iterable[int]) -> RowNumbers[int]:
        """The numbers that these rows have in the register, where their order does not count."""
        found = self._found.rows()
        return row_numbers(found[row] for row in rows if row < len(found))

    def places(self, numbers: Collection[int]) -> list[int]:
        """The rows of these row numbers of the register, from the first to the last, of those shown."""
        wanted = frozenset(numbers)
        return [place for place, number in enumerate(self._found.rows()) if number in wanted]

    def group_at(self, row: int) -> str:
        """The words of the group that begins in a row, and how many rows it has; empty within a group, and
        where nothing is grouped.
        """
        grouping = self._query.grouping
        record = self.record(row) if grouping is not None else None
        if grouping is None or record is None:
            return ""
        value = record.values.get(grouping.field)
        if row and self._group_value(row - 1, grouping.field) == value:
            return ""
        field = self._register.field("initiative", grouping.field)
        label = one_line(show_value(field, value, self._words)) or "–"
        return f"{label} {format_number(self._group_size(row, grouping.field, value), current_language())}"

    def _group_value(self, row: int, field_name: str) -> Value:
        number = self._found.row(row)
        if number is None:
            return None
        held = self._pages.get(row // PAGE, {}).get(number)
        record = held or self._register.get_rows("initiative", [number]).get(number)
        return None if record is None else record.values.get(field_name)

    def _group_size(self, row: int, field_name: str, value: Value) -> int:
        """The rows from ``row`` on that have this value: they stand together, so halving finds the last."""
        if row not in self._group_sizes:
            low, high = row, len(self._found)
            while low + 1 < high:
                middle = (low + high) // 2
                if self._group_value(middle, field_name) == value:
                    low = middle
                else:
                    high = middle
            self._group_sizes[row] = low - row + 1
        return self._group_sizes[row]

    # Qt's side

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """How many initiatives are shown."""
        return 0 if parent.isValid() else len(self._found)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """How many fields are shown."""
        return 0 if parent.isValid() else len(self._fields)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, alignment, tooltip and accessible text of a cell; its raw value under VALUE_ROLE."""
        if not index.isValid() or role not in _ROLES:
            return None
        field = self._fields[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT_CENTRE if field.kind in _RIGHT else _LEFT_CENTRE
        record = self.record(index.row())
        if record is None:
            return None
        value = record.values.get(field.name)  # the own field of a column may just have gone
        if role == Qt.ItemDataRole.DecorationRole:
            return self._mark(str(value)) if field.name == "status" else None
        if role == VALUE_ROLE:
            return value
        text = show_value(field, value, self._words)
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(text)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(text)
        return f"{field.label()}: {one_line(text)}" if text else ""

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The fields' labels; at the side, where the list is grouped, the group that begins in a row."""
        if orientation == Qt.Orientation.Vertical:
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                return self.group_at(section)
            return _LEFT_CENTRE if role == Qt.ItemDataRole.TextAlignmentRole else None
        if not 0 <= section < len(self._fields):
            return None
        field = self._fields[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return field.label(current_language())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT_CENTRE if field.kind in _RIGHT else _LEFT_CENTRE
        return None

    def _keep(self, number: int, page: dict[int, Record]) -> None:
        """Hold a page; the one that was read longest ago goes, so that a long scroll fills no memory."""
        self._pages.pop(number, None)
        while len(self._pages) >= MOST_PAGES:
            del self._pages[next(iter(self._pages))]
        self._pages[number] = page

    def _forget(self, changed: frozenset[str]) -> None:
        for page in (self._read, *self._pages.values()):
            for number in [number for number, record in page.items() if record.id in changed]:
                del page[number]

    def _tell_changed(self, changed: frozenset[str], told: int = -1) -> None:
        """Say which rows show something else now, but for the one that was ``told`` already."""
        last = len(self._fields) - 1
        if len(changed) > _FEW:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._found) - 1, last), [])
            return
        for row in sorted(row for row in map(self.row_of, changed) if row >= 0 and row != told):
            self.dataChanged.emit(self.index(row, 0), self.index(row, last), [])


_LEFT_CENTRE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT_CENTRE = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_DECORATION = int(Qt.ItemDataRole.DecorationRole)
_ROLES = frozenset(
    (
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.ToolTipRole),
        int(Qt.ItemDataRole.TextAlignmentRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
        _DECORATION,
        int(VALUE_ROLE),
    )
)


def _first_difference(one: RowNumbers[int], other: RowNumbers[int]) -> int:
    """The first place where two lists of row numbers differ; the length of the shorter one if none does."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _one_more(fewer: RowNumbers[int], more: RowNumbers[int]) -> int | None:
    """Where ``more`` has one row that ``fewer`` has not, all others being in the same order; else None."""
    place = _first_difference(fewer, more)
    return place if more[place + 1 :] == fewer[place:] else None


def _one_moved(before: RowNumbers[int], after: RowNumbers[int]) -> tuple[int, int] | None:
    """From where to where one row went, all others keeping their order; None when it was more than one."""
    first = _first_difference(before, after)
    last = len(before) - 1 - _first_difference(before[::-1], after[::-1])
    if before[first] == after[last] and before[first + 1 : last + 1] == after[first:last]:
        return first, last
    if before[last] == after[first] and before[first:last] == after[first + 1 : last + 1]:
        return last, first
    return None
