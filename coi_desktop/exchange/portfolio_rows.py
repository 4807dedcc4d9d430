"""What the sheets of the portfolio show: one line an initiative, and the lists that hang under them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from coi_desktop.exchange.initiative_rows import RealisedLine, realised_lines
from coi_desktop.i18n import _
from coi_desktop.models.economics import Realisation
from coi_desktop.models.evaluation_figures import EvaluationFigures
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.figures_catalogue import NationalFigure
from coi_desktop.models.lights import Light, Lights
from coi_desktop.models.portfolio_figures import (
    CrossTable,
    InitiativeFigures,
    PortfolioFigures,
    ShareFigure,
    evaluations_of,
)
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.models.vocabulary import UNKNOWN, Vocabulary

#: A light is never shown by colour alone: its shape stands before its word.
LIGHT_SHAPES = {Light.GREEN: "●", Light.YELLOW: "▲", Light.RED: "■"}
NO_LIGHT = "–"


@dataclass(frozen=True, slots=True)
class PortfolioLine:
    """One initiative with everything the sheets show of it."""

    figures: InitiativeFigures
    light: str
    light_time: str
    light_cost: str
    light_benefit: str
    quality: int | None
    efficiency: int | None
    citizen: int | None
    employee: int | None
    political: int | None
    local1: int | None

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
        """Net present value in DKK, with freed time."""
        return self.evaluation.economy.npv_incl_capacity if self.evaluation else None

    @property
    def payback(self) -> Decimal | None:
        """Payback in years, without freed time."""
        return self.evaluation.economy.payback if self.evaluation else None

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
class KeyFigureLine:
    """A count, with its base, share and the national figure beside where there is one."""

    name: str
    count: int
    base: int | None
    share: Decimal | None
    national: NationalFigure | None
    has_national: bool

    @property
    def no_share(self) -> str | None:
        """What stands where a share has no base."""
        return _("no base") if self.base == 0 else None

    @property
    def no_national(self) -> str | None:
        """What stands where nothing is published."""
        return _("no published figure") if self.has_national else None

    @property
    def edition(self) -> str | None:
        """Edition and period of the national figure."""
        if self.national is None:
            return None
        return _("edition {number}, {period}").format(number=self.national.edition, period=self.national.period)


@dataclass(frozen=True, slots=True)
class AmountLine:
    """A sum over the portfolio: expected beside realised, and how much it rests on."""

    name: str
    expected: Decimal | None
    realised: Decimal | None
    unit: str
    basis: int | None
    of_what: str
    unknown: str | None


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


@dataclass(frozen=True, slots=True)
class DictionaryLine:
    """One field of the register."""

    table: str
    field: str
    da: str
    en: str
    kind: str
    unit: str
    options: str


def portfolio_lines(portfolio: PortfolioFigures, words: Vocabulary) -> list[PortfolioLine]:
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
                ratings.get("quality"),
                ratings.get("efficiency"),
                ratings.get("citizen"),
                ratings.get("employee"),
                ratings.get("political"),
                ratings.get("local1"),
            )
        )
    return found


def key_figure_lines(portfolio: PortfolioFigures, words: Vocabulary) -> list[KeyFigureLine]:
    """The counts of the overview: all, started, stopped, reused, evaluated."""
    plain = (
        (_("Initiatives in all"), portfolio.count, None),
        (_("Started"), portfolio.started, None),
        (_("Stopped"), portfolio.stopped, None),
        (_("– of these with a lesson written down"), portfolio.stopped_with_lesson, portfolio.stopped),
    )
    found = [KeyFigureLine(name, count, base, None, None, False) for name, count, base in plain]
    found.append(_share_line(_("Inspired by or copied from others"), portfolio.reuse))
    return found + share_lines(portfolio, words)


def share_lines(portfolio: PortfolioFigures, words: Vocabulary) -> list[KeyFigureLine]:
    """The shares evaluated, under way, planned and none."""
    return [
        _share_line(words.label("evaluation.share", share), figure) for share, figure in portfolio.shares.items()
    ]


def _share_line(name: str, figure: ShareFigure) -> KeyFigureLine:
    return KeyFigureLine(name, figure.count, figure.base, figure.share, figure.national, True)


def amount_lines(portfolio: PortfolioFigures, words: Vocabulary) -> list[AmountLine]:
    """Sums over the portfolio; a sum that rests on nothing is left out."""
    economy, dkk = portfolio.economy, _("DKK")
    lines = _("lines with an amount")
    found = [
        AmountLine(one.name, one.figures.expected, one.figures.realised, dkk, one.figures.rows, lines, one.unknown)
        for one in realised_lines(economy.lines, words)
    ]
    initiatives = _("initiatives with an economy")
    if economy.npv is not None:
        name = _("Net present value")
        found.append(AmountLine(name, economy.npv, None, dkk, economy.computed, initiatives, None))
        name = _("Net present value incl. freed time")
        found.append(AmountLine(name, economy.npv_incl_capacity, None, dkk, economy.computed, initiatives, None))
    if economy.hours_planned is not None:
        found.append(AmountLine(_("Freed time"), economy.hours_planned, None, _("hours"), None, "", None))
    return found


def initiative_realised_lines(portfolio: PortfolioFigures, words: Vocabulary) -> list[InitiativeRealisedLine]:
    """Expected beside realised, initiative by initiative."""
    return [
        InitiativeRealisedLine(row.initiative.text("title"), line)
        for row in portfolio.initiatives
        for line in realised_lines(row.realised, words)
    ]


def benefit_lines(snapshot: Snapshot, portfolio: PortfolioFigures) -> list[OwnedLine]:
    """All benefits, initiative by initiative."""
    return [
        OwnedLine(row.initiative, benefit=benefit)
        for row in portfolio.initiatives
        for benefit in snapshot.children("benefit", row.initiative.id, "initiative_id")
    ]


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
        if row.evaluation is None or row.evaluation.decided not in ("", UNKNOWN):
            continue
        need = snapshot.single("decision_need", row.evaluation.evaluation_id)
        if need is not None and need.text("decision_to_inform"):
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
            found.append(LessonLine(row.initiative, words.label("initiative.status", row.initiative.text("status")), lesson))
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


def cross_rows(table: CrossTable, list_name: str, words: Vocabulary) -> list[tuple[str, tuple[int, ...]]]:
    """The rows of a cross table: name and counts."""
    return [
        (label_of(words, list_name, row), tuple(table.count(row, column) for column in table.columns))
        for row in table.rows
    ]


def label_of(words: Vocabulary, list_name: str, key: str) -> str:
    """The words of a key; what is not filled in says so."""
    return words.label(list_name, key) if key else _("Not filled in")


def dictionary_lines(tables: Iterable[str], words: Vocabulary) -> list[DictionaryLine]:
    """Every field that people see, table by table."""
    return [
        DictionaryLine(
            name, field.name, field.da, field.en, _kind_words(field.kind), field.unit, _options(field, words)
        )
        for name in tables
        for field in RECORD_TYPES[name].fields
        if field.shown
    ]


def _evaluations(snapshot: Snapshot, portfolio: PortfolioFigures) -> Iterable[tuple[Record, Record]]:
    return (
        (row.initiative, evaluation)
        for row in portfolio.initiatives
        for evaluation in evaluations_of(snapshot, row.initiative)
    )


def _day(record: Record | None, name: str, otherwise: date = date.min) -> date:
    day = record.day(name) if record is not None else None
    return otherwise if day is None else day


def _options(field: FieldSpec, words: Vocabulary) -> str:
    if not field.values:
        return ""
    return " · ".join(f"{key} = {words.label(field.values, key)}" for key in words.keys(field.values))


def _kind_words(kind: Kind) -> str:
    return {
        Kind.TEXT: _("text"),
        Kind.LONG: _("long text"),
        Kind.INTEGER: _("whole number"),
        Kind.NUMBER: _("number"),
        Kind.MONEY: _("amount"),
        Kind.DATE: _("date"),
        Kind.TIME: _("time"),
        Kind.YES_NO: _("yes or no"),
        Kind.CHOICE: _("choice"),
        Kind.CHOICES: _("several choices"),
        Kind.RANK: _("choices in order"),
        Kind.REFERENCE: _("reference"),
    }[kind]
