"""What came of writing a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class WorkbookReport:
    """The written file, its sheets in order, and how many values stand in another form than they have.

    ``continued`` texts go on on the sheet of notes; ``as_text`` numbers and dates are written as text because
    no cell holds them; ``left_out`` values were no numbers. ``personal`` texts hold what looks like a civil
    registration number; where they stand is told on the last sheet.
    """

    path: Path
    sheets: tuple[str, ...]
    continued: int = 0
    as_text: int = 0
    left_out: int = 0
    personal: int = 0
