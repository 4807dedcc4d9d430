"""The six figures a portfolio is seen by first, each with how it came about and the national one beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.evaluation_state import Share
from coi_desktop.models.explanations import Explanation, Fact, Form, explain_share, national_note
from coi_desktop.models.figures_catalogue import NationalFigure
from coi_desktop.models.gains_chart import money_label
from coi_desktop.models.portfolio_figures import PortfolioTotals, ShareFigure
from coi_desktop.models.realisation import Realisation
from coi_desktop.models.text import format_money, format_number, format_percent
from coi_desktop.models.vocabulary import Vocabulary

#: What stands where a figure cannot be computed; never 0.
NOTHING = "–"

#: The first of these classes of gain that there is anything of is the sixth figure.
_GAINS = ("budget", "revenue", "capacity")


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One figure in words: what it is, its value, what it is made of, and the national figure (or empty).

    ``also`` is a figure that is told in the same breath, in a line; empty for none.
    """

    key: str
    label: str
    value: str
    beside: str
    national: str
    explanation: Explanation
    also: str = ""

    def text(self) -> str:
        """Everything it says in one sentence, for those who do not see it."""
        parts = (f"{self.label}: {self.value}", self.beside, self.national, self.also)
        return ". ".join(part for part in parts if part) + "."


def key_figures(portfolio: PortfolioTotals, words: Vocabulary) -> tuple[KeyFigure, ...]:
    """The six figures in the order they are shown, in the language spoken now."""
    shares, day = portfolio.shares, portfolio.day
    return (
        _count(portfolio, words),
        _share("evaluated", words.label("evaluation.share", Share.EVALUATED), shares[Share.EVALUATED], day),
        _under_way(shares, words, day),
        _share("reused", _("Reused from others"), portfolio.reuse, day),
        _lessons(portfolio),
        _gain(portfolio, words),
    )


def _count(portfolio: PortfolioTotals, words: Vocabulary) -> KeyFigure:
    table = portfolio.phase_by_status
    active = table.column_total("active")
    facts = tuple(
        Fact("", words.label("initiative.status", status) if status else _("Not filled in"), count)
        for status in table.columns
        if (count := table.column_total(status))
    )
    return KeyFigure(
        "initiatives",
        _("Initiatives"),
        _number(portfolio.count),
        ngettext("{count} active", "{count} active", active).format(count=_number(active)),
        "",
        Explanation(
            key="initiatives",
            title=_("Initiatives"),
            formula=_("the number of initiatives in the register, the removed ones left out"),
            facts=facts,
            result=Fact("", _("initiatives"), portfolio.count),
            day=portfolio.day,
        ),
    )


def _share(key: str, label: str, share: ShareFigure, day: date) -> KeyFigure:
    known = share.share is not None
    return KeyFigure(
        key,
        label,
        _percent(share.share) if known else NOTHING,
        _of(share.count, share.base) if known else _("no initiative answers this yet"),
        national_words(share.national),
        explain_share(share, label, day),
    )


def _under_way(shares: Mapping[Share, ShareFigure], words: Vocabulary, day: date) -> KeyFigure:
    """The share under way, with the planned one in a line below."""
    label = words.label("evaluation.share", Share.UNDER_WAY)
    figure = _share("under_way", label, shares[Share.UNDER_WAY], day)
    planned = shares[Share.PLANNED]
    if planned.share is None or planned.national is None:
        return figure
    name = words.label("evaluation.share", Share.PLANNED)
    share, national = _percent(planned.share), _percent(planned.national.share)
    of = _of(planned.count, planned.base)
    notes = (f"{name}: {share} ({of}).", national_note(planned.national))
    return replace(
        figure,
        also=_("Planned {share}; nationally {national}").format(share=share, national=national),
        explanation=replace(figure.explanation, notes=(*figure.explanation.notes, *notes)),
    )


def _lessons(portfolio: PortfolioTotals) -> KeyFigure:
    stopped, with_lesson = portfolio.stopped, portfolio.stopped_with_lesson
    return KeyFigure(
        "stopped",
        _("Stopped with a lesson"),
        _number(with_lesson) if stopped else NOTHING,
        _of_stopped(stopped) if stopped else _("none is stopped"),
        "",
        Explanation(
            key="stopped",
            title=_("Stopped with a lesson written down"),
            formula=_("the stopped initiatives with a lesson, on the initiative or in an evaluation"),
            facts=(Fact("", _("stopped initiatives"), stopped),),
            result=Fact("", _("with a lesson"), with_lesson if stopped else None),
            day=portfolio.day,
            missing=() if stopped else (_("a stopped initiative"),),
        ),
    )


def _gain(portfolio: PortfolioTotals, words: Vocabulary) -> KeyFigure:
    lines = (portfolio.economy.line(what) for what in _GAINS)
    line = next((one for one in lines if one is not None and one.expected is not None), None)
    what = line.what if line is not None else _GAINS[0]
    label = money_label(what)
    expected = line.expected if line is not None else None
    return KeyFigure(
        "gain",
        label,
        NOTHING if expected is None else format_money(expected, current_language(), 0),
        _("expected; {realised} realised").format(realised=_realised(line))
        if expected is not None
        else _("no gain is written down in money"),
        "",
        Explanation(
            key="gain",
            title=f"{label} – {words.label('benefit_class', what)}",
            formula=_("the sum of the likely amounts of all years, over all initiatives"),
            facts=_gain_facts(line),
            result=Fact("", _("expected"), expected, Form.MONEY),
            day=portfolio.day,
            notes=(_("Kinds of gain are not added up: freed time is not money."),),
            missing=() if expected is not None else (_("a gain with an amount"),),
        ),
    )


def _gain_facts(line: Realisation | None) -> tuple[Fact, ...]:
    if line is None:
        return ()
    return (
        Fact("", _("lines with an amount"), line.rows),
        Fact("", _("of these realised"), line.rows_realised),
        Fact("", _("realised so far"), line.realised, Form.MONEY),
        Fact("", _("expected of the realised ones"), line.expected_of_realised, Form.MONEY),
    )


def _realised(line: Realisation | None) -> str:
    if line is None or line.realised is None:
        return _("nothing yet")
    return format_money(line.realised, current_language(), 0)


def national_words(national: NationalFigure | None) -> str:
    """The national figure as it stands in small beside one's own; empty where there is none."""
    if national is None:
        return ""
    return _("Nationally {share}").format(share=_percent(national.share))


def _of(count: int, base: int) -> str:
    return ngettext("{count} of {base} initiative", "{count} of {base} initiatives", base).format(
        count=_number(count), base=_number(base)
    )


def _of_stopped(count: int) -> str:
    return ngettext("of {count} stopped", "of {count} stopped", count).format(count=_number(count))


def _number(value: int) -> str:
    return format_number(value, current_language())


def _percent(share: Decimal | None) -> str:
    return "" if share is None else format_percent(share * 100, current_language(), 0)
