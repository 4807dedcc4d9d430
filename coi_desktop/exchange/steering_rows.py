"""Risks and status reports of the portfolio as rows of its workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from coi_desktop.models.lights import LIGHT_SHAPES, Light, risk_weight
from coi_desktop.models.portfolio_figures import PortfolioFigures
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.models.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class RiskLine:
    """A risk with its weight, None while it is not assessed."""

    initiative: Record
    risk: Record
    weight: int | None


@dataclass(frozen=True, slots=True)
class RiskMatrixLine:
    """A probability, and how many risks there are of each consequence, the least grave first."""

    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReportLine:
    """The newest report on an initiative, with its overall light as shape and word."""

    initiative: Record
    report: Record
    light: str


def risk_lines(snapshot: Snapshot, portfolio: PortfolioFigures) -> list[RiskLine]:
    """All risks, the heaviest first, those that are not assessed last."""
    found = [
        RiskLine(row.initiative, risk, risk_weight(risk))
        for row in portfolio.initiatives
        for risk in snapshot.children("risk", row.initiative.id, "initiative_id")
    ]
    return sorted(found, key=lambda line: -(line.weight or 0))


def risk_matrix(risks: Sequence[RiskLine], words: Vocabulary) -> list[RiskMatrixLine]:
    """Assessed risks counted by probability, the likeliest first, and consequence."""
    counted = Counter((line.risk.text("probability"), line.risk.text("consequence")) for line in risks)
    return [
        RiskMatrixLine(
            words.label("risk.probability", probability),
            tuple(counted[probability, consequence] for consequence in words.keys("risk.consequence")),
        )
        for probability in reversed(words.keys("risk.probability"))
    ]


def report_lines(snapshot: Snapshot, portfolio: PortfolioFigures, words: Vocabulary) -> list[ReportLine]:
    """The newest report on each initiative that has one."""
    found = []
    for row in portfolio.initiatives:
        reports = snapshot.children("status_report", row.initiative.id, "initiative_id")
        if reports:
            newest = max(reports, key=lambda one: str(one["date"] or ""))
            found.append(ReportLine(row.initiative, newest, _light(newest.text("overall"), words)))
    return found


def _light(key: str, words: Vocabulary) -> str:
    shape = LIGHT_SHAPES[Light(key)] if key in list(Light) else ""
    return f"{shape} {words.label('light', key)}".strip() if key else ""
