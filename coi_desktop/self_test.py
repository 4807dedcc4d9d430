"""The program's test of itself: every part once, on a register of its own, in a folder that goes away.

It is what proves a built program before it is given out, and what IT can run after installing it.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, speaking

_log = logging.getLogger(__name__)

Part = tuple[str, Callable[[Path], None]]


def run_self_test(say: Callable[[str], object]) -> int:
    """Run every part and say how each went; 0 when all is well, else 1."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="coi-self-test-") as folder:
        for name, part in _parts():
            try:
                part(Path(folder))
            except Exception as error:  # noqa: BLE001 - each part is told of, whatever befalls it
                failed += 1
                _log.exception("self-test: %s", name)
                said = str(error) if isinstance(error, Problem) else f"{type(error).__name__}: {error}"
                say(f"✗ {name}: {said}")
            else:
                say(f"✓ {name}")
    say(_("The program works.") if not failed else _("{count} parts failed.").format(count=failed))
    return 1 if failed else 0


def _parts() -> Iterator[Part]:
    yield _("resources and both languages"), _try_resources
    yield _("register, search, undo, backup"), _try_register
    yield _("figures of the demo case"), _try_figures
    yield _("list import in a limited child process"), _try_table_import
    yield _("workbooks"), _try_workbooks
    yield _("charts"), _try_charts
    yield _("case pack"), _try_pack
    yield _("window"), _try_window


def _try_resources(_folder: Path) -> None:
    from coi_desktop import resources
    from coi_desktop.operations.library import guide, vocabulary

    _expect(guide("evaluation").steps, "the evaluation guide has no steps")
    _expect(vocabulary().label("stage", "trial", "en") == "Trial", "the value lists do not answer")
    _expect(resources.find_files("icons", ".svg"), "there are no icons")
    for language, word in (("da", "Fortryd: {step}"), ("en", "Undo: {step}")):
        with speaking(language):
            _expect(_("Undo: {step}") == word, f"the catalogue of {language} does not answer")


def _sample(folder: Path) -> Path:
    from coi_desktop.operations.samples import create_sample_register

    path = folder / "æøå register.coi"
    if not path.exists():
        create_sample_register(path).close()
    return path


def _try_register(folder: Path) -> None:
    from coi_desktop.models.progress import run_to_end
    from coi_desktop.models.query import Query
    from coi_desktop.operations import history, initiatives
    from coi_desktop.operations.backups import back_up
    from coi_desktop.operations.registers import check_register, open_register

    with open_register(_sample(folder)) as register:
        made = initiatives.add_initiative(register, {"title": "Ærø prøver"})
        _expect(register.find_ids(Query(search="AERØ")) == [made], "search does not find what was written")
        history.undo(register)
        _expect(register.count("initiative") == 12, "undo does not take back")
        check_register(register)
        run_to_end(back_up(register, folder / "copy.coi"))


def _try_figures(folder: Path) -> None:
    from coi_desktop.models.evaluation_figures import evaluation_figures
    from coi_desktop.operations.figures import figures_catalogue
    from coi_desktop.operations.registers import open_register

    with open_register(_sample(folder), write=False) as register:
        snapshot = register.snapshot()
    figures = evaluation_figures(snapshot, snapshot.rows("evaluation")[0], figures_catalogue())
    _expect(figures.economy.npv == Decimal("-141564.39"), "the net present value is wrong")
    _expect(figures.economy.npv_incl_capacity == Decimal("50074.52"), "the second net present value is wrong")


def _try_table_import(folder: Path) -> None:
    from coi_desktop.models.import_report import Outcome
    from coi_desktop.models.progress import run_to_end
    from coi_desktop.operations.registers import create_register
    from coi_desktop.operations.table_imports import import_table

    table = folder / "liste.csv"
    table.write_text("Titel;Budget;Start\nFørste tiltag;1.234.567,50;22-11-2026\n", encoding="cp1252")
    with create_register(folder / "list.coi") as register:
        taken = run_to_end(import_table(register, table))
        again = run_to_end(import_table(register, table))
        [record] = register.snapshot().rows("initiative")
    _expect(taken.count(Outcome.NEW) == 1, "the list did not come in")
    _expect(again.count(Outcome.IDENTICAL) == 1, "the second time was not the same")
    _expect(record["budget"] == Decimal("1234567.50"), "the Danish number was read wrongly")


def _try_workbooks(folder: Path) -> None:
    from coi_desktop.models.progress import run_to_end
    from coi_desktop.operations.exports import export_workbook
    from coi_desktop.operations.registers import open_register
    from coi_desktop.operations.table_imports import read_table

    with open_register(_sample(folder), write=False) as register:
        [initiative] = [one for one in register.snapshot().rows("initiative") if one["number"] == 1]
        run_to_end(export_workbook(register, folder / "portfolio.xlsx", language="da"))
        report = run_to_end(export_workbook(register, folder / "one.xlsx", initiative.id, language="en"))
    _expect("Economy" in report.sheets, "the workbook lacks the economy")
    table = run_to_end(read_table(folder / "portfolio.xlsx", "Portefølje"))
    _expect(len(table.rows) == 12, "the written workbook cannot be read again")


def _try_charts(folder: Path) -> None:
    from coi_desktop.models.progress import run_to_end
    from coi_desktop.operations.charts import export_charts
    from coi_desktop.operations.registers import open_register

    with open_register(_sample(folder), write=False) as register:
        written = run_to_end(export_charts(register, folder / "charts"))
    _expect(
        {path.suffix for path in written} == {".png", ".svg", ".pdf"}, "not every kind of chart was written"
    )
    _expect(all(path.stat().st_size > 1_000 for path in written), "a chart is empty")


def _try_window(folder: Path) -> None:
    from coi_desktop.ui.try_window import try_window

    try_window(_sample(folder), folder)


def _try_pack(folder: Path) -> None:
    from coi_desktop.models.import_report import Outcome
    from coi_desktop.models.progress import run_to_end
    from coi_desktop.operations.pack_imports import import_pack
    from coi_desktop.operations.packs import export_pack
    from coi_desktop.operations.registers import create_register, open_register

    pack = folder / "erfaringer.coipack"
    with open_register(_sample(folder)) as register:
        run_to_end(export_pack(register, pack))
    with create_register(folder / "other.coi", unit_name="Nabo") as other:
        taken = run_to_end(import_pack(other, pack))
        again = run_to_end(import_pack(other, pack))
    _expect(taken.count(Outcome.NEW) == 12, "the pack did not come in whole")
    _expect(again.count(Outcome.IDENTICAL) == 12, "the second time was not the same")


def _expect(holds: object, otherwise: str) -> None:
    if not holds:
        raise AssertionError(otherwise)
