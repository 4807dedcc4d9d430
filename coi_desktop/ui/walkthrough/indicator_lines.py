"""How an indicator stands, as a mark and a sentence: shape, colour and word together."""

from __future__ import annotations

from collections.abc import Mapping

from coi_desktop.i18n import current_language
from coi_desktop.models.chart_figures import unit_of
from coi_desktop.models.indicators import IndicatorFigures, Status
from coi_desktop.models.text import NBSP, format_number, format_percent
from coi_desktop.operations.library import vocabulary
from coi_desktop.ui.marks import Mark
from coi_desktop.ui.plain import one_line

#: A name as long as it likes must not push the status out of sight.
LONGEST_NAME = 60

#: Red only for what goes wrong; what is not known yet is quiet.
INDICATOR_MARKS: Mapping[Status, Mark] = {
    Status.NOT_MEASURED: Mark("ring", "quiet"),
    Status.NO_TARGET: Mark("dash", "quiet"),
    Status.CHECK_TARGET: Mark("triangle", "warning"),
    Status.WRONG_WAY: Mark("square", "wrong"),
    Status.UNCHANGED: Mark("dash", "quiet"),
    Status.LITTLE: Mark("triangle", "warning"),
    Status.ON_THE_WAY: Mark("circle", "good"),
    Status.REACHED: Mark("check", "good"),
    Status.DEVIATES: Mark("triangle", "warning"),
    Status.TOO_FEW: Mark("ring", "quiet"),
}


def status_word(figures: IndicatorFigures) -> str:
    """The status of an indicator in words; a dash where there is none."""
    return "–" if figures.status is None else vocabulary().label("indicator.status", figures.status)


def shown_ends(figures: IndicatorFigures) -> tuple[str, str]:
    """Baseline and latest measurement for a table: too few people in words, a dash for nothing."""
    language, hidden = current_language(), vocabulary().label("indicator.status", Status.TOO_FEW)
    latest = figures.latest.value if figures.latest is not None else None
    return (
        hidden if figures.is_baseline_hidden else format_number(figures.indicator.baseline, language) or "–",
        hidden if figures.suppressed else format_number(latest, language) or "–",
    )


def indicator_line(figures: IndicatorFigures) -> tuple[Mark | None, str]:
    """Mark and sentence: name, from baseline to latest, status, progress."""
    language, indicator = current_language(), figures.indicator
    unit = unit_of(indicator)
    parts = [one_line(indicator.name, LONGEST_NAME) or "–"]
    before, after = shown_ends(figures)
    if before != "–" or after != "–":
        is_number = unit and not figures.suppressed
        parts[0] += f": {before} → {after}" + (f"{NBSP}{unit}" if is_number else "")
    if figures.status is not None:
        parts.append(status_word(figures))
    if figures.progress is not None and indicator.direction != "maintain":
        parts.append(format_percent(figures.progress * 100, language, 0))
    return (INDICATOR_MARKS[figures.status] if figures.status is not None else None, " · ".join(parts))
