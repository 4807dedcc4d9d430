"""The initiative and what belongs to it directly: tags, partners, links, gates."""

from __future__ import annotations

from coi_desktop.models.fields import RecordType, Search
from coi_desktop.models.record_types.building import (
    PAGE,
    choice,
    choices,
    day,
    integer,
    long_text,
    moment,
    money,
    reference,
    text,
    yes_no,
)

INITIATIVE = RecordType(
    "initiative",
    "Tiltag",
    "Initiative",
    (
        integer("number", "Nr.", "No.", sortable=True),
        text("title", "Titel", "Title", required=True, search=Search.PARTS, sortable=True),
        long_text("problem", "Problem", "Problem", search=Search.WORDS),
        long_text("solution", "Løsning", "Solution", search=Search.WORDS),
        long_text("description", "Beskrivelse", "Description", limit=PAGE, search=Search.WORDS),
        text("target_group", "Målgruppe", "Target group", search=Search.WORDS),
        choice("field", "Fagområde", "Field", "initiative.field", sortable=True),
        text("department", "Afdeling", "Department", search=Search.PARTS, sortable=True),
        text("owner", "Ejer", "Owner", search=Search.PARTS, sortable=True),
        text("leader", "Projektleder", "Project leader", search=Search.PARTS, sortable=True),
        choice("phase", "Fase", "Phase", "initiative.phase", sortable=True),
        choice("status", "Status", "Status", "initiative.status", sortable=True),
        text("status_reason", "Grund til status", "Reason for status", search=Search.WORDS),
        day("status_since", "Status siden", "Status since"),
        day("phase_since", "Fase siden", "Phase since"),
        choice("outcome", "Udfald", "Outcome", "initiative.outcome", sortable=True),
        text("outcome_reason", "Grund til udfald", "Reason for outcome", search=Search.WORDS),
        long_text("lesson", "Læring ved stop", "Lesson of a stop", search=Search.WORDS),
        choice("stage", "Stadie", "Stage", "stage", sortable=True),
        day("start", "Start", "Start", sortable=True),
        day("planned_end", "Forventet slut", "Expected end", sortable=True),
        day("baseline_end", "Oprindelig slut", "Original end", sortable=True),
        money("budget", "Budget", "Budget", sortable=True),
        money("baseline_budget", "Oprindeligt budget", "Original budget"),
        money("spent", "Forbrug", "Spent"),
        money("forecast", "Forventet forbrug", "Forecast"),
        text("funding", "Finansiering", "Funding", search=Search.WORDS),
        text("strategic_goal", "Strategisk mål", "Strategic goal", search=Search.WORDS),
        choices("innovation_type", "Innovationstype", "Type of innovation", "innovation_type"),
        choice("novelty", "Nyhed", "Novelty", "novelty"),
        choices("value_kinds", "Værdi", "Value", "value_kind"),
        text("status_text", "Status i en linje", "Status in one line", search=Search.WORDS),
        text("next_milestone", "Næste milepæl", "Next milestone", search=Search.WORDS),
        day("next_date", "Næste dato", "Next date", sortable=True),
        text("journal_number", "ESDH-nummer", "Case file number", search=Search.PARTS),
        choice("confidentiality", "Fortrolighed", "Confidentiality", "initiative.confidentiality"),
        text("origin", "Oprindelse", "Origin", search=Search.WORDS),
        text("external_source", "Kilde til eksternt id", "Source of external id"),
        text("external_id", "Eksternt id", "External id", search=Search.PARTS),
        day("confirmed", "Sidst bekræftet", "Last confirmed", sortable=True),
        moment("created", "Oprettet", "Created", sortable=True),
        moment("updated", "Ændret", "Changed", sortable=True),
    ),
)

TAG = RecordType(
    "tag",
    "Emneord",
    "Tag",
    (
        reference("initiative_id", "Tiltag", "Initiative", "initiative"),
        text("name", "Emneord", "Tag", limit=60, required=True, search=Search.PARTS, sortable=True),
    ),
    parent="initiative_id",
)

PARTNER = RecordType(
    "partner",
    "Partner",
    "Partner",
    (
        reference("initiative_id", "Tiltag", "Initiative", "initiative"),
        text("name", "Partner", "Partner", required=True, search=Search.PARTS),
        choice("kind", "Slags", "Kind", "partner.kind"),
        text("role", "Rolle", "Role"),
    ),
    parent="initiative_id",
)

INITIATIVE_LINK = RecordType(
    "initiative_link",
    "Sammenhæng mellem tiltag",
    "Link between initiatives",
    (
        reference("initiative_id", "Tiltag", "Initiative", "initiative"),
        choice("kind", "Sammenhæng", "Link", "initiative_link.kind"),
        reference("other_id", "Andet tiltag", "Other initiative", "initiative", required=True),
        text("note", "Note", "Note"),
    ),
    parent="initiative_id",
)

GATE = RecordType(
    "gate",
    "Faseovergang",
    "Gate",
    (
        reference("initiative_id", "Tiltag", "Initiative", "initiative"),
        choice("phase", "Fase", "Phase", "initiative.phase"),
        long_text("checked", "Opfyldt på tjeklisten", "Met on the checklist"),
        choice("decision", "Beslutning", "Decision", "gate.decision"),
        text("decided_by", "Besluttet af", "Decided by"),
        day("date", "Dato", "Date"),
        long_text("reason", "Begrundelse", "Reason", search=Search.WORDS),
    ),
    parent="initiative_id",
)

NOT_DUPLICATE = RecordType(
    "not_duplicate",
    "Ikke dubletter",
    "Not duplicates",
    (
        reference("initiative_id", "Tiltag", "Initiative", "initiative"),
        reference("other_id", "Andet tiltag", "Other initiative", "initiative", required=True),
    ),
    parent="initiative_id",
)

REMINDER_CHOICE = RecordType(
    "reminder_choice",
    "Svar på påmindelse",
    "Answer to a reminder",
    (
        reference("initiative_id", "Tiltag", "Initiative", "initiative"),
        choice("kind", "Påmindelse", "Reminder", "reminder"),
        text("subject_id", "Det, den gælder", "What it is about", limit=36, shown=False),
        day("about", "Dagen, den handler om", "The day it is about"),
        day("until", "Udsat til", "Put off until"),
        yes_no("dismissed", "Ikke relevant", "Not relevant"),
    ),
    parent="initiative_id",
)

INITIATIVE_TYPES = (
    INITIATIVE,
    TAG,
    PARTNER,
    INITIATIVE_LINK,
    GATE,
    NOT_DUPLICATE,
    REMINDER_CHOICE,
)
