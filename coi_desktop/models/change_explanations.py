"""How sure a change is, in words, and how its interval and the effect came about."""

from __future__ import annotations

from decimal import Decimal

from coi_desktop.i18n import _, current_language
from coi_desktop.models.change_intervals import ChangeInterval, Method, Rounds
from coi_desktop.models.chart_figures import unit_of
from coi_desktop.models.decimals import to_four
from coi_desktop.models.explanations import Explanation, Fact
from coi_desktop.models.indicators import Indicator, IndicatorFigures, Status
from coi_desktop.models.intervals import CONFIDENCE, score_interval, t_quantile
from coi_desktop.models.text import NBSP, format_number, format_percent
from coi_desktop.models.vocabulary import Vocabulary

_MOST_DECIMALS = 4

_FORMULAS = {
    Method.MEAN_PAIRED: "d ± t · s ÷ √n",
    Method.MEAN_UNPAIRED: "(a − b) ± t · √(s₁² ÷ n₁ + s₂² ÷ n₂)",
    Method.SHARE_UNPAIRED: "(a − b) − √((a − l₂)² + (u₁ − b)²) … (a − b) + √((u₂ − a)² + (b − l₁)²)",
    Method.SHARE_PAIRED: "(g − v) ÷ n",
}


def change_line(figures: IndicatorFigures, change: ChangeInterval) -> str:
    """The change with its interval, its numbers and what they allow to say; empty where there is no interval.

    With few answers the sentence stands in place of the interval.
    """
    if change.method is None:
        return ""
    number = signed(change.change, figures.indicator)
    if change.is_few:
        said = _("change {change} ({n})").format(change=number, n=count_words(change))
    else:
        said = _("change {change} ({share} interval {interval}; {n})").format(
            change=number, share=_share(), interval=interval_words(figures, change), n=count_words(change)
        )
    return f"{said[:1].upper()}{said[1:]}. {verdict(change)}"


def interval_words(figures: IndicatorFigures, change: ChangeInterval) -> str:
    """From … to …, with one digit more than was typed; empty without an interval."""
    if change.low is None or change.high is None:
        return ""
    language, decimals = current_language(), _decimals(figures)
    return _("{low} to {high}").format(
        low=format_number(change.low, language, decimals), high=format_number(change.high, language, decimals)
    )


def count_words(change: ChangeInterval) -> str:
    """How many answers or pairs an interval rests on."""
    if change.is_paired:
        return _("n = {n}, the same people before and after").format(n=change.n)
    return _("n = {before} before, {after} after").format(
        before=change.rounds.n_before, after=change.rounds.n_after
    )


def verdict(change: ChangeInterval) -> str:
    """What the interval allows to say; empty without one."""
    if change.method is None:
        return ""
    if change.is_few:
        return _("Too few to say anything certain about a change.")
    if change.holds_zero:
        return _("The interval holds 0, so the change may be chance.")
    return _("The change is larger than chance alone usually gives.")


def method_words(change: ChangeInterval) -> str:
    """How an interval is computed, in words; empty without one."""
    words = {
        Method.MEAN_PAIRED: _("mean, the same people"),
        Method.MEAN_UNPAIRED: _("mean, two groups (Welch)"),
        Method.SHARE_PAIRED: _("share, the same people (Newcombe)"),
        Method.SHARE_UNPAIRED: _("share, two groups (Newcombe)"),
    }
    return "" if change.method is None else words[change.method]


def effect_line(figures: IndicatorFigures) -> str:
    """The effect with its four numbers put in; empty where one is missing or hidden."""
    points = (figures.latest, figures.comparison.after, figures.comparison.before)
    values = [None if point is None else point.value for point in points]
    baseline = figures.indicator.baseline
    if figures.effect is None or baseline is None or None in values:
        return ""
    language = current_language()
    after, other_after, other_before = (format_number(value, language) for value in values)
    return _("Effect: ({after} − {before}) − ({other_after} − {other_before}) = {effect}").format(
        after=after,
        before=format_number(baseline, language),
        other_after=other_after,
        other_before=other_before,
        effect=signed(figures.effect, figures.indicator),
    )


def signed(value: Decimal | None, indicator: Indicator) -> str:
    """A change with its sign and unit; a share changes by percentage points."""
    if value is None:
        return ""
    unit = change_unit(indicator)
    sign = "+" if value > 0 else ""
    return sign + format_number(value, current_language()) + (f"{NBSP}{unit}" if unit else "")


def explain_change(figures: IndicatorFigures, change: ChangeInterval, vocabulary: Vocabulary) -> Explanation:
    """The change since the baseline with its interval, or what it would take for one."""
    unit = change_unit(figures.indicator)
    is_hidden = figures.suppressed or figures.is_baseline_hidden
    hidden = (vocabulary.label("indicator.status", Status.TOO_FEW),) if is_hidden else ()
    value = figures.change if change.method is None else change.change
    return Explanation(
        key="change",
        title=_("Change of {name}").format(name=figures.indicator.name),
        formula="a − b" if change.method is None else _FORMULAS[change.method],
        facts=tuple(_facts(figures, change)),
        result=Fact("", _("change"), value, unit=unit),
        day=figures.latest.day if figures.latest is not None else None,
        notes=(*hidden, *_notes(figures, change), *_answers(change, vocabulary)),
        missing=() if value is not None or is_hidden else (_("a baseline and a later measurement"),),
    )


def _notes(figures: IndicatorFigures, change: ChangeInterval) -> list[str]:
    if change.method is None:
        return [] if figures.change is None else [_why_not(change)]
    notes = [
        _("{share} interval: {interval}").format(share=_share(), interval=interval_words(figures, change)),
        verdict(change),
        _("An interval tells of chance alone, not of what caused the change."),
    ]
    if change.method in (Method.SHARE_UNPAIRED, Method.SHARE_PAIRED):
        notes.append(
            _("Method: Newcombe (1998), method 10. The percentage is taken as a share of those counted.")
        )
    if change.method is Method.MEAN_UNPAIRED:
        notes.append(_("Method: Welch, for two groups with different standard deviations."))
    if change.method is Method.SHARE_PAIRED and not change.rounds.are_parts_told:
        notes.append(_("The numbers of pairs are not shown, because one of them is below five."))
    return notes


def _answers(change: ChangeInterval, vocabulary: Vocabulary) -> list[str]:
    """The answers of the latest measurement by count; what is kept back is named so."""
    if not change.rounds.answers:
        return []
    too_few = vocabulary.label("indicator.status", Status.TOO_FEW)
    shown = (
        f"{one.answer}: {too_few if one.people is None else format_number(one.people, current_language())}"
        for one in change.rounds.answers
    )
    return [_("Answers by count: {answers}.").format(answers="; ".join(shown))]


def _why_not(change: ChangeInterval) -> str:
    """Why a change has no interval."""
    words = {
        "too_few": _("Too few to say anything certain about a change."),
        "no_spread": _("No interval: all answers are alike."),
        "no_fit": _("No interval: the numbers do not fit each other."),
        "not_measured": _("No interval for a measure of this kind."),
    }
    for key in change.missing:
        if key in words:
            return words[key]
    asked = {
        "n_before": _("the number of answers at the baseline"),
        "n_after": _("the number of answers at the latest measurement"),
        "sd_before": _("the standard deviation at the baseline"),
        "sd_after": _("the standard deviation at the latest measurement"),
    }
    wanted = ", ".join(asked[key] for key in change.missing if key in asked)
    return _("No interval: {wanted} is not known.").format(wanted=wanted)


def _facts(figures: IndicatorFigures, change: ChangeInterval) -> list[Fact]:
    rounds, unit = change.rounds, unit_of(figures.indicator)
    spread = "" if figures.indicator.measure == "scale" else unit
    if change.method is Method.MEAN_PAIRED:
        return [
            Fact("d", _("mean of the differences"), rounds.pairs_mean, unit=unit),
            Fact("s", _("standard deviation of the differences"), rounds.pairs_sd, unit=spread),
            Fact("n", _("pairs"), rounds.pairs),
            *_distribution(change),
        ]
    if change.method is Method.SHARE_PAIRED:
        return _paired_answers(rounds)
    latest = figures.latest.value if figures.latest is not None else None
    facts = [
        Fact("b", _("baseline"), figures.indicator.baseline, unit=unit),
        Fact("a", _("latest measurement"), latest, unit=unit),
    ]
    if change.method is None:
        return facts
    counts = [
        Fact("n₁", _("answers before"), rounds.n_before),
        Fact("n₂", _("answers after"), rounds.n_after),
    ]
    if change.method is Method.MEAN_UNPAIRED:
        spreads = [
            Fact("s₁", _("standard deviation before"), rounds.sd_before, unit=spread),
            Fact("s₂", _("standard deviation after"), rounds.sd_after, unit=spread),
        ]
        return [*facts, *spreads, *counts, *_distribution(change)]
    return [*facts, *counts, *_score_bounds(figures, rounds, latest)]


def _distribution(change: ChangeInterval) -> list[Fact]:
    if change.degrees is None:
        return []
    degrees = format_number(change.degrees, current_language(), None if change.is_paired else 1)
    label = _("of the t distribution, {degrees} degrees of freedom").format(degrees=degrees)
    return [Fact("t", label, to_four(Decimal(repr(t_quantile(float(change.degrees))))))]


def _score_bounds(figures: IndicatorFigures, rounds: Rounds, latest: Decimal | None) -> list[Fact]:
    """The score intervals that Newcombe's interval is put together from."""
    facts = []
    for number, label, share, n in (
        ("₁", _("score interval before"), figures.indicator.baseline, rounds.n_before),
        ("₂", _("score interval after"), latest, rounds.n_after),
    ):
        if share is not None and n:
            for symbol, bound in zip("lu", score_interval(float(share) / 100, n), strict=True):
                facts.append(Fact(symbol + number, label, to_four(Decimal(repr(bound * 100))), unit="%"))
    return facts


def _paired_answers(rounds: Rounds) -> list[Fact]:
    pairs = Fact("n", _("pairs"), rounds.pairs)
    if not rounds.are_parts_told:
        return [pairs]
    return [
        Fact("g", _("from no to yes"), rounds.gained),
        Fact("v", _("from yes to no"), rounds.lost),
        Fact("", _("yes both times"), rounds.kept),
        pairs,
    ]


def _share() -> str:
    """How many of such intervals hold the true change, as people read it."""
    return format_percent(Decimal(repr(CONFIDENCE)) * 100, current_language(), 0)


def change_unit(indicator: Indicator) -> str:
    """The unit of a change: a share changes by percentage points."""
    return _("percentage points") if indicator.measure == "percent" else unit_of(indicator)


def _decimals(figures: IndicatorFigures) -> int:
    """One digit more than baseline and latest measurement were typed with."""
    typed = [figures.indicator.baseline, figures.latest.value if figures.latest is not None else None]
    digits = [-int(value.as_tuple().exponent) for value in typed if value is not None and value.is_finite()]
    return min(max([*digits, 0]) + 1, _MOST_DECIMALS)
