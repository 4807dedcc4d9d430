"""The figures of an economy as plain values; amounts in DKK, what cannot be computed is None."""

from __future__ import annotations

from typing import Any

from coi_desktop.models.decimals import to_ore
from coi_desktop.models.economy_charts import assumptions
from coi_desktop.models.economy_figures import EconomyFigures
from coi_desktop.models.vocabulary import Vocabulary


def economy_values(economy: EconomyFigures, words: Vocabulary) -> dict[str, Any]:
    """Every figure, and the assumptions in the words they are always printed in."""
    return {
        "source": economy.source,
        "npv": economy.npv,
        "npv_incl_capacity": economy.npv_incl_capacity,
        "payback": economy.payback,
        "payback_incl_capacity": economy.payback_incl_capacity,
        "bcr": economy.bcr,
        "include_capacity": economy.shows_freed_time,
        "gains": _gains_by_class(economy),
        "costs": economy.likely.costs if economy.likely else None,
        "cost_per_outcome": economy.cost_per_outcome,
        "outcomes": economy.outcomes,
        "outcome_name": economy.outcome_name,
        "scenarios": _scenario_values(economy),
        "tornado": [
            {
                "what": swing.what,
                "cautious": to_ore(swing.cautious),
                "optimistic": to_ore(swing.optimistic),
            }
            for swing in economy.tornado
        ],
        "realised": [
            {"what": one.what, "expected": one.expected, "realised": one.realised} for one in economy.realised
        ],
        "horizon": economy.horizon,
        "perspective": economy.perspective,
        "price_year": economy.price_year,
        "rate_set": economy.rates.name(),
        "assumptions": assumptions(economy, words),
    }


def _gains_by_class(economy: EconomyFigures) -> dict[str, Any]:
    likely = economy.likely
    if likely is None:
        return {}
    return {
        "budget": likely.gains_budget,
        "revenue": likely.gains_revenue,
        "capacity": likely.gains_capacity,
    }


def _scenario_values(economy: EconomyFigures) -> dict[str, Any]:
    """The net present value of each estimate to the øre; nothing where no amount has a range."""
    found = economy.scenarios
    if found.cautious is None or found.likely is None or found.optimistic is None:
        return {}
    return {
        "cautious": to_ore(found.cautious.npv),
        "likely": to_ore(found.likely.npv),
        "optimistic": to_ore(found.optimistic.npv),
    }
