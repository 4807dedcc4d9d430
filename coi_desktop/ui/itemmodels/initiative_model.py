"""The list of initiatives for Qt: ids found and ordered by the register, rows read by pages when they are
seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from coi_desktop.i18n import current_language
from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.query import Query
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.store.register import Register
from coi_desktop.ui.plain import one_line, tooltip

Index = QModelIndex | QPersistentModelIndex

#: Rows read from the register at a time.
PAGE = 128

#: The role under which the raw stored value of a cell is given (keys of choices), for delegates.
VALUE_ROLE = Qt.ItemDataRole.UserRole + 1

_NO_INDEX = QModelIndex()
_RIGHT = (Kind.INTEGER, Kind.NUMBER, Kind.MONEY)


def _no_mark(_status: str) -> None:
    """No picture before the word."""


class InitiativeModel(QAbstractTableModel):
    """The initiatives that fit a query, in its order; one column for each of ``columns`` (names of fields).

    Only ids are held for all rows. A page of 128 rows is read when one of them is asked for and kept until
    the register says that something in it changed; until it is read anew a changed page counts as stale.
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
        self._type = record_type("initiative")
        self._fields = [self._type.field(name) for name in columns]
        self._query = Query("initiative")
        self._ids: list[str] = []
        self._places: dict[str, int] | None = None
        self._pages: dict[int, dict[str, Record]] = {}

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

    def set_query(self, query: Query) -> None:
        """Show what fits ``query``."""
        self._query = query
        self.refresh()

    def set_columns(self, columns: Sequence[str]) -> None:
        """Show these fields, in this order."""
        self.beginResetModel()
        self._fields = [self._type.field(name) for name in columns]
        self.endResetModel()

    def redraw(self) -> None:
        """Take the pictures anew: the theme has changed."""
        if self._ids:
            last = self.index(len(self._ids) - 1, len(self._fields) - 1)
            self.dataChanged.emit(self.index(0, 0), last, [_DECORATION])

    def refresh(self) -> None:
        """Ask the register anew for everything."""
        found = self._register.find_ids(self._query)
        self.beginResetModel()
        self._set_ids(found)
        self._pages.clear()
        self.endResetModel()

    def take_in(self, changes: ChangeSet) -> None:
        """Show what a commit changed: exact signals for one row, a reset when more than one moved."""
        changed = changes.keys("initiative")
        if not changed:
            return
        before, after = self._ids, self._register.find_ids(self._query)
        self._forget(changed)
        if after == before:
            self._tell_changed(changed)
        elif len(after) == len(before) + 1 and (place := _one_more(before, after)) is not None:
            self.beginInsertRows(QModelIndex(), place, place)
            self._set_ids(after)
            self.endInsertRows()
            self._tell_changed(changed - {after[place]})
        elif len(after) == len(before) - 1 and (place := _one_more(after, before)) is not None:
            self.beginRemoveRows(QModelIndex(), place, place)
            self._set_ids(after)
            self.endRemoveRows()
            self._tell_changed(changed - {before[place]})
        elif len(after) == len(before) and (move := _one_moved(before, after)) is not None:
            source, target = move
            self.beginMoveRows(QModelIndex(), source, source, QModelIndex(), target + (target > source))
            self._set_ids(after)
            self.endMoveRows()
            self._tell_changed(changed)
        else:
            self.beginResetModel()
            self._set_ids(after)
            self.endResetModel()

    # Rows and records

    def record(self, row: int) -> Record | None:
        """The initiative in a row; None when it has gone from the register meanwhile."""
        if not 0 <= row < len(self._ids):
            return None
        number = row // PAGE
        page = self._pages.get(number)
        wanted = self._ids[row]
        if page is None or wanted not in page:
            ids = self._ids[number * PAGE : (number + 1) * PAGE]
            page = self._pages[number] = {
                record.id: record for record in self._register.get_many("initiative", ids)
            }
        return page.get(wanted)

    def id_at(self, row: int) -> str:
        """The id of the initiative in a row, or an empty string."""
        return self._ids[row] if 0 <= row < len(self._ids) else ""

    def row_of(self, record_id: str) -> int:
        """The row of an initiative, or -1 when it is not shown."""
        if self._places is None:
            self._places = {found: row for row, found in enumerate(self._ids)}
        return self._places.get(record_id, -1)

    # Qt's side

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """How many initiatives are shown."""
        return 0 if parent.isValid() else len(self._ids)

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
        value = record[field.name]
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
        """The fields' labels."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._fields):
            return None
        field = self._fields[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return field.label(current_language())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT_CENTRE if field.kind in _RIGHT else _LEFT_CENTRE
        return None

    def _set_ids(self, ids: list[str]) -> None:
        self._ids = ids
        self._places = None

    def _forget(self, changed: frozenset[str]) -> None:
        for page in self._pages.values():
            for record_id in changed & page.keys():
                del page[record_id]

    def _tell_changed(self, changed: frozenset[str]) -> None:
        last = len(self._fields) - 1
        for row in sorted(row for row in map(self.row_of, changed) if row >= 0):
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


def _one_more(fewer: list[str], more: list[str]) -> int | None:
    """Where ``more`` has one id that ``fewer`` has not, all others being in the same order; else None."""
    place = next((row for row, record_id in enumerate(fewer) if record_id != more[row]), len(fewer))
    return place if more[place + 1 :] == fewer[place:] else None


def _one_moved(before: list[str], after: list[str]) -> tuple[int, int] | None:
    """From where to where one id went, all others keeping their order; None when it was more than one."""
    first = next(row for row, record_id in enumerate(before) if record_id != after[row])
    last = next(row for row in range(len(before) - 1, -1, -1) if before[row] != after[row])
    if before[first] == after[last] and before[first + 1 : last + 1] == after[first:last]:
        return first, last
    if before[last] == after[first] and before[first:last] == after[first + 1 : last + 1]:
        return last, first
    return None
