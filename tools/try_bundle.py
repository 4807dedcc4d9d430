"""Tries the built program where nothing of this computer's environment helps it.

    python tools/try_bundle.py dist/coi-desktop

Its self-test runs in an emptied environment; the command line makes a sample register, imports a stranger's
list (read in a child process of the program itself), works an evaluation out and exports; the window opens on
a virtual screen. Exit status 1 and a line for each thing that failed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools.virtual_screen import virtual_screen

SELF_TEST_SECONDS = 180
WINDOW_SECONDS = 30
FEWEST_COLOURS = 20
LINES_SHOWN = 12
PROGRAM = "coi-desktop"
LIST = """\
Titel;Fase;Startdato
Digital vejviser i borgerservice;;22-11-2026
Fælles køkkenhave på Ærø;;2026-03-01
"""


def bare_environment(home: Path) -> dict[str, str]:
    """What is left of the environment: a home, and no more than that."""
    return {"HOME": str(home), "LANG": "C.UTF-8"}


def call_bare(program: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs one command of the program in the emptied environment."""
    return subprocess.run(
        [str(program), *arguments],
        env=bare_environment(home) | {"QT_QPA_PLATFORM": "offscreen"},
        cwd=home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=SELF_TEST_SECONDS,
        check=False,
    )


def run_bare(program: Path, home: Path, *arguments: str) -> str | None:
    """Runs one command; its fault in a line, or None."""
    try:
        done = call_bare(program, home, *arguments)
    except subprocess.TimeoutExpired:
        return f"{arguments[0]}: no end after {SELF_TEST_SECONDS} s"
    if done.returncode:
        return f"{arguments[0]}: exit status {done.returncode}\n{done.stdout}{done.stderr}"
    lines = done.stdout.splitlines()
    print("\n".join([f"{arguments[0]}: passed", *lines[:LINES_SHOWN]]))
    return None


def find_evaluated(program: Path, home: Path) -> str:
    """The id of the sample's evaluated initiative."""
    listed = json.loads(
        call_bare(program, home, "list", "eksempel.coi", "--search", "skærmbesøg", "--json").stdout
    )
    found: str = listed[0]["id"]
    return found


def try_commands(program: Path, home: Path) -> list[str]:
    """The faults of the command line, from the self-test to the exported files."""
    (home / "liste.csv").write_text(LIST, encoding="utf-8")
    commands = [
        ("self-test",),
        ("new", "eksempel.coi", "--sample"),
        ("list", "eksempel.coi"),
        ("import-table", "eksempel.coi", "liste.csv"),
        ("export-workbook", "eksempel.coi", "eksempel.xlsx"),
        ("import-table", "eksempel.coi", "eksempel.xlsx", "--dry-run"),
        ("export-charts", "eksempel.coi", "diagrammer", "--format", "png,svg,pdf"),
        ("check", "eksempel.coi"),
    ]
    faults = [fault for command in commands if (fault := run_bare(program, home, *command))]
    if not faults:
        evaluated = find_evaluated(program, home)
        commands = [
            ("eval", "check", "eksempel.coi", evaluated),
            ("calc", "eksempel.coi", evaluated, "--json"),
            ("export-workbook", "eksempel.coi", "tiltag.xlsx", "--initiative", evaluated),
            ("export-charts", "eksempel.coi", "trin", "--initiative", evaluated),
            ("export-worksheets", "eksempel.coi", evaluated, "dialogark", "--format", "pdf,xlsx"),
        ]
        faults = [fault for command in commands if (fault := run_bare(program, home, *command))]
    for name, at_least in (
        ("eksempel.xlsx", 1),
        ("diagrammer/*.png", 1),
        ("diagrammer/*.svg", 1),
        ("diagrammer/*.pdf", 1),
        ("tiltag.xlsx", 1),
        ("trin/*.png", 1),
        ("dialogark/*.pdf", 7),
        ("dialogark/*.xlsx", 1),
    ):
        if len(list(home.glob(name))) < at_least:
            faults.append(f"no {name} was written")
    return faults


def try_window(program: Path, home: Path, picture: Path | None) -> list[str]:
    """The faults of the window: none within the time, none of its own size, or nothing drawn in it."""
    with virtual_screen() as screen:
        names = ("DISPLAY", "XDG_RUNTIME_DIR", "QT_QPA_PLATFORM")
        environment = bare_environment(home) | {name: screen.environment[name] for name in names}
        start = time.monotonic()
        running = subprocess.Popen(
            [str(program), "--register", str(home / "eksempel.coi")],
            env=environment, cwd=home, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        try:
            window = screen.wait_for_window(running.pid, WINDOW_SECONDS)
            if window is None:
                running.kill()
                return [f"no window within {WINDOW_SECONDS} s\n{running.communicate()[0]}"]
            print(f"window: {screen.title(window)!r} after {(time.monotonic() - start) * 1000:.0f} ms")
            time.sleep(1.0)
            if running.poll() is not None:
                return [f"the window closed by itself\n{running.communicate()[0]}"]
            if screen.colours(window) < FEWEST_COLOURS:
                return ["the window is empty"]
            if picture is not None:
                screen.photograph(window, picture)
                print(f"window: pictured in {picture}")
            return []
        finally:
            running.terminate()
            try:
                running.communicate(timeout=10)
            except subprocess.TimeoutExpired:
                running.kill()


def main(arguments: list[str] | None = None) -> int:
    """The command line described at the top of this file."""
    given = sys.argv[1:] if arguments is None else arguments
    if len(given) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(given[0]).resolve()
    program = folder / (PROGRAM + (".exe" if sys.platform == "win32" else ""))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    print(f"{folder.name}: {size / 1e6:.0f} MB")
    with tempfile.TemporaryDirectory(prefix="bundle-") as name:
        home = Path(name)
        faults = try_commands(program, home) + try_window(program, home, folder.parent / "window.png")
    for fault in faults:
        print(f"FAILED {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
