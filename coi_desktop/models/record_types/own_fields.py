"""What a unit adds to its register itself: own fields, words of the value lists, estimates of methods."""

from __future__ import annotations

from coi_desktop.models.fields import RecordType, Search
from coi_desktop.models.record_types.building import PAGE, choice, integer, long_text, reference, text, yes_no

OWN_FIELD = RecordType(
    "own_field",
    "Eget felt",
    "Own field",
    (
        text("da", "Navn på dansk", "Name in Danish", limit=60, required=True),
        text("en", "Navn på engelsk", "Name in English", limit=60),
        choice("kind", "Slags", "Kind", "own_field.kind"),
        choice("section", "Afsnit", "Section", "own_field.section"),
        text("unit", "Enhed", "Unit", limit=20),
        integer("place", "Rækkefølge", "Place", shown=False),
    ),
)

OWN_VALUE = RecordType(
    "own_value",
    "Værdi i eget felt",
    "Value of an own field",
    (
        reference("initiative_id", "Tiltag", "Initiative", "initiative"),
        reference("own_field_id", "Eget felt", "Own field", "own_field", required=True),
        long_text("value", "Værdi", "Value", limit=PAGE, search=Search.WORDS, sortable=True),
    ),
    parent="initiative_id",
    once=("initiative_id", "own_field_id"),
)

CHOICE_VALUE = RecordType(
    "choice_value",
    "Valgmulighed",
    "Choice",
    (
        text("list", "Liste", "List", limit=60, required=True),
        text("key", "Nøgle", "Key", limit=60, required=True),
        text("da", "På dansk", "In Danish", limit=80, required=True),
        text("en", "På engelsk", "In English", limit=80),
        integer("place", "Rækkefølge", "Place", shown=False),
        yes_no("retired", "Bruges ikke mere", "No longer used"),
        text("colour", "Farve", "Colour", limit=20),
    ),
)

METHOD_ESTIMATE = RecordType(
    "method_estimate",
    "Eget skøn for en metode",
    "Own estimate of a method",
    (
        choice("method", "Metode", "Method", "method"),
        text("hours", "Timer", "Hours", limit=60),
        text("time", "Tid til resultat", "Time to result", limit=60),
    ),
    once=("method",),
)

OWN_FIELD_TYPES = (OWN_FIELD, OWN_VALUE, CHOICE_VALUE, METHOD_ESTIMATE)
