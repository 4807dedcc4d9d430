"""Evidence level by rule, ceiling by design, and what the next step asks for."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.models.evidence import (
    CEILINGS,
    EvidenceFacts,
    ceiling_of,
    evidence_figures,
    reached_level,
)

NOTHING = EvidenceFacts()
THEORY = replace(NOTHING, theory_missing=())
AFTER = replace(NOTHING, has_material=True, has_later_measurement=True)
MEASURED = replace(THEORY, has_material=True, has_measured_baseline=True, has_later_measurement=True,
                   has_measured_change=True, design="before_after")  # fmt: skip
COMPARED = replace(MEASURED, has_comparison_before=True, has_comparison_after=True, has_comparison=True,
                   has_justification=True, design="group_before_after")  # fmt: skip
CONFIRMED = replace(COMPARED, is_confirmed_elsewhere=True)
REPEATABLE = replace(CONFIRMED, has_written_guide=True, has_unit_cost=True)


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        (NOTHING, 0),
        (replace(NOTHING, theory_missing=("because",)), 0),
        (THEORY, 1),
        (AFTER, 1),
        (replace(NOTHING, has_measured_baseline=True), 0),
        (MEASURED, 2),
        (replace(MEASURED, theory_missing=("then",)), 2),
        (replace(NOTHING, has_material=True, has_repeated_method=True), 2),
        (replace(MEASURED, has_comparison=True), 2),
        (replace(MEASURED, has_justification=True), 2),
        (COMPARED, 3),
        (replace(COMPARED, has_written_guide=True, has_unit_cost=True), 3),
        (CONFIRMED, 4),
        (replace(CONFIRMED, has_written_guide=True), 4),
        (replace(CONFIRMED, has_unit_cost=True), 4),
        (REPEATABLE, 5),
    ],
)
def test_the_level_is_the_highest_whose_condition_holds(facts, level):
    assert reached_level(facts) == level


@pytest.mark.parametrize(
    ("design", "ceiling"),
    [
        ("after_only", 1), ("recall", 1), ("before_after", 2), ("series", 2), ("benchmark", 2), ("theory", 2),
        ("group_before_after", 5), ("stepwise", 5), ("lots", 5), ("", None), ("unknown", None),
    ],
)  # fmt: skip
def test_every_design_has_its_ceiling(design, ceiling):
    assert ceiling_of(design) == ceiling
    if design != "theory":
        assert ceiling_of(design, with_reason=True) == ceiling


def test_contribution_analysis_may_carry_one_level_more_with_a_reason():
    facts = replace(COMPARED, design="theory")
    assert evidence_figures(facts).level == 2
    assert evidence_figures(facts, 3, "").level == 2
    raised = evidence_figures(facts, 3, "Hvert led i tanken er prøvet mod andre forklaringer")
    assert (raised.suggested, raised.level, raised.ceiling) == (2, 3, 3)
    assert raised.is_set_manually


def test_contribution_analysis_asks_for_its_reason_and_then_for_another_design():
    facts = replace(MEASURED, design="theory")
    assert evidence_figures(facts).missing == ("contribution",)
    assert evidence_figures(facts, None, "Hvert led er prøvet").missing == ("contribution",)
    raised = evidence_figures(facts, 3, "Hvert led er prøvet")
    assert raised.missing[-2:] == ("elsewhere", "design")
    assert evidence_figures(facts, 4, "Hvert led er prøvet").level == 3


def test_the_ceiling_of_the_design_caps_the_suggestion():
    capped = evidence_figures(replace(COMPARED, design="before_after"))
    assert (capped.suggested, capped.level, capped.ceiling) == (2, 2, 2)
    assert capped.missing == ("design",)


def test_without_a_design_a_measured_baseline_decides():
    assumed = evidence_figures(replace(COMPARED, design=""))
    assert (assumed.design, assumed.is_design_assumed, assumed.level) == ("before_after", True, 2)
    after = evidence_figures(replace(AFTER, design="unknown"))
    assert (after.design, after.is_design_assumed, after.ceiling) == ("after_only", True, 1)


@pytest.mark.parametrize(
    ("set_level", "reason", "level", "manually", "refused"),
    [
        (None, "", 3, False, ""),
        (3, "", 3, False, ""),
        (2, "", 2, True, ""),
        (0, "", 0, True, ""),
        (-1, "", 0, True, ""),
        (4, "", 3, False, "reason"),
        (4, "  ", 3, False, "reason"),
        (4, "Nabokommunen så det samme", 4, True, ""),
        (9, "Vi er helt sikre", 5, True, "ceiling"),
    ],
)
def test_lowering_is_free_and_raising_needs_a_reason(set_level, reason, level, manually, refused):
    figures = evidence_figures(COMPARED, set_level, reason)
    assert (figures.level, figures.is_set_manually, figures.refused) == (level, manually, refused)
    assert figures.suggested == 3


def test_raising_stops_at_the_ceiling_of_the_design():
    figures = evidence_figures(MEASURED, 4, "Det er tydeligt for alle")
    assert (figures.level, figures.refused, figures.is_set_manually) == (2, "ceiling", False)


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        (NOTHING, ("theory_if_we", "theory_then", "theory_because")),
        (replace(NOTHING, theory_missing=("because",)), ("theory_because",)),
        (THEORY, ("measured_baseline", "later_measurement", "design")),
        (replace(AFTER, has_measured_baseline=True, design="series"), ("measured_change",)),
        (MEASURED, ("comparison_before", "comparison_after", "justification", "design")),
        (replace(COMPARED, has_comparison=False, has_comparison_after=False), ("comparison_after",)),
        (replace(COMPARED, has_justification=False), ("justification",)),
        (COMPARED, ("elsewhere",)),
        (CONFIRMED, ("written_guide", "unit_cost")),
        (REPEATABLE, ()),
    ],
)
def test_what_is_missing_for_the_next_step(facts, missing):
    assert evidence_figures(facts).missing == missing


facts = st.builds(
    EvidenceFacts,
    theory_missing=st.sampled_from([(), ("then",), ("if_we", "then", "because")]),
    design=st.sampled_from(["", "unknown", *CEILINGS]),
    **{field.name: st.booleans() for field in fields(EvidenceFacts) if field.type == "bool"},
)


@given(facts, st.sampled_from([field.name for field in fields(EvidenceFacts) if field.type == "bool"]))
def test_one_fact_more_never_lowers_the_level(known, name):
    assert reached_level(replace(known, **{name: True})) >= reached_level(known)


@given(facts, st.one_of(st.none(), st.integers(-3, 9)), st.sampled_from(["", "Derfor"]))
def test_no_level_stands_above_its_ceiling_and_none_rises_without_a_reason(known, set_level, reason):
    figures = evidence_figures(known, set_level, reason)
    assert 0 <= figures.level <= figures.ceiling <= 5
    assert figures.suggested <= CEILINGS[figures.design]
    if not reason:
        assert figures.level <= figures.suggested
