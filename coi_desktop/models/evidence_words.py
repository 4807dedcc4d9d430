"""The evidence level as it is said everywhere: with its ceiling, and with a word when it was set by hand."""

from __future__ import annotations

from coi_desktop.i18n import _
from coi_desktop.models.evidence import EvidenceFigures
from coi_desktop.models.vocabulary import Vocabulary


def evidence_line(evidence: EvidenceFigures, vocabulary: Vocabulary) -> str:
    """Level, ceiling and name in a line."""
    said = _("Evidence {level} of at most {ceiling}: {name}").format(
        level=evidence.level,
        ceiling=evidence.ceiling,
        name=vocabulary.label("evidence.level", str(evidence.level)),
    )
    return said + hand_mark(evidence)


def hand_mark(evidence: EvidenceFigures) -> str:
    """What follows a level that was set by hand; empty for one that follows from the rules."""
    return " · " + _("set manually") if evidence.is_set_manually else ""
