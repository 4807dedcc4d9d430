"""The one page on an initiative: what its overview says, in words and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from coi_desktop.exchange.initiative_rows import day_text
from coi_desktop.i18n import _
from coi_desktop.models.economy_charts import assumptions
from coi_desktop.models.evaluation_figures import EvaluationFigures
from coi_desktop.models.evidence_words import hand_mark
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.models.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Overview:
    """What stands on the overview; None and empty texts leave their line out.

    Money in DKK; ``payback`` in years, with ``no_payback`` in words where there is an economy but no payback.
    """

    conclusion: Record | None
    problem: str
    solution: str
    place: str
    evidence: str
    npv: Decimal | None
    npv_incl_capacity: Decimal | None
    payback: Decimal | None
    no_payback: str
    bcr: Decimal | None
    economy_note: str
    decision: str
    remarks: str


def overview_of(
    snapshot: Snapshot, initiative: Record, figures: EvaluationFigures | None, words: Vocabulary
) -> Overview:
    """The overview of an initiative and its evaluation, if it has one.

    Problem and solution stand in for a conclusion that is not written yet.
    """
    conclusion = snapshot.single("conclusion", figures.evaluation_id) if figures is not None else None
    is_concluded = conclusion is not None and bool(conclusion.text("headline"))
    economy = figures.economy if figures is not None else None
    likely = economy.likely if economy is not None else None
    return Overview(
        conclusion=conclusion,
        problem="" if is_concluded else initiative.text("problem"),
        solution="" if is_concluded else initiative.text("solution"),
        place=_place(initiative, words),
        evidence=evidence_text(figures, words) if figures is not None else "",
        npv=economy.npv if economy is not None else None,
        npv_incl_capacity=economy.npv_incl_capacity
        if economy is not None and economy.shows_freed_time
        else None,
        payback=economy.payback if economy is not None else None,
        no_payback=no_payback(likely.is_covered_from_start) if likely is not None else "",
        bcr=economy.bcr if economy is not None else None,
        economy_note=assumptions(economy, words) if economy is not None and likely is not None else "",
        decision=decision_text(snapshot, figures, words) if figures is not None else "",
        remarks=" ".join(remark_text(key) for key in figures.remarks) if figures is not None else "",
    )


def no_payback(is_covered: bool) -> str:
    """What stands where there is no payback: the outlay never comes back, or there is nothing to earn back
    (``is_covered``).
    """
    return _("covered from the start") if is_covered else _("not paid back")


def evidence_text(figures: EvaluationFigures, words: Vocabulary) -> str:
    """The evidence level in words, with the ceiling of the design: never a number alone."""
    evidence = figures.evidence
    parts = [
        f"{evidence.level} · {words.label('evidence.level', str(evidence.level))}",
        _("at most {ceiling} with {design}").format(
            ceiling=evidence.ceiling, design=f"“{words.label('design', evidence.design)}”"
        ),
    ]
    return " · ".join(parts) + hand_mark(evidence)


def decision_text(snapshot: Snapshot, figures: EvaluationFigures, words: Vocabulary) -> str:
    """What was decided, by whom and when, and when it is looked at again."""
    decision = snapshot.single("eval_decision", figures.evaluation_id)
    if decision is None or not figures.decided:
        return ""
    parts = [words.label("decision", figures.decided)]
    if decision.text("forum"):
        parts.append(words.label("decision_forum", decision.text("forum")))
    if figures.decision_date is not None:
        parts.append(day_text(figures.decision_date))
    review = decision.day("review_date")
    if review is not None:
        parts.append(_("looked at again {day}").format(day=day_text(review)))
    return " · ".join(parts)


def remark_text(key: str) -> str:
    """A remark on the figures as a sentence; an unknown key as it is."""
    return {
        "learn_and_document": _(
            "Learning and showing value pull apart: both are among the first two purposes."
        ),
        "freed_time_only": _(
            "The gain is freed time alone; it is not money until practice and budgets change."
        ),
        "beyond_evidence": _("The decision goes further than the evidence carries."),
        "worse_for_vulnerable": _("Something got worse, and citizens in a vulnerable position are affected."),
        "other_than_recommended": _("Something else was decided than recommended."),
    }.get(key, key)


def _place(initiative: Record, words: Vocabulary) -> str:
    lists = {
        "field": "initiative.field",
        "phase": "initiative.phase",
        "status": "initiative.status",
        "stage": "stage",
    }
    found = [
        words.label(values, initiative.text(name)) for name, values in lists.items() if initiative.text(name)
    ]
    if initiative.text("department"):
        found.append(initiative.text("department"))
    return " · ".join(found)
