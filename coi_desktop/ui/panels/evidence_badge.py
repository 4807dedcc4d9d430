"""The badge in the head of the panel: the evidence level reached, and what would bring the next."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.evidence_words import hand_mark
from coi_desktop.operations.evaluations import find_evaluations, load_evaluation
from coi_desktop.operations.library import vocabulary
from coi_desktop.store.register import Register
from coi_desktop.ui.plain import ElidedLabel, PlainLabel
from coi_desktop.ui.theme import Looks
from coi_desktop.ui.walkthrough.evidence_bar import EvidenceBar


class EvidenceBadge(QWidget):
    """Blocks and words for the newest evaluation of an initiative."""

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self._bar = EvidenceBar(looks)
        self._level = PlainLabel()
        self._next = ElidedLabel(tone="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._bar)
        row.addWidget(self._level)
        row.addWidget(self._next, 1)

    @property
    def text(self) -> str:
        """What the badge says."""
        return self._level.text()

    def show_initiative(self, register: Register, initiative_id: str) -> bool:
        """Show the level of the initiative's newest evaluation; False where it has none."""
        found = find_evaluations(register, initiative_id)
        if not found:
            return False
        evidence = load_evaluation(register, found[0].id).figures.evidence
        words = vocabulary()
        self._bar.show_level(evidence.level, evidence.ceiling)
        self._level.setText(
            _("Evidence {level} of at most {ceiling}").format(level=evidence.level, ceiling=evidence.ceiling)
            + hand_mark(evidence)
        )
        wanted = ", ".join(words.label("evidence.missing", key) for key in evidence.missing)
        self._next.set_line(_("Next level: {wanted}").format(wanted=wanted) if wanted else "")
        return True
