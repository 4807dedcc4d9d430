"""Shows the program at work on the sample portfolio, which is kept apart from a user's own register.

    python tools/run_sample.py [--out FOLDER]

Where there is a display, the window opens. Where there is none, the same job is done without it: a sample
register, the evaluation of its most thoroughly evaluated initiative, workbooks and charts in the folder.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import subprocess
import sys
from pathlib import Path

from coi_desktop import paths
from tools import system_libraries

SAMPLE = f"eksempel{paths.SUFFIX}"


def has_display() -> bool:
    """Whether a window can be opened here. On X the server is asked, for a stale DISPLAY says nothing."""
    if not sys.platform.startswith("linux"):
        return True
    if os.environ.get("WAYLAND_DISPLAY"):
        return True
    if not os.environ.get("DISPLAY"):
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # the missing library is reported with what brings it
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not refused


def run_program(*arguments: str | Path) -> str:
    """Standard output of one command of the program; a fault ends this script in the program's own words."""
    done = subprocess.run(
        [sys.executable, "-m", "coi_desktop", *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.returncode)
    return done.stdout


def show_window() -> int:
    """Opens the window with the sample, made the first time; the program's exit status."""
    if system_libraries.ensure(["window"], may_install=True, quiet=True):
        return 1
    sample = paths.sample_register()
    if not sample.exists():
        sample.parent.mkdir(parents=True, exist_ok=True)
        run_program("new", sample, "--sample")
    return subprocess.run([sys.executable, "-m", "coi_desktop", "--register", sample], check=False).returncode


def most_evaluated(sample: Path) -> str:
    """The id of the initiative whose evaluations have the most indicators."""

    def indicators(initiative: str) -> int:
        shown = json.loads(run_program("show", sample, initiative, "--json"))
        return sum(1 + len(evaluation["indicators"]) for evaluation in shown["evaluations"])

    listed = json.loads(run_program("list", sample, "--json"))
    return max((str(row["id"]) for row in listed), key=indicators)


def work_without_window(out: Path) -> int:
    """Makes the sample register anew, shows one evaluation, and writes workbooks and charts."""
    out.mkdir(parents=True, exist_ok=True)
    sample = out / SAMPLE
    sample.unlink(missing_ok=True)
    run_program("new", sample, "--sample")
    initiative = most_evaluated(sample)
    print(run_program("show", sample, initiative))
    portfolio, single, charts = out / "portefølje.xlsx", out / "evaluering.xlsx", out / "diagrammer"
    run_program("export-workbook", sample, portfolio)
    run_program("export-workbook", sample, single, "--initiative", initiative)
    run_program("export-charts", sample, charts)
    run_program("export-charts", sample, charts, "--initiative", initiative)
    for path in (sample, portfolio, single, *sorted(charts.rglob("*.*"))):
        print(path)
    return 0


def main() -> int:
    """The command line described at the top of this file."""
    parser = argparse.ArgumentParser(description="The program at work on the sample portfolio.")
    parser.add_argument("--out", type=Path, default=Path("out"), help="where files go without a display")
    options = parser.parse_args()
    if has_display():
        return show_window()
    print(f"No display here: doing the same job without a window, results in {options.out}/", flush=True)
    return work_without_window(options.out)


if __name__ == "__main__":
    sys.exit(main())
