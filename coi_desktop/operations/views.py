"""Saved views: making, changing and counting them. Each change is one undo step."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from coi_desktop import resources
from coi_desktop.errors import Problem
from coi_desktop.i18n import N_, _, current_language
from coi_desktop.models.changes import ChangeSet, Op
from coi_desktop.models.filter_text import parse_condition
from coi_desktop.models.filter_words import describe_selection
from coi_desktop.models.folding import clean_line, fold
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.query import Condition, Order, Query
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.views import FILE, Showing, make_query, parse_views, view_of, view_values
from coi_desktop.operations.library import vocabulary, words_of
from coi_desktop.store.conditions import may_move
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

SAVE = Op("view.save", N_("Save view"))
RENAME = Op("view.rename", N_("Rename view"))
REMOVE = Op("view.remove", N_("Remove view"))
MOVE = Op("view.move", N_("Move view"))

_ALL_VIEWS = Query("view", order=Order("place"))


def find_views(register: Register, my_name: str = "") -> tuple[Showing, ...]:
    """The views of a register: the delivered ones, then those saved in it, in the order of their tabs.

    Views that ask who one is are left out while ``my_name`` is empty.
    """
    fields, words = register.fields("initiative"), words_of(register)
    saved = (view_of(record, fields, words) for record in register.find(_ALL_VIEWS))
    views = (*delivered_views(current_language()), *saved)
    return tuple(view for view in views if my_name or not view.needs_me)


@cache
def delivered_views(_language: str) -> tuple[Showing, ...]:
    """The views every register has, named in the language spoken now (the argument, for the cache)."""
    return parse_views(resources.read_toml(FILE), record_type("initiative").fields, vocabulary())


def get_view(register: Register, name: str, my_name: str = "") -> Showing:
    """The view called ``name``, whatever its capitals; in both languages for delivered ones.

    Raises Problem ``no_such_view``, naming those there are, or ``who_am_i``.
    """
    views = find_views(register, my_name="?")
    wanted = fold(clean_line(name))
    found = [view for view in views if wanted in (fold(view.name), view.id if view.is_delivered else "")]
    if not found:
        raise Problem(
            _("There is no view called “{name}”.").format(name=name),
            meaning=_("Nothing was looked for."),
            advice=_("The views are: {names}.").format(names=", ".join(view.name for view in views)),
            code="no_such_view",
        )
    if found[-1].needs_me and not my_name:
        raise Problem(
            _("The view “{name}” asks who you are, and your name is not known.").format(name=found[-1].name),
            meaning=_("Nothing was looked for."),
            advice=_("Write your name in Settings, as it stands under owner."),
            code="who_am_i",
        )
    return found[-1]


def save_view(register: Register, view: Showing, *, source: str = "") -> str:
    """Save a view and return the id of its record: a new one behind the others, or the one it has.

    A delivered view is never changed; saved under another name it becomes one of the register's own. Raises
    Problem ``no_name`` or ``view_exists``.
    """
    own_id = "" if view.is_delivered else view.id
    view = view._replace(name=_free_name(register, view.name, own_id))
    values = view_values(view, register.fields("initiative"))

    def change(writer: Writer) -> str:
        if own_id:
            writer.change("view", own_id, values)
            return own_id
        return writer.put("view", {**values, "place": writer.next_number("view", "place")})

    return register.transact(SAVE, change, source=source, detail=view.name).result


def rename_view(register: Register, view_id: str, name: str, *, source: str = "") -> bool:
    """Give a saved view another name; False when it is called so already. Problems as ``save_view``."""
    name = _free_name(register, name, view_id)
    return register.transact(
        RENAME, lambda writer: writer.change("view", view_id, {"name": name}), source=source, detail=name
    ).result


def remove_view(register: Register, view_id: str, *, source: str = "") -> None:
    """Remove a saved view; no initiative is touched."""
    name = register.get("view", view_id).text("name")
    register.transact(REMOVE, lambda writer: writer.drop("view", view_id), source=source, detail=name)


def move_view(register: Register, view_id: str, place: int, *, source: str = "") -> bool:
    """Put a saved view at a place among the saved ones, the first being 0; False when it stands there."""
    records = list(register.find(_ALL_VIEWS))
    [moved] = [record for record in records if record.id == view_id]
    before = [record.id for record in records]
    records.remove(moved)
    records.insert(max(0, min(place, len(records))), moved)
    if [record.id for record in records] == before:
        return False

    def change(writer: Writer) -> None:
        for number, record in enumerate(records, 1):
            writer.change("view", record.id, {"place": number})

    register.transact(MOVE, change, source=source, detail=moved.text("name"))
    return True


def query_of(register: Register, view: Showing, my_name: str = "") -> Query:
    """What a view asks the register for, with the user's name put in."""
    query = make_query(view, register.fields("initiative"), words_of(register))
    if not view.needs_me:
        return query
    put_in = (condition.on_me(my_name) for condition in query.conditions)
    return query._replace(conditions=tuple(put_in))


def count_view(register: Register, view: Showing, my_name: str = "") -> Job[int]:
    """How many initiatives a view shows, as a job of small steps for idle moments."""
    found = 0
    query = query_of(register, view, my_name)._replace(order=None, grouping=None)
    for found in register.iter_counts(query):
        yield Progress(found, 0)
    return found


def moves_count(register: Register, view: Showing, changes: ChangeSet) -> bool:
    """Whether a commit may have changed how many initiatives a view shows."""
    if view.search.strip():
        return bool(changes.rows)
    return may_move(Query("initiative", "", view.conditions), changes)


def read_filters(register: Register, texts: Iterable[str]) -> tuple[Condition, ...]:
    """Conditions as people write them (``models/filter_text.py``); Problem ``bad_filter``."""
    fields, words = register.fields("initiative"), words_of(register)
    return tuple(parse_condition(text, fields, words) for text in texts)


def selection_words(register: Register, view: Showing) -> str:
    """What a view shows, in words, for exports and prints: its name and its filter; empty for everything."""
    said = describe_selection(view.search, view.conditions, register.fields("initiative"), words_of(register))
    return _("{view}: {filter}").format(view=view.name, filter=said) if view.name and said else said


def _free_name(register: Register, name: str, view_id: str) -> str:
    name = clean_line(name)
    if not name:
        raise Problem(
            _("A view needs a name."),
            meaning=_("Nothing was changed."),
            advice=_("Write a word or two that tell what it shows."),
            code="no_name",
        )
    others = find_views(register, my_name="?")
    if any(fold(other.name) == fold(name) for other in others if other.id != view_id):
        raise Problem(
            _("There is a view called “{name}” already.").format(name=name),
            meaning=_("Nothing was changed."),
            advice=_("Choose another name, or change the view that has it."),
            code="view_exists",
        )
    return name
