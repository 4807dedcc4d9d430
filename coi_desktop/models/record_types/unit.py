"""The unit that keeps the register."""

from __future__ import annotations

from coi_desktop.models.fields import RecordType
from coi_desktop.models.record_types.building import text, yes_no

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
