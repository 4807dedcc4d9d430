"""A unit's own fields: made, named, placed and removed, each in one step."""

from __future__ import annotations

from collections.abc import Sequence

from coi_desktop.errors import Problem
from coi_desktop.i18n import LANGUAGES, N_, _
from coi_desktop.models.changes import Op
from coi_desktop.models.folding import clean_line
from coi_desktop.models.ids import new_id
from coi_desktop.models.keys import free_key
from coi_desktop.models.own_fields import in_order, own_name
from coi_desktop.models.query import Condition, Query, Test
from coi_desktop.models.records import Record, Values
from coi_desktop.operations.library import vocabulary
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

ADD = Op("own_field.add", N_("Add own field"))
EDIT = Op("own_field.edit", N_("Edit own field"))
MOVE = Op("own_field.move", N_("Move own field"))
REMOVE = Op("own_field.remove", N_("Remove own field"))

KINDS, SECTIONS = "own_field.kind", "own_field.section"
OWN_SECTION = "own"
_FITTING = {
    "text": ("person", "long"),
    "person": ("text", "long"),
    "number": ("money",),
    "money": ("number",),
}


def find_own_fields(register: Register) -> tuple[Record, ...]:
    """The records of the register's own fields, in their order."""
    return in_order(register.find(Query("own_field")))


def get_own_field(register: Register, name: str) -> Record:
    """The record of the own field that is called ``name`` as a field; KeyError when there is none."""
    for record in find_own_fields(register):
        if own_name(record.id) == name:
            return record
    raise KeyError(name)


def count_values(register: Register, name: str) -> int:
    """How many initiatives have a value in an own field."""
    return len(register.find_ids(Query(conditions=(Condition(name, Test.FILLED),))))


def add_own_field(
    register: Register,
    da: str,
    kind: str,
    *,
    en: str = "",
    section: str = OWN_SECTION,
    unit: str = "",
    choices: Sequence[str] = (),
    source: str = "",
) -> str:
    """Add an own field after the others and return its name as a field of initiatives.

    ``choices`` are the words a choice list starts with. Problem ``no_name``, ``name_taken``; ValueError for a
    kind or a section that does not exist.
    """
    values = _checked(register, {"da": da, "en": en, "kind": kind, "section": section, "unit": unit})
    fields = find_own_fields(register)
    taken = {own_name(record.id) for record in fields}
    field_id = next(one for one in iter(new_id, "") if own_name(one) not in taken)

    def change(writer: Writer) -> str:
        writer.put("own_field", {**values, "place": _next_place(fields)}, field_id)
        put_choices(writer, own_name(field_id), choices)
        return own_name(field_id)

    return register.transact(ADD, change, source=source, detail=str(values["da"])).result


def edit_own_field(register: Register, name: str, values: Values, *, source: str = "") -> bool:
    """Set ``da``, ``en``, ``kind``, ``section`` or ``unit`` of an own field; False when all stood so.

    The kind can change as long as every value there fits the new one: a text may become longer or a person, a
    number an amount and back, and anything anything while there are no values. Problem ``no_name``,
    ``name_taken``, ``kind_in_use``.
    """
    record = get_own_field(register, name)
    checked = _checked(register, values, besides=record)
    kind = checked.get("kind", record["kind"])
    if kind != record["kind"] and not _fits(str(record["kind"]), str(kind)) and count_values(register, name):
        raise Problem(
            _("“{field}” has values that do not fit another kind of field.").format(field=record.text("da")),
            meaning=_("Nothing was changed."),
            advice=_(
                "Add a new field of the other kind, and remove this one when its values are no longer needed."
            ),
            code="kind_in_use",
        )
    return register.transact(
        EDIT,
        lambda writer: writer.change("own_field", record.id, checked),
        source=source,
        detail=record.text("da"),
    ).result


def move_own_field(register: Register, name: str, place: int, *, source: str = "") -> bool:
    """Put an own field at another place among them (0: first); False when it stands there."""
    fields = find_own_fields(register)
    record = get_own_field(register, name)
    others = [one for one in fields if one.id != record.id]
    ordered = (*others[:place], record, *others[place:])
    if ordered == fields:
        return False
    places = {one.id: {"place": number} for number, one in enumerate(ordered)}
    register.transact(
        MOVE, lambda writer: writer.change_many("own_field", places), source=source, detail=record.text("da")
    )
    return True


def remove_own_field(register: Register, name: str, *, source: str = "") -> int:
    """Remove an own field with its values, which the trash keeps; returns how many there were.

    The choices of its list stay with the register, unseen, for the case that it is restored.
    """
    record, count = get_own_field(register, name), count_values(register, name)
    register.transact(
        REMOVE, lambda writer: writer.drop("own_field", record.id), source=source, detail=record.text("da")
    )
    return count


def put_choices(writer: Writer, list_name: str, names: Sequence[str]) -> dict[str, str]:
    """Put choices into an empty list in an open transaction; the key of each by its words."""
    keys: dict[str, str] = {}
    for name in dict.fromkeys(filter(None, map(clean_line, names))):
        keys[name] = free_key(name, set(keys.values()))
        writer.put("choice_value", {"list": list_name, "key": keys[name], "da": name})
    return keys


def _next_place(fields: Sequence[Record]) -> int:
    return max((record.integer("place") or 0 for record in fields), default=-1) + 1


def _fits(before: str, after: str) -> bool:
    return after in _FITTING.get(before, ())


def _checked(register: Register, values: Values, *, besides: Record | None = None) -> dict[str, str | None]:
    """The values of an own field cleaned, with a name that no other field of the initiative has."""
    cleaned = {name: clean_line(value) or None for name, value in values.items() if isinstance(value, str)}
    cleaned |= {name: None for name, value in values.items() if value is None}
    if "da" in cleaned and not cleaned["da"]:
        raise Problem(
            _("An own field needs a name in Danish."),
            meaning=_("Nothing was changed."),
            advice=_("Write a name of a few words."),
            code="no_name",
        )
    for name, list_name in (("kind", KINDS), ("section", SECTIONS)):
        key = cleaned.get(name)
        if name in cleaned and (key is None or not vocabulary().has(list_name, key)):
            raise ValueError(f"{name}: {key!r}")
    own = "" if besides is None else own_name(besides.id)
    taken = {
        field.label(language).casefold()
        for field in register.fields("initiative")
        for language in LANGUAGES
        if field.name != own
    }
    for said in (cleaned.get("da"), cleaned.get("en")):
        if said is not None and said.casefold() in taken:
            raise Problem(
                _("There is a field called “{name}” already.").format(name=said),
                meaning=_("Nothing was changed."),
                advice=_("Choose another name."),
                code="name_taken",
            )
    return cleaned
