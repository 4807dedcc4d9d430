"""Makes the register of the present schema version that is kept for ever: a bit of everything, and some
history.

    python -m tests.store.make_released

Run once for each released version, never again: the point of the file is that an old program wrote it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from coi_desktop.store.register import Register
from coi_desktop.store.schema import SCHEMA_VERSION
from tests.store.making import ADD, StandingClock, add, drop, edit, put_everything

FOLDER = Path(__file__).resolve().parent.parent / "data" / "registers"


def make(path: Path) -> None:
    """Two records of every type, three initiatives more, and a step of each kind in the history."""
    with Register.create(path, unit_name="Eksempel Kommune", clock=StandingClock()) as register:
        for number in (1, 2):
            register.transact(ADD, lambda writer, n=number: put_everything(writer, n))
        ids = [add(register, title) for title in ("Robotstøvsuger på Ærø", "Åben dør", "Skærmbesøg")]
        edit(register, ids[0], description="Borgeren får hjemmepleje hver dag.", owner="Mette")
        edit(register, ids[1], title="Åben dør på biblioteket", merge_key="title")
        drop(register, ids[2])
        register.undo()
        edit(register, ids[2], status="on_hold")
        register.undo()


if __name__ == "__main__":
    target = FOLDER / f"v{SCHEMA_VERSION}.coi"
    target.parent.mkdir(parents=True, exist_ok=True)
    make(target)
    target.with_name(target.name + "-journal").unlink(missing_ok=True)
    print(f"wrote {target}")
    sys.exit(0)
