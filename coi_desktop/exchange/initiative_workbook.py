"""The workbook of one initiative: what was evaluated, what it showed, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from coi_desktop import resources
from coi_desktop.exchange import guide_rows as steps
from coi_desktop.exchange import initiative_rows as lines
from coi_desktop.exchange.about_sheet import AboutFacts, write_about
from coi_desktop.exchange.atomic import atomic_file
from coi_desktop.exchange.block_rows import shows_something
from coi_desktop.exchange.change_rows import change_lines
from coi_desktop.exchange.economy_sheet import write_economy
from coi_desktop.exchange.indicator_rows import (
    answer_lines,
    group_lines,
    indicator_lines,
    measurement_lines,
)
from coi_desktop.exchange.indicator_sheet import write_indicators
from coi_desktop.exchange.initiative_about import about_initiative, missing_figures, sources_of
from coi_desktop.exchange.initiative_charts import InitiativeCharts
from coi_desktop.exchange.overview_rows import overview_of
from coi_desktop.exchange.overview_sheet import write_overview
from coi_desktop.exchange.placed_block import PlacedBlock
from coi_desktop.exchange.step_sheets import mark_unexpected, write_coverage
from coi_desktop.exchange.theory_sheet import assumption_lines, box_lines, place_picture
from coi_desktop.exchange.workbook_report import WorkbookReport
from coi_desktop.exchange.workbook_sheet import SheetWriter
from coi_desktop.exchange.workbook_writer import WorkbookFacts, WorkbookWriter
from coi_desktop.i18n import _
from coi_desktop.models.evaluation_figures import EvaluationFigures
from coi_desktop.models.figures_catalogue import FiguresCatalogue
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.models.theory import theory_in
from coi_desktop.models.theory_chart import theory_chart
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.models.workbook_layout import SheetLayout, WorkbookLayout, parse_workbook_layout

LAYOUT_FILE = "workbook/initiative.toml"

#: Sheets that stand in the file whatever the evaluation holds, and those the program adds itself.
_ALWAYS = ("overview",)
_ADDED_LAST = ("notes", "about")


@dataclass(frozen=True, slots=True)
class InitiativeContent:
    """What the workbook of one initiative is made of.

    ``figures`` are those of the newest of its ``evaluations``, None without any; ``notes`` what the guide
    tells of it.
    """

    snapshot: Snapshot
    initiative: Record
    figures: EvaluationFigures | None
    evaluations: int
    catalogue: FiguresCatalogue
    words: Vocabulary
    notes: steps.GuideNotes = field(default_factory=steps.GuideNotes)


@cache
def load_initiative_layout() -> WorkbookLayout:
    """The sheets of the workbook of one initiative."""
    return parse_workbook_layout(LAYOUT_FILE, resources.read_toml(LAYOUT_FILE))


def write_initiative_workbook(
    content: InitiativeContent, path: Path, facts: WorkbookFacts
) -> Job[WorkbookReport]:
    """Write the workbook in the language spoken now; a file that was there is replaced at the very end.

    Problems: those of ``atomic_file``, ``too_many_rows``.
    """
    layout = load_initiative_layout()
    rows = _rows(content)
    wanted = [sheet for sheet in layout.sheets if sheet.key not in _ADDED_LAST and _has_content(sheet, rows)]
    total = len(wanted) + 3
    with atomic_file(path) as half:
        book = WorkbookWriter(half, facts, content.words)
        writing = _InitiativeSheets(book, content, rows)
        for done, sheet_layout in enumerate(wanted):
            yield Progress(done, total, sheet_layout.words.label())
            writing.write(sheet_layout)
        yield Progress(total - 3, total, _("Charts"))
        writing.finish()
        yield Progress(total - 2, total, layout.sheet("about").words.label())
        if book.write_continued(layout.sheet("notes")):
            writing.counted["notes"] = (
                layout.sheet("notes").words.label(),
                len(book.remarks.of("continued")),
            )
        write_about(book, layout.sheet("about"), _about(content, writing.counted))
        yield Progress(total - 1, total, _("Writing the file"))
        book.close()
        yield Progress(total, total, path.name)  # the last place to stop: afterwards the file is there
    return book.report(path)


class _InitiativeSheets:
    """Writes the sheets of one workbook and keeps what later ones need to know."""

    def __init__(self, book: WorkbookWriter, content: InitiativeContent, rows: Mapping[str, Any]) -> None:
        self._book = book
        self._content = content
        self._rows = rows
        self.charts = InitiativeCharts(book, content.snapshot, content.figures, content.words)
        self.counted: dict[str, tuple[str, int]] = {}
        self._sheets: list[SheetWriter] = []

    def write(self, layout: SheetLayout) -> None:
        """Write one sheet by its layout, with what is special to it."""
        sheet = self._book.add_sheet(layout)
        figures, rows = self._content.figures, self._rows
        if layout.key == "overview":
            title = self._content.initiative.text("title")
            write_overview(sheet, title, rows["overview"], rows["indicators"])
            self.charts.keep("overview", sheet, {})
        elif layout.key == "indicators":
            block = write_indicators(sheet, rows)
            self.charts.keep("indicators", sheet, {} if block is None else {"indicators": block})
        elif layout.key == "economy" and figures is not None:
            places = write_economy(sheet, figures.economy, rows, self._content.words)
            self.charts.keep("economy", sheet, places.blocks)
        else:
            self._write_step(sheet)
        if layout.key == "theory" and (picture := self._rows["theory_picture"]) is not None:
            place_picture(sheet, picture)
        if layout.key == "measurements":
            self.charts.keep_measurements(rows["measurements"])
        self._sheets.append(sheet)
        self.counted[layout.key] = (sheet.name, 1 if layout.key == "overview" else _count(layout, rows))

    def _write_step(self, sheet: SheetWriter) -> None:
        """The blocks of a sheet, and what stands beside the tables of some."""
        blocks = self._write_blocks(sheet)
        self.charts.keep(sheet.layout.key, sheet, blocks)
        content = self._content
        if sheet.layout.key == "findings" and "findings" in blocks:
            mark_unexpected(sheet, blocks["findings"])
        elif sheet.layout.key == "questions" and content.figures is not None:
            write_coverage(sheet, content.snapshot, content.figures.evaluation_id, content.words)

    def finish(self) -> None:
        """Put the charts in place and set up every page."""
        self.charts.place()
        for sheet in self._sheets:
            sheet.finish()

    def _write_blocks(self, sheet: SheetWriter) -> dict[str, PlacedBlock]:
        found = {}
        for block in sheet.layout.blocks:
            placed = sheet.block(block, self._rows.get(block.rows))
            if placed is not None:
                found[block.key] = placed
        return found


def _rows(content: InitiativeContent) -> dict[str, Any]:
    """What every block shows, by the name its layout gives."""
    snapshot, initiative, figures = content.snapshot, content.initiative, content.figures
    found: dict[str, Any] = {
        "initiative": initiative,
        "overview": overview_of(snapshot, initiative, figures, content.words),
        "indicators": [],
    }
    if figures is None:
        return found
    for kind in RECORD_TYPES.values():
        if kind.parent_type == "evaluation":
            records = snapshot.children(kind.name, figures.evaluation_id, "evaluation_id")
            found[kind.name] = (records[0] if records else None) if kind.single else records
    found["purpose"] = sorted(found["purpose"], key=lambda one: one.integer("rank") or 99)
    theory = theory_in(snapshot, figures.evaluation_id)
    questions = steps.question_lines(snapshot, figures.evaluation_id)
    measured = measurement_lines(
        snapshot,
        [snapshot.get("indicator", one.indicator.id) for one in figures.indicators],
        content.catalogue.smallest_count,
        content.words,
        figures.indicators,
    )
    found |= {
        "theory_picture": theory_chart(snapshot, figures.evaluation_id, content.words),
        "theory_boxes": box_lines(theory),
        "theory_assumptions": assumption_lines(theory),
        "proportion": lines.proportion_line(snapshot, figures),
        "values": lines.value_lines(snapshot, figures),
        "questions": questions,
        "answered": [line for line in questions if line.is_weighed],
        "indicators": indicator_lines(snapshot, figures, content.words),
        "changes": change_lines(snapshot, figures, content.catalogue.change),
        "groups": group_lines(figures, content.words),
        "answers": answer_lines(measured),
        "measurements": measured,
        "findings": steps.finding_lines(snapshot, figures.evaluation_id),
        "versions": content.notes.versions,
        "methods": steps.method_lines(snapshot, figures.evaluation_id),
        "evidence_line": steps.evidence_line(snapshot, figures, content.words),
        "actions": steps.action_lines(snapshot, figures.evaluation_id),
    }
    return found | _economy_rows(content, figures)


def _economy_rows(content: InitiativeContent, figures: EvaluationFigures) -> dict[str, Any]:
    snapshot, economy = content.snapshot, figures.economy
    costs, gains = lines.money_lines(snapshot, economy)
    setting = snapshot.single("econ_setting", figures.evaluation_id)
    has_figures = economy.likely is not None
    scenarios = lines.scenario_lines(economy, content.words)
    return {
        "results": economy.likely,
        "assumptions": lines.assumption_lines(economy) if has_figures else None,
        "light": setting if economy.source == "light" and has_figures else None,
        "rates": lines.rate_lines(economy) if has_figures else [],
        "classes": lines.class_lines(content.words) if gains or economy.source == "light" else [],
        "years": economy.table,
        "costs": costs,
        "gains": gains,
        "nonmoney": lines.nonmoney_benefits(snapshot, figures.evaluation_id),
        "left_out": lines.left_out_lines(snapshot, economy, content.words),
        "scenarios": scenarios,
        "scenario_years": economy.table if scenarios else (),
        "realised": lines.realised_lines(economy.realised, content.words) if economy.source == "rows" else [],
    }


def _has_content(sheet: SheetLayout, rows: Mapping[str, Any]) -> bool:
    if sheet.key in _ALWAYS:
        return True
    return any(shows_something(block, rows.get(block.rows)) for block in sheet.blocks)


def _count(layout: SheetLayout, rows: Mapping[str, Any]) -> int:
    """The rows of a sheet's tables; facts on one thing count as one."""
    found = (rows[block.rows] for block in layout.blocks if shows_something(block, rows.get(block.rows)))
    return sum(len(one) if isinstance(one, Sequence) else 1 for one in found)


def _about(content: InitiativeContent, counted: Mapping[str, tuple[str, int]]) -> AboutFacts:
    return AboutFacts(
        snapshot=content.snapshot,
        catalogue=content.catalogue,
        about=about_initiative(content.snapshot, content.initiative, content.figures, content.evaluations),
        sheets=counted,
        missing=missing_figures(content.figures, content.words),
        sources=sources_of(content.figures, content.notes.source),
        open_answers=content.notes.missing,
        worth_a_thought=content.notes.remarks,
        selection=_("this initiative alone"),
    )
