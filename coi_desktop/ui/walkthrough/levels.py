"""The evidence level beside the questions it follows from: the ceiling of a comparison, the level reached."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from coi_desktop.i18n import _
from coi_desktop.models.evidence import CEILING_OF_THEORY_WITH_REASON, EvidenceFigures
from coi_desktop.models.explanations import explain_evidence
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.plain import PlainLabel
from coi_desktop.ui.walkthrough.evidence_bar import EvidenceBar
from coi_desktop.ui.walkthrough.explained import ExplainedLink
from coi_desktop.ui.walkthrough.extra import Extra
from coi_desktop.ui.walkthrough.walk import Walk

#: From this level a comparison has to be measured.
_COMPARED = 3


class DesignCeiling(Extra):
    """What the chosen comparison can lead to at most."""

    def __init__(self, desk: Desk, walk: Walk) -> None:
        super().__init__(desk, walk)
        self.bar = EvidenceBar(desk.looks)
        self.label = PlainLabel(wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)
        self.column.addLayout(row)

    def show_walk(self) -> None:
        """The ceiling, and what it takes to get there."""
        evidence, words = self.walk.loaded.figures.evidence, self.walk.loaded.words
        self.bar.show_level(evidence.level, evidence.ceiling)
        name = words.label("evidence.level", str(evidence.ceiling))
        if evidence.is_design_assumed:
            text = _("Until you choose, “{design}” is assumed. It can lead to level {level} at most: {name}.")
        else:
            text = _("With this choice you can reach level {level} at most: {name}.")
        said = [text.format(design=words.label("design", evidence.design), level=evidence.ceiling, name=name)]
        if evidence.design == "theory" and evidence.ceiling < CEILING_OF_THEORY_WITH_REASON:
            said.append(_("With a written reason you may set level 3 yourselves when you rate the value."))
        elif evidence.ceiling > _COMPARED:
            said.append(
                _("From level 3 on, the comparison must be measured before and after, with a reason for it.")
            )
        self.label.setText(" ".join(said))


class EvidenceLevel(Extra):
    """The evidence level beside the ratings it is to be read with, and the way to the next one."""

    def __init__(self, desk: Desk, walk: Walk) -> None:
        super().__init__(desk, walk)
        self.bar = EvidenceBar(desk.looks)
        self.label = PlainLabel(wrap=True)
        self.next = PlainLabel(tone="muted", wrap=True)
        self.explained = ExplainedLink()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)
        self.column.addLayout(row)
        self.column.addWidget(self.next)
        self.column.addWidget(self.explained, 0, Qt.AlignmentFlag.AlignLeft)

    def show_walk(self) -> None:
        """Level and ceiling, whether it was set by hand, and what the next level asks for."""
        loaded = self.walk.loaded
        evidence, words = loaded.figures.evidence, loaded.words
        self.bar.show_level(evidence.level, evidence.ceiling)
        said = [_("Read the ratings with this: {text}").format(text=loaded.suggested_certainty)]
        said += hand_words(evidence)
        self.label.setText(" ".join(said))
        wanted = ", ".join(words.label("evidence.missing", key) for key in evidence.missing)
        self.next.setText(_("To get one level up: {wanted}.").format(wanted=wanted))
        self.next.setVisible(bool(wanted))
        self.explained.show_explanation(explain_evidence(loaded.figures, words))


def hand_words(evidence: EvidenceFigures) -> list[str]:
    """What a level set by hand did: it counts, with what the rules give beside it, or why it does not."""
    if evidence.refused == "reason":
        return [_("A higher level was set without a reason and does not count.")]
    said = []
    if evidence.is_set_manually:
        said.append(_("Set manually; the rules give {level}.").format(level=evidence.suggested))
    if evidence.refused == "ceiling":
        said.append(_("A level above the ceiling of the design was set; the ceiling counts."))
    return said
