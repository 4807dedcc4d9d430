"""The words of import outcomes, the same in every preview, with the mark that goes with each."""

from __future__ import annotations

from coi_desktop.i18n import _, current_language, ngettext
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
    parts = [
        _count_words(outcome, count).format(count=format_number(count, current_language()))
        for outcome in _ORDER
        if (count := report.count(outcome))
    ]
    return " · ".join(parts) or _("Nothing")


_ORDER = (
    Outcome.NEW,
    Outcome.UPDATED,
    Outcome.IDENTICAL,
    Outcome.KEPT,
    Outcome.CONFLICT,
    Outcome.LOOKALIKE,
    Outcome.REJECTED,
)


def _count_words(outcome: Outcome, count: int) -> str:
    return {
        Outcome.NEW: ngettext("{count} new", "{count} new", count),
        Outcome.UPDATED: ngettext("{count} changed", "{count} changed", count),
        Outcome.IDENTICAL: ngettext("{count} the same", "{count} the same", count),
        Outcome.KEPT: ngettext("{count} kept as here", "{count} kept as here", count),
        Outcome.CONFLICT: ngettext("{count} in conflict", "{count} in conflict", count),
        Outcome.LOOKALIKE: ngettext(
            "{count} looks like one that is here", "{count} look like one that is here", count
        ),
        Outcome.REJECTED: ngettext("{count} with problems", "{count} with problems", count),
    }[outcome]
