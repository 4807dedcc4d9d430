"""What the program remembers of lists it has imported."""

from __future__ import annotations

from coi_desktop.models.fields import RecordType
from coi_desktop.models.record_types.building import PAGE, long_text, moment, reference, text

IMPORT_SOURCE = RecordType(
    "import_source",
    "Importeret række",
    "Imported row",
    (
        reference("initiative_id", "Tiltag", "Initiative", "initiative"),
        text("source", "Kilde", "Source"),
        text("external_id", "Eksternt id", "External id"),
        long_text("last_values", "Sidst importerede værdier", "Last imported values", limit=0, shown=False),
        moment("imported", "Importeret", "Imported"),
    ),
    parent="initiative_id",
)

IMPORT_LAYOUT = RecordType(
    "import_layout",
    "Kendt listeopsætning",
    "Known list layout",
    (
        text("fingerprint", "Kendetegn", "Fingerprint", limit=64),
        long_text("mapping", "Kobling", "Mapping", limit=PAGE * 5, shown=False),
        moment("used", "Sidst brugt", "Last used"),
    ),
)

IMPORT_TYPES = (IMPORT_SOURCE, IMPORT_LAYOUT)
