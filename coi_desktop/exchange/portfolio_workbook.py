"""The workbook of the portfolio, for the steering group and for the unit's own use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from coi_desktop import resources
from coi_desktop.exchange import key_figure_rows as key_figures
from coi_desktop.exchange import portfolio_rows as lines
from coi_desktop.exchange import workbook_charts as native
from coi_desktop.exchange.about_sheet import AboutFacts, write_about
from coi_desktop.exchange.atomic import atomic_file
from coi_desktop.exchange.field_dictionary import dictionary_lines
from coi_desktop.exchange.indicator_rows import measurement_lines
from coi_desktop.exchange.initiative_rows import day_text
from coi_desktop.exchange.placed_block import PlacedBlock
from coi_desktop.exchange.portfolio_about import missing_figures, portfolio_sources
from coi_desktop.exchange.steering_rows import report_lines, risk_lines, risk_matrix
from coi_desktop.exchange.workbook_report import WorkbookReport
from coi_desktop.exchange.workbook_sheet import SheetWriter
from coi_desktop.exchange.workbook_writer import WorkbookFacts, WorkbookWriter
from coi_desktop.i18n import _, ngettext
from coi_desktop.models.decimals import total_known
from coi_desktop.models.evaluation_figures import VALUE_KINDS
from coi_desktop.models.figures_catalogue import FiguresCatalogue
from coi_desktop.models.gains_chart import gains_chart
from coi_desktop.models.portfolio_charts import portfolio_chart
from coi_desktop.models.portfolio_figures import CrossTable, PortfolioFigures
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.records import Snapshot
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.models.workbook_layout import (
    BlockLayout,
    ColumnLayout,
    SheetLayout,
    Words,
    WorkbookLayout,
    parse_workbook_layout,
)

LAYOUT_FILE = "workbook/portfolio.toml"

#: Tables explained in the data dictionary.
DICTIONARY = (
    "initiative",
    "tag",
    "partner",
    "evaluation",
    "indicator",
    "measurement",
    "econ_setting",
    "cost",
    "benefit",
    "risk",
    "status_report",
    "judgement",
    "conclusion",
    "decision_need",
    "eval_decision",
    "action",
    "case",
)

_ADDED_LAST = ("notes", "about")
_CHART_SIZE = (760, 380)
_GAINS_HEIGHT = 260
_SUMS = ("baseline_budget", "budget", "spent", "forecast")


@dataclass(frozen=True, slots=True)
class PortfolioContent:
    """What the workbook of the portfolio is made of."""

    snapshot: Snapshot
    figures: PortfolioFigures
    catalogue: FiguresCatalogue
    words: Vocabulary


@dataclass(frozen=True, slots=True)
class FrontFacts:
    """What the first sheet says."""

    unit: str
    selection: str
    day: Any
    count: int
    message: str
    sources: str


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A sheet of the file and what it shows."""

    name: str
    shows: str


@cache
def load_portfolio_layout() -> WorkbookLayout:
    """The sheets of the workbook of the portfolio."""
    return parse_workbook_layout(LAYOUT_FILE, resources.read_toml(LAYOUT_FILE))


def _own_kinds(snapshot: Snapshot) -> dict[str, Words]:
    """What the unit calls the kinds of value that it has named itself."""
    return {
        row.text("key"): Words(row.text("da"), row.text("en") or row.text("da"))
        for row in snapshot.rows("choice_value")
        if row.text("list") == "value_kind" and row.text("key") in VALUE_KINDS
    }


def write_portfolio_workbook(
    content: PortfolioContent, path: Path, facts: WorkbookFacts
) -> Job[WorkbookReport]:
    """Write the workbook in the language spoken now; a file that was there is replaced at the very end.

    Problems: those of ``atomic_file``, ``too_many_rows``.
    """
    layout = load_portfolio_layout().with_headings(_own_kinds(content.snapshot))
    with atomic_file(path) as half:
        book = WorkbookWriter(half, facts, content.words)
        yield Progress(0, 0, _("Gathering"))
        rows = _rows(content)
        wanted = [
            sheet for sheet in layout.sheets if sheet.key not in _ADDED_LAST and _has_content(sheet, rows)
        ]
        rows["contents"] = [_contents_line(sheet) for sheet in (*wanted, layout.sheet("about"))]
        total = len(wanted) + 3
        writing = _PortfolioSheets(book, content, rows)
        for done, sheet_layout in enumerate(wanted):
            yield Progress(done, total, sheet_layout.words.label())
            writing.write(sheet_layout)
        if book.write_continued(layout.sheet("notes")):
            writing.counted["notes"] = (
                layout.sheet("notes").words.label(),
                len(book.remarks.of("continued")),
            )
        yield Progress(total - 2, total, layout.sheet("about").words.label())
        write_about(book, layout.sheet("about"), _about(content, writing.counted))
        yield Progress(total - 1, total, _("Writing the file"))
        book.close()
        yield Progress(total, total, path.name)  # the last place to stop: afterwards the file is there
    return book.report(path)


class _PortfolioSheets:
    """Writes the sheets of one workbook and counts their rows."""

    def __init__(self, book: WorkbookWriter, content: PortfolioContent, rows: Mapping[str, Any]) -> None:
        self._book = book
        self._content = content
        self._rows = rows
        self.counted: dict[str, tuple[str, int]] = {}
        self._amounts: PlacedBlock | None = None

    def write(self, layout: SheetLayout) -> None:
        """Write one sheet by its layout, with what is special to it."""
        sheet = self._book.add_sheet(layout)
        for block in layout.blocks:
            rows: Any = self._rows.get(block.rows)
            if block.rows in ("phases", "stages"):
                self._write_cross(sheet, block, rows)
                continue
            placed = sheet.block(block, rows)
            if placed is not None and block.rows == "money":
                self._amounts = placed
            if placed is not None and block.key == "contents":
                _link_sheets(sheet, placed, rows)
            if placed is not None and block.rows == "budgeted":
                _write_sums(sheet, block, placed, rows)
        sheet.finish()
        counted = [self._rows.get(block.rows) for block in layout.blocks]
        self.counted[layout.key] = (sheet.name, sum(len(one) for one in counted if isinstance(one, Sequence)))

    def _write_cross(self, sheet: SheetWriter, block: BlockLayout, table: CrossTable) -> None:
        words = self._content.words
        list_name = "initiative.phase" if block.rows == "phases" else "stage"
        rows = [_CrossLine(name, counts) for name, counts in key_figures.cross_rows(table, list_name, words)]
        placed = sheet.table(_cross_layout(block, table, words), rows)
        figure = portfolio_chart(self._content.figures, words)
        if placed is not None and block.rows == "phases" and figure is not None:
            chart = native.portfolio(sheet.workbook, figure, placed)
            place = (placed.first - 2, len(table.columns) + 2)
            sheet.chart(chart, *place, _CHART_SIZE, native.alt_text(figure))
            self._place_gains(sheet, *place)

    def _place_gains(self, sheet: SheetWriter, row: int, column: int) -> None:
        """Costs and gains, expected and realised, below the chart of the phases."""
        figure = gains_chart(self._content.figures)
        lines = self._content.figures.economy.lines
        if figure is None or self._amounts is None or len(figure.categories) != len(lines):
            return
        block = replace(self._amounts, last=self._amounts.first + len(lines) - 1)
        chart = native.gains(sheet.workbook, figure, block)
        size = (_CHART_SIZE[0], _GAINS_HEIGHT)
        sheet.chart(chart, row, column, size, native.alt_text(figure), _CHART_SIZE[1] + 10)


@dataclass(frozen=True, slots=True)
class _CrossLine:
    name: str
    counts: tuple[int, ...]


def _cross_layout(block: BlockLayout, table: CrossTable, words: Vocabulary) -> BlockLayout:
    """A column for every status that occurs, called by its key."""
    columns = list(block.columns)
    for place, status in enumerate(table.columns):
        label = key_figures.label_of(words, "initiative.status", status)
        columns.append(
            ColumnLayout(status or "none", f"counts.{place}", Words(label, label), "figure", "whole", 11)
        )
    return replace(block, columns=tuple(columns))


def _rows(content: PortfolioContent) -> dict[str, Any]:
    snapshot, figures, words = content.snapshot, content.figures, content.words
    portfolio = lines.portfolio_lines(snapshot, figures, words)
    has_budget = ("baseline_budget", "budget", "spent", "forecast")
    return {
        "front": _front(content),
        "key_figures": key_figures.key_figure_lines(figures, words),
        "money": key_figures.amount_lines(figures, words),
        "phases": figures.phase_by_status,
        "stages": figures.stage_by_status,
        "portfolio": portfolio,
        "timed": [one for one in portfolio if one.initiative["start"] or one.initiative["planned_end"]],
        "budgeted": [
            one for one in portfolio if any(one.initiative[name] is not None for name in has_budget)
        ],
        "realised": lines.initiative_realised_lines(figures, words),
        "benefits": lines.benefit_lines(snapshot, figures, words),
        "risks": (risks := risk_lines(snapshot, figures)),
        "risk_matrix": risk_matrix(risks, words) if risks else [],
        "reports": report_lines(snapshot, figures, words),
        "decisions": lines.decision_lines(snapshot, figures),
        "needs": lines.need_lines(snapshot, figures),
        "actions": lines.action_lines(snapshot, figures),
        "rated": [one for one in portfolio if one.is_rated],
        "lessons": lines.lesson_lines(snapshot, figures, words),
        "shares": key_figures.share_lines(figures, words),
        "evaluated": portfolio,
        "case": snapshot.rows("case"),
        "measurements": measurement_lines(
            snapshot, lines.indicators_of(snapshot, figures), content.catalogue.smallest_count, words
        ),
        "dictionary": dictionary_lines(DICTIONARY, words),
    }


def _front(content: PortfolioContent) -> FrontFacts:
    figures, snapshot = content.figures, content.snapshot
    chart = portfolio_chart(figures, content.words)
    sources = dict.fromkeys(one.source for one in content.catalogue.national.values())
    return FrontFacts(
        unit=snapshot.unit_name,
        selection=snapshot.selection or _("The whole register"),
        day=figures.day,
        count=figures.count,
        message=chart.title if chart is not None else "",
        sources="; ".join([_("the unit's own register"), *sources]),
    )


def _contents_line(sheet: SheetLayout) -> ContentsLine:
    headings = [block.words.label() for block in sheet.blocks if block.words.label()]
    return ContentsLine(sheet.words.label(), sheet.note.label() or ", ".join(headings))


def _link_sheets(sheet: SheetWriter, placed: PlacedBlock, rows: Sequence[ContentsLine]) -> None:
    for number, line in enumerate(rows):
        sheet.link(placed.first + number, placed.columns["name"], line.name)


def _write_sums(sheet: SheetWriter, block: BlockLayout, placed: PlacedBlock, rows: Sequence[Any]) -> None:
    """The sums below the budgets: the one place of the portfolio with formulas."""
    row = placed.last + 1
    sheet.cells.text(row, placed.columns["initiative.title"], _("Sum of what is stated"), "total_text")
    for key in _SUMS:
        total = total_known(one.initiative.number(key) for one in rows)
        if total is not None:
            formula = f"=SUM({placed.fixed(key)})"
            sheet.cells.formula(row, placed.columns[key], formula, Decimal(total), "total_kroner")


def _has_content(sheet: SheetLayout, rows: Mapping[str, Any]) -> bool:
    return any(rows.get(block.rows) for block in sheet.blocks)


def _about(content: PortfolioContent, counted: Mapping[str, tuple[str, int]]) -> AboutFacts:
    count = content.figures.count
    return AboutFacts(
        snapshot=content.snapshot,
        catalogue=content.catalogue,
        about=[
            (_("Content"), ngettext("{count} initiative", "{count} initiatives", count).format(count=count)),
            (_("Figures as of"), day_text(content.figures.day)),
        ],
        sheets=counted,
        missing=missing_figures(content.figures),
        sources=portfolio_sources(content.catalogue, content.words),
    )
