"""Files that belong to an initiative; the files themselves stand beside the register, by their checksums."""

from __future__ import annotations

from coi_desktop.models.fields import RecordType, Search
from coi_desktop.models.record_types.building import BYTES, integer, long_text, moment, reference, text

ATTACHMENT = RecordType(
    "attachment",
    "Bilag",
    "Attachment",
    (
        reference("initiative_id", "Tiltag", "Initiative", "initiative"),
        text("title", "Titel", "Title", required=True),
        text("file_name", "Filnavn", "File name"),
        text("media_type", "Filtype", "File type", shown=False),
        integer("size", "Størrelse", "Size", unit=BYTES),
        text("sha256", "Kontrolsum", "Checksum", limit=64, shown=False),
        long_text("note", "Note", "Note", search=Search.WORDS),
        reference("measurement_id", "Dokumenterer målingen", "Evidence of the measurement", "measurement"),
        reference("newer_id", "Afløst af", "Replaced by", "attachment"),
        moment("added", "Tilføjet", "Added"),
    ),
    parent="initiative_id",
)
