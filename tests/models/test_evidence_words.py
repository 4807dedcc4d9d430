"""A level is said with its ceiling, and one that was set by hand says so."""

from __future__ import annotations

from dataclasses import replace

from coi_desktop.i18n import speaking
from coi_desktop.models.evidence import EvidenceFacts, evidence_figures
from coi_desktop.models.evidence_words import evidence_line, hand_mark
from tests.models.shipped_words import shipped_vocabulary

WORDS = shipped_vocabulary()
MEASURED = EvidenceFacts(
    theory_missing=(), has_material=True, has_measured_baseline=True, has_later_measurement=True,
    has_measured_change=True, design="group_before_after",
)  # fmt: skip


def said(set_level: int | None, reason: str = "") -> str:
    with speaking("da"):
        return evidence_line(evidence_figures(MEASURED, set_level, reason), WORDS)


def test_a_level_by_rule_is_said_with_its_ceiling() -> None:
    assert said(None) == said(2) == "Evidens 2 af højst 5: Målt ændring"


def test_a_level_set_by_hand_says_so_up_and_down() -> None:
    assert said(1) == "Evidens 1 af højst 5: Begrundet · sat manuelt"
    assert said(3, "Vi kender området") == "Evidens 3 af højst 5: Sammenlignet · sat manuelt"


def test_a_level_that_does_not_count_is_not_said_to_be_set_by_hand() -> None:
    assert said(4) == said(None)
    assert hand_mark(evidence_figures(replace(MEASURED, design="before_after"), 5, "Sikkert")) == ""
