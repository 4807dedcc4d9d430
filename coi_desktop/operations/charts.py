"""Charts of the portfolio and of initiatives: which there are, drawn for the screen, written to files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from coi_desktop.exchange.chart_canvas import ChartLook
from coi_desktop.exchange.chart_files import FORMATS, write_chart_file, write_chart_files
from coi_desktop.exchange.charts import chart_height, chart_size, draw_chart
from coi_desktop.i18n import _, current_language
from coi_desktop.models.chart_figures import ChartFigure, ChartKind
from coi_desktop.models.clock import Clock, now, today
from coi_desktop.models.economy_bars import economy_charts
from coi_desktop.models.economy_charts import cash_flow_chart
from coi_desktop.models.evaluation_charts import (
    indicator_progress_chart,
    measurements_chart,
    value_profile_chart,
)
from coi_desktop.models.evaluation_figures import EvaluationFigures
from coi_desktop.models.gains_chart import gains_chart
from coi_desktop.models.group_chart import groups_chart
from coi_desktop.models.portfolio_charts import portfolio_chart
from coi_desktop.models.portfolio_figures import PortfolioTotals, initiative_figures
from coi_desktop.models.progress import Job, Progress, spoken
from coi_desktop.models.records import Snapshot
from coi_desktop.models.step_charts import STEP_CHARTS, step_charts
from coi_desktop.models.theory_chart import theory_chart
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.operations.frozen_records import frozen, get_initiative
from coi_desktop.operations.library import words_of
from coi_desktop.operations.portfolio_sums import add_up_portfolio, sum_portfolio
from coi_desktop.store.register import Register

#: The height kept free for a theory of change until it is drawn.
ROUGH_HEIGHT = 320


@dataclass(frozen=True, slots=True)
class ChartPicture:
    """A drawn chart: PNG, its size in pixels at ratio 1, and what it says to those who cannot see it."""

    figure: ChartFigure
    png: bytes
    width: int
    height: int
    ratio: float

    @property
    def alt_text(self) -> str:
        """The alternative text."""
        return self.figure.alt_text


def find_evaluation_charts(snapshot: Snapshot, figures: EvaluationFigures) -> list[ChartFigure]:
    """The charts of an evaluation that have something to show, in the language spoken now."""
    words = words_of(snapshot)
    changes = snapshot.children("change_log", figures.evaluation_id)
    found = [
        value_profile_chart(figures, words),
        indicator_progress_chart(figures, words),
        *(
            chart
            for one in figures.indicators
            for chart in (measurements_chart(one, words, changes), groups_chart(one, words))
        ),
        *find_economy_charts(figures, words),
        theory_chart(snapshot, figures.evaluation_id, words),
        *step_charts(snapshot, figures, words),
    ]
    return [one for one in found if one is not None]


def find_charts_of(
    snapshot: Snapshot, figures: EvaluationFigures, kinds: Sequence[ChartKind]
) -> list[ChartFigure]:
    """The charts of these kinds that have something to show; no others are worked out."""
    words = words_of(snapshot)
    found: list[ChartFigure | None] = []
    for kind in kinds:
        if kind is ChartKind.MEASUREMENTS:
            changes = snapshot.children("change_log", figures.evaluation_id)
            found += [measurements_chart(one, words, changes) for one in figures.indicators]
        elif kind is ChartKind.VALUE_PROFILE:
            found.append(value_profile_chart(figures, words))
        elif kind is ChartKind.INDICATOR_PROGRESS:
            found.append(indicator_progress_chart(figures, words))
        else:
            found.append(STEP_CHARTS[kind](snapshot, figures, words))
    return [one for one in found if one is not None]


def find_economy_charts(figures: EvaluationFigures, words: Vocabulary) -> list[ChartFigure]:
    """The charts of the economy of an evaluation that have something to show."""
    flow = cash_flow_chart(figures.economy, figures.evaluation_id, words)
    bars = economy_charts(figures.economy, figures.evaluation_id, words)
    return [one for one in (flow, *bars) if one is not None]


def find_portfolio_charts(portfolio: PortfolioTotals, words: Vocabulary) -> list[ChartFigure]:
    """The charts of a portfolio that have something to show, in the language spoken now."""
    found = [portfolio_chart(portfolio, words), gains_chart(portfolio)]
    return [one for one in found if one is not None]


def find_charts(
    source: Register | Snapshot, initiative_id: str | None = None, *, clock: Clock = now
) -> list[ChartFigure]:
    """The charts of one initiative's newest evaluation, or of the portfolio; empty without any content.

    Problem ``no_such_record`` for an initiative that is not there.
    """
    if initiative_id is None:
        portfolio, start = sum_portfolio(source, today(clock))
        return find_portfolio_charts(portfolio, words_of(start))
    snapshot = frozen(source, [initiative_id])
    initiative = get_initiative(snapshot, initiative_id)
    evaluation = initiative_figures(snapshot, initiative, figures_catalogue(), today=today(clock)).evaluation
    return [] if evaluation is None else find_evaluation_charts(snapshot, evaluation)


def draw_for_screen(
    figure: ChartFigure, *, dark: bool = False, width: int = 640, height: int = 0, ratio: float = 1.0
) -> ChartPicture:
    """The chart as a picture for the screen, ``width`` × ``height`` pixels (0: as needed) times ``ratio``."""
    size = (width, height) if height else chart_size(figure, width)
    look = ChartLook("dark" if dark else "light", *size, ratio)
    return ChartPicture(figure, draw_chart(figure, look), look.width, look.height, ratio)


def picture_height(figure: ChartFigure) -> int:
    """The height in pixels (at ratio 1) that the picture of a chart will have, whatever its width.

    Of a theory it is a first guess: its texts are measured when it is drawn.
    """
    return ROUGH_HEIGHT if figure.kind is ChartKind.THEORY else chart_height(figure)


def draw_all(
    figures: Iterable[ChartFigure], *, dark: bool = False, width: int = 640, ratio: float = 1.0
) -> Job[list[ChartPicture]]:
    """Several charts for the screen as a job, in the language spoken when it was asked for."""
    return spoken(current_language(), _draw_all(list(figures), dark=dark, width=width, ratio=ratio))


def _draw_all(
    figures: Sequence[ChartFigure], *, dark: bool, width: int, ratio: float
) -> Job[list[ChartPicture]]:
    drawn = []
    for place, figure in enumerate(figures):
        yield Progress(place, len(figures), figure.title)
        drawn.append(draw_for_screen(figure, dark=dark, width=width, ratio=ratio))
    yield Progress(len(figures), len(figures))
    return drawn


def export_charts(
    source: Register | Snapshot,
    folder: Path,
    initiative_id: str | None = None,
    formats: Sequence[str] = FORMATS,
    *,
    language: str | None = None,
    clock: Clock = now,
) -> Job[list[Path]]:
    """Write the charts of an initiative or of the portfolio into ``folder`` and return the paths.

    An empty list when there is nothing to draw. The figures are those of the moment the job begins.
    Problems: ``no_such_record``, those of ``atomic_file``.
    """
    if initiative_id is None:
        job = _export_portfolio(source, folder, formats, clock)
    else:
        job = _export_charts(source, folder, initiative_id, formats, clock)
    return spoken(language or current_language(), job)


def save_chart(figure: ChartFigure, path: Path) -> Job[Path]:
    """Write one chart to ``path``; its ending (``.png``, ``.svg``, ``.pdf``) says the format.

    ValueError for another ending; Problems: those of ``atomic_file``.
    """
    return spoken(current_language(), _save_chart(figure, path))


def _save_chart(figure: ChartFigure, path: Path) -> Job[Path]:
    yield Progress(0, 1, path.name)
    return write_chart_file(figure, path)


def _export_portfolio(
    source: Register | Snapshot, folder: Path, formats: Sequence[str], clock: Clock
) -> Job[list[Path]]:
    yield Progress(0, 0, _("Gathering"))
    with source.open_beside() if isinstance(source, Register) else nullcontext(source) as beside:
        portfolio, start = yield from add_up_portfolio(beside, today(clock))
        figures = find_portfolio_charts(portfolio, words_of(start))
    named = [(f"{_('Portfolio')} - {_chart_name(start, figure)}", figure) for figure in figures]
    written = yield from write_chart_files(named, folder, formats)
    return written


def _export_charts(
    source: Register | Snapshot,
    folder: Path,
    initiative_id: str,
    formats: Sequence[str],
    clock: Clock,
) -> Job[list[Path]]:
    yield Progress(0, 0, _("Gathering"))
    snapshot = frozen(source, [initiative_id])
    title = get_initiative(snapshot, initiative_id).text("title")
    figures = find_charts(snapshot, initiative_id, clock=clock)
    named = [(f"{title} - {_chart_name(snapshot, figure)}", figure) for figure in figures]
    written = yield from write_chart_files(named, folder, formats)
    return written


def _chart_name(snapshot: Snapshot, figure: ChartFigure) -> str:
    if figure.kind in (ChartKind.MEASUREMENTS, ChartKind.GROUPS):
        indicator = snapshot.find("indicator", figure.subject)
        name = indicator.text("name") if indicator is not None else _("measurements")
        return name if figure.kind is ChartKind.MEASUREMENTS else _("{name} by group").format(name=name)
    return {
        ChartKind.VALUE_PROFILE: _("value profile"),
        ChartKind.INDICATOR_PROGRESS: _("indicator progress"),
        ChartKind.CASH_FLOW: _("cash flow"),
        ChartKind.TORNADO: _("tornado"),
        ChartKind.REALISED: _("expected and realised"),
        ChartKind.GAINS_BY_CLASS: _("gains by class"),
        ChartKind.THEORY: _("theory of change"),
        ChartKind.PORTFOLIO: _("phases and status"),
        ChartKind.PORTFOLIO_GAINS: _("costs and gains"),
        ChartKind.AUDIENCE: _("interest and influence"),
        ChartKind.EVIDENCE: _("evidence level"),
        ChartKind.SCHEDULE: _("plan of data collection"),
        ChartKind.METHOD_HOURS: _("hours per method"),
        ChartKind.FINDINGS: _("findings by theme"),
        ChartKind.CHANGES: _("what shifted"),
        ChartKind.ANSWERS: _("answers and confidence"),
        ChartKind.ACTIONS: _("open actions"),
    }[figure.kind]
