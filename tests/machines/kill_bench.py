"""Kills a program that edits a register, again and again at random moments, and looks at what it leaves.

    python -m tests.machines.kill_bench [--rounds 500] [--window | --random] [--ack-first] [--seed N]

The program edits the store as fast as it can; with --window it is the real one, typed into,
and with --random it does all that users do, and search is compared with the records after every kill.

Nothing that was said to be saved may be missing, and the register must be sound after every kill. This says
nothing about power cuts: with `synchronous=OFF` a killed program loses nothing either.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from tests.machines import editing_program, random_program, typing_program

ROOT = Path(__file__).resolve().parents[2]
LONGEST_SECONDS = 0.25


@dataclass
class Verdict:
    """What came out: how often it was killed, how many edits were saved, and what was wrong."""

    rounds: int = 0
    saved: int = 0
    slowest_open: float = 0.0
    lost: list[str] | None = None
    damaged: list[str] | None = None

    @property
    def is_good(self) -> bool:
        """Nothing lost and nothing damaged."""
        return not self.lost and not self.damaged


def run(
    folder: Path,
    rounds: int,
    *,
    seed: int = 0,
    arguments: tuple[str, ...] = (),
    program: ModuleType = editing_program,
) -> Verdict:
    """Kill the program ``rounds`` times in the same folder."""
    chance = random.Random(seed)
    verdict = Verdict(lost=[], damaged=[])
    saved = 0
    for _round in range(rounds):
        saved = max(saved, kill_once(folder, chance.uniform(0, LONGEST_SECONDS), arguments, program))
        start = time.perf_counter()
        found = program.check(folder)
        verdict.slowest_open = max(verdict.slowest_open, time.perf_counter() - start)
        verdict.rounds += 1
        word, rest = found.split(maxsplit=1)
        if word != "OK":
            assert verdict.damaged is not None
            verdict.damaged.append(rest)
            break
        if int(rest) < saved:
            assert verdict.lost is not None
            verdict.lost.append(f"{saved} edits were saved, {rest} are there")
            break
        saved = int(rest)
    verdict.saved = saved
    return verdict


def kill_once(folder: Path, seconds: float, arguments: tuple[str, ...], module: ModuleType) -> int:
    """Start the program, kill it after its first saved edit; the last edit that it said was saved."""
    program = subprocess.Popen(
        [sys.executable, "-m", module.__name__, "write", str(folder), *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    first = program.stdout.readline()
    time.sleep(seconds)
    program.send_signal(signal.SIGKILL)
    rest, errors = program.communicate(timeout=60)
    if program.returncode != -signal.SIGKILL:
        raise RuntimeError(f"the program ended by itself: {errors}")
    lines = [line for line in (first + rest).splitlines() if line.startswith("ACK ")]
    return int(lines[-1].split()[1]) if lines else 0


def main() -> int:
    """The command line described at the top of this file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--window", action="store_true")
    parser.add_argument("--random", action="store_true")
    parser.add_argument("--ack-first", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=ROOT / "out" if (ROOT / "out").is_dir() else None) as folder:
        arguments = ("--ack-first",) if given.ack_first else ()
        program = typing_program if given.window else editing_program
        program = random_program if given.random else program
        verdict = run(Path(folder), given.rounds, seed=given.seed, arguments=arguments, program=program)
    print(verdict)
    return 0 if verdict.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
