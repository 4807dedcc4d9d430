"""What the last sheet of an initiative's workbook tells: what is shown, what is missing, the sources."""

from __future__ import annotations

from coi_desktop.exchange.initiative_rows import day_text
from coi_desktop.i18n import _
from coi_desktop.models.evaluation_figures import EvaluationFigures
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.models.vocabulary import Vocabulary

Pairs = list[tuple[str, str]]


def about_initiative(
    snapshot: Snapshot, initiative: Record, figures: EvaluationFigures | None, evaluations: int
) -> Pairs:
    """Which initiative and which of its evaluations the file shows."""
    found = [(record_type("initiative").label(), initiative.text("title"))]
    if figures is None:
        return [*found, (_("Evaluation"), _("none begun yet"))]
    evaluation = snapshot.get("evaluation", figures.evaluation_id)
    found.append((_("Evaluation"), evaluation.text("title") or initiative.text("title")))
    if evaluations > 1:
        found.append((_("Evaluations"), _("{count}; the newest is shown").format(count=evaluations)))
    return found


def sources_of(figures: EvaluationFigures | None, guide: str = "") -> Pairs:
    """Sources of the guide, of the measurements and of the discount rate."""
    if figures is None:
        return []
    found = [(_("The guide"), guide)] if guide else []
    for one in figures.indicators:
        named = [
            one.indicator.baseline_source,
            *(point.source for point in (*one.points, *one.comparison_points)),
        ]
        text = "; ".join(dict.fromkeys(source for source in named if source))
        if text:
            found.append((one.indicator.name, text))
    if figures.economy.likely is not None:
        rates = figures.economy.rates
        dated = f"{rates.source}, {day_text(rates.date)}" if rates.date is not None else rates.source
        unconfirmed = [band for band in rates.bands_until(figures.economy.horizon) if not band.confirmed]
        if unconfirmed:
            dated += ". " + _("Not confirmed: the rate from year {year}.").format(year=unconfirmed[0].first)
        found.append((_("Discount rate"), dated))
    return found


def missing_figures(figures: EvaluationFigures | None, words: Vocabulary) -> Pairs:
    """What could not be computed, and what would help."""
    if figures is None:
        return [(_("Evaluation"), _("The initiative has no evaluation yet."))]
    found = [
        (one.indicator.name, _("Not stated: {fields}").format(fields=", ".join(_field_words(one.missing))))
        for one in figures.indicators
        if one.missing
    ]
    found += [
        (one.indicator.name, _("The latest measurement has too few answers to be shown."))
        for one in figures.indicators
        if one.suppressed
    ]
    if figures.economy.source == "none" and figures.economy.missing:
        fields = ", ".join(_setting_words(figures.economy.missing))
        found.append((_("Economy"), _("Not stated: {fields}").format(fields=fields)))
    if figures.economy.source == "not_relevant":
        found.append((_("Economy"), _("Not relevant: {reason}").format(reason=figures.economy.skip_reason)))
    if figures.evidence.missing:
        asked = [words.label("evidence.missing", key) for key in figures.evidence.missing]
        found.append((_("To reach the next evidence level"), "; ".join(asked)))
    return found


def _field_words(names: tuple[str, ...]) -> list[str]:
    fields = record_type("indicator").by_name
    return [_("a measurement") if name == "measurement" else fields[name].label() for name in names]


def _setting_words(names: tuple[str, ...]) -> list[str]:
    fields = record_type("econ_setting").by_name
    return [fields[name].label() for name in names if name in fields]
