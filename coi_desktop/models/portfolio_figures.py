"""The portfolio in figures: counts by phase, status and stage, evaluated shares, reuse, and what it comes to.

Overblik, the portfolio workbook and the charts all read these; every count says what it counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from coi_desktop.models.decimals import divide, total_known
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
class PortfolioFigures:
    """All figures of a portfolio on a day.

    ``started`` initiatives have a start date that has come; ``stopped_with_lesson`` are those of the stopped
    whose lesson is written down (on the initiative or in an evaluation's conclusion). ``reuse`` is the share
    inspired by or copied from others among the initiatives whose novelty is answered ("don't know" stays in
    the base).
    """

    day: date
    initiatives: tuple[InitiativeFigures, ...]
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

    @property
    def count(self) -> int:
        """The number of initiatives."""
        return len(self.initiatives)

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
    today = today or snapshot.taken_at.date()
    rows = tuple(
        initiative_figures(snapshot, initiative, catalogue, today=today)
        for initiative in snapshot.rows("initiative")
    )
    records = [row.initiative for row in rows]
    stopped = [record for record in records if record.text("status") == "stopped"]
    return PortfolioFigures(
        day=today,
        initiatives=rows,
        phase_by_status=cross_table(records, "phase", _phases_of(snapshot)),
        stage_by_status=cross_table(records, "stage", STAGES),
        started=sum(1 for record in records if _has_started(record, today)),
        stopped=len(stopped),
        stopped_with_lesson=sum(1 for record in stopped if has_lesson(snapshot, record)),
        shares=_shares(rows, catalogue),
        reuse=_reuse(records, catalogue),
        economy=_economy(rows),
    )


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
        realised = expected_and_realised([], gain_rows(benefits)[0])
    return InitiativeFigures(
        initiative=initiative,
        evaluation=newest,
        evaluations=len(evaluations),
        share=min((one.share for one in evaluations), key=list(Share).index, default=Share.NONE),
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
    counts = Counter((record.text(field), record.text("status")) for record in records)
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


def _shares(rows: Sequence[InitiativeFigures], catalogue: FiguresCatalogue) -> Mapping[Share, ShareFigure]:
    counted = Counter(row.share for row in rows)
    return {share: _share(counted[share], len(rows), catalogue.national.get(share.value)) for share in Share}


def _reuse(records: Iterable[Record], catalogue: FiguresCatalogue) -> ShareFigure:
    answered = [record.text("novelty") for record in records if record.text("novelty")]
    reused = sum(1 for novelty in answered if novelty in REUSED)
    return _share(reused, len(answered), catalogue.national.get("reused"))


def _share(count: int, base: int, national: NationalFigure | None) -> ShareFigure:
    return ShareFigure(count, base, divide(Decimal(count), Decimal(base)), national)


def _economy(rows: Sequence[InitiativeFigures]) -> PortfolioEconomy:
    economies = [row.evaluation.economy for row in rows if row.evaluation is not None]
    return PortfolioEconomy(
        computed=sum(1 for economy in economies if economy.npv is not None),
        npv=total_known(economy.npv for economy in economies),
        npv_incl_capacity=total_known(economy.npv_incl_capacity for economy in economies),
        lines=tuple(
            line
            for line in (
                _sum_of([one for row in rows for one in row.realised if one.what == what])
                for what in _MONEY_LINES
            )
            if line is not None
        ),
        hours_planned=total_known(row.hours_planned for row in rows),
    )


def _sum_of(lines: Sequence[Realisation]) -> Realisation | None:
    if not lines:
        return None
    return Realisation(
        lines[0].what,
        total_known(line.expected for line in lines),
        total_known(line.realised for line in lines),
        total_known(line.expected_of_realised for line in lines),
        sum(line.rows for line in lines),
        sum(line.rows_realised for line in lines),
    )
