"""What the sheets of the portfolio show: one line an initiative, and the lists that hang under them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from coi_desktop.exchange.indicator_rows import IndicatorLine, indicator_lines
from coi_desktop.exchange.initiative_rows import RealisedLine, not_stated, realised_lines
from coi_desktop.exchange.overview_rows import no_payback
from coi_desktop.i18n import _
from coi_desktop.models.economy_figures import EconomyFigures
from coi_desktop.models.evaluation_figures import EvaluationFigures
from coi_desktop.models.lights import LIGHT_SHAPES, NO_LIGHT, Light, Lights
from coi_desktop.models.portfolio_figures import (
    InitiativeFigures,
    PortfolioFigures,
    evaluations_of,
)
from coi_desktop.models.realisation import Realisation
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.models.vocabulary import UNKNOWN, Vocabulary


@dataclass(frozen=True, slots=True)
class PortfolioLine:
    """One initiative with everything the sheets show of it."""

    figures: InitiativeFigures
    light: str
    light_time: str
    light_cost: str
    light_benefit: str
    light_risk: str
    quality: int | None
    efficiency: int | None
    citizen: int | None
    employee: int | None
    political: int | None
    local1: int | None
    need: Record | None

    @property
    def initiative(self) -> Record:
        """The initiative."""
        return self.figures.initiative

    @property
    def lights(self) -> Lights:
        """The measures behind the lights."""
        return self.figures.lights

    @property
    def next_date(self) -> date | None:
        """The next day something is due."""
        return self.figures.next_date

    @property
    def share(self) -> str:
        """Where the initiative counts nationally."""
        return self.figures.share

    @property
    def evaluation(self) -> EvaluationFigures | None:
        """The figures of the newest evaluation."""
        return self.figures.evaluation

    @property
    def depth(self) -> str | None:
        """Depth of the newest evaluation."""
        return self.evaluation.depth if self.evaluation else None

    @property
    def state(self) -> str | None:
        """State of the newest evaluation."""
        return self.evaluation.state if self.evaluation else None

    @property
    def evidence_level(self) -> int | None:
        """Evidence level of the newest evaluation, 0–5."""
        return self.evaluation.evidence.level if self.evaluation else None

    @property
    def evidence_word(self) -> str | None:
        """The key of the evidence level."""
        return None if self.evidence_level is None else str(self.evidence_level)

    @property
    def npv(self) -> Decimal | None:
        """Net present value in DKK, without freed time."""
        return self.evaluation.economy.npv if self.evaluation else None

    @property
    def npv_incl_capacity(self) -> Decimal | None:
        """Net present value in DKK, with freed time, where it was asked for."""
        economy = self.evaluation.economy if self.evaluation else None
        return economy.npv_incl_capacity if economy is not None and economy.shows_freed_time else None

    @property
    def payback(self) -> Decimal | None:
        """Payback in years, without freed time."""
        return self.evaluation.economy.payback if self.evaluation else None

    @property
    def _economy(self) -> EconomyFigures | None:
        """The economy of the newest evaluation, where it can be computed."""
        economy = self.evaluation.economy if self.evaluation else None
        return economy if economy is not None and economy.likely is not None else None

    @property
    def perspective(self) -> str | None:
        """Whose money the economy counts, as a key."""
        return (self._economy.perspective or None) if self._economy else None

    @property
    def price_year(self) -> int | None:
        """The year of its fixed prices."""
        return self._economy.price_year if self._economy else None

    @property
    def not_stated(self) -> str | None:
        """What stands where perspective or price year of an economy is open."""
        return not_stated() if self._economy else None

    @property
    def horizon(self) -> int | None:
        """The last year it counts."""
        return self._economy.horizon if self._economy else None

    @property
    def no_payback(self) -> str | None:
        """What stands where there is an economy but no payback."""
        likely = self._economy.likely if self._economy else None
        return None if likely is None else no_payback(likely.is_covered_from_start)

    @property
    def decided(self) -> str | None:
        """The decision of the newest evaluation."""
        return self.evaluation.decided if self.evaluation else None

    @property
    def decision_date(self) -> date | None:
        """The day of that decision."""
        return self.evaluation.decision_date if self.evaluation else None

    @property
    def indicators(self) -> int | None:
        """The number of indicators of the newest evaluation."""
        return len(self.evaluation.indicators) if self.evaluation else None

    @property
    def measured(self) -> int | None:
        """How many of them are measured after their baseline."""
        return sum(one.is_measured for one in self.evaluation.indicators) if self.evaluation else None

    @property
    def is_rated(self) -> bool:
        """Whether any value kind is rated."""
        return any(value.rating is not None for value in self.evaluation.values) if self.evaluation else False


@dataclass(frozen=True, slots=True)
class InitiativeRealisedLine:
    """Expected beside realised of one initiative."""

    title: str
    line: RealisedLine

    @property
    def name(self) -> str:
        """What the line counts."""
        return self.line.name

    @property
    def figures(self) -> Realisation:
        """The amounts."""
        return self.line.figures

    @property
    def unknown(self) -> str:
        """What stands where nothing is reported yet."""
        return self.line.unknown


@dataclass(frozen=True, slots=True)
class OwnedLine:
    """A record that hangs under an initiative, by the name of its kind."""

    initiative: Record
    benefit: Record | None = None
    measure: IndicatorLine | None = None
    decision: Record | None = None
    need: Record | None = None
    action: Record | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class LessonLine:
    """One lesson and where it comes from."""

    initiative: Record
    source: str
    text: str


def portfolio_lines(
    snapshot: Snapshot, portfolio: PortfolioFigures, words: Vocabulary
) -> list[PortfolioLine]:
    """One line for every initiative, in the order of the figures."""
    shown = {light: f"{LIGHT_SHAPES[light]} {words.label('light', light)}" for light in Light}
    none = f"{NO_LIGHT} {words.label('light', 'none')}"

    def light(one: Light | None) -> str:
        return none if one is None else shown[one]

    found = []
    for figures in portfolio.initiatives:
        values = figures.evaluation.values if figures.evaluation is not None else ()
        ratings = {value.kind: value.rating for value in values}
        lights = figures.lights
        found.append(
            PortfolioLine(
                figures,
                light(lights.overall),
                light(lights.time),
                light(lights.cost),
                light(lights.benefit),
                light(lights.risk),
                ratings.get("quality"),
                ratings.get("efficiency"),
                ratings.get("citizen"),
                ratings.get("employee"),
                ratings.get("political"),
                ratings.get("local1"),
                _open_need(snapshot, figures),
            )
        )
    return found


def initiative_realised_lines(portfolio: PortfolioFigures, words: Vocabulary) -> list[InitiativeRealisedLine]:
    """Expected beside realised, initiative by initiative."""
    return [
        InitiativeRealisedLine(row.initiative.text("title"), line)
        for row in portfolio.initiatives
        for line in realised_lines(row.realised, words)
    ]


def benefit_lines(snapshot: Snapshot, portfolio: PortfolioFigures, words: Vocabulary) -> list[OwnedLine]:
    """All benefits, initiative by initiative, each with the indicator of the newest evaluation it names."""
    found = []
    for row in portfolio.initiatives:
        benefits = snapshot.children("benefit", row.initiative.id, "initiative_id")
        measures: dict[str, IndicatorLine] = {}
        if row.evaluation is not None and any(benefit.text("indicator_id") for benefit in benefits):
            measures = {one.indicator.id: one for one in indicator_lines(snapshot, row.evaluation, words)}
        found += [
            OwnedLine(row.initiative, benefit=benefit, measure=measures.get(benefit.text("indicator_id")))
            for benefit in benefits
        ]
    return found


def decision_lines(snapshot: Snapshot, portfolio: PortfolioFigures) -> list[OwnedLine]:
    """The decisions made on evaluations, the newest first."""
    found = [
        OwnedLine(initiative, decision=decision)
        for initiative, evaluation in _evaluations(snapshot, portfolio)
        if (decision := snapshot.single("eval_decision", evaluation.id)) is not None
        and decision.text("decided") not in ("", UNKNOWN)
    ]
    return sorted(found, key=lambda line: _day(line.decision, "date"), reverse=True)


def need_lines(snapshot: Snapshot, portfolio: PortfolioFigures) -> list[OwnedLine]:
    """The decisions that newest evaluations are to inform and that are not made yet, the nearest first."""
    found = []
    for row in portfolio.initiatives:
        need = _open_need(snapshot, row)
        if row.evaluation is not None and need is not None:
            found.append(OwnedLine(row.initiative, need=need, state=row.evaluation.state))
    return sorted(found, key=lambda line: _day(line.need, "decision_date", date.max))


def action_lines(snapshot: Snapshot, portfolio: PortfolioFigures) -> list[OwnedLine]:
    """What is to be done after evaluations, the nearest first."""
    found = [
        OwnedLine(initiative, action=action)
        for initiative, evaluation in _evaluations(snapshot, portfolio)
        for action in snapshot.children("action", evaluation.id, "evaluation_id")
    ]
    return sorted(found, key=lambda line: _day(line.action, "due", date.max))


def lesson_lines(snapshot: Snapshot, portfolio: PortfolioFigures, words: Vocabulary) -> list[LessonLine]:
    """The lessons of stopped initiatives and of evaluations."""
    found = []
    for row in portfolio.initiatives:
        lesson = row.initiative.text("lesson")
        if lesson:
            found.append(
                LessonLine(
                    row.initiative, words.label("initiative.status", row.initiative.text("status")), lesson
                )
            )
        for evaluation in evaluations_of(snapshot, row.initiative):
            conclusion = snapshot.single("conclusion", evaluation.id)
            names = ("lesson1", "lesson2", "lesson3", "differently") if conclusion is not None else ()
            found += [
                LessonLine(row.initiative, _("Evaluation"), conclusion.text(name))
                for name in names
                if conclusion is not None and conclusion.text(name)
            ]
    return found


def indicators_of(snapshot: Snapshot, portfolio: PortfolioFigures) -> list[Record]:
    """The indicators of all evaluations, initiative by initiative."""
    return [
        indicator
        for _initiative, evaluation in _evaluations(snapshot, portfolio)
        for indicator in snapshot.children("indicator", evaluation.id, "evaluation_id")
    ]


def _open_need(snapshot: Snapshot, row: InitiativeFigures) -> Record | None:
    """The decision the newest evaluation is to inform, as long as it is not made."""
    if row.evaluation is None or row.evaluation.decided not in ("", UNKNOWN):
        return None
    need = snapshot.single("decision_need", row.evaluation.evaluation_id)
    return need if need is not None and need.text("decision_to_inform") else None


def _evaluations(snapshot: Snapshot, portfolio: PortfolioFigures) -> Iterable[tuple[Record, Record]]:
    return (
        (row.initiative, evaluation)
        for row in portfolio.initiatives
        for evaluation in evaluations_of(snapshot, row.initiative)
    )


def _day(record: Record | None, name: str, otherwise: date = date.min) -> date:
    day = record.day(name) if record is not None else None
    return otherwise if day is None else day
