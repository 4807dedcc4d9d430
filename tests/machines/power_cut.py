"""What may be on the disk after the plug is pulled? Rebuilt from a log of all a program wrote and synced.

    python -m tests.machines.power_cut [--edits 12] [--states 1500] [--sync off] [--journal delete]

The program runs once under strace. After each of its calls the disk may hold: all that was written; only what
an fsync has made safe; new names without their contents; or unsynced contents in part, torn in sectors of 512
bytes. Names become safe in their order, with the next fsync of any file or folder, as on ext4 and NTFS. Each
such disk is opened as the program would open it: it must be sound and hold every edit said to be saved by
then.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.machines.editing_program import check

ROOT = Path(__file__).resolve().parents[2]
SECTOR = 512
CALLS = (
    "openat,creat,pwrite64,write,writev,pwritev,ftruncate,truncate,fallocate,fsync,fdatasync,unlink,unlinkat,"
    "rename,renameat,renameat2,link,linkat,dup,dup2,dup3,mmap,sendfile,copy_file_range"
)
UNFOLLOWED = (
    "writev",
    "pwritev",
    "truncate",
    "fallocate",
    "dup",
    "dup2",
    "dup3",
    "sendfile",
    "copy_file_range",
)
LINE = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)")
FD = re.compile(r"^(\d+)<((?:\\x[0-9a-f]{2})*)>")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')

Write = tuple[int, bytes] | int
"""Bytes at a place, or the length that a file was cut or grown to."""


@dataclass
class Inode:
    """A file's contents: now, as last synced, and what was written since."""

    now: bytearray = field(default_factory=bytearray)
    synced: bytes = b""
    pending: list[Write] = field(default_factory=list)

    def write(self, change: Write) -> None:
        """Take in a write."""
        self.pending.append(change)
        apply(self.now, change)

    def sync(self) -> None:
        """All that was written is safe."""
        self.synced = bytes(self.now)
        self.pending.clear()

    def torn(self, chance: random.Random) -> bytes:
        """Contents with some of the unsynced sectors, in any order."""
        content = bytearray(self.synced)
        share = chance.choice((0.1, 0.5, 0.9))
        for change in self.pending:
            if isinstance(change, int):
                if chance.random() < share:
                    apply(content, change)
                continue
            place, written = change
            for start in range(0, len(written), SECTOR):
                if chance.random() < share:
                    apply(content, (place + start, written[start : start + SECTOR]))
        return bytes(content)


def apply(content: bytearray, change: Write) -> None:
    """Change a file's contents."""
    if isinstance(change, int):
        del content[change:]
        content.extend(bytes(change - len(content)))
    else:
        place, written = change
        content.extend(bytes(max(0, place - len(content))))
        content[place : place + len(written)] = written


Disk = dict[str, bytes]


class Replay:
    """The log of one run, replayed call by call."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: dict[str, Inode] = {}
        self.safe_names: dict[str, Inode] = {}
        self.between: list[dict[str, Inode]] = []
        self.open: dict[int, Inode | None] = {}
        self.places: dict[int, int] = {}
        self.acknowledged = 0

    def take(self, line: str) -> bool:
        """Replay a line of the log; True when it changed what a power cut would leave."""
        match = LINE.match(line)
        if match is None or int(match[3]) < 0:
            return False
        call, arguments, result = match[1], match[2], int(match[3])
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in TEXT.findall(arguments)]
        if call in ("openat", "creat"):
            return self._open(texts[-1], arguments, result)
        if call in ("rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat"):
            return self._name(call, [self._inside(text) for text in texts])
        descriptor = FD.match(arguments)
        if descriptor is None:
            return False
        number = int(descriptor[1])
        if call == "write" and number == 1:
            self.acknowledged = max([self.acknowledged, *map(int, re.findall(rb"ACK (\d+)", texts[0]))])
            return False
        inode = self.open.get(number)
        if call in ("fsync", "fdatasync"):
            self._sync(inode)
            return True
        if inode is None:
            return False
        if call in UNFOLLOWED or (call == "mmap" and "MAP_SHARED" in arguments and "PROT_WRITE" in arguments):
            raise RuntimeError(f"cannot follow {call}")
        if call == "mmap":
            return False
        numbers = [int(text) for text in re.findall(r", (\d+)", arguments)]
        if call == "pwrite64":
            inode.write((numbers[-1], texts[0][:result]))
        elif call == "ftruncate":
            inode.write(numbers[-1])
        else:
            place = self.places.get(number, 0)
            inode.write((place, texts[0][:result]))
            self.places[number] = place + result
        return True

    def _inside(self, path: bytes) -> str | None:
        name = Path(path.decode())
        is_inside = name != self.folder and name.is_relative_to(self.folder)
        return name.relative_to(self.folder).as_posix() if is_inside else None

    def _open(self, path: bytes, arguments: str, number: int) -> bool:
        name = self._inside(path)
        self.places[number] = 0
        if name is None:
            self.open[number] = None
            return False
        made = name not in self.names and "O_CREAT" in arguments
        if made:
            self._name_now(self.names | {name: Inode()})
        inode = self.open[number] = self.names.get(name)
        if inode is not None and "O_TRUNC" in arguments and inode.now:
            inode.write(0)
            return True
        if inode is not None and "O_APPEND" in arguments:
            self.places[number] = len(inode.now)
        return made

    def _name(self, call: str, paths: list[str | None]) -> bool:
        names = dict(self.names)
        if call.startswith("unlink"):
            if paths[0] is None:
                return False
            names.pop(paths[0])
        else:
            source, target = paths
            if source is None or target is None:
                raise RuntimeError(f"cannot follow {call} out of the folder")
            names[target] = names[source]
            if call.startswith("rename"):
                del names[source]
        self._name_now(names)
        return True

    def _name_now(self, names: dict[str, Inode]) -> None:
        self.between.append(self.names)
        self.names = names

    def _sync(self, inode: Inode | None) -> None:
        if inode is not None:
            inode.sync()
        self.safe_names = self.names
        self.between.clear()

    def disks(self, chance: random.Random) -> Iterator[Disk]:
        """What the disk may hold if the power goes now."""
        yield {name: bytes(inode.now) for name, inode in self.names.items()}
        yield {name: inode.synced for name, inode in self.safe_names.items()}
        yield {name: inode.synced for name, inode in self.names.items()}
        for _torn in range(3):
            names = chance.choice([self.safe_names, *self.between, self.names])
            yield {name: inode.torn(chance) for name, inode in names.items()}


@dataclass
class Verdict:
    """How many different disks were tried, and what was wrong with some."""

    states: int = 0
    damaged: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def record(folder: Path, arguments: tuple[str, ...]) -> list[str]:
    """Run the program under strace in ``folder``; the lines of the log."""
    log = folder.with_name(folder.name + ".log")
    program = [sys.executable, "-m", "tests.machines.editing_program", "write", str(folder), *arguments]
    trace = ["strace", "-f", "-y", "-xx", "-s", "10000000", "-e", f"trace={CALLS}", "-o", str(log)]
    subprocess.run([*trace, *program], cwd=ROOT, check=True, capture_output=True, timeout=300)
    lines = log.read_text(encoding="utf-8", errors="backslashreplace").splitlines()
    log.unlink()
    return lines


def run(
    folder: Path, most_states: int, arguments: tuple[str, ...], *, seed: int = 0, until_bad: bool = False
) -> Verdict:
    """Record one run and try some of the disks that it may leave, spread over all; for controls until one is
    bad.
    """
    chance = random.Random(seed)
    place = folder / "disk"
    place.mkdir()
    lines = record(place, arguments)
    count = sum(map(Replay(place).take, lines))
    share = 1.5 * most_states / (count * len(list(Replay(place).disks(chance))))
    replay, verdict = Replay(place), Verdict()
    seen: set[bytes] = set()
    for line in lines:
        if not replay.take(line):
            continue
        for disk in replay.disks(chance):
            key = hashlib.sha256(repr((replay.acknowledged, sorted(disk.items()))).encode()).digest()
            if chance.random() < share and key not in seen and verdict.states < most_states:
                seen.add(key)
                look_at(folder / "look", replay.acknowledged, disk, verdict)
                if until_bad and (verdict.damaged or verdict.missing):
                    return verdict
    files = [path for path in place.rglob("*") if path.is_file()]
    left = {path.relative_to(place).as_posix(): path.read_bytes() for path in files}
    if left != {name: bytes(inode.now) for name, inode in replay.names.items()}:
        raise RuntimeError("the log does not account for all that is in the folder")
    return verdict


def look_at(folder: Path, saved: int, disk: Disk, verdict: Verdict) -> None:
    """Lay a disk out and open it."""
    folder.mkdir()
    for name, content in disk.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    word, rest = check(folder).split(maxsplit=1)
    verdict.states += 1
    if word != "OK":
        verdict.damaged.append(rest)
    elif int(rest) < saved:
        verdict.missing.append(f"{saved} edits were saved, {rest} are there")
    shutil.rmtree(folder)


def main() -> int:
    """The command line described at the top of this file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--edits", type=int, default=12)
    parser.add_argument("--states", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--journal", default="truncate")
    parser.add_argument("--sync", default="full")
    given = parser.parse_args()
    arguments = ("--edits", str(given.edits), "--journal", given.journal, "--sync", given.sync)
    with tempfile.TemporaryDirectory() as folder:
        verdict = run(Path(folder), given.states, arguments, seed=given.seed)
    print(f"{verdict.states} disks, {len(verdict.damaged)} damaged, {len(verdict.missing)} lack a saved edit")
    for line in (*verdict.damaged[:5], *verdict.missing[:5]):
        print(" ", line)
    return 1 if verdict.damaged or verdict.missing else 0


if __name__ == "__main__":
    sys.exit(main())
