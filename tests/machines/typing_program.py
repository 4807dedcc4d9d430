"""The real window, typed into by key strokes without end, and a look at what it left.

    python -m tests.machines.typing_program write FOLDER [--ack-first]
    python -m tests.machines.typing_program check FOLDER

`write` opens the program's window on a register, types a line into a field, lets the window save it as
leaving the field does, and prints `ACK n` when the window says that line n is saved. `check` prints `OK n`
when line n stands there and the register is sound, else `BAD` and why. Saying so too early is for the
control.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.models.query import Query
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.operations.registers import create_register
from coi_desktop.store.register import Register
from tests.machines.editing_program import REGISTER
from tests.machines.program_command import run_program, say

FIELD = "status_text"


def write(folder: Path, *, ack_first: bool) -> None:
    """Go on from the last line for ever."""
    from PySide6.QtCore import QTimer
    from PySide6.QtTest import QTest

    from coi_desktop.app import start_program
    from coi_desktop.ui.forms.field_row import FieldRow

    path = folder / REGISTER
    if not path.exists():
        create_register(path, fill=lambda register: add_initiative(register, {"title": "Kladde"})).close()
    program = start_program(path)
    assert program is not None
    assert program.window is not None
    window, register = program.window, program.register
    assert register is not None
    number = count_of(register)

    def type_a_line() -> None:
        nonlocal number
        number += 1
        row = next(one for one in window.findChildren(FieldRow) if one.field.name == FIELD)
        row.editor.set_raw("")
        if ack_first:
            say(f"ACK {number}")
        QTest.keyClicks(row.editor.target, f"Uge {number}")
        if window.flush() and not ack_first:
            say(f"ACK {number}")
        QTimer.singleShot(0, type_a_line)

    def begin() -> None:
        window.page.show_record(register.find(Query())[0].id)
        QTimer.singleShot(0, type_a_line)

    window.painted.connect(lambda: QTimer.singleShot(0, begin))
    program.run()


def count_of(register: Register) -> int:
    """The number of the line that stands in the field; 0 for none."""
    found = re.fullmatch(r"Uge (\d+)", register.find(Query())[0].text(FIELD))
    return 0 if found is None else int(found[1])


def check(folder: Path) -> str:
    """What the folder holds: ``OK n``, or ``BAD why``."""
    if not (folder / REGISTER).exists():
        return "OK 0"
    try:
        with Register.open(folder / REGISTER) as register:
            damage = register.find_damage()
            return f"BAD {damage}" if damage else f"OK {count_of(register)}"
    except Problem as problem:
        return f"BAD {problem}"


if __name__ == "__main__":
    sys.exit(run_program(write, check, ack_first=False))
