"""A program that edits a register without end and says which edits are saved, and a look at what it left.

    python -m tests.machines.editing_program write FOLDER [--edits N] [--sync off] [--ack-first] ...
    python -m tests.machines.editing_program check FOLDER

`write` prints `ACK n` when edit n is saved. `check` prints `OK n` when edits 1..n are there and the register
is sound, else `BAD` and why. The settings other than the register's own, and saying so too early, are for
controls: a bench must tell them from the real thing.
"""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.models.changes import Op
from coi_desktop.models.query import Query
from coi_desktop.store.file_store import FileState, StoredFile
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer
from tests.machines.program_command import run_program, say

EDIT = Op("bench.edit", "Edit")
REGISTER = "register.coi"


def change(writer: Writer, number: int) -> None:
    """Edit ``number``: several rows that must all be there, or none of them."""
    text = f"Borgeren får hjemmepleje for {number}. gang. " * (1 + number % 30)
    made = writer.put("initiative", {"title": f"Tiltag {number}", "number": number, "description": text})
    if number % 3 == 0:
        evaluation = writer.put("evaluation", {"initiative_id": made, "title": f"Evaluering {number}"})
        indicator = writer.put("indicator", {"evaluation_id": evaluation, "name": "Minutter", "unit": "min."})
        for month in range(1, 1 + number % 12):
            values = {"indicator_id": indicator, "date": date(2026, month, 1), "value": Decimal(number)}
            writer.put("measurement", values)
    if number % 2 == 0:
        file = StoredFile(sha256(attached(number)).hexdigest(), len(attached(number)))
        values = {"initiative_id": made, "title": f"Bilag {number}", "sha256": file.sha256, "size": file.size}
        writer.put("attachment", values)
    unit = writer.find_ids("unit")[0]
    writer.change("unit", unit, {"contact_role": str(number)})


def attached(number: int) -> bytes:
    """What is attached by edit ``number``."""
    return f"Bilag til tiltag {number}. ".encode() * (1 + number % 97)


def count_of(register: Register) -> int:
    """The number of the last edit."""
    return int(register.unit().text("contact_role") or "0")


def write(
    folder: Path, edits: int, journal: str, sync: str, *, ack_first: bool, row_first: bool = False
) -> None:
    """Go on from the last edit, ``edits`` times (0: for ever)."""
    path = folder / REGISTER
    register = Register.open(path) if path.exists() else Register.create(path, unit_name="Enheden")
    if (journal, sync) != ("truncate", "full"):
        register._connection.execute(f"PRAGMA journal_mode = {journal}")
        register._connection.execute(f"PRAGMA synchronous = {sync}")
    number = count_of(register)
    last = number + edits
    while edits == 0 or number < last:
        number += 1
        if ack_first:
            say(f"ACK {number}")
        if number % 2 == 0 and not row_first:
            register.files.put(attached(number))
        register.transact(EDIT, lambda writer, n=number: change(writer, n), detail=str(number))
        if number % 2 == 0 and row_first:
            register.files.put(attached(number))
        if number % 13 == 0:
            register.undo()
            register.redo()
        if number % 17 == 0:
            register.tidy()
        if number % 31 == 0:
            copy = folder / f"copy-{number}.coi"
            copy.unlink(missing_ok=True)
            register.backup(copy)
        if not ack_first:
            say(f"ACK {number}")
    register.close()


def check(folder: Path) -> str:
    """What the folder holds: ``OK n``, or ``BAD why``."""
    path = folder / REGISTER
    if not path.exists():
        return "OK 0"
    try:
        for copy in folder.glob("copy-*.coi"):
            with Register.open(copy, write=False) as backup:
                if backup.find_damage():
                    return f"BAD backup {backup.find_damage()}"
        with Register.open(path) as register:
            damage = register.find_damage()
            numbers = [record.integer("number") for record in register.find(Query())]
            number = count_of(register)
            if damage:
                return f"BAD {damage}"
            if numbers != list(range(1, number + 1)):
                return f"BAD edit {number}, but {len(numbers)} initiatives"
            if register.count("evaluation") != number // 3:
                return f"BAD edit {number}, but {register.count('evaluation')} evaluations"
            states = dict(register.files.iter_states(sorted(register.find_named_files())))
            if set(states.values()) - {FileState.WHOLE}:
                return f"BAD files {[state for state in states.values() if state is not FileState.WHOLE]}"
            return f"OK {number}"
    except Problem as problem:
        return f"BAD {problem}"


if __name__ == "__main__":
    sys.exit(
        run_program(write, check, edits=0, journal="truncate", sync="full", ack_first=False, row_first=False)
    )
