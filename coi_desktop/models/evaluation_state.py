"""The state of an evaluation, derived from its records and never chosen (section 6.6 of the evaluation
guide).

``not_started`` → ``planning`` → ``collecting`` → ``concluding`` → ``decided`` → ``following_up`` or
``closed``: the last line that holds gives the state. The rules that look across records (is a step complete?)
are functions of their own, so that the guide can refer to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coi_desktop.models.evaluation_records import is_answered
from coi_desktop.models.indicators import IndicatorFigures
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.models.vocabulary import UNKNOWN


class State(StrEnum):
    """State of an evaluation; keys of the value list ``evaluation.state``, in order."""

    NOT_STARTED = "not_started"
    PLANNING = "planning"
    COLLECTING = "collecting"
    CONCLUDING = "concluding"
    DECIDED = "decided"
    FOLLOWING_UP = "following_up"
    CLOSED = "closed"


class Share(StrEnum):
    """Where an initiative stands in the national question "have you evaluated?"."""

    EVALUATED = "evaluated"
    UNDER_WAY = "under_way"
    PLANNED = "planned"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class StateFacts:
    """What the rules of the state look at."""

    is_planned_by_hand: bool = False
    has_follow_up: bool = False
    has_finding: bool = False
    is_method_under_way: bool = False
    is_collected: bool = False
    is_concluding_by_hand: bool = False
    is_decided: bool = False
    has_open_action: bool = False
    is_review_ahead: bool = False
    is_meta_complete: bool = False


#: Decisions that need a date to look at the matter again.
REVIEWED_DECISIONS = frozenset({"adjust", "keep_testing", "postpone"})

#: Required fields of the steps 1–10 at any depth, by record type. Left out is what the program fills in
#: itself: the depth, the stage that follows the phase, the audience made from the forum, the comparison.
_PLAN_FIELDS = {
    "scope": ("description_now", "target_groups", "target_groups_own", "period_from"),
    "decision_need": (
        "decision_to_inform",
        "decision_date",
        "no_date_yet",
        "decision_forum",
        "if_negative",
    ),
    "purpose": ("code",),
    "proportion": (
        "cost", "reach", "risk", "uncertainty", "stakes", "requirement", "hours", "carried_out_by",
    ),
    "value_expect": ("importance", "expected", "downside"),
    "theory": ("if_we", "then", "because"),
    "theory_node": ("text",),
    "assumption": ("text",),
    "question": ("text",),
    "indicator": ("name", "baseline", "target_likely"),
    "method_use": ("method",),
}  # fmt: skip

#: The fields of the initiative that the scope's ``description_now`` may have been prefilled from.
_DESCRIPTIONS = ("description", "solution", "problem")

#: Fields of the steps 14–16 that are filled in by hand (``how_sure`` is prefilled).
_CONCLUDE_FIELDS = {
    "judgement": ("rating", "reason"),
    "conclusion": ("headline", "value_for_whom", "conditions", "what_it_takes", "limits", "lesson1"),
}


def derived_state(facts: StateFacts) -> State:
    """The state that follows from the facts: the last rule that holds."""
    if facts.is_decided:
        if facts.has_open_action or facts.is_review_ahead:
            return State.FOLLOWING_UP
        return State.CLOSED if facts.is_meta_complete else State.DECIDED
    if facts.is_collected or facts.is_concluding_by_hand:
        return State.CONCLUDING
    if facts.has_follow_up or facts.has_finding or facts.is_method_under_way:
        return State.COLLECTING
    return State.PLANNING if facts.is_planned_by_hand else State.NOT_STARTED


def state_facts(
    snapshot: Snapshot, evaluation: Record, indicators: Sequence[IndicatorFigures], today: date
) -> StateFacts:
    """The facts of a stored evaluation; ``today`` decides whether a review date still lies ahead."""
    decision = snapshot.single("eval_decision", evaluation.id)
    review = decision.day("review_date") if decision else None
    return StateFacts(
        is_planned_by_hand=is_planned_by_hand(snapshot, evaluation),
        has_follow_up=has_follow_up(indicators),
        has_finding=has_finding(snapshot, evaluation),
        is_method_under_way=any(
            use.text("status") == "under_way" for use in snapshot.children("method_use", evaluation.id)
        ),
        is_collected=is_collect_complete(snapshot, evaluation, indicators)
        and is_changes_complete(snapshot, evaluation),
        is_concluding_by_hand=is_concluding_by_hand(snapshot, evaluation),
        is_decided=is_decision_complete(decision),
        has_open_action=any(
            action.text("state") in ("", "open", "under_way", UNKNOWN)
            for action in snapshot.children("action", evaluation.id)
        ),
        is_review_ahead=review is not None and review > today,
        is_meta_complete=is_meta_complete(snapshot.single("meta", evaluation.id)),
    )


def share_of(state: State, has_material: bool) -> Share:
    """Where an evaluation counts nationally: evaluated (decided or later, with a measurement or finding),
    under way (collecting or concluding), planned (planning), otherwise none.
    """
    if state in (State.DECIDED, State.FOLLOWING_UP, State.CLOSED):
        return Share.EVALUATED if has_material else Share.NONE
    if state in (State.COLLECTING, State.CONCLUDING):
        return Share.UNDER_WAY
    return Share.PLANNED if state is State.PLANNING else Share.NONE


def is_planned_by_hand(snapshot: Snapshot, evaluation: Record) -> bool:
    """Whether a required field of the steps 1–10 was filled in by somebody, not only prefilled by the
    program.
    """
    initiative = snapshot.find("initiative", evaluation.text("initiative_id"))
    for type_name, fields in _PLAN_FIELDS.items():
        for record in snapshot.children(type_name, evaluation.id, by="evaluation_id"):
            for field in fields:
                if is_answered(record[field]) and not _is_prefilled(record, field, initiative):
                    return True
    return False


def has_follow_up(indicators: Iterable[IndicatorFigures]) -> bool:
    """Whether at least one indicator was measured after its baseline."""
    return any(figures.is_measured for figures in indicators)


def has_finding(snapshot: Snapshot, evaluation: Record) -> bool:
    """Whether at least one finding is written down."""
    return any(
        finding.text("text") for finding in snapshot.children("finding", evaluation.id, "evaluation_id")
    )


def is_collect_complete(
    snapshot: Snapshot, evaluation: Record, indicators: Sequence[IndicatorFigures]
) -> bool:
    """Step 11: every indicator has a follow-up measurement (or a finding stands in for it), and every planned
    method is done, or dropped with a reason.
    """
    is_measured = bool(indicators) and all(figures.is_measured for figures in indicators)
    if not is_measured and not has_finding(snapshot, evaluation):
        return False
    return all(_is_finished(use) for use in snapshot.children("method_use", evaluation.id, "evaluation_id"))


def is_changes_complete(snapshot: Snapshot, evaluation: Record) -> bool:
    """Step 12: at least one line on what shifted, or the tick that nothing important did."""
    ticked = snapshot.single("change_none", evaluation.id)
    if ticked is not None and ticked.flag("ticked"):
        return True
    return any(row.text("what") for row in snapshot.children("change_log", evaluation.id))


def is_concluding_by_hand(snapshot: Snapshot, evaluation: Record) -> bool:
    """Whether a field of the steps 14–16 is filled in: an answer, a rating, the conclusion, an evidence
    level.
    """
    for type_name, fields in _CONCLUDE_FIELDS.items():
        rows = snapshot.children(type_name, evaluation.id)
        if any(is_answered(row[field]) for row in rows for field in fields):
            return True
    evidence = snapshot.single("evidence", evaluation.id)
    if evidence is not None and is_answered(evidence["level_set"]):
        return True
    questions = snapshot.children("question", evaluation.id, "evaluation_id")
    return any(_has_answer(snapshot.single("answer", question.id)) for question in questions)


def is_decision_complete(decision: Record | None) -> bool:
    """Step 17: decided, date, forum and reason; a review date to adjust, test on or postpone; what is carried
    on for a stop. "Not known yet" is no decision.
    """
    if decision is None:
        return False
    decided = decision.text("decided")
    if decided in ("", UNKNOWN):
        return False
    needed = ["date", "forum", "reason"]
    if decided in REVIEWED_DECISIONS:
        needed.append("review_date")
    if decided == "stop":
        needed.append("carry_on")
    return all(is_answered(decision[field]) for field in needed)


def is_meta_complete(meta: Record | None) -> bool:
    """Step 20: hours used, and whether the evaluation was used."""
    return meta is not None and is_answered(meta["hours_used"]) and is_answered(meta["used"])


def _is_finished(use: Record) -> bool:
    if use.text("status") == "dropped":
        return bool(use.text("dropped_reason"))
    return use.text("status") == "done"


def _has_answer(answer: Record | None) -> bool:
    return answer is not None and (is_answered(answer["short"]) or is_answered(answer["text"]))


def _is_prefilled(record: Record, field: str, initiative: Record | None) -> bool:
    if field != "description_now" or initiative is None:
        return False
    return any(record[field] == initiative[source] for source in _DESCRIPTIONS)
