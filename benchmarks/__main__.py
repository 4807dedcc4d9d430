"""Measure the program's speed as ratios to a limit in the same run, and print a table.

    python -m benchmarks [NAME...]    all, or the named: start, list, register, bulk, export, pack, walk; of
                                      big registers, which are made first, once: scale, memory

Every module here offers ``measure() -> list[Figure]``. Times drift on shared machines; the ratios hold.
"""

from __future__ import annotations

import importlib
import sys

from benchmarks.figure import Figure

#: The modules that measure something, in the order of the table.
MODULES = ("start", "list", "register", "bulk", "export", "pack", "walk", "scale", "memory")


def main(names: list[str]) -> int:
    """Measure and print; the number of limits that were missed (at most 1 as exit status)."""
    figures: list[Figure] = []
    for name in names or MODULES:
        figures += importlib.import_module(f"benchmarks.{name}").measure()
    width = max(len(figure.name) for figure in figures)
    print(f"{'what':<{width}}  {'ours':>10}  {'bare':>10}  {'ratio':>6}  {'limit':>6}")
    for figure in figures:
        holds = "" if figure.holds else "MISSED"
        print(
            f"{figure.name:<{width}}  {figure.ours * 1000:>7.1f} ms  {figure.bare * 1000:>7.1f} ms"
            f"  {figure.ratio:>6.2f}  {figure.limit:>6.2f}  {holds:<6}  {figure.note}"
        )
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
