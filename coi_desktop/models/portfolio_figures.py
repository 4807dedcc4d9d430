"""The portfolio in figures: counts by phase, status and stage, evaluated shares, reuse, and what it comes to.

Overblik, the portfolio workbook and the charts all read these; every count says what it counts. They are
added up an initiative at a time, so that a portfolio of any size can be read a few initiatives at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from coi_desktop.models.decimals import RunningTotal, divide, total_known
from coi_desktop.models.economy_figures import benefits_of
from coi_desktop.models.evaluation_figures import EvaluationFigures, evaluation_figures
from coi_desktop.models.evaluation_records import amount_of, gain_class_of, gain_rows
from coi_desktop.models.evaluation_state import Share
from coi_desktop.models.figures_catalogue import FiguresCatalogue, NationalFigure
from coi_desktop.models.lights import DueBenefit, Lights, lights_of, risk_weight
from coi_desktop.models.own_fields import in_order
from coi_desktop.models.realisation import Realisation, expected_and_realised
from coi_desktop.models.records import Record, Snapshot

#: Keys of the phases, statuses and stages in the order they are shown; others follow, none ("") stands last.
PHASES = ("idea", "preanalysis", "develop", "introduce", "operate", "closed")
STATUSES = ("active", "parked", "stopped", "done")
STAGES = ("idea", "trial", "implemented", "operating", "spreading", "stopped")

#: What ``novelty`` says of an initiative that reuses others' solution.
REUSED = ("inspireret", "kopi")

_FURTHEST_FIRST = tuple(Share)
_MONEY_LINES = ("cost", "budget", "revenue", "capacity")


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Counts by row and column key; the key "" stands for what is not filled in."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]

    def count(self, row: str, column: str) -> int:
        """The number in one cell."""
        return self.counts.get((row, column), 0)

    def row_total(self, row: str) -> int:
        """The sum of a row."""
        return sum(self.count(row, column) for column in self.columns)

    def column_total(self, column: str) -> int:
        """The sum of a column."""
        return sum(self.count(row, column) for row in self.rows)


@dataclass(frozen=True, slots=True)
class ShareFigure:
    """``count`` of ``base`` initiatives; ``share`` (0–1) is None for an empty base. ``national`` stands
    beside.
    """

    count: int
    base: int
    share: Decimal | None
    national: NationalFigure | None


@dataclass(frozen=True, slots=True)
class InitiativeFigures:
    """One row of the portfolio.

    ``evaluation`` is the newest evaluation of the initiative, None without one; ``share`` is the furthest any
    of its evaluations has come. ``realised`` sets expected beside realised, by cost and class of gain.
    """

    initiative: Record
    evaluation: EvaluationFigures | None
    evaluations: int
    share: Share
    lights: Lights
    next_date: date | None
    realised: tuple[Realisation, ...]
    hours_planned: Decimal | None


@dataclass(frozen=True, slots=True)
class PortfolioEconomy:
    """Sums over the initiatives whose figure could be computed; the number of those stands beside each sum.

    ``npv`` counts cashable gains and revenue, ``npv_incl_capacity`` freed time too. ``lines`` holds expected
    and realised by cost and class of gain over all initiatives. ``hours_planned`` are hours of freed time.
    """

    computed: int
    npv: Decimal | None
    npv_incl_capacity: Decimal | None
    lines: tuple[Realisation, ...]
    hours_planned: Decimal | None

    def line(self, what: str) -> Realisation | None:
        """The line of ``cost``, ``budget``, ``revenue`` or ``capacity``, or None without any row."""
        return next((line for line in self.lines if line.what == what), None)


@dataclass(frozen=True, slots=True)
class PortfolioTotals:
    """The figures of a portfolio on a day that are of all its initiatives together.

    ``started`` initiatives have a start date that has come; ``stopped_with_lesson`` are those of the stopped
    whose lesson is written down (on the initiative or in an evaluation's conclusion). ``reuse`` is the share
    inspired by or copied from others among the initiatives whose novelty is answered ("don't know" stays in
    the base).
    """

    day: date
    count: int
    phase_by_status: CrossTable
    stage_by_status: CrossTable
    started: int
    stopped: int
    stopped_with_lesson: int
    shares: Mapping[Share, ShareFigure]
    reuse: ShareFigure
    economy: PortfolioEconomy

    @property
    def spreading(self) -> int:
        """The number of initiatives at the stage ``spreading``."""
        return sum(self.stage_by_status.count("spreading", status) for status in self.stage_by_status.columns)


@dataclass(frozen=True, slots=True)
class PortfolioFigures(PortfolioTotals):
    """All figures of a portfolio on a day, those of each initiative among them."""

    initiatives: tuple[InitiativeFigures, ...]

    def of(self, initiative_id: str) -> InitiativeFigures:
        """The figures of one initiative; KeyError when it is not among them."""
        for figures in self.initiatives:
            if figures.initiative.id == initiative_id:
                return figures
        raise KeyError(initiative_id)


def portfolio_figures(
    snapshot: Snapshot, catalogue: FiguresCatalogue, *, today: date | None = None
) -> PortfolioFigures:
    """The figures of all initiatives of the snapshot, in its order; ``today`` is its day unless given."""
    sums = PortfolioSums(snapshot, catalogue, today=today)
    rows = tuple(sums.add(snapshot, initiative) for initiative in snapshot.rows("initiative"))
    totals = sums.totals()
    return PortfolioFigures(**{name: getattr(totals, name) for name in _NAMES_OF_TOTALS}, initiatives=rows)


_NAMES_OF_TOTALS = tuple(field.name for field in fields(PortfolioTotals))


class PortfolioSums:
    """Adds up the figures of a portfolio, an initiative at a time.

    ``start`` is any snapshot of the register: it says the day (unless ``today`` does) and the unit's phases.
    The initiatives may come from any number of snapshots, each complete for those it holds: nothing of them
    is kept.
    """

    def __init__(self, start: Snapshot, catalogue: FiguresCatalogue, *, today: date | None = None) -> None:
        self.day = today or start.taken_at.date()
        self._catalogue = catalogue
        self._phases = _phases_of(start)
        self._count = self._started = self._stopped = self._with_lesson = 0
        self._by_phase: Counter[tuple[str, str]] = Counter()
        self._by_stage: Counter[tuple[str, str]] = Counter()
        self._shares: Counter[Share] = Counter()
        self._answered = self._reused = 0
        self._economy = _EconomySums()

    def add(self, snapshot: Snapshot, initiative: Record) -> InitiativeFigures:
        """Count one initiative of ``snapshot``, and give its figures."""
        row = initiative_figures(snapshot, initiative, self._catalogue, today=self.day)
        status, novelty = initiative.text("status"), initiative.text("novelty")
        self._count += 1
        self._by_phase[initiative.text("phase"), status] += 1
        self._by_stage[initiative.text("stage"), status] += 1
        self._started += _has_started(initiative, self.day)
        if status == "stopped":
            self._stopped += 1
            self._with_lesson += has_lesson(snapshot, initiative)
        self._shares[row.share] += 1
        self._answered += bool(novelty)
        self._reused += novelty in REUSED
        self._economy.add(row)
        return row

    def totals(self) -> PortfolioTotals:
        """The figures of all that was added."""
        national, count = self._catalogue.national, self._count
        return PortfolioTotals(
            day=self.day,
            count=count,
            phase_by_status=_cross(self._by_phase, self._phases),
            stage_by_status=_cross(self._by_stage, STAGES),
            started=self._started,
            stopped=self._stopped,
            stopped_with_lesson=self._with_lesson,
            shares={share: _share(self._shares[share], count, national.get(share.value)) for share in Share},
            reuse=_share(self._reused, self._answered, national.get("reused")),
            economy=self._economy.totals(),
        )


class _EconomySums:
    """Adds up what a portfolio costs and gains."""

    def __init__(self) -> None:
        self._computed = 0
        self._npv, self._npv_incl_capacity, self._hours = RunningTotal(), RunningTotal(), RunningTotal()
        self._lines: dict[str, _LineSums] = {}

    def add(self, row: InitiativeFigures) -> None:
        """Add the economy of one initiative."""
        if row.evaluation is not None:
            economy = row.evaluation.economy
            self._computed += economy.npv is not None
            self._npv.add(economy.npv)
            self._npv_incl_capacity.add(economy.npv_incl_capacity)
        for line in row.realised:
            self._lines.setdefault(line.what, _LineSums()).add(line)
        self._hours.add(row.hours_planned)

    def totals(self) -> PortfolioEconomy:
        """The sums of all that was added."""
        return PortfolioEconomy(
            computed=self._computed,
            npv=self._npv.known,
            npv_incl_capacity=self._npv_incl_capacity.known,
            lines=tuple(self._lines[what].total(what) for what in _MONEY_LINES if what in self._lines),
            hours_planned=self._hours.known,
        )


class _LineSums:
    """Adds up expected and realised amounts of one kind."""

    def __init__(self) -> None:
        self._expected, self._realised, self._of_realised = RunningTotal(), RunningTotal(), RunningTotal()
        self._rows = self._rows_realised = 0

    def add(self, line: Realisation) -> None:
        """Add the amounts of one initiative."""
        self._expected.add(line.expected)
        self._realised.add(line.realised)
        self._of_realised.add(line.expected_of_realised)
        self._rows += line.rows
        self._rows_realised += line.rows_realised

    def total(self, what: str) -> Realisation:
        """The sums of all that was added."""
        sums = (self._expected.known, self._realised.known, self._of_realised.known)
        return Realisation(what, *sums, self._rows, self._rows_realised)


def _phases_of(snapshot: Snapshot) -> tuple[str, ...]:
    """Keys of the phases the unit works by: its own, or those as delivered."""
    return tuple(record.text("key") for record in in_order(snapshot.rows("phase"))) or PHASES


def initiative_figures(
    snapshot: Snapshot, initiative: Record, catalogue: FiguresCatalogue, *, today: date | None = None
) -> InitiativeFigures:
    """The figures of one initiative, with those of its newest evaluation."""
    today = today or snapshot.taken_at.date()
    evaluations = [
        evaluation_figures(snapshot, record, catalogue, today=today)
        for record in evaluations_of(snapshot, initiative)
    ]
    newest = evaluations[-1] if evaluations else None
    benefits = _benefits(snapshot, initiative, newest)
    if newest is not None and newest.economy.source in ("rows", "light"):
        realised = newest.economy.realised
    else:
        realised = expected_and_realised([], gain_rows(benefits)[0]) if benefits else ()
    return InitiativeFigures(
        initiative=initiative,
        evaluation=newest,
        evaluations=len(evaluations),
        share=min((one.share for one in evaluations), key=_FURTHEST_FIRST.index, default=Share.NONE),
        lights=initiative_lights(
            initiative, benefits, snapshot.children("risk", initiative.id, "initiative_id"), catalogue, today
        ),
        next_date=_next_date(initiative, newest, today),
        realised=realised,
        hours_planned=total_known(
            record.number("hours") for record in benefits if record.text("class") == "capacity"
        ),
    )


def evaluations_of(snapshot: Snapshot, initiative: Record) -> tuple[Record, ...]:
    """The evaluations of an initiative, the newest last."""
    records = snapshot.children("evaluation", initiative.id, "initiative_id")
    return tuple(sorted(records, key=lambda record: str(record["created"] or "")))


def has_lesson(snapshot: Snapshot, initiative: Record) -> bool:
    """Whether a lesson is written down, on the initiative or in the conclusion of one of its evaluations."""
    if initiative.text("lesson"):
        return True
    conclusions = (
        snapshot.single("conclusion", evaluation.id) for evaluation in evaluations_of(snapshot, initiative)
    )
    return any(
        conclusion.text(f"lesson{number}")
        for conclusion in conclusions
        if conclusion is not None
        for number in (1, 2, 3)
    )


def cross_table(records: Sequence[Record], field: str, order: Sequence[str]) -> CrossTable:
    """Counts of initiatives by a choice field (rows) and status (columns).

    All keys of ``order`` are rows, also those without initiatives, so that a chart keeps its shape.
    """
    return _cross(Counter((record.text(field), record.text("status")) for record in records), order)


def _cross(counts: Mapping[tuple[str, str], int], order: Sequence[str]) -> CrossTable:
    return CrossTable(
        _keys(order, (row for row, _ in counts)), _keys(STATUSES, (column for _, column in counts)), counts
    )


def _keys(order: Sequence[str], found: Iterable[str]) -> tuple[str, ...]:
    others = sorted(set(found) - set(order), key=lambda key: (key == "", key))
    return (*order, *others)


def _benefits(
    snapshot: Snapshot, initiative: Record, evaluation: EvaluationFigures | None
) -> tuple[Record, ...]:
    """The benefits that count for an initiative now: of its newest evaluation and of none."""
    if evaluation is not None:
        return benefits_of(snapshot, snapshot.get("evaluation", evaluation.evaluation_id))
    return snapshot.children("benefit", initiative.id, "initiative_id")


def initiative_lights(
    initiative: Record,
    benefits: Iterable[Record],
    risks: Iterable[Record],
    catalogue: FiguresCatalogue,
    today: date,
) -> Lights:
    """The lights of an initiative with the benefits that count for it, and its risks."""
    return lights_of(
        forecast=initiative.number("forecast"),
        baseline_budget=initiative.number("baseline_budget"),
        forecast_end=initiative.day("planned_end"),
        baseline_end=initiative.day("baseline_end"),
        benefits=[
            DueBenefit(amount_of(record).likely, record.number("realised"), record.day("follow_up"))
            for record in benefits
            if gain_class_of(record.text("class")) not in (None, "nonmoney")
        ],
        risks=map(risk_weight, risks),
        today=today,
        limits=catalogue.lights,
    )


def _next_date(initiative: Record, evaluation: EvaluationFigures | None, today: date) -> date | None:
    days = [initiative.day("next_date"), evaluation.next_date if evaluation is not None else None]
    return min((day for day in days if day is not None and day >= today), default=None)


def _has_started(initiative: Record, today: date) -> bool:
    start = initiative.day("start")
    return start is not None and start <= today


def _share(count: int, base: int, national: NationalFigure | None) -> ShareFigure:
    return ShareFigure(count, base, divide(Decimal(count), Decimal(base)), national)
