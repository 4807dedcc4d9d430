"""Where names of people stand: fields of record types, and a kind of own field."""

from __future__ import annotations

#: The fields that hold a person's name, as record type and field.
PERSON_FIELDS = (
    ("initiative", "owner"),
    ("initiative", "leader"),
    ("gate", "decided_by"),
    ("risk", "owner"),
)
#: The kind of own field that holds a person's name.
OWN_PERSON = "person"
