"""How the economic figures came about: net present value, payback and benefit–cost ratio."""

from __future__ import annotations

from coi_desktop.i18n import _, current_language
from coi_desktop.models.decimals import add, to_ore
from coi_desktop.models.economy_figures import EconomyFigures
from coi_desktop.models.evaluation_figures import EvaluationFigures
from coi_desktop.models.explanations import Explanation, Fact, Form
from coi_desktop.models.text import format_number


def explain_npv(figures: EvaluationFigures, *, with_capacity: bool = False) -> Explanation:
    """The net present value, year by year; with freed time counted in or, as the headline, without."""
    economy = figures.economy
    facts = [
        Fact(
            f"n({line.year})",
            _("net in year {year}, factor {factor}").format(
                year=line.year, factor=format_number(line.factor, current_language(), 6)
            ),
            line.net_all if with_capacity else line.net,
            Form.MONEY,
        )
        for line in economy.table
    ]
    key = "npv_incl_capacity" if with_capacity else "npv"
    return Explanation(
        key=key,
        title=_("Net present value incl. freed time") if with_capacity else _("Net present value"),
        formula=_("Σ n(t) · df(t); df(0) = 1, df(t) = df(t−1) ÷ (1 + r)"),
        facts=(*facts, *_rate_facts(economy)),
        result=Fact(
            "",
            _("net present value"),
            economy.npv_incl_capacity if with_capacity else economy.npv,
            Form.MONEY,
        ),
        day=figures.day,
        notes=(
            *_counted_note(with_capacity),
            _("Amounts are in fixed prices and fall at the end of the year."),
        ),
        missing=_economy_needs(economy),
    )


def explain_estimate(figures: EvaluationFigures, estimate: str) -> Explanation:
    """The net present value of the ``cautious`` or ``optimistic`` estimate, without freed time."""
    economy = figures.economy
    is_cautious = estimate == "cautious"
    result = economy.scenarios.cautious if is_cautious else economy.scenarios.optimistic
    facts = [
        Fact(
            f"n({line.year})",
            _("net in year {year}, factor {factor}").format(
                year=line.year, factor=format_number(line.factor, current_language(), 6)
            ),
            line.net,
            Form.MONEY,
        )
        for line in (result.table if result is not None else ())
    ]
    value = to_ore(result.npv) if result is not None else None
    return Explanation(
        key=f"npv_{estimate}",
        title=_("Net present value, cautious estimate")
        if is_cautious
        else _("Net present value, optimistic estimate"),
        formula=_("Σ n(t) · df(t); df(0) = 1, df(t) = df(t−1) ÷ (1 + r)"),
        facts=(*facts, *_rate_facts(economy)),
        result=Fact("", _("net present value"), value, Form.MONEY),
        day=figures.day,
        notes=(
            _("High costs with low gains; without a range the likely amount stands.")
            if is_cautious
            else _("Low costs with high gains; without a range the likely amount stands."),
            *_counted_note(False),
        ),
        missing=_economy_needs(economy) or ((_("an amount with a range"),) if result is None else ()),
    )


def explain_costs(figures: EvaluationFigures) -> Explanation:
    """The costs of all years, not discounted."""
    economy = figures.economy
    facts = tuple(
        Fact(f"c({line.year})", _("costs in year {year}").format(year=line.year), line.costs, Form.MONEY)
        for line in economy.table
        if line.costs
    )
    value = to_ore(economy.likely.costs) if economy.likely is not None else None
    return Explanation(
        key="costs",
        title=_("Costs in all"),
        formula="Σ c(t)",
        facts=facts,
        result=Fact("", _("costs"), value, Form.MONEY),
        day=figures.day,
        notes=(_("Fixed prices, not discounted; hours count with their rate."),),
        missing=_economy_needs(economy),
    )


def explain_cost_per_outcome(figures: EvaluationFigures) -> Explanation:
    """Discounted costs over the number of outcomes."""
    economy = figures.economy
    costs = to_ore(economy.likely.discounted_costs) if economy.likely is not None else None
    has_outcomes = economy.outcomes is not None and economy.outcomes > 0
    return Explanation(
        key="cost_per_outcome",
        title=_("Cost per {outcome}").format(outcome=economy.outcome_name or _("outcome")),
        formula="c ÷ n",
        facts=(
            Fact("c", _("discounted costs"), costs, Form.MONEY),
            Fact("n", _("number of outcomes"), economy.outcomes),
            *_rate_facts(economy),
        ),
        result=Fact("", _("cost per outcome"), economy.cost_per_outcome, Form.MONEY),
        day=figures.day,
        missing=_economy_needs(economy) or (() if has_outcomes else (_("number of outcomes"),)),
    )


def explain_payback(figures: EvaluationFigures, *, with_capacity: bool = False) -> Explanation:
    """When the cumulative undiscounted net is no longer negative."""
    economy = figures.economy
    facts = tuple(
        Fact(
            f"s({line.year})",
            _("sum to year {year}").format(year=line.year),
            line.cumulative_all if with_capacity else line.cumulative,
            Form.MONEY,
        )
        for line in economy.table
    )
    result = economy.payback_incl_capacity if with_capacity else economy.payback
    notes = list(_counted_note(with_capacity))
    if economy.likely is not None and result is None:
        notes.append(_("The sum never goes from below 0 to 0 or more within the years shown."))
    return Explanation(
        key="payback_incl_capacity" if with_capacity else "payback",
        title=_("Payback incl. freed time") if with_capacity else _("Payback"),
        formula=_("the first t with s(t−1) < 0 and s(t) ≥ 0: (t − 1) + |s(t−1)| ÷ n(t)"),
        facts=facts,
        result=Fact("", _("payback"), result, Form.YEARS),
        day=figures.day,
        notes=tuple(notes),
        missing=_economy_needs(economy),
    )


def explain_ratio(figures: EvaluationFigures, *, with_capacity: bool = False) -> Explanation:
    """Discounted gains over discounted costs."""
    economy = figures.economy
    likely = economy.likely
    gains = None
    if likely is not None:
        freed = likely.discounted_capacity
        gains = add(likely.discounted_gains, freed) if with_capacity else likely.discounted_gains
    costs = likely.discounted_costs if likely is not None else None
    result = economy.bcr_incl_capacity if with_capacity else economy.bcr
    return Explanation(
        key="bcr_incl_capacity" if with_capacity else "bcr",
        title=_("Benefit–cost ratio incl. freed time") if with_capacity else _("Benefit–cost ratio"),
        formula="g ÷ c",
        facts=(
            Fact("g", _("discounted gains"), to_ore(gains), Form.MONEY),
            Fact("c", _("discounted costs"), to_ore(costs), Form.MONEY),
            *_rate_facts(economy),
        ),
        result=Fact("", _("ratio"), result),
        day=figures.day,
        notes=_counted_note(with_capacity),
        missing=_economy_needs(economy) or ((_("costs"),) if result is None else ()),
    )


def _counted_note(with_capacity: bool) -> tuple[str, ...]:
    if with_capacity:
        return (_("Counts cashable gains, revenue and freed time."),)
    return (_("Counts cashable gains and revenue; freed time is not money until budgets or rosters change."),)


def _rate_facts(economy: EconomyFigures) -> list[Fact]:
    facts = []
    for band in economy.rates.bands_until(economy.horizon):
        years = f"{band.first}–{band.last}" if band.last is not None else f"{band.first}–"
        label = _("discount rate of the years {years}").format(years=years)
        if not band.confirmed:
            label += " " + _("(not confirmed)")
        facts.append(Fact("r", label, band.rate, Form.SHARE))
    facts.append(Fact("", _("source of the rate"), economy.rates.source, Form.WORDS))
    facts.append(Fact("", _("date of the rate"), economy.rates.date, Form.DAY))
    return facts


def _economy_needs(economy: EconomyFigures) -> tuple[str, ...]:
    """What the economy still needs, in words; nothing where it can be computed."""
    if economy.likely is not None or economy.source == "not_relevant":
        return ()
    words = {
        "applies": _("costs and gains"),
        "one_off": _("one-off cost"),
        "running_per_year": _("running cost a year"),
        "gain_per_year": _("gain a year"),
        "gain_class": _("class of gain"),
        "years": _("number of years"),
    }
    return tuple(words[key] for key in economy.missing if key in words)
