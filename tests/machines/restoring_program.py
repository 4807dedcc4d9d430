"""A program that restores one backup after the other without end, to be killed, and a look at what it left.

    python -m tests.machines.restoring_program write FOLDER [--careless]
    python -m tests.machines.restoring_program check FOLDER

`write` makes a register with two backups the first time, then puts the one and the other in its place and
prints `ACK 0`. `check` prints `OK 0` when the register is sound and is one of the two, and every backup is
proven, else `BAD` and why. --careless is for the control: it writes straight into the register.
"""

from __future__ import annotations

import sys
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.clock import now
from coi_desktop.models.progress import run_to_end
from coi_desktop.store.backup_set import BackupSet
from coi_desktop.store.keeping import find_set, iter_backup
from coi_desktop.store.register import Register
from coi_desktop.store.restore_file import iter_prepare, put_in_place
from tests.machines.editing_program import REGISTER
from tests.machines.program_command import run_program, say
from tests.store.making import ADD, add

ROOT = "backups"
PIECE = 4096


def make(folder: Path) -> None:
    """A register and two backups of it, each with a file of its own."""
    path = folder / REGISTER
    with Register.create(path) as register:
        for number in range(2):
            for other in range(40):
                add(register, f"Tiltag {number} {other}", description="lang tekst " * 200)
            stored = register.files.put(f"bilag {number}".encode() * 5000)
            values = {
                "initiative_id": add(register, "Med bilag"),
                "title": "Bilag",
                "sha256": stored.sha256,
            }
            register.transact(ADD, lambda writer, values=values: writer.put("attachment", values))
            run_to_end(iter_backup(path, folder / ROOT, Reason.REGULAR, now))


def write(folder: Path, *, careless: bool) -> None:
    """Restore without end."""
    path = folder / REGISTER
    if not path.exists():
        make(folder)
    backups = find_set(folder / ROOT, path)
    assert backups is not None
    number = 0
    while True:
        number += 1
        wanted = next(one for one in backups.find_backups() if one.initiatives == (41, 82)[number % 2])
        if careless:
            content = backups.path(wanted).read_bytes()
            with path.open("r+b", buffering=0) as file:
                for start in range(0, len(content), PIECE):
                    file.write(content[start : start + PIECE])
                    say("ACK 0")
                file.truncate()
        else:
            put_in_place(run_to_end(iter_prepare(path, backups, wanted, folder / ROOT, now)), now)
        say("ACK 0")


def check(folder: Path) -> str:
    """What is left after a kill."""
    path = folder / REGISTER
    try:
        with Register.open(path) as register:
            damage = register.find_damage()
            count = register.count("initiative")
            lost = register.files.find_changed(register.find_named_files())
            lost += register.files.find_missing(register.find_named_files())
            backups = BackupSet(folder / ROOT / register.id)
        for one in backups.find_backups():
            backups.prove(one)
        counts = {one.initiatives for one in backups.find_backups()}
    except Problem as problem:
        return f"BAD {problem}"
    if damage or lost or count not in (41, 82) or not {41, 82} <= counts:
        return f"BAD {damage} {lost} {count} {counts}"
    return "OK 0"


if __name__ == "__main__":
    sys.exit(run_program(write, check, careless=False))
