"""Sådan er det regnet ud: for every figure the formula, the numbers put in, the result and the day.

The values are structured, so that the sheet can write numbers as numbers and the screen the same as text.
Words are in the language spoken when the explanation is made. A figure that cannot be computed has an
explanation too: its result is None and ``missing`` says what would be needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from coi_desktop.i18n import _, current_language
from coi_desktop.models.chart_figures import unit_of
from coi_desktop.models.dates import format_date
from coi_desktop.models.decimals import to_four
from coi_desktop.models.evaluation_figures import EvaluationFigures
from coi_desktop.models.figures_catalogue import NationalFigure
from coi_desktop.models.indicators import IndicatorFigures, Status
from coi_desktop.models.portfolio_figures import ShareFigure
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.text import NBSP, format_money, format_number, format_percent, format_years
from coi_desktop.models.vocabulary import Vocabulary


class Form(StrEnum):
    """How a value is written: a plain number with its unit, DKK, a share as percent, years, a day, words."""

    NUMBER = "number"
    MONEY = "money"
    SHARE = "share"
    YEARS = "years"
    DAY = "day"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Fact:
    """One number or word put in: its ``symbol`` in the formula (may be empty), what it is, and its value."""

    symbol: str
    label: str
    value: Decimal | int | date | str | None
    form: Form = Form.NUMBER
    unit: str = ""

    def text(self) -> str:
        """The value as people read it, in the language spoken now; an empty text where there is none."""
        return format_value(self.value, self.form, self.unit)


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one figure came about.

    ``key`` names the figure (``progress``, ``effect``, ``npv``, …), ``day`` is the day the newest number put
    in belongs to. ``notes`` are sentences to print below; ``missing`` says what is needed where ``result`` is
    None.
    """

    key: str
    title: str
    formula: str
    facts: tuple[Fact, ...]
    result: Fact
    day: date | None
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def lines(self) -> tuple[str, ...]:
        """The explanation as lines of text, in the language spoken now."""
        facts = [
            f"{fact.symbol} = {fact.text()} ({fact.label})" if fact.symbol else f"{fact.label}: {fact.text()}"
            for fact in self.facts
            if fact.value is not None
        ]
        result = self.result.text() or _("cannot be computed")
        needed = [_("Needed: {what}").format(what=", ".join(self.missing))] if self.missing else []
        return (self.title, self.formula, *facts, f"= {result}", *needed, *self.notes)


def format_value(value: Decimal | int | date | str | None, form: Form, unit: str = "") -> str:
    """A value of a form as people read it, in the language spoken now; an empty text for None."""
    language = current_language()
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return format_date(value, language)
    if form is Form.MONEY:
        return format_money(value, language, 2)
    if form is Form.SHARE:
        return format_percent(Decimal(value) * 100, language, 1)
    if form is Form.YEARS:
        return format_years(value, language)
    return format_number(value, language) + (f"{NBSP}{unit}" if unit else "")


def explain_progress(figures: IndicatorFigures, vocabulary: Vocabulary) -> Explanation:
    """How far an indicator has come; for an indicator to be kept: whether it lies within its tolerance."""
    indicator, unit = figures.indicator, unit_of(figures.indicator)
    facts = _measured_facts(figures, unit)
    if indicator.direction == "maintain":
        formula = "|a − b| ≤ d"
        facts.append(Fact("d", _("tolerance"), indicator.tolerance, unit=unit))
    elif indicator.measure == "yes_no":
        formula = "a = t"
        facts.append(Fact("t", _("target"), indicator.target))
    else:
        formula = "(a − b) ÷ (t − b)"
        facts.append(Fact("t", _("target"), indicator.target, unit=unit))
    notes = []
    if figures.status is Status.CHECK_TARGET:
        notes.append(_("The target lies on the wrong side of the baseline for the direction chosen."))
    if indicator.goal_status == "exploratory":
        notes.append(_("The goal is exploratory, so that only the change is shown."))
    return Explanation(
        key="progress",
        title=_("Progress of {name}").format(name=indicator.name),
        formula=formula,
        facts=tuple(facts),
        result=Fact("", _("progress"), to_four(figures.progress), Form.SHARE),
        day=figures.latest.day if figures.latest is not None else None,
        notes=(*_suppressed_note(figures, vocabulary), *notes),
        missing=() if figures.progress is not None or notes else _needed(figures.missing),
    )


def explain_effect(figures: IndicatorFigures, vocabulary: Vocabulary) -> Explanation:
    """The change beyond that of the comparison series."""
    unit, comparison = unit_of(figures.indicator), figures.comparison
    facts = _measured_facts(figures, unit)
    for symbol, label, point in (
        ("b′", _("comparison before"), comparison.before),
        ("a′", _("comparison after"), comparison.after),
    ):
        facts.append(Fact(symbol, label, point.value if point is not None else None, unit=unit))
    needed = []
    if figures.change is None:
        needed.append(_("a baseline and a later measurement"))
    if comparison.before is None or comparison.after is None:
        needed.append(_("a comparison series measured before and after"))
    return Explanation(
        key="effect",
        title=_("Effect on {name}").format(name=figures.indicator.name),
        formula="(a − b) − (a′ − b′)",
        facts=tuple(facts),
        result=Fact("", _("effect"), figures.effect, unit=unit),
        day=figures.latest.day if figures.latest is not None else None,
        notes=_suppressed_note(figures, vocabulary),
        missing=tuple(needed),
    )


def explain_evidence(figures: EvaluationFigures, vocabulary: Vocabulary) -> Explanation:
    """The evidence level: what the rules suggest, the ceiling of the design, and what was set by hand."""
    evidence = figures.evidence

    def level(number: int) -> str:
        return f"{number} {vocabulary.label('evidence.level', str(number))}"

    facts = [
        Fact("", _("suggested by rule"), level(evidence.suggested), Form.WORDS),
        Fact("", _("design"), vocabulary.label("design", evidence.design), Form.WORDS),
        Fact("", _("ceiling of the design"), level(evidence.ceiling), Form.WORDS),
    ]
    notes = []
    if evidence.is_design_assumed:
        notes.append(_("No design is chosen; it is taken from whether a baseline was measured."))
    if evidence.is_set_manually:
        notes.append(_("Set manually: {reason}").format(reason=evidence.reason or _("no reason given")))
    if evidence.refused == "reason":
        notes.append(_("A higher level was set without a reason and does not count."))
    if evidence.refused == "ceiling":
        notes.append(_("A level above the ceiling of the design was set; the ceiling counts."))
    if evidence.missing:
        wanted = ", ".join(vocabulary.label("evidence.missing", key) for key in evidence.missing)
        notes.append(_("To get one level up: {wanted}.").format(wanted=wanted))
    return Explanation(
        key="evidence",
        title=_("Evidence level"),
        formula=_("the highest level whose condition holds, at most the ceiling of the design"),
        facts=tuple(facts),
        result=Fact("", _("evidence level"), level(evidence.level), Form.WORDS),
        day=figures.day,
        notes=tuple(notes),
    )


def explain_depth(figures: EvaluationFigures, vocabulary: Vocabulary) -> Explanation:
    """The suggested depth from the six answers."""
    proportion = figures.proportion
    asked = {field.name: field.label() for field in record_type("proportion").fields}
    facts = [
        Fact("", f"{asked[question]}: {vocabulary.label(f'proportion.{question}', str(point))}", point)
        for question, point in proportion.points.items()
        if point is not None
    ]
    notes = []
    if proportion.raised_by:
        notes.append(_("Risk or a requirement of 2 points asks for at least standard."))
    is_open = bool(proportion.open_questions)
    return Explanation(
        key="depth",
        title=_("Suggested depth"),
        formula=_("the sum of six answers of 0–2 points"),
        facts=(*facts, Fact("", _("sum"), proportion.total)),
        result=Fact(
            "",
            _("depth"),
            vocabulary.label("evaluation.depth", proportion.depth) if proportion.depth else None,
            Form.WORDS,
        ),
        day=figures.day,
        notes=tuple(notes),
        missing=(_("an answer to all six questions"),) if is_open else (),
    )


def explain_mean_rating(figures: EvaluationFigures, vocabulary: Vocabulary) -> Explanation:
    """The mean rating, weighted by importance; never shown without the evidence level."""
    weighed = [
        value
        for value in figures.values
        if value.rating is not None and value.importance is not None and value.importance >= 2
    ]
    facts = [
        Fact(
            "",
            _("{kind}, importance {weight}").format(
                kind=vocabulary.label("value_kind", value.kind), weight=value.importance
            ),
            value.rating,
        )
        for value in weighed
    ]
    return Explanation(
        key="mean_rating",
        title=_("Mean rating"),
        formula=_("Σ rating · importance ÷ Σ importance, of the kinds with importance 2 or 3"),
        facts=(*facts, Fact("", _("evidence level"), figures.evidence.level)),
        result=Fact("", _("mean rating"), to_four(figures.mean_rating)),
        day=figures.day,
        missing=() if weighed else (_("a rating of an important value"),),
    )


def explain_share(share: ShareFigure, title: str, day: date) -> Explanation:
    """A share of the portfolio's initiatives, with the national figure beside where there is one."""
    facts = [
        Fact("k", _("initiatives that count"), share.count),
        Fact("n", _("initiatives in the base"), share.base),
    ]
    national = share.national
    notes = []
    if national is not None:
        facts.append(Fact("", _("national share"), national.share, Form.SHARE))
        notes.append(national_note(national))
        notes.append(_("It covers all public sectors and is no target."))
    return Explanation(
        key="share",
        title=title,
        formula="k ÷ n",
        facts=tuple(facts),
        result=Fact("", _("share"), to_four(share.share), Form.SHARE),
        day=day,
        notes=tuple(notes),
        missing=() if share.share is not None else (_("initiatives"),),
    )


def national_note(national: NationalFigure) -> str:
    """Where a national figure comes from, and how many workplaces stand behind it."""
    return _("National figure: {source}, edition {edition}, {period}, n = {n}.").format(
        source=national.source, edition=national.edition, period=national.period, n=national.n
    )


def _measured_facts(figures: IndicatorFigures, unit: str) -> list[Fact]:
    latest = figures.latest
    return [
        Fact("b", _("baseline"), figures.indicator.baseline, unit=unit),
        Fact("a", _("latest measurement"), latest.value if latest is not None else None, unit=unit),
    ]


def _suppressed_note(figures: IndicatorFigures, vocabulary: Vocabulary) -> tuple[str, ...]:
    if not figures.suppressed and not figures.is_baseline_hidden:
        return ()
    return (vocabulary.label("indicator.status", Status.TOO_FEW),)


def _needed(fields: Iterable[str]) -> tuple[str, ...]:
    words = {
        "direction": _("direction"),
        "baseline": _("baseline"),
        "tolerance": _("tolerance"),
        "target_likely": _("target"),
        "measurement": _("a measurement after the baseline"),
        "sign_status": _("the sign"),
        "sign_reason": _("a reason for the sign"),
    }
    return tuple(words[field] for field in fields)
