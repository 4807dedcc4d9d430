"""The derived numbers of an evaluation as plain values for JSON, and as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from coi_desktop.i18n import _
from coi_desktop.models.calculations import Calculation, Section, calculations
from coi_desktop.models.change_intervals import ChangeInterval
from coi_desktop.models.explanations import Fact
from coi_desktop.models.intervals import CONFIDENCE
from coi_desktop.operations.evaluations import LoadedEvaluation


def calculation_values(loaded: LoadedEvaluation) -> dict[str, Any]:
    """Every derived number of an evaluation with formula, inputs and explanation, in the language spoken now.

    ``symbol``, ``value`` and ``form`` are for programs, ``text`` and ``explanation`` for people. What cannot
    be computed has the value None and says in ``missing`` what it would take.
    """
    return {
        "initiative": loaded.initiative.id,
        "evaluation": loaded.evaluation.id,
        "title": loaded.evaluation.text("title"),
        "as_of": loaded.figures.day,
        "revision": loaded.snapshot.revision,
        "numbers": [_number_values(one) for one in _found(loaded)],
    }


def calculation_lines(loaded: LoadedEvaluation) -> Iterator[str]:
    """The same as text, section by section."""
    titles = {
        Section.INDICATORS: _("Indicators"),
        Section.EVIDENCE: _("Evidence and depth"),
        Section.VALUE: _("Value"),
        Section.ECONOMY: _("Economy"),
    }
    found = _found(loaded)
    titled = (record.text("title") for record in (loaded.initiative, loaded.evaluation))
    yield " · ".join(dict.fromkeys(title for title in titled if title))
    for section, title in titles.items():
        shown = [one.explanation for one in found if one.section is section]
        if not shown:
            continue
        yield ""
        yield title.upper()
        for explanation in shown:
            first, *others = explanation.lines()
            yield ""
            yield first
            yield from (f"    {line}" for line in others)


def _found(loaded: LoadedEvaluation) -> tuple[Calculation, ...]:
    return calculations(loaded.figures, loaded.changes, loaded.words)


def _number_values(calculation: Calculation) -> dict[str, Any]:
    explanation = calculation.explanation
    values: dict[str, Any] = {
        "key": explanation.key,
        "section": calculation.section.value,
        "indicator": calculation.indicator_id or None,
        "title": explanation.title,
        "formula": explanation.formula,
        "inputs": [_fact_values(fact) for fact in explanation.facts if fact.value is not None],
        "result": _fact_values(explanation.result),
        "as_of": explanation.day,
        "missing": list(explanation.missing),
        "explanation": [*explanation.lines()],
    }
    if calculation.interval is not None:
        values["interval"] = _interval_values(calculation.interval)
    return values


def _fact_values(fact: Fact) -> dict[str, Any]:
    return {
        "symbol": fact.symbol,
        "label": fact.label,
        "value": fact.value,
        "form": fact.form.value,
        "unit": fact.unit,
        "text": fact.text(),
    }


def _interval_values(change: ChangeInterval) -> dict[str, Any] | None:
    """The 95 % interval of a change in its unit; None without one."""
    if change.method is None:
        return None
    return {
        "confidence": CONFIDENCE,
        "method": change.method.value,
        "paired": change.is_paired,
        "low": change.low,
        "high": change.high,
        "n": change.n,
        "degrees_of_freedom": change.degrees,
        "few": change.is_few,
        "holds_zero": change.holds_zero,
    }
