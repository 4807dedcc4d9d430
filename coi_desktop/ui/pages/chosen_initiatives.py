"""Which initiatives are shown, in which order, and which one is chosen: one object that the list and other
ways to show initiatives share.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from coi_desktop.i18n import current_language
from coi_desktop.models.own_fields import is_own
from coi_desktop.models.query import Condition, Order, Query
from coi_desktop.ui.desk import Desk

if TYPE_CHECKING:
    from coi_desktop.models.views import Showing

#: The view a register opens with when none was chosen: everything.
ALL = "all"
#: The ways to show the initiatives; keys of the value list ``view.shape``.
LIST, BOARD, TIMELINE = "list", "board", "timeline"
#: So long the register is looked through between two looks at what the user does.
SECONDS_AT_A_TIME = 0.015
#: What takes no longer is not told about: a word that is gone at once only flickers.
SECONDS_UNTOLD = 0.2
FIRST_COLUMNS = ("title", "phase", "status", "next_date")


class ChosenInitiatives(QObject):
    """Search, conditions, order, grouping and columns, as they are now, and the view they were taken from.

    ``asked`` is emitted when other initiatives, or in another order, are to be shown, and ``found`` when what
    fits is known: at once, or, where much is to be read first, some time later; ``looking`` tells how much
    of that is done, up to 1. What is asked meanwhile takes its place. ``arranged`` when only
    columns changed or the view was saved; ``shaped`` when the same are to be shown in another way;
    ``dressed`` when a view brings its columns and order; ``chosen`` with the id of the initiative that is
    chosen. What no first window needs is imported when asked for.
    """

    asked = Signal()
    found = Signal()
    looking = Signal(float)
    arranged = Signal()
    shaped = Signal()
    dressed = Signal()
    chosen = Signal(str)
    was_reset = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        settings = desk.settings
        self.search = ""
        self.conditions: tuple[Condition, ...] = ()
        self.unread: tuple[str, ...] = ()
        self.order = Order()
        self.grouping = ""
        self.shape = LIST
        self.columns: tuple[str, ...] = FIRST_COLUMNS
        self.view_id: str = settings.get("last_view") or ALL
        self.widths: Mapping[str, int] = self._remembered_widths(self.view_id) or {}
        self.record_id = ""
        self._left: dict[str, Showing] = {}
        self._looked_for = Query("initiative")
        self._begun = 0.0
        self._looking: Iterator[float] | None = None
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._look_on)
        desk.bridge.closed.connect(self._pause.stop)
        if settings.get("list_filters"):
            self._read_filters(settings.get("list_filters"))
        self.grouping = settings.get("list_grouping")
        self.shape = settings.get("list_shape")

    # What is shown

    @property
    def my_name(self) -> str:
        """Who sits here, by the settings; empty when nobody said."""
        return str(self._desk.settings.get("my_name"))

    @property
    def query(self) -> Query:
        """What is asked of the register."""
        conditions = tuple([condition.on_me(self.my_name) for condition in self.conditions])
        grouping = self._order_by(self.grouping) if self.grouping else None
        return Query("initiative", self.search, conditions, self.order, grouping)

    @property
    def showing(self) -> Showing:
        """All of it as a view, called as the one it was taken from."""
        return self.base._replace(
            search=self.search,
            conditions=self.conditions,
            columns=self.columns,
            widths=tuple((name, self.widths[name]) for name in self.columns if name in self.widths),
            order=self.order.field,
            descending=self.order.descending,
            grouping=self.grouping,
            shape=self.shape,
            unread=self.unread,
        )

    @property
    def base(self) -> Showing:
        """The view as it is saved or delivered; that of everything where it is gone."""
        views = self.views()
        return next((view for view in views if view.id == self.view_id), views[0])

    def views(self) -> tuple[Showing, ...]:
        """The views of the register, the delivered ones first."""
        from coi_desktop.operations.views import find_views

        return find_views(self._desk.register, self.my_name)

    @property
    def is_changed(self) -> bool:
        """Whether what is shown differs from its view. Of a delivered view columns, widths and order are
        everyone's own affair; a search that is typed counts where the view has one.
        """
        base, now = self.base, self.showing
        if not base.search:
            now = now._replace(search="")
        if base.is_delivered:
            now = now._replace(
                columns=base.columns,
                widths=base.widths,
                order=base.order,
                descending=base.descending,
                shape=base.shape,
            )
        return not now.shows_as(base._replace(columns=base.columns or now.columns))

    @property
    def is_arranged(self) -> bool:
        """Whether columns, widths or order of a delivered view are one's own."""
        base, now = self.base, self.showing
        own = (now.columns, now.widths, now.order, now.descending)
        return base.is_delivered and own != (FIRST_COLUMNS, (), base.order, base.descending)

    @property
    def is_narrowed(self) -> bool:
        """Whether search or conditions leave something out."""
        return bool(self.search.strip() or self.conditions)

    def _ask(self) -> None:
        self.asked.emit()
        self._look()

    def _look(self) -> None:
        """Say that it is known what fits, or begin to find out: a little at a time, so that nobody waits."""
        query, register = self.query, self._desk.register
        if not register.takes_long(query):
            self._pause.stop()
            self._looking = None
            self.found.emit()
            return
        wanted = query._replace(search="")
        if self._looking is None or wanted != self._looked_for:
            self._looked_for, self._looking = wanted, register.iter_finding(query)
            self._begun = time.monotonic()
        self._pause.start(0)

    def _look_on(self) -> None:
        end = time.monotonic() + SECONDS_AT_A_TIME
        done = None if self._looking is None else next(self._looking, None)
        while self._looking is not None and done is not None and time.monotonic() < end:
            done = next(self._looking, None)
        if done is None:
            self._looking = None
            self._look()
            return
        if end > self._begun + SECONDS_UNTOLD:
            self.looking.emit(done)
        self._pause.start(0)

    # Changing it

    def set_search(self, text: str) -> None:
        """Show only what holds these words."""
        self.search = text
        self._ask()

    def set_conditions(self, conditions: tuple[Condition, ...]) -> None:
        """Show only what fits all of these."""
        self.conditions = conditions
        self._ask()

    def put_condition(self, condition: Condition, place: int | None = None) -> None:
        """Add a condition, or put it at the place of another."""
        some = list(self.conditions)
        if place is None:
            some.append(condition)
        else:
            some[place : place + 1] = [condition]
        self.set_conditions(tuple(some))

    def drop_condition(self, place: int) -> None:
        """Take a condition away; those that are not understood stand behind the others."""
        if place < len(self.conditions):
            self.conditions = self.conditions[:place] + self.conditions[place + 1 :]
        else:
            place -= len(self.conditions)
            self.unread = self.unread[:place] + self.unread[place + 1 :]
        self._ask()

    def clear(self) -> None:
        """Take search and conditions away."""
        self.search, self.conditions, self.unread = "", (), ()
        self._ask()

    def set_order(self, order: Order) -> None:
        """Order by another field."""
        self.order = order
        self._ask()

    def set_grouping(self, name: str) -> None:
        """Group by the choices of a field; an empty name for no groups."""
        self.grouping = name
        self._ask()

    def drop_lost_fields(self) -> None:
        """Own fields have gone: what asked for them asks no more."""
        self.columns = tuple([name for name in self.columns if self._is_there(name)])
        conditions = self._standing(self.conditions)
        order = self.order if self._is_there(self.order.field) else Order()
        grouping = self.grouping if self._is_there(self.grouping) else ""
        if (conditions, order, grouping) != (self.conditions, self.order, self.grouping):
            self.conditions, self.order, self.grouping = conditions, order, grouping
            self.dressed.emit()
            self._ask()

    def set_shape(self, shape: str) -> None:
        """Show the same initiatives in another way."""
        if shape != self.shape:
            self.shape = shape
            self.shaped.emit()

    def take_columns(self, columns: tuple[str, ...], widths: Mapping[str, int]) -> None:
        """Columns were chosen, moved, or drawn wide or narrow by hand."""
        self.columns, self.widths = columns, dict(widths)
        self.arranged.emit()

    def choose_view(self, view: Showing) -> None:
        """Show another view; what was changed in the one before is there again when one comes back to it."""
        if view.id == self.view_id:
            return
        if self.is_changed or self.is_arranged:
            self._left[self.view_id] = self.showing
        else:
            self._left.pop(self.view_id, None)
        self.view_id = view.id
        worn = self._left.pop(view.id, view)
        if worn is view and view.is_delivered:
            worn = view._replace(widths=tuple((self._remembered_widths(view.id) or {}).items()))
        self._wear(worn)

    def reset(self) -> None:
        """Show the view as it is saved or delivered, with its columns and their usual widths."""
        self._left.pop(self.view_id, None)
        self._wear(self.base)
        self.was_reset.emit()

    def now_saved_as(self, view_id: str) -> None:
        """What is shown is the view with this id from now on."""
        self._left.pop(self.view_id, None)
        self.view_id = view_id
        self.arranged.emit()

    def choose(self, record_id: str) -> None:
        """An initiative is chosen; an empty id for none."""
        if record_id != self.record_id:
            self.record_id = record_id
            self.chosen.emit(record_id)

    def keep_setup(self) -> None:
        """Put view, filter and grouping into the settings."""
        settings = self._desk.settings
        settings.set("last_view", self.view_id)
        settings.set("list_shape", self.shape)
        settings.set("list_grouping", self.grouping)
        settings.set("list_filters", self._written_filters() if self.conditions else "")
        self._keep_widths()

    def _wear(self, view: Showing) -> None:
        self.search, self.unread = view.search, view.unread
        self.conditions = self._standing(view.conditions)
        self.columns, self.widths = view.columns or FIRST_COLUMNS, dict(view.widths)
        self.order = self._order_by(view.order, view.descending)
        self.grouping = view.grouping
        if not view.is_delivered:  # of a delivered view the way it is shown is everyone's own affair
            self.set_shape(view.shape)
        self.dressed.emit()
        self._ask()

    def _remembered_widths(self, view_id: str) -> dict[str, int] | None:
        """The widths that a view was left with; None when nothing is remembered."""
        kept = self._desk.settings.get("list_widths").get(view_id)
        if not isinstance(kept, dict):
            return None
        from coi_desktop.models.views import usable_widths  # no first start needs it

        return dict(usable_widths(tuple(kept), kept))

    def _keep_widths(self) -> None:
        """Remember the widths of the view in front, and of delivered views, which nobody can save."""
        from coi_desktop.operations.views import delivered_views

        delivered = {view.id for view in delivered_views(current_language())}  # the register may be closed
        settings = self._desk.settings
        kept = {one: widths for one, widths in settings.get("list_widths").items() if one in delivered}
        kept |= {one: dict(view.widths) for one, view in self._left.items() if one in delivered}
        kept[self.view_id] = dict(self.widths)
        settings.set("list_widths", kept)

    def _is_there(self, field_name: str) -> bool:
        """Whether there is such a field; only own fields ever go."""
        if not is_own(field_name):
            return True
        return any(field.name == field_name for field in self._desk.register.fields("initiative"))

    def _standing(self, conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
        return tuple([condition for condition in conditions if self._is_there(condition.field)])

    def _order_by(self, name: str, descending: bool = False) -> Order:
        from coi_desktop.models.views import make_order
        from coi_desktop.operations.library import words_of

        register = self._desk.register
        fields = {field.name: field for field in register.fields("initiative")}
        return make_order(fields[name], descending, words_of(register)) if name in fields else Order()

    def _read_filters(self, text: str) -> None:
        from coi_desktop.models.filter_text import parse_conditions
        from coi_desktop.operations.library import words_of

        register = self._desk.register
        self.conditions, self.unread = parse_conditions(
            text, register.fields("initiative"), words_of(register)
        )

    def _written_filters(self) -> str:
        from coi_desktop.models.filter_text import format_conditions

        return format_conditions(self.conditions, self._desk.register.fields("initiative"))
