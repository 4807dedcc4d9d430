"""A program that does what users do to a register, at random and without end, and a look at what it left.

    python -m tests.machines.random_program write FOLDER [--ack-first]
    python -m tests.machines.random_program check FOLDER

`write` prints `ACK n` when the commit that made revision n is saved. `check` prints `OK n` when the register
is sound, stands at revision n, and search, filters and order find what plain Python does; else `BAD` and why.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.models.folding import sort_key
from coi_desktop.models.query import Condition, Order, Query, Test
from coi_desktop.models.records import Value
from coi_desktop.operations import history, initiatives, own_fields, people, tags, trash
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer
from tests.machines.editing_program import EDIT, REGISTER
from tests.machines.program_command import run_program, say
from tests.store.plain_search import searched_plainly

WORDS = (
    "Ærø",
    "hjemmepleje",
    "robot",
    "Aarhus",
    "skærmbesøg",
    "ældre",
    "affald",
    "tid",
    "sensor",
    "Østergård",
)
STATUSES = ("active", "on_hold", "done", "stopped")
TYPED = ("h", "pleje", "ærø", "rob", "aarhus", "ø", "skærm tid", "x")


def some_words(chance: random.Random, most: int = 6) -> str:
    """Some words."""
    return " ".join(chance.choices(WORDS, k=chance.randint(1, most)))


def add(register: Register, chance: random.Random) -> None:
    """A new initiative with a tag."""
    made = initiatives.add_initiative(register, {"title": some_words(chance)})
    initiatives.add_row(register, "tag", {"initiative_id": made, "name": chance.choice(WORDS)})


def edit(register: Register, chance: random.Random) -> None:
    """One field of one initiative."""
    field = chance.choice(("title", "description", "owner", "status_text"))
    initiatives.edit_field(register, pick(register, chance), field, some_words(chance, 40)[:200])


def set_own(register: Register, chance: random.Random) -> None:
    """A value of an own field, which is made before the first."""
    if not own_fields.find_own_fields(register):
        own_fields.add_own_field(register, "Egen tekst", "text")
    name = next(field.name for field in register.fields("initiative") if field.name.startswith("own_"))
    initiatives.edit_field(register, pick(register, chance), name, some_words(chance))


def change_many(register: Register, chance: random.Random) -> None:
    """A few initiatives at once."""
    ids = register.find_ids(Query())
    values: dict[str, Value] = {"status": chance.choice(STATUSES), "owner": chance.choice(WORDS)}
    some = dict.fromkeys(chance.sample(ids, min(len(ids), 20)), values)

    def change(writer: Writer) -> list[str]:
        return writer.change_many("initiative", some)

    register.transact(EDIT, change)


def remove(register: Register, chance: random.Random) -> None:
    """One initiative into the trash."""
    if register.count("initiative") > 10:
        initiatives.remove_initiative(register, pick(register, chance))


def restore(register: Register, chance: random.Random) -> None:
    """Something out of the trash."""
    found = trash.find_trash(register)
    if found:
        trash.restore_item(register, chance.choice(found[:10]))


def rename_tag(register: Register, chance: random.Random) -> None:
    """A tag everywhere."""
    found = tags.find_tags(register)
    if found:
        tags.rename_tag(register, chance.choice(found).name, chance.choice(WORDS))


def rename_person(register: Register, chance: random.Random) -> None:
    """A person everywhere."""
    known = people.find_people(register)
    if not known:
        people.add_person(register, {"name": "Åse Ågård"})
    else:
        name = f"Åse {some_words(chance, 2)} {register.revision}"
        people.edit_person(register, known[0].id, "name", name)


def step_back(register: Register, chance: random.Random) -> None:
    """Undo some steps, and redo some of them."""
    for _step in range(chance.randint(1, 3)):
        history.undo(register)
    for _step in range(chance.randint(0, 3)):
        history.redo(register)


def tidy(register: Register, _chance: random.Random) -> None:
    """What pauses are for."""
    register.tidy()


DEEDS: tuple[Callable[[Register, random.Random], None], ...] = (
    *(add, add, edit, edit, edit, set_own, change_many),
    *(remove, restore, rename_tag, rename_person, step_back, tidy),
)


def pick(register: Register, chance: random.Random) -> str:
    """Any initiative."""
    return chance.choice(register.find_ids(Query()))


def write(folder: Path, *, ack_first: bool) -> None:
    """Go on from where the register stands, for ever."""
    path = folder / REGISTER
    register = Register.open(path) if path.exists() else Register.create(path, unit_name="Enheden")
    chance = random.Random(register.revision)
    register.subscribe(lambda changes: None if ack_first else say(f"ACK {changes.revision}"))
    while True:
        deed = chance.choice(DEEDS) if register.count("initiative") else add
        if ack_first:
            say(f"ACK {register.revision + 1}")
        try:
            deed(register, chance)
        except Problem as problem:
            if problem.code in ("damaged", "replaced"):
                raise


def check(folder: Path) -> str:
    """What the folder holds: ``OK revision``, or ``BAD why``."""
    path = folder / REGISTER
    if not path.exists():
        return "OK 0"
    try:
        with Register.open(path) as register:
            damage = register.find_damage() or find_disagreements(register)
            return f"BAD {damage}" if damage else f"OK {register.revision}"
    except Problem as problem:
        return f"BAD {problem}"


def find_disagreements(register: Register) -> list[str]:
    """Where search, filters or order find something else than plain Python."""
    records = register.find(Query())
    extra = {
        record.id: [tag.text("name") for tag in register.children("tag", record.id)] for record in records
    }
    wrong = []
    for typed in TYPED:
        wanted = {one.id for one in records if searched_plainly(one, typed, extra[one.id])}
        if set(register.find_ids(Query(search=typed))) != wanted:
            wrong.append(f"search for {typed}")
    ordered = sorted(records, key=lambda record: sort_key(record.text("title")))
    if register.find_ids(Query(order=Order("title"))) != [record.id for record in ordered]:
        wrong.append("order of titles")
    for status in STATUSES:
        count = sum(record["status"] == status for record in records)
        if register.count_found(Query(conditions=(Condition("status", Test.IS, status),))) != count:
            wrong.append(f"status {status}")
    return wrong


if __name__ == "__main__":
    sys.exit(run_program(write, check, ack_first=False))
