"""What is followed while an initiative is under way: risks, and reports on how it stands.

Section 8.3 of the portfolio rules. A report keeps the lights of its day, so that it does not change when the
register does.
"""

from __future__ import annotations

from coi_desktop.models.fields import RecordType, Search
from coi_desktop.models.record_types.building import choice, day, long_text, reference, text

RISK = RecordType(
    "risk",
    "Risiko",
    "Risk",
    (
        reference("initiative_id", "Tiltag", "Initiative", "initiative"),
        text("text", "Risiko", "Risk", required=True, search=Search.PARTS),
        choice("probability", "Sandsynlighed", "Probability", "risk.probability"),
        choice("consequence", "Konsekvens", "Consequence", "risk.consequence"),
        long_text("action", "Det gør vi ved den", "What we do about it", search=Search.WORDS),
        text("owner", "Risikoejer", "Risk owner"),
        day("due", "Frist", "Due"),
    ),
    parent="initiative_id",
)

STATUS_REPORT = RecordType(
    "status_report",
    "Statusrapport",
    "Status report",
    (
        reference("initiative_id", "Tiltag", "Initiative", "initiative"),
        day("date", "Dato", "Date"),
        text("period", "Periode", "Period"),
        choice("overall", "Samlet lys", "Overall light", "light"),
        text("reason", "Hvorfor et andet lys end det foreslåede?", "Why another light than the suggested?"),
        choice("time", "Tid", "Time", "light"),
        choice("cost", "Økonomi", "Cost", "light"),
        choice("benefit", "Gevinster", "Benefits", "light"),
        choice("risk", "Risiko og kvalitet", "Risk and quality", "light"),
        choice("suggested", "Foreslået lys", "Suggested light", "light"),
        long_text("done", "Nået siden sidst", "Done since last", search=Search.WORDS),
        long_text("next", "Det næste", "What is next", search=Search.WORDS),
        long_text("decision_needed", "Skal besluttes", "Decision needed", search=Search.WORDS),
        long_text("changes", "Ændret siden sidst", "Changed since last", search=Search.WORDS),
    ),
    parent="initiative_id",
)

STEERING_TYPES = (RISK, STATUS_REPORT)
