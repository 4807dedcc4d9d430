"""Writes the sample's workbooks and lets LibreOffice compute them anew: every stored value must be the same.

    python tools/check_workbooks.py [--keep FOLDER]

With --keep the workbooks and pictures of their pages (when pdftoppm is there) stay in a folder to be looked
at.
Exit status 1 when a value differs, 2 when LibreOffice is not installed.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SECONDS = 180


def find_stale_values(workbook: Path) -> list[str]:
    """The cells of a workbook whose stored value LibreOffice does not compute, with both values."""
    with tempfile.TemporaryDirectory() as folder:
        computed = read_values(recalculated(workbook, Path(folder)))
    found = []
    for place, stored in read_values(workbook).items():
        value = computed.get(place)
        if not is_same(stored, value):
            found.append(f"{workbook.name} {place}: stored {stored!r}, computed {value!r}")
    return found


def recalculated(workbook: Path, folder: Path) -> Path:
    """A copy of the workbook that LibreOffice has computed anew and saved."""
    plain = folder / "stripped" / workbook.name
    plain.parent.mkdir()
    strip_values(workbook, plain)
    convert(plain, folder, "xlsx:Calc MS Excel 2007 XML")
    return folder / workbook.name


def strip_values(source: Path, target: Path) -> None:
    """A copy of a workbook whose formulas stand without values, so that no program can repeat stored ones."""
    import openpyxl

    openpyxl.load_workbook(source).save(target)


def convert(workbook: Path, folder: Path, form: str) -> None:
    """Let LibreOffice read a workbook and write it in another form into ``folder``."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                "soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{profile}",
                "--convert-to", form, "--outdir", str(folder), str(workbook),
            ],
            check=True, capture_output=True, timeout=SECONDS,
        )  # fmt: skip


def read_values(workbook: Path) -> dict[str, Any]:
    """The value of every cell that is not empty, by sheet and name."""
    import openpyxl

    # Read only: the charts LibreOffice writes are none of ours, and openpyxl stumbles over them.
    book = openpyxl.load_workbook(workbook, data_only=True, read_only=True)
    try:
        return {
            f"{sheet.title}!{cell.coordinate}": cell.value
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
    finally:
        book.close()


def is_same(first: Any, second: Any) -> bool:
    """Whether two values are the same, numbers to nine digits."""
    if isinstance(first, (int, float)) and isinstance(second, (int, float)):
        return abs(first - second) <= 1e-9 * max(1.0, abs(first))
    return bool(first == second)


def write_sample_workbooks(folder: Path) -> list[Path]:
    """The workbook of the sample portfolio, and of each evaluated initiative in both languages."""
    from coi_desktop.models.progress import run_to_end
    from coi_desktop.operations.exports import export_workbook
    from coi_desktop.operations.samples import create_sample_register

    register = create_sample_register(folder / "sample.coi")
    try:
        snapshot = register.snapshot()
    finally:
        register.close()
    evaluated = [str(record["initiative_id"]) for record in snapshot.rows("evaluation")]
    jobs: list[tuple[Path, str | None, str]] = [(folder / "portfolio.xlsx", None, "da")]
    for place, initiative in enumerate(dict.fromkeys(evaluated), 1):
        jobs += [(folder / f"initiative {place} {one}.xlsx", initiative, one) for one in ("da", "en")]
    for path, shown, language in jobs:
        run_to_end(export_workbook(snapshot, path, shown, language=language))
    return [path for path, _initiative, _language in jobs]


def main() -> int:
    """The command line described at the top of this file."""
    parser = argparse.ArgumentParser(description="Recalculate the sample's workbooks with LibreOffice.")
    parser.add_argument("--keep", type=Path, help="a folder for the workbooks and pictures of their pages")
    options = parser.parse_args()
    if shutil.which("soffice") is None:
        print("LibreOffice (soffice) is not installed; apt-get install libreoffice-calc-nogui")
        return 2
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "sample.coi").unlink(missing_ok=True)
        workbooks = write_sample_workbooks(folder)
        stale = [line for workbook in workbooks for line in find_stale_values(workbook)]
        if options.keep and shutil.which("pdftoppm"):
            for workbook in workbooks:
                convert(workbook, folder, "pdf")
                pages = folder / workbook.stem
                subprocess.run(["pdftoppm", "-r", "90", "-png", f"{pages}.pdf", str(pages)], check=True)
    print("\n".join(stale) or f"{len(workbooks)} workbooks: every stored value is what LibreOffice computes")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
