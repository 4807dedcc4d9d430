"""The economy of an evaluation as lines of text."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from coi_desktop.i18n import _, current_language
from coi_desktop.models.gains_chart import money_label
from coi_desktop.models.text import format_money, format_number, format_years
from coi_desktop.operations.library import vocabulary


def economy_lines(economy: Mapping[str, Any]) -> list[str]:
    """The economy as it is always printed: figures, estimates, expected beside realised, assumptions."""
    language, words = current_language(), vocabulary()

    def money(amount: object) -> str:
        return format_money(amount, language) if isinstance(amount, Decimal) else "–"

    lines = [
        _("Net present value: {npv} · payback: {payback} · gains for each krone: {ratio}").format(
            npv=money(economy["npv"]),
            payback=format_years(economy["payback"], language) or "–",
            ratio=format_number(economy["bcr"], language, 2) or "–",
        )
    ]
    if economy["include_capacity"]:
        lines.append(
            _("Incl. freed time: {npv} · payback: {payback}").format(
                npv=money(economy["npv_incl_capacity"]),
                payback=format_years(economy["payback_incl_capacity"], language) or "–",
            )
        )
    if economy["cost_per_outcome"] is not None:
        outcome = economy["outcome_name"] or _("outcome")
        lines.append(
            _("Cost per {outcome}: {amount}").format(
                outcome=outcome, amount=money(economy["cost_per_outcome"])
            )
        )
    if economy["scenarios"]:
        named = (
            (words.label("economy.scenario", key), money(npv)) for key, npv in economy["scenarios"].items()
        )
        lines.append(" · ".join(f"{name}: {amount}" for name, amount in named))
    lines += [
        _("{what}: expected {expected}, realised {realised}").format(
            what=money_label(one["what"]), expected=money(one["expected"]), realised=money(one["realised"])
        )
        for one in economy["realised"]
    ]
    return [*lines, economy["assumptions"]]
