"""The theory of change as a chart: boxes and arrows with a title, and in words for who cannot see them."""

from __future__ import annotations

from coi_desktop.i18n import _
from coi_desktop.models.chart_figures import ChartFigure, ChartKind, sentences
from coi_desktop.models.records import Snapshot
from coi_desktop.models.theory import Theory, box_text, theory_figure, theory_in, theory_sentences
from coi_desktop.models.vocabulary import Vocabulary


def theory_chart(snapshot: Snapshot, evaluation_id: str, words: Vocabulary) -> ChartFigure | None:
    """The picture of an evaluation's theory of change; None without a box."""
    theory = theory_in(snapshot, evaluation_id)
    return chart_of_theory(theory, evaluation_id, words) if theory.boxes else None


def chart_of_theory(theory: Theory, evaluation_id: str, words: Vocabulary) -> ChartFigure:
    """The picture of a theory. The table beside it tells each box's level and where its arrows go."""
    title = _("Theory of change: from effort to effect")
    return ChartFigure(
        kind=ChartKind.THEORY,
        subject=evaluation_id,
        title=title,
        category_title=_("Box"),
        unit="",
        categories=tuple(f"{theory.numbers[box.id]}. {box_text(box)}" for box in theory.boxes),
        labels=tuple(_said(theory, box.id, box.level, words) for box in theory.boxes),
        series=(),
        marks=(),
        levels=(),
        footnote="",
        alt_text=sentences([title, *theory_sentences(theory, words)]),
        theory=theory_figure(theory, words),
    )


def _said(theory: Theory, box_id: str, level: str, words: Vocabulary) -> str:
    ends = ", ".join(str(theory.numbers[box.id]) for box in theory.ends_from(box_id))
    said = words.label("theory_level", level)
    return f"{said} → {ends}" if ends else said
