"""The unit that keeps the register, its phases, the people it works with, and the views it has saved."""

from __future__ import annotations

from coi_desktop.models.fields import RecordType, Search
from coi_desktop.models.record_types.building import (
    PERCENT,
    choice,
    day,
    integer,
    long_text,
    number,
    reference,
    text,
    yes_no,
)

UNIT = RecordType(
    "unit",
    "Enhed",
    "Unit",
    (
        text("name", "Enhedens navn", "Name of the unit"),
        text("organisation", "Organisation", "Organisation"),
        text("contact_role", "Kontakt (rolle)", "Contact (role)"),
        yes_no("sample", "Eksempeldata", "Sample portfolio"),
    ),
)

PHASE = RecordType(
    "phase",
    "Fase",
    "Phase",
    (
        text("key", "Nøgle", "Key", limit=60, required=True),
        text("da", "På dansk", "In Danish", limit=80, required=True),
        text("en", "På engelsk", "In English", limit=80),
        integer("place", "Rækkefølge", "Place", shown=False),
        choice("stage", "Foreslår stadie", "Suggests stage", "stage"),
        text("product_da", "Produkt på dansk", "Product in Danish"),
        text("product_en", "Produkt på engelsk", "Product in English"),
        long_text(
            "checklist_da", "Tjekliste på dansk, en linje pr. punkt", "Checklist in Danish, a line an item"
        ),
        long_text("checklist_en", "Tjekliste på engelsk", "Checklist in English"),
    ),
)

PERSON = RecordType(
    "person",
    "Person",
    "Person",
    (
        text("name", "Navn", "Name", required=True, search=Search.PARTS, sortable=True),
        text("role", "Rolle", "Role"),
        text("organisation", "Organisation", "Organisation"),
        text("email", "E-mail", "E-mail"),
        text("phone", "Telefon", "Telephone", limit=40),
        choice("basis", "Behandlingsgrundlag", "Legal basis", "person.basis"),
        yes_no("may_contact", "Må kontaktes", "May be contacted"),
        day("review_date", "Gennemgås senest", "Review by"),
        long_text("note", "Note", "Note"),
    ),
)

VIEW = RecordType(
    "view",
    "Visning",
    "View",
    (
        text("name", "Navn", "Name", limit=60, required=True),
        choice("shape", "Vises som", "Shown as", "view.shape"),
        text("search", "Søgning", "Search"),
        long_text("filters", "Filtre", "Filters"),
        long_text("columns", "Kolonner", "Columns"),
        text("sort", "Sortering", "Order"),
        text("grouping", "Gruppering", "Grouping", limit=60),
        integer("place", "Rækkefølge", "Place", shown=False),
    ),
)

RATE_SET = RecordType(
    "rate_set",
    "Rentesæt",
    "Rate set",
    (
        text("key", "Nøgle", "Key", limit=60, required=True),
        text("da", "Navn på dansk", "Name in Danish", limit=80, required=True),
        text("en", "Navn på engelsk", "Name in English", limit=80),
        text("source", "Kilde", "Source"),
        day("date", "Kildens dato", "Date of the source"),
    ),
)

RATE_BAND = RecordType(
    "rate_band",
    "Rente",
    "Rate",
    (
        reference("rate_set_id", "Rentesæt", "Rate set", "rate_set", required=True),
        integer("from_year", "Fra år", "From year"),
        number("rate", "Rente om året", "Rate a year", unit=PERCENT),
        yes_no("confirmed", "Bekræftet", "Confirmed"),
    ),
    parent="rate_set_id",
)

UNIT_TYPES = (UNIT, PHASE, PERSON, VIEW, RATE_SET, RATE_BAND)
