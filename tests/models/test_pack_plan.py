"""What becomes of a case in a pack, for everything that can stand in the register already."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from coi_desktop.i18n import speaking
from coi_desktop.models.case_content import digest
from coi_desktop.models.import_report import Level, Outcome
from coi_desktop.models.pack import CaseContent, CasePack, Manifest, PackLevel
from coi_desktop.models.pack_plan import Local, LocalCase, PackItem, Why, changing, plan_import

CASE = "6f1c1a5e-3c1e-4a43-9f0e-0d6a3a0b7c11"
OURS, VESTBY, OESTBY = (f"{letter * 8}-bbbb-4ccc-8ddd-eeeeeeeeeeee" for letter in "abc")
COLUMNS = {"cases": ("uuid", "revision", "title", "problem")}


def case(revision: int = 1, problem: str = "Kørsel") -> CaseContent:
    return CaseContent(CASE, {"title": "Skærmbesøg", "revision": revision, "problem": problem})


def pack(content: CaseContent, sender: str = VESTBY) -> CasePack:
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    manifest = Manifest(CASE, "p", "Pakke", moment, sender, "Vestby", "da", PackLevel.KORT, "internal")
    return CasePack(manifest, (content,), COLUMNS)


def plan(
    content: CaseContent, here: LocalCase | None, *, sender: str = VESTBY, taken: bool = False
) -> PackItem:
    local = Local(OURS, {CASE: here} if here else {}, frozenset({CASE}) if taken else frozenset())
    (item,) = plan_import(local, pack(content, sender)).items
    return item


def imported(now: CaseContent, then: CaseContent | None = None, sender: str = VESTBY) -> LocalCase:
    """A case that came by pack as ``then`` and stands here as ``now``."""
    return LocalCase(now, is_own=False, sender_id=sender, sender="Vestby", filled_digest=digest(then or now))


OWN = LocalCase(case(), is_own=True)
SAME, NEWER, OLDER = case(), case(2, "Kø"), case(0, "Gammelt")
BY_HAND = imported(case(1, "Rettet her"), case())

TABLE = [
    # what is here                    the pack's     sender  outcome            why
    (None, SAME, VESTBY, Outcome.NEW, Why.NOTHING),
    (imported(case()), SAME, VESTBY, Outcome.IDENTICAL, Why.NOTHING),
    (imported(case()), case(2), VESTBY, Outcome.IDENTICAL, Why.NOTHING),
    (imported(case()), NEWER, VESTBY, Outcome.UPDATED, Why.NOTHING),
    (imported(case(3, "Nyt")), NEWER, VESTBY, Outcome.KEPT, Why.NEWER_HERE),
    (imported(case()), OLDER, VESTBY, Outcome.KEPT, Why.NEWER_HERE),
    (imported(case()), case(1, "Kø"), VESTBY, Outcome.CONFLICT, Why.SAME_REVISION),
    (BY_HAND, SAME, VESTBY, Outcome.KEPT, Why.CHANGED_HERE),
    (BY_HAND, NEWER, VESTBY, Outcome.CONFLICT, Why.CHANGED_HERE),
    (BY_HAND, case(2, "Rettet her"), VESTBY, Outcome.IDENTICAL, Why.NOTHING),
    (imported(case()), NEWER, OESTBY, Outcome.CONFLICT, Why.OTHER_SENDER),
    (imported(case()), SAME, OESTBY, Outcome.IDENTICAL, Why.NOTHING),
    (OWN, SAME, OURS, Outcome.IDENTICAL, Why.NOTHING),
    (OWN, SAME, VESTBY, Outcome.IDENTICAL, Why.NOTHING),
    (OWN, NEWER, VESTBY, Outcome.CONFLICT, Why.OUR_OWN),
    (OWN, NEWER, OURS, Outcome.CONFLICT, Why.OUR_PACK),
    (OWN, OLDER, OURS, Outcome.CONFLICT, Why.OUR_PACK),
    (None, SAME, OURS, Outcome.CONFLICT, Why.OUR_UNIT),
]


@pytest.mark.parametrize(("here", "content", "sender", "outcome", "why"), TABLE)
def test_the_outcome(
    here: LocalCase | None, content: CaseContent, sender: str, outcome: Outcome, why: Why
) -> None:
    item = plan(content, here, sender=sender)
    assert (item.outcome, item.why) == (outcome, why)
    assert item.changes_here == (outcome in (Outcome.NEW, Outcome.UPDATED))


def test_a_uuid_of_an_initiative_of_ours_is_never_a_new_case() -> None:
    item = plan(SAME, None, taken=True)
    assert (item.outcome, item.why) == (Outcome.CONFLICT, Why.OUR_OWN)


def test_only_a_conflict_with_the_same_sender_may_be_decided_for_the_pack() -> None:
    may_take = [
        plan(content, here, sender=sender).may_take for here, content, sender, _outcome, _why in TABLE
    ]
    expected = [
        outcome is Outcome.CONFLICT and why in (Why.SAME_REVISION, Why.CHANGED_HERE)
        for _here, _content, _sender, outcome, why in TABLE
    ]
    assert may_take == expected


def test_a_decided_conflict_counts_as_updated_and_may_be_undecided() -> None:
    made = plan_import(Local(OURS, {CASE: BY_HAND}), pack(NEWER))
    assert made.report.count(Outcome.CONFLICT) == 1
    decided = made.taking(CASE)
    assert decided.report.count(Outcome.UPDATED) == 1
    assert decided.report.problems == ()
    assert len(changing(decided.items)) == 1
    assert decided.taking(CASE, take=False) == made
    with pytest.raises(ValueError, match="nothing to decide"):
        plan_import(Local(OURS, {CASE: OWN}), pack(NEWER)).taking(CASE)


def test_the_differences_of_a_conflict_can_be_shown_side_by_side() -> None:
    (difference,) = plan(NEWER, BY_HAND).differences("da")
    assert (difference.label, difference.here, difference.there) == ("Problem", "Rettet her", "Kø")
    assert plan(SAME, None).differences() == ()


def test_an_update_keeps_what_the_pack_does_not_speak_of() -> None:
    richer = replace(case(), values={**case().values, "skills": "Ro"})
    target = plan(NEWER, imported(richer)).target
    assert target is not None
    assert target.values == {"title": "Skærmbesøg", "revision": 2, "problem": "Kø", "skills": "Ro"}


def test_conflicts_are_problems_with_a_remedy_and_kept_cases_are_notes() -> None:
    conflict = plan_import(Local(OURS, {CASE: OWN}), pack(NEWER)).report.problems
    kept = plan_import(Local(OURS, {CASE: BY_HAND}), pack(SAME)).report.problems
    assert [problem.level for problem in (*conflict, *kept)] == [Level.ERROR, Level.NOTE]
    for problem in (*conflict, *kept):
        assert problem.reason
        assert problem.remedy
        assert (problem.sheet, problem.row, problem.value) == ("cases.csv", 2, "Skærmbesøg")


def test_the_report_names_sender_and_pack() -> None:
    report = plan_import(Local(OURS, {}), pack(SAME)).report.to_json()
    assert report["new"] == 1
    assert report["pack"]["sender"] == "Vestby"
    assert report["pack"]["sender_id"] == VESTBY


def test_nobody_is_told_to_ask_the_sender_of_their_own_pack() -> None:
    local = Local(OURS, {CASE: LocalCase(case(2, "Ny"), is_own=True)})
    with speaking("en"):
        (own,) = plan_import(local, pack(case(), OURS)).report.problems
        (foreign,) = plan_import(local, pack(case(), VESTBY)).report.problems
    assert "sender" not in own.remedy
    assert "sender" in foreign.remedy
