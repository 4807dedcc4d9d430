"""Lets the disk refuse one call after another while the program works, and looks at what is left.

    python -m tests.machines.io_faults [--most 200] [--action NAME] [--seed N]

Each action of the command line runs once under strace, which numbers the calls that touch the folder. Then it
runs again and again, and each time another of these calls fails: once, or from there on, as a full disk does.
The program must end with a sentence or have done its work; the register must stand as before or as after,
whichever was told, and a file that was there must be the old or the new one, whole.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.operations.packs import export_pack
from coi_desktop.operations.samples import create_sample_register
from coi_desktop.store.backup_set import BackupSet
from coi_desktop.store.register import Register
from tests.store.making import content

ROOT = Path(__file__).resolve().parents[2]
REGISTER = "register.coi"
INITIATIVE = "tiltag.id"
OLD = b"the old file"
MOMENT = datetime(2026, 11, 22, 10, 42, tzinfo=UTC)
BACKUP = f"000001 {MOMENT.astimezone():%Y-%m-%d %H.%M}.coi"
LIST = "Titel;Fase;Start\nSkærmbesøg;Drift;22-11-2026\nRobotstøvsuger;Idé;1. marts 2025\n"

#: What each call may fail with.
FAULTS = {
    "openat": ("EACCES", "EMFILE"),
    "write": ("ENOSPC", "EIO"),
    "pwrite64": ("ENOSPC", "EIO"),
    "ftruncate": ("EIO",),
    "fsync": ("EIO", "ENOSPC"),
    "fdatasync": ("EIO",),
    "rename": ("EACCES", "EIO"),
    "link": ("EACCES", "EPERM"),
    "unlink": ("EACCES",),
}
#: What a share that goes away answers to who reads.
READING_FAULTS = {"pread64": ("EIO", "ESTALE", "ENOTCONN")}
#: A full or broken disk may refuse these from some moment on.
LASTING = frozenset(("pread64", "pwrite64", "ftruncate", "fsync", "fdatasync", "rename", "link"))
PROGRAM = ("-m", "coi_desktop")
TOLD, MISSED = "told", "missed"
LINE = re.compile(r"^(\d+) +(\w+)\((.*)")


@dataclass(frozen=True)
class Action:
    """A command, its arguments (``{}``: the folder, ``{id}``: an initiative), the file it writes, and whether
    it makes a step.

    None: it makes one where the register lets it, and does its work all the same where that is only read.
    """

    name: str
    arguments: tuple[str, ...]
    target: str = ""
    makes_step: bool | None = False


ACTIONS = (
    Action("new", ("new", "{}/ny.coi", "--sample"), "ny.coi"),
    Action("import-table", ("import-table", "{}/register.coi", "{}/liste.csv"), makes_step=True),
    Action("import-pack", ("import-pack", "{}/register.coi", "{}/nabo.coipack"), makes_step=True),
    Action("attach", ("attach", "{}/register.coi", "{id}", "{}/liste.csv"), makes_step=True),
    Action("export-pack", ("export-pack", "{}/register.coi", "{}/ud.coipack"), "ud.coipack", makes_step=None),
    Action("export-workbook", ("export-workbook", "{}/register.coi", "{}/ud.xlsx"), "ud.xlsx"),
    Action("export-charts", ("export-charts", "{}/register.coi", "{}/diagrammer", "--format", "svg")),
    Action("undo", ("undo", "{}/register.coi"), makes_step=True),
    Action("restore", ("restore", "{}/register.coi", "{}/kopier/" + BACKUP), makes_step=True),
    Action("backup", ("backup", "{}/register.coi", "{}/kopi.coi"), "kopi.coi"),
)


@dataclass
class Verdict:
    """How many faults were tried, in how many the program told of one, and what was wrong with some."""

    tried: int = 0
    told: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Call:
    """A call of the program on a file of the folder: its place among all calls of that name."""

    number: int
    name: str


def make_folder(folder: Path) -> None:
    """What the actions work on: a register with something to undo, a list, another unit's pack, old files."""
    folder.mkdir()
    with create_sample_register(folder / "nabo.coi") as other:
        run_to_end(export_pack(other, folder / "nabo.coipack"))
    (folder / "nabo.coi").unlink()
    (folder / "liste.csv").write_text(LIST, encoding="utf-8")
    with create_sample_register(folder / REGISTER) as register:
        (folder / INITIATIVE).write_text(register.find_ids(Query())[0])
    with closing(sqlite3.connect(folder / REGISTER)) as connection:
        BackupSet(folder / "kopier").write(connection, folder / REGISTER, Reason.ASKED, MOMENT)
    _run(folder, Action("", ("import-table", "{}/register.coi", "{}/liste.csv")))
    _run(folder, Action("", ("undo", "{}/register.coi")))
    _run(folder, Action("", ("redo", "{}/register.coi")))
    (folder / "liste.csv").write_text(LIST.replace("Idé", "Afsluttet") + "Ny;Idé;\n", encoding="utf-8")
    for name in ("ud.coipack", "ud.xlsx"):
        (folder / name).write_bytes(OLD)
    for path in folder.glob("*.coi.*"):
        path.unlink()


def _run(
    folder: Path, action: Action, tracing: Sequence[str] = (), program: Sequence[str] = PROGRAM
) -> subprocess.CompletedProcess[str]:
    initiative = (folder / INITIATIVE).read_text() if (folder / INITIATIVE).exists() else ""
    arguments = [one.replace("{}", str(folder)).replace("{id}", initiative) for one in action.arguments]
    apart = folder.with_name("home")
    return subprocess.run(
        [*tracing, sys.executable, *program, *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            "LC_ALL": "C.UTF-8",
            "HOME": str(apart),
            "XDG_DATA_HOME": str(apart / "share"),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def find_calls(
    folder: Path,
    action: Action,
    program: Sequence[str] = PROGRAM,
    faults: Mapping[str, Sequence[str]] = FAULTS,
) -> list[Call]:
    """The calls of one run of the action that touch the folder and may fail, with their numbers."""
    log = folder.with_name("calls.log")
    tracing = ["strace", "-f", "-y", "-qq", "-s", "0", "-e", f"trace={','.join(faults)}", "-o", str(log)]
    done = _run(folder, action, tracing, program)
    if done.returncode != 0:
        raise RuntimeError(f"{action.name} fails by itself: {done.stderr}")
    found: list[Call] = []
    lines = [match for line in log.read_text().splitlines() if (match := LINE.match(line))]
    log.unlink()
    counts = dict.fromkeys(faults, 0)
    for match in lines:
        if match[1] == lines[0][1]:
            counts[match[2]] += 1
            if str(folder) in match[3]:
                found.append(Call(counts[match[2]], match[2]))
    return found


def let_fail(
    folder: Path,
    action: Action,
    call: Call,
    fault: str,
    *,
    lasting: bool,
    program: Sequence[str] = PROGRAM,
) -> str:
    """Run the action with one failing call, or all of that kind from there on.

    Returns what is wrong with what is left; "" when the work was done all the same; TOLD when the program
    told of the fault and all stands as before; MISSED when another file's call failed than was meant.
    """
    before = content(folder / REGISTER)
    log = folder.with_name("faults.log")
    when = f"{call.number}+" if lasting else str(call.number)
    inject = f"inject={call.name}:error={fault}:when={when}"
    tracing = [
        "strace",
        "-f",
        "-y",
        "-qq",
        "-s",
        "0",
        "-e",
        f"trace={call.name}",
        "-e",
        inject,
        "-o",
        str(log),
    ]
    done = _run(folder, action, tracing, program)
    refused = [line for line in log.read_text().splitlines() if line.endswith("(INJECTED)")]
    if not any(str(folder) in line for line in refused):
        return MISSED
    said = done.stderr.strip()
    if done.returncode not in (0, 1) or "Traceback" in said:
        return f"ended with {done.returncode}: {said[-600:]}"
    if done.returncode == 1 and not said:
        return "ended without a word"
    return _look(folder, action, before, is_done=done.returncode == 0) or (
        "" if done.returncode == 0 else TOLD
    )


def _look(folder: Path, action: Action, before: object, *, is_done: bool) -> str:
    try:
        with Register.open(folder / REGISTER) as register:
            damage = register.find_damage()
            damage += [str(one) for one in register.files.find_changed(register.find_named_files())]
            damage += register.files.find_missing(register.find_named_files())
    except Problem as problem:
        return f"the register cannot be opened: {problem}"
    if damage:
        return f"the register is damaged: {damage}"
    is_changed = content(folder / REGISTER) != before
    if is_done and action.makes_step and not is_changed:
        return "said to be done, and the register stands as before"
    if is_changed and not (is_done and action.makes_step is not False):
        return "said to have failed, and the register is another one"
    return _look_at_target(folder / action.target, is_done=is_done) if action.target else ""


def _look_at_target(target: Path, *, is_done: bool) -> str:
    old = target.read_bytes() == OLD if target.suffix in (".xlsx", ".coipack") else not target.exists()
    if old:
        return "said to be done, and the file is the old one" if is_done else ""
    if target.suffix == ".coi":
        with Register.open(target, write=False) as register:
            whole = register.find_damage() == []
    else:
        whole = zipfile.is_zipfile(target) and zipfile.ZipFile(target).testzip() is None
    return "" if whole else "the file is neither the old nor the new one"


def run(
    folder: Path,
    action: Action,
    most: int,
    *,
    seed: int = 0,
    program: Sequence[str] = PROGRAM,
    faults: Mapping[str, Sequence[str]] = FAULTS,
) -> Verdict:
    """Let ``most`` of the action's calls fail, one a run: rare ones first, some of them lasting."""
    chance = random.Random(f"{seed} {action.name}")
    ready, place = folder / "ready", folder / "place"
    if not ready.exists():
        make_folder(ready)
    _lay_out(ready, place)
    calls = find_calls(place, action, program, faults)
    chance.shuffle(calls)
    calls.sort(key=lambda call: call.name == "pwrite64")
    verdict = Verdict()
    for call in calls[:most]:
        fault = chance.choice(faults[call.name])
        lasting = call.name in LASTING and chance.random() < 0.4
        _lay_out(ready, place)
        said = let_fail(place, action, call, fault, lasting=lasting, program=program)
        if said == MISSED:
            continue
        verdict.tried += 1
        verdict.told += said == TOLD
        if said not in ("", TOLD):
            verdict.wrong.append(f"{action.name}: {call.name} {call.number} {fault} {lasting=}: {said}")
    return verdict


def _lay_out(ready: Path, place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    # The backups of an earlier run would spare the next one some of its calls.
    shutil.rmtree(place.with_name("home"), ignore_errors=True)
    shutil.copytree(ready, place)


def main() -> int:
    """The command line described at the top of this file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=200)
    parser.add_argument("--action", choices=[action.name for action in ACTIONS])
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for action in ACTIONS:
            if given.action in (None, action.name):
                verdict = run(Path(folder), action, given.most, seed=given.seed)
                print(f"{action.name:16} {verdict.tried:4} faults, {verdict.told:4} told")
                print(*(f"  {line}\n" for line in verdict.wrong), sep="", end="")
                wrong += len(verdict.wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
