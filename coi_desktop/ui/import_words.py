"""The words of import outcomes, the same in every preview, with the mark that goes with each."""

from __future__ import annotations

from coi_desktop.i18n import _, current_language
from coi_desktop.models.import_report import ImportReport, Outcome
from coi_desktop.models.text import format_number


def outcome_word(outcome: Outcome) -> str:
    """An outcome in a word or two, for a cell."""
    return {
        Outcome.NEW: _("+ New"),
        Outcome.IDENTICAL: _("= The same"),
        Outcome.UPDATED: _("↻ Changed"),
        Outcome.KEPT: _("● Kept"),
        Outcome.CONFLICT: _("▲ Conflict"),
        Outcome.LOOKALIKE: _("≈ Looks alike"),
        Outcome.REJECTED: _("✕ Problem"),
    }[outcome]


def counts_sentence(report: ImportReport) -> str:
    """How many items came to each outcome: "12 nye · 3 ændret · 1 med problem"."""
    language = current_language()
    words = {
        Outcome.NEW: _("{count} new"),
        Outcome.UPDATED: _("{count} changed"),
        Outcome.IDENTICAL: _("{count} the same"),
        Outcome.KEPT: _("{count} kept as here"),
        Outcome.CONFLICT: _("{count} in conflict"),
        Outcome.LOOKALIKE: _("{count} look like one that is here"),
        Outcome.REJECTED: _("{count} with problems"),
    }
    parts = [
        sentence.format(count=format_number(report.count(outcome), language))
        for outcome, sentence in words.items()
        if report.count(outcome)
    ]
    return " · ".join(parts) or _("Nothing")
