"""The people of the unit, each once: made, changed, renamed everywhere, merged."""

from __future__ import annotations

from coi_desktop.errors import Problem
from coi_desktop.i18n import N_, _
from coi_desktop.models.changes import Op
from coi_desktop.models.clock import today
from coi_desktop.models.folding import clean_line, fold
from coi_desktop.models.own_fields import own_name
from coi_desktop.models.people import UnlistedName, find_unlisted, merged_values, same_name
from coi_desktop.models.person_fields import OWN_PERSON, PERSON_FIELDS
from coi_desktop.models.query import Condition, Order, Query, Relative, Test
from coi_desktop.models.records import Record, Value, Values
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

#: How long after a person was noted the record is to be looked over, as contact persons are every year.
MONTHS_TO_REVIEW = 12

ADD = Op("person.add", N_("Add person"))
EDIT = Op("person.edit", N_("Edit person"))
RENAME = Op("person.rename", N_("Rename person"))
MERGE = Op("person.merge", N_("Merge persons"))
REMOVE = Op("person.remove", N_("Remove person from the list"))


def find_people(register: Register) -> tuple[Record, ...]:
    """The persons that have a record, by name."""
    return register.find(Query("person", order=Order("name")))


def find_unlisted_names(register: Register) -> tuple[UnlistedName, ...]:
    """The names in fields for a person that have no record yet, the most used first."""
    return find_unlisted(find_people(register), register.count_names())


def known_names(register: Register) -> tuple[str, ...]:
    """Every name that a field for a person may be completed with: of the persons, and those in use."""
    people = [person.text("name") for person in find_people(register)]
    return tuple(dict.fromkeys((*people, *(one.name for one in find_unlisted_names(register)))))


def person_fields(register: Register) -> tuple[str, ...]:
    """The names of the initiative's fields that hold a person's name, own fields among them."""
    own = register.find_ids(Query("own_field", conditions=(Condition("kind", Test.IS, OWN_PERSON),)))
    fixed = tuple(field for table, field in PERSON_FIELDS if table == "initiative")
    return (*fixed, *map(own_name, own))


def add_person(register: Register, values: Values, *, source: str = "") -> str:
    """Make a person, to be reviewed within a year unless said otherwise, and return the id.

    Raises Problem ``no_name``, and ``person_exists`` for a known name.
    """
    name = _name(values.get("name"))
    if _find_named(register, name):
        raise _exists(name)
    review = Relative(months=MONTHS_TO_REVIEW).on(today(register.clock))
    whole = {"review_date": review, **values, "name": name}
    return register.transact(
        ADD, lambda writer: writer.put("person", whole), source=source, detail=name
    ).result


def edit_person(
    register: Register, person_id: str, field_name: str, value: Value, *, source: str = ""
) -> bool:
    """Set a field of a person; a new name is put everywhere where the old one stood, in one step.

    False when it stood so already. Raises Problem ``no_name``, and ``person_exists`` when another person has
    the name (merging is meant then); KeyError when the person is gone.
    """
    before = register.get("person", person_id)
    if field_name == "name":
        return _rename(register, before, _name(value), source)
    return register.transact(
        EDIT,
        lambda writer: writer.change("person", person_id, {field_name: value}),
        source=source,
        detail=before.text("name"),
        merge_key=f"{person_id}.{field_name}",
    ).result


def _rename(register: Register, person: Record, name: str, source: str) -> bool:
    if person.text("name") == name:
        return False
    if any(other.id != person.id for other in _find_named(register, name)):
        raise _exists(name)
    places = _find_places(register, person.text("name"))

    def rename(writer: Writer) -> None:
        writer.change("person", person.id, {"name": name})
        _put_name(writer, places, name)

    register.transact(RENAME, rename, source=source, detail=person.text("name"))
    return True


def merge_people(register: Register, kept_id: str, other_id: str, *, source: str = "") -> int:
    """Make two persons one, in one step: the kept one takes over what it lacks, and its name stands wherever
    the other's did. Returns in how many places. KeyError when one is gone, ValueError for twice the same.
    """
    if kept_id == other_id:
        raise ValueError("a person cannot be merged with itself")
    kept, other = register.get("person", kept_id), register.get("person", other_id)
    places = _find_places(register, other.text("name"))

    def merge(writer: Writer) -> None:
        writer.drop("person", other_id)
        writer.change("person", kept_id, merged_values(kept, other))
        if not same_name(kept.text("name"), other.text("name")):
            _put_name(writer, places, kept.text("name"))

    register.transact(MERGE, merge, source=source, detail=f"{other.text('name')} → {kept.text('name')}")
    return len(places)


def remove_person(register: Register, person_id: str, *, source: str = "") -> None:
    """Take a person off the list; the name stays wherever it stands. Undo brings the record back."""
    name = register.get("person", person_id).text("name")
    register.transact(REMOVE, lambda writer: writer.drop("person", person_id), source=source, detail=name)


Place = tuple[str, str, str]


def _find_places(register: Register, name: str) -> list[Place]:
    """Where a name stands in fields for a person: record types, ids and fields."""
    spellings = [one for one in register.count_names() if same_name(one, name)]
    places = [
        (table, record_id, field)
        for table, field in PERSON_FIELDS
        for spelling in spellings
        for record_id in register.find_ids(Query(table, conditions=(Condition(field, Test.IS, spelling),)))
    ]
    own = register.find_ids(Query("own_field", conditions=(Condition("kind", Test.IS, OWN_PERSON),)))
    if own and spellings:
        places += [
            ("own_value", value.id, "value")
            for value in register.find(Query("own_value"))
            if value["own_field_id"] in own and same_name(value.text("value"), name)
        ]
    return list(dict.fromkeys(places))


def _put_name(writer: Writer, places: list[Place], name: str) -> None:
    for table, record_id, field in places:
        writer.change(table, record_id, {field: name})


def _find_named(register: Register, name: str) -> list[Record]:
    return [person for person in find_people(register) if same_name(person.text("name"), name)]


def find_person_named(register: Register, name: str) -> Record | None:
    """The person with this name, however it is spelled; None when there is none."""
    found = _find_named(register, name)
    return found[0] if found else None


def may_leave(register: Register, name: str) -> bool:
    """Whether a name may stand in what leaves the unit: only a person who may be contacted."""
    person = find_person_named(register, name)
    return person is not None and person.flag("may_contact") is True


def _name(value: Value) -> str:
    name = clean_line(value) if isinstance(value, str) else ""
    if not fold(name).strip():
        raise Problem(
            _("A person needs a name."),
            meaning=_("Nothing was changed."),
            advice=_("Write the name as colleagues know it."),
            code="no_name",
        )
    return name


def _exists(name: str) -> Problem:
    return Problem(
        _("There is already a person called {name}.").format(name=name),
        meaning=_("Nothing was changed."),
        advice=_("Merge the two if they are the same, or add something that tells them apart."),
        code="person_exists",
    )
