"""A case: what another unit needs to know in order to reuse a solution, our own or imported from a case pack.

A case is the published view of an initiative. Its id is its own lasting UUID, the same in every register and
pack it reaches; the initiative's id never leaves the register.
"""

from __future__ import annotations

from coi_desktop.models.fields import FieldSpec, RecordType, Search
from coi_desktop.models.record_types.building import (
    BYTES,
    HOURS,
    PERCENT,
    choice,
    choices,
    day,
    integer,
    long_text,
    moment,
    money,
    number,
    reference,
    text,
)

#: The longest text of a case: what a cell of a pack, and of Excel, can hold.
CELL = 32_767

IN_CASE = reference("case_id", "Erfaring", "Case", "case")


def line(name: str, da: str, en: str, search: Search = Search.NONE) -> FieldSpec:
    """One line of a case, as long as a pack may hold it."""
    return text(name, da, en, limit=CELL, search=search)


def page(name: str, da: str, en: str, search: Search = Search.NONE) -> FieldSpec:
    """A text of a case, as long as a pack may hold it."""
    return long_text(name, da, en, limit=CELL, search=search)


def extra() -> FieldSpec:
    """What a pack of a newer version says in columns that are not known here: JSON, kept and shared again."""
    return long_text("extra", "Andet fra pakken", "More from the pack", limit=0, shown=False)


def rows(name: str, da: str, en: str, *fields: FieldSpec) -> RecordType:
    """A record type of which a case has any number of records."""
    return RecordType(name, da, en, (IN_CASE, *fields, extra()), parent="case_id")


CASE = RecordType(
    "case",
    "Erfaring",
    "Case",
    (
        text("title", "Titel", "Title", limit=CELL, required=True, search=Search.PARTS, sortable=True),
        line("pitch", "Kort fortalt", "In short", Search.WORDS),
        text("organisation", "Organisation", "Organisation", limit=CELL, search=Search.PARTS, sortable=True),
        choice("level", "Niveau", "Level", "unit_kind"),
        line("unit", "Enhed", "Unit"),
        line("contact_public", "Offentlig kontakt", "Public contact"),
        line("contact_role", "Kontakt (rolle)", "Contact (role)"),
        choice("field", "Fagområde", "Field", "initiative.field", sortable=True),
        choices("innovation_type", "Type", "Type", "innovation_type"),
        page("problem", "Problem", "Problem", Search.WORDS),
        page("target_group", "Målgruppe", "Users", Search.WORDS),
        page("evidence_of_need", "Hvordan ved vi det?", "How is it known?"),
        page("solution", "Løsning", "Solution", Search.WORDS),
        page("how_it_works", "Sådan virker det", "How it works", Search.WORDS),
        page("before_after_day", "En dag før og efter", "A day before and after"),
        choice("novelty", "Nyhed", "Novelty", "novelty"),
        line("source_case", "Forlæg", "Model"),
        choices("started_by", "Sat i gang af", "Started by", "case.started_by"),
        line("driver", "Drivkraft", "Driver"),
        page("user_involvement", "Inddragelse", "Involvement"),
        choice("stage", "Stadie", "Stage", "stage", sortable=True),
        number("hours_dev", "Timer til udvikling", "Hours to develop", unit=HOURS),
        number("hours_intro", "Timer til indførelse", "Hours to introduce", unit=HOURS),
        money("purchase", "Køb", "Purchase"),
        money("yearly_cost", "Årlig drift", "Running cost a year"),
        money("saved", "Sparet", "Saved"),
        integer("price_year", "Prisår", "Price year"),
        page("skills", "Det kræver: kompetencer", "Requires: skills"),
        page("it", "Det kræver: it", "Requires: IT"),
        page("data", "Det kræver: data", "Requires: data"),
        page("rules", "Det kræver: regler", "Requires: rules"),
        page("space", "Det kræver: lokaler", "Requires: space"),
        page("supplier", "Det kræver: leverandør", "Requires: supplier"),
        choice("evaluation_kind", "Evaluering", "Evaluation", "case.evaluation_kind"),
        integer("evidence_level", "Evidensniveau", "Evidence level"),
        page("negative_effects", "Ulemper", "Harm"),
        page("helped", "Fremmede", "Helped"),
        page("hindered", "Hæmmede", "Hindered"),
        page("failures", "Fejl", "Failures"),
        page("would_do_differently", "Ville gøre anderledes", "Would do differently"),
        page("conditions_for_success", "Betingelser", "Conditions"),
        choice("reuse_degree", "Grad af genbrug", "Degree of reuse", "reuse_degree"),
        choices("offer", "Tilbud", "Offer", "case.offer"),
        line("rights", "Rettigheder", "Rights"),
        choice("licence", "Licens", "Licence", "case.licence"),
        page("supplier_terms", "Leverandørvilkår", "Supplier terms"),
        page("gdpr_note", "Persondata", "Personal data"),
        choice("image_consent", "Billeder", "Images", "case.image_consent"),
        choice("visibility", "Deling", "Sharing", "case.visibility"),
        integer("completeness", "Udfyldt", "Completeness", unit=PERCENT),
        day("last_checked", "Tjekket", "Checked"),
        day("review_due", "Næste tjek", "Next check"),
        extra(),
        text("parent_uuid", "Bygger på", "Based on", limit=36, shown=False),
        integer("revision", "Udgave", "Revision"),
        reference("initiative_id", "Tiltag", "Initiative", "initiative"),
        choice("origin", "Oprindelse", "Origin", "case.origin"),
        text("sender_id", "Afsenderens id", "Id of the sender", limit=36, shown=False),
        line("sender", "Afsender", "Sender", Search.PARTS),
        text("pack_id", "Pakkens id", "Id of the pack", limit=36, shown=False),
        text("pack_level", "Pakkens niveau", "Level of the pack", limit=20, shown=False),
        moment("imported", "Importeret", "Imported", sortable=True),
        text(
            "filled_digest",
            "Indhold, da det sidst blev udfyldt",
            "Content when last filled in",
            limit=64,
            shown=False,
        ),
        text(
            "shared_digest",
            "Indhold, da det sidst blev delt",
            "Content when last shared",
            limit=64,
            shown=False,
        ),
        moment("created", "Oprettet", "Created", sortable=True),
        moment("updated", "Ændret", "Changed", sortable=True),
    ),
)

CASE_PART = rows(
    "case_part",
    "Del af løsningen",
    "Part of the solution",
    line("name", "Navn", "Name"),
    line("kind", "Slags", "Kind"),
    choice("classification", "Kerne eller tilpasning", "Core or adaptable", "solution_part.classification"),
    page("why_it_works", "Hvorfor virker det?", "Why it works"),
    page("evidence", "Belæg", "Evidence"),
    choice("evidence_strength", "Belæggets styrke", "Strength of evidence", "level3"),
    page("note", "Note", "Note"),
)

CASE_PARTNER = rows(
    "case_partner",
    "Partner",
    "Partner",
    line("partner", "Partner", "Partner"),
    choice("kind", "Slags", "Kind", "partner.kind"),
    line("role", "Rolle i arbejdet", "Role in the work"),
)

CASE_EVENT = rows(
    "case_event",
    "Begivenhed",
    "Event",
    day("date", "Dato", "Date"),
    page("event", "Begivenhed", "Event"),
)

CASE_FUNDING = rows(
    "case_funding",
    "Finansiering",
    "Funding",
    line("source", "Kilde", "Source"),
    money("amount", "Beløb", "Amount"),
    integer("year", "År", "Year"),
)

CASE_MEASUREMENT = rows(
    "case_measurement",
    "Værdi",
    "Value",
    choice("kind", "Værdi", "Value kind", "value_kind"),
    line("indicator", "Indikator", "Indicator"),
    line("unit", "Enhed", "Unit"),
    number("baseline", "Udgangspunkt", "Baseline"),
    number("result", "Resultat", "Result"),
    day("date", "Dato", "Date"),
    line("method", "Metode", "Method"),
    choice("certainty", "Sikkerhed", "Certainty", "level3"),
)

CASE_ADOPTER = rows(
    "case_adopter",
    "Genbruger",
    "Adopter",
    line("organisation", "Organisation", "Organisation"),
    day("date", "Dato", "Date"),
    choice("reuse_degree", "Grad af genbrug", "Degree of reuse", "reuse_degree"),
)

CASE_ATTACHMENT = rows(
    "case_attachment",
    "Bilag",
    "Attachment",
    line("path", "Sti i pakken", "Path in the pack"),
    line("title", "Titel", "Title"),
    line("kind", "Slags", "Kind"),
    page("alt_text", "Alternativ tekst", "Alternative text"),
    choice("licence", "Licens", "Licence", "case.licence"),
    choice("image_consent", "Billeder", "Images", "case.image_consent"),
    text("file_name", "Filnavn", "File name", limit=CELL),
    text("media_type", "Filtype", "File type", shown=False),
    integer("size", "Størrelse", "Size", unit=BYTES),
    text("sha256", "Kontrolsum", "Checksum", limit=64, shown=False),
)

CASE_CHILD_TYPES = (
    CASE_PART,
    CASE_PARTNER,
    CASE_EVENT,
    CASE_FUNDING,
    CASE_MEASUREMENT,
    CASE_ADOPTER,
    CASE_ATTACHMENT,
)

CASE_TYPES = (CASE, *CASE_CHILD_TYPES)
