"""Attachments for the pictures: some kinds, an older edition, evidence, a note, one that is not as named."""

from __future__ import annotations

from collections.abc import Callable

from coi_desktop.models.attachments import AttachmentLimits
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.records import Record
from coi_desktop.operations.attachment_files import Pasted, store_sources
from coi_desktop.operations.attachments import (
    add_attachments,
    add_edition,
    edit_attachment,
    find_measurements,
)
from coi_desktop.store.register import Register

_PDF = b"%PDF-1.7\n"
_FILES = (
    ("Svar på spørgeskemaet, optalt.csv", b"Svar;Antal\nJa;31\nNej;11\n" * 2_000),
    ("Rapport til styregruppen.pdf", _PDF + bytes(1_340_000)),
    ("Skærmbillede 2026-10-16.png", b"\x89PNG\r\n\x1a\n" + bytes(210_000)),
    ("faktura.pdf", b"MZ\x90\0" + bytes(48_000)),
)


def attach_examples(register: Register, initiative_id: str) -> Record:
    """Attach them and return the one that has everything."""

    def sources(*files: tuple[str, bytes]) -> list[Pasted]:
        return [Pasted(name, _giving(content)) for name, content in files]

    limits = AttachmentLimits()
    stored = run_to_end(store_sources(register, sources(*_FILES), limits))
    ids = add_attachments(register, initiative_id, stored).ids
    newer = run_to_end(store_sources(register, sources((_FILES[1][0], _PDF + bytes(1_510_000))), limits))
    add_edition(register, ids[1], newer.files[0])
    measurements = find_measurements(register, initiative_id)
    values = {
        "note": "42 svar fra to plejecentre; optalt af Team Digital.",
        "measurement_id": measurements[0].id if measurements else None,
    }
    edit_attachment(register, ids[0], values)
    return register.get("attachment", ids[0])


def _giving(content: bytes) -> Callable[[], bytes]:
    return lambda: content
