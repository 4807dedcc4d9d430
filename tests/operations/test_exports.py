from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from coi_desktop.errors import Problem
from coi_desktop.exchange import atomic
from coi_desktop.exchange.atomic import TargetLocked
from coi_desktop.exchange.charts import chart_size
from coi_desktop.i18n import current_language, speaking
from coi_desktop.models.progress import Job, Progress, run_to_end
from coi_desktop.operations.charts import draw_all, draw_for_screen, export_charts, find_charts
from coi_desktop.operations.exports import export_workbook, proposed_name
from coi_desktop.operations.samples import create_sample_register
from tests.disks import write_protected
from tests.exchange.workbook_makers import (
    DEMO,
    clock,
    initiative_id_of,
    make_record,
    make_sample_snapshot,
    make_snapshot,
)

BEFORE = b"the old file"


def test_the_workbook_of_a_register_is_written_and_reported(tmp_path: Path) -> None:
    register = create_sample_register(tmp_path / "r.coi", clock=clock)
    try:
        report = run_to_end(export_workbook(register, tmp_path / "p.xlsx", clock=clock))
    finally:
        register.close()
    assert report.path == tmp_path / "p.xlsx"
    assert tuple(openpyxl.load_workbook(report.path).sheetnames) == report.sheets
    assert (report.continued, report.as_text, report.left_out) == (0, 0, 0)


@pytest.mark.parametrize(("steps_before", "initiatives"), [(0, 0), (1, 0), (2, 12)])
def test_the_figures_are_those_of_the_moment_the_job_reads_them(
    tmp_path: Path, steps_before: int, initiatives: int
) -> None:
    """Nothing is read on the thread that asks for it, and what is edited later does not get in."""
    with create_sample_register(tmp_path / "r.coi", clock=clock) as register:
        job = export_workbook(register, tmp_path / "p.xlsx", clock=clock)
        for _step in range(steps_before):
            next(job)
        register.undo()
        run_to_end(job)
    found = openpyxl.load_workbook(tmp_path / "p.xlsx")["Forside"]["B6"].value
    assert (found if isinstance(found, int) else 0) == initiatives


@pytest.mark.parametrize("with_initiative", [False, True])
def test_a_cancelled_export_leaves_the_old_workbook(tmp_path: Path, with_initiative: bool) -> None:
    snapshot = make_sample_snapshot(tmp_path)
    initiative = initiative_id_of(snapshot) if with_initiative else None
    target = tmp_path / "out" / "p.xlsx"
    target.parent.mkdir()
    steps = len(list(export_workbook(snapshot, tmp_path / "whole.xlsx", initiative, clock=clock)))
    assert steps > 5
    for stop in range(1, steps):
        target.write_bytes(BEFORE)
        job = export_workbook(snapshot, target, initiative, clock=clock)
        for _step in range(stop):
            next(job)
        job.close()
        assert target.read_bytes() == BEFORE
        assert list(target.parent.iterdir()) == [target]


def test_progress_grows_to_its_total(tmp_path: Path) -> None:
    snapshot = make_sample_snapshot(tmp_path)
    seen: list[Progress] = []
    run_to_end(export_workbook(snapshot, tmp_path / "p.xlsx", clock=clock), seen.append)
    counted = [one for one in seen if one.total]
    assert [one.done for one in counted] == sorted(one.done for one in counted)
    assert counted[-1].fraction == 1.0
    assert all(one.message for one in seen)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_same_content_and_time_give_the_same_bytes(tmp_path: Path, language: str) -> None:
    snapshot = make_sample_snapshot(tmp_path)
    paths = [tmp_path / "one" / "p.xlsx", tmp_path / "two" / "another name.xlsx"]
    for path in paths:
        run_to_end(
            export_workbook(snapshot, path, initiative_id_of(snapshot), language=language, clock=clock)
        )
    assert paths[0].read_bytes() == paths[1].read_bytes()
    later = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    run_to_end(
        export_workbook(
            snapshot, paths[1], initiative_id_of(snapshot), language=language, clock=lambda: later
        )
    )
    assert paths[0].read_bytes() != paths[1].read_bytes()


def test_an_export_in_english_leaves_the_window_danish_between_its_steps(tmp_path: Path) -> None:
    snapshot = make_sample_snapshot(tmp_path)
    for _progress in export_workbook(snapshot, tmp_path / "p.xlsx", language="en", clock=clock):
        assert current_language() == "da"
    assert openpyxl.load_workbook(tmp_path / "p.xlsx").sheetnames[0] == "Front"
    assert current_language() == "da"


def test_a_target_that_is_open_elsewhere_is_told_and_the_finished_file_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = make_snapshot(make_record("initiative", "i", title="Et"))
    target = tmp_path / "p.xlsx"
    target.write_bytes(BEFORE)

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(TargetLocked) as caught:
        run_to_end(export_workbook(snapshot, target, clock=clock))
    monkeypatch.undo()
    assert target.read_bytes() == BEFORE
    assert caught.value.proposal.name == "p (2).xlsx"
    atomic.put_in_place(caught.value.finished, caught.value.proposal)
    assert openpyxl.load_workbook(caught.value.proposal).sheetnames[0] == "Forside"


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    with write_protected(tmp_path), pytest.raises(Problem) as caught:
        run_to_end(export_workbook(make_snapshot(), tmp_path / "p.xlsx", clock=clock))
    assert caught.value.code == "unwritable"


def test_a_full_disk_is_told_and_leaves_nothing_behind(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    target = tmp_path / "p.xlsx"
    target.write_bytes(BEFORE)
    half = atomic.half_written(target)
    job = export_workbook(make_snapshot(make_record("initiative", "i", title="Et")), target, clock=clock)
    while not half.exists():
        next(job)
    half.unlink()
    half.symlink_to(full)
    with pytest.raises(Problem) as caught:
        run_to_end(job)
    assert caught.value.code == "unwritable"
    assert target.read_bytes() == BEFORE
    assert list(tmp_path.iterdir()) == [target]


def test_an_initiative_that_is_gone_is_told_before_anything_is_written(tmp_path: Path) -> None:
    for export in (export_workbook, export_charts):
        with pytest.raises(Problem) as caught:
            run_to_end(export(make_snapshot(), tmp_path / "p.xlsx", "gone", clock=clock))
        assert caught.value.code == "no_such_record"
    assert list(tmp_path.iterdir()) == []


def test_a_name_is_proposed_from_day_and_title() -> None:
    assert proposed_name(DEMO, clock=clock) == "2026-11-22 Skærmbesøg i hjemmeplejen.xlsx"
    assert proposed_name(clock=clock) == "2026-11-22 Portefølje.xlsx"
    assert proposed_name("a/b: c?", clock=clock, suffix=".png") == "2026-11-22 a b c.png"
    with speaking("en"):
        assert proposed_name(clock=clock) == "2026-11-22 Portfolio.xlsx"


def test_charts_of_an_initiative_are_written_in_every_format(tmp_path: Path) -> None:
    snapshot = make_sample_snapshot(tmp_path)
    written = run_to_end(
        export_charts(snapshot, tmp_path / "charts", initiative_id_of(snapshot), clock=clock)
    )
    names = sorted({path.stem for path in written})
    assert names == sorted(
        f"{DEMO} - {what}" for what in (
            "værdiprofil", "fremdrift", "økonomi over tid", "Transporttid pr. medarbejder",
            "Borgernes tilfredshed", "Medarbejdernes arbejdsglæde", "forandringsteori", "evidenstrin",
            "plan for dataindsamling", "timer pr. metode", "fund efter tema", "svar og sikkerhed",
            "åbne handlinger", "tornado", "forventet og realiseret", "gevinster efter art",
        )
    )  # fmt: skip
    assert {path.suffix for path in written} == {".png", ".svg", ".pdf"}
    assert all(path.stat().st_size > 1_000 for path in written)
    assert sorted(tmp_path.joinpath("charts").iterdir()) == sorted(written)


def test_charts_of_the_portfolio_in_one_format_and_in_english(tmp_path: Path) -> None:
    snapshot = make_sample_snapshot(tmp_path)
    written = run_to_end(export_charts(snapshot, tmp_path, formats=["svg"], language="en", clock=clock))
    path, gains = written
    assert path.name == "Portfolio - phases and status.svg"
    assert gains.name == "Portfolio - costs and gains.svg"
    assert "3 of 12 initiatives are in the phase Development and trial" in path.read_text(encoding="utf-8")


def test_charts_of_the_portfolio_are_added_up_on_the_jobs_own_thread(tmp_path: Path) -> None:
    with create_sample_register(tmp_path / "sample.coi") as register, ThreadPoolExecutor(1) as pool:
        job = export_charts(register, tmp_path / "charts", formats=["svg"], clock=clock)
        written = pool.submit(run_to_end, job).result()
    assert [path.name for path in written] == [
        "Portefølje - faser og status.svg", "Portefølje - udgifter og gevinster.svg",
    ]  # fmt: skip


def test_a_register_without_content_has_no_charts_and_no_files(tmp_path: Path) -> None:
    assert run_to_end(export_charts(make_snapshot(), tmp_path / "charts", clock=clock)) == []
    assert not (tmp_path / "charts").exists()


def test_a_format_there_is_not_is_a_mistake_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="bmp"):
        run_to_end(export_charts(make_sample_snapshot(tmp_path), tmp_path, formats=["bmp"], clock=clock))


def test_charts_for_the_screen_are_drawn_as_a_job(tmp_path: Path) -> None:
    snapshot = make_sample_snapshot(tmp_path)
    figures = find_charts(snapshot, initiative_id_of(snapshot), clock=clock)
    pictures = run_to_end(draw_all(figures, dark=True, width=500, ratio=2.0))
    assert [one.figure for one in pictures] == figures
    assert all(one.png.startswith(b"\x89PNG") and one.alt_text for one in pictures)
    assert [one.width for one in pictures] == [chart_size(one, 500)[0] for one in figures]
    light = draw_for_screen(figures[0], width=500)
    assert light.png != pictures[0].png


@pytest.mark.parametrize("name", ["ud.xlsx", "diagrammer"])
def test_an_export_stopped_at_any_step_leaves_nothing(tmp_path: Path, name: str) -> None:
    sample = make_sample_snapshot(tmp_path)
    target = tmp_path / name

    def start() -> Job[Any]:
        if name == "ud.xlsx":
            return export_workbook(sample, target, clock=clock)
        return export_charts(sample, target, formats=("svg",), clock=clock)

    steps = sum(1 for _step in start())
    assert target.exists()
    shutil.rmtree(target) if target.is_dir() else target.unlink()
    before = sorted(tmp_path.iterdir())
    for stopped_after in range(1, steps + 1):
        job = start()
        for _step in range(stopped_after):
            next(job)
        job.close()
        assert sorted(tmp_path.iterdir()) == before
