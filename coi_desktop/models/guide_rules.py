"""Rules of guides that look across records: pure functions a guide names where conditions are not enough.

Each gets the answers and, where the guide gives one, a limit, and returns the names of what it speaks of:
indicators, value kinds, questions. Nothing to say is an empty result. A guide uses a rule as a completion
rule (names of what is still open) or as a warning (names of what to look at).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from coi_desktop.models.answers import Answers, Row, is_answered, number_of
from coi_desktop.models.indicators import NO_PEOPLE
from coi_desktop.models.records import Value

RuleFunction = Callable[[Answers, Decimal | None], Sequence[str]]

#: Methods that give numbers, and methods that give words; the others give both.
_NUMBERS = frozenset({"admin_data", "survey", "pulse", "time_study", "count", "comparison", "economic"})
_WORDS = frozenset(
    {"interview", "focus_group", "log", "case", "most_significant_change", "photo_story", "document"}
)

_IN_USE = ("implemented", "operating", "spreading")
_SENSITIVE = ("personal", "sensitive")
_CLEARED = ("cleared", "awaiting")


def learning_and_documenting(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """Learning and documenting are both among the two first purposes: they pull in different directions."""
    ranked = sorted(
        (rank, str(row.get("code")))
        for row in answers.rows("purpose")
        if (rank := number_of(row.get("rank"))) is not None
    )
    first = {code for _, code in ranked[:2]}
    return ("learn", "document") if {"learn", "document"} <= first else ()


def depth_without_reason(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """Another depth than the suggested one is chosen, and no reason is written."""
    evaluation = answers.single("evaluation")
    chosen, suggested = evaluation.get("depth"), evaluation.get("depth_suggested")
    differs = bool(chosen and suggested) and chosen != suggested
    return (str(chosen),) if differs and not is_answered(evaluation.get("depth_reason")) else ()


def hours_below(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """Fewer hours than the planning floor of the depth are set aside."""
    hours = number_of(answers.single("proportion").get("hours"))
    return (str(hours),) if hours is not None and limit is not None and hours < limit else ()


def more_questions_than(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """More questions than the limit of the depth."""
    rows = answers.rows("question")
    return (str(len(rows)),) if limit is not None and len(rows) > limit else ()


def purposes_without_question(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """Ranked purposes that no question serves."""
    served = {row.get("purpose_code") for row in answers.rows("question")}
    codes = (str(row.get("code")) for row in answers.rows("purpose") if row.get("code"))
    return tuple(code for code in codes if code not in served)


def main_aims_without_indicator(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """Value kinds chosen as main aim that no indicator measures."""
    measured = {row.get("kind") for row in answers.rows("indicator")}
    aims = (row.get("kind") for row in answers.rows("value_expect") if row.get("importance") == "3")
    return tuple(str(kind) for kind in aims if kind is not None and kind not in measured)


def baseline_missing_in_use(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """Indicators without a baseline although the solution is in use already."""
    if answers.single("scope").get("stage") not in _IN_USE:
        return ()
    return tuple(
        _name(row)
        for row in answers.rows("indicator")
        if row.get("baseline") is None and row.get("measure") != "sign" and is_answered(row.get("name"))
    )


def target_on_wrong_side(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """Indicators whose target lies on the wrong side of the baseline for their direction."""
    return tuple(_name(row) for row in answers.rows("indicator") if _is_target_wrong(row))


def primary_questions_without_method(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """Primary questions that no method answers."""
    covered = {row.get("question_id") for row in answers.rows("method_question")}
    return tuple(_name(row, "text") for row in _primary(answers) if row.get("id") not in covered)


def personal_data_not_cleared(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """Methods with personal data whose legal side is neither cleared nor awaited."""
    return tuple(
        str(row.get("method") or "")
        for row in answers.rows("method_use")
        if row.get("personal_data") in _SENSITIVE and row.get("legal_state") not in _CLEARED
    )


def method_hours_beyond_plan(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """The hours of all methods are more than the hours set aside."""
    planned = number_of(answers.single("proportion").get("hours"))
    hours = [
        number_of(row.get("hours")) for row in answers.rows("method_use") if row.get("status") != "dropped"
    ]
    used = sum((hour for hour in hours if hour is not None), Decimal(0))
    return (str(used),) if planned is not None and used > planned else ()


def one_kind_of_methods(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """Only methods that give numbers, or only methods that give words."""
    methods = {str(row.get("method")) for row in answers.rows("method_use") if row.get("method")}
    if methods and (methods <= _NUMBERS or methods <= _WORDS):
        return tuple(sorted(methods))
    return ()


def indicators_without_follow_up(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """Indicators without a measurement after the baseline; a finding may say what could not be measured."""
    if answers.rows("finding"):
        return ()
    measured = _measurements(answers)
    return tuple(
        _name(row)
        for row in answers.rows("indicator")
        if not _has_follow_up(row, measured.get(row.get("id"), []))
    )


def methods_neither_done_nor_dropped(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """Methods that are not done, and not dropped with a reason."""
    return tuple(
        str(row.get("method") or "")
        for row in answers.rows("method_use")
        if row.get("status") != "done"
        and not (row.get("status") == "dropped" and is_answered(row.get("dropped_reason")))
    )


def few_people(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """Indicators whose number counts people, with a measurement of fewer than the limit."""
    others = {row.get("id") for row in answers.rows("indicator") if row.get("counts") in NO_PEOPLE}
    return _names_of_measured(
        answers, lambda row: _is_below(row.get("n"), limit) and row.get("indicator_id") not in others
    )


def low_response(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """Indicators with a measurement whose response rate (in %) is below the limit."""
    return _names_of_measured(answers, lambda row: _is_below(row.get("response_rate"), limit))


def other_season(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """Indicators whose latest measurement is from another month of the year than the baseline."""
    found = []
    measured = _measurements(answers)
    for row in answers.rows("indicator"):
        baseline = row.get("baseline_date")
        days = (other.get("date") for other in measured.get(row.get("id"), []))
        last = max((day for day in days if isinstance(day, date)), default=None)
        if isinstance(baseline, date) and last is not None and last.month != baseline.month:
            found.append(_name(row))
    return tuple(found)


def freed_time_without_budget(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """Gains are freed time only; no budget changes."""
    gains = [(row.get("class"), _worth(row)) for row in answers.rows("benefit")]
    if not gains and not answers.rows("cost"):
        light = answers.single("econ_setting")
        gains = [(light.get("gain_class"), number_of(light.get("gain_per_year")))]
    classes = {gain_class for gain_class, amount in gains if amount is not None and amount > 0}
    return ("capacity",) if "capacity" in classes and "budget" not in classes else ()


def freed_time_rows_without_budget(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """The benefits that are written down are freed time only; no budget changes."""
    return freed_time_without_budget(answers, limit) if answers.rows("benefit") else ()


def cost_rates_without_source(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """Costs counted in hours whose rate has no source."""
    return _rates_without_source(answers.rows("cost"))


def benefit_rates_without_source(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """Benefits counted in hours whose rate has no source."""
    return _rates_without_source(answers.rows("benefit"))


def _rates_without_source(rows: Sequence[Row]) -> Sequence[str]:
    return tuple(
        _name(row, "text")
        for row in rows
        if row.get("rate") is not None and not is_answered(row.get("rate_source"))
    )


def benefits_without_owner(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """Benefits in money or time without an owner or a date of follow-up."""
    return tuple(
        _name(row, "text")
        for row in answers.rows("benefit")
        if row.get("class") not in (None, "nonmoney")
        and not (is_answered(row.get("owner_role")) and is_answered(row.get("follow_up")))
    )


def benefits_without_follow_up(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """Benefits in money or time without a date of follow-up."""
    return tuple(
        _name(row, "text")
        for row in answers.rows("benefit")
        if row.get("class") not in (None, "nonmoney") and row.get("follow_up") is None
    )


def answers_without_source(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """Answered primary questions that refer to no measurement and no finding."""
    sourced = {row.get("answer_id") for row in answers.rows("answer_source")}
    unsourced = {
        row.get("question_id")
        for row in answers.rows("answer")
        if row.get("short") is not None and row.get("id") not in sourced
    }
    return tuple(_name(row, "text") for row in _primary(answers) if row.get("id") in unsourced)


def level_raised_without_reason(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """The evidence level is set above the suggested one, and no reason is written."""
    evidence = answers.single("evidence")
    level, suggested = number_of(evidence.get("level_set")), number_of(evidence.get("level_auto"))
    if level is None or suggested is None or level <= suggested or is_answered(evidence.get("reason")):
        return ()
    return (str(level),)


def decision_beyond_evidence(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """Put into operation or scaled at an evidence level of at most the limit."""
    decided = answers.single("eval_decision").get("decided")
    evidence = answers.single("evidence")
    set_level, suggested = number_of(evidence.get("level_set")), number_of(evidence.get("level_auto"))
    level = suggested if set_level is None else set_level
    if decided not in ("scale", "operate") or level is None or limit is None or level > limit:
        return ()
    return (str(decided),)


def minus_for_vulnerable(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """Value kinds rated below 0 while citizens in a vulnerable position are a target group."""
    groups = answers.single("scope").get("target_groups")
    if not isinstance(groups, tuple) or "vulnerable_citizens" not in groups:
        return ()
    return tuple(
        str(row.get("kind"))
        for row in answers.rows("judgement")
        if (rating := number_of(row.get("rating"))) is not None and rating < 0
    )


def decided_differently(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """Something else was decided than recommended, and no reason is written."""
    decision = answers.single("eval_decision")
    recommended, decided = decision.get("recommended"), decision.get("decided")
    differs = bool(recommended and decided) and recommended != decided
    return (str(decided),) if differs and not is_answered(decision.get("reason")) else ()


def _worth(row: Row) -> Decimal | None:
    """The likely amount of a row, else its hours × rate."""
    likely, hours, rate = (number_of(row.get(name)) for name in ("likely", "hours", "rate"))
    return hours * rate if likely is None and hours is not None and rate is not None else likely


def _name(row: Row, field: str = "name") -> str:
    value = row.get(field)
    return value if isinstance(value, str) else ""


def _primary(answers: Answers) -> list[Row]:
    return [row for row in answers.rows("question") if row.get("priority") == "primary"]


def _measurements(answers: Answers) -> dict[Value, list[Row]]:
    """The measurements of the initiative itself by indicator; one that does not name its series is one of
    these.
    """
    found: dict[Value, list[Row]] = {}
    for row in answers.rows("measurement"):
        if row.get("series") != "comparison":
            found.setdefault(row.get("indicator_id"), []).append(row)
    return found


def _has_follow_up(indicator: Row, measured: Sequence[Row]) -> bool:
    baseline = indicator.get("baseline_date")
    for row in measured:
        day = row.get("date")
        is_later = not (isinstance(baseline, date) and isinstance(day, date)) or day > baseline
        if row.get("value") is not None and is_later:
            return True
    return is_answered(indicator.get("sign_status"))


def _is_target_wrong(row: Row) -> bool:
    baseline, target = number_of(row.get("baseline")), number_of(row.get("target_likely"))
    if baseline is None or target is None:
        return False
    match row.get("direction"):
        case "up":
            return target < baseline
        case "down":
            return target > baseline
    return False


def _is_below(value: object, limit: Decimal | None) -> bool:
    if value is None or limit is None:
        return False
    return isinstance(value, (int, Decimal)) and value < limit


def _names_of_measured(answers: Answers, wanted: Callable[[Row], bool]) -> tuple[str, ...]:
    found = {row.get("indicator_id") for row in answers.rows("measurement") if wanted(row)}
    return tuple(_name(row) for row in answers.rows("indicator") if row.get("id") in found)


#: The rules a guide may name.
RULES: Mapping[str, RuleFunction] = MappingProxyType(
    {
        rule.__name__: rule
        for rule in (
            learning_and_documenting,
            depth_without_reason,
            hours_below,
            more_questions_than,
            purposes_without_question,
            main_aims_without_indicator,
            baseline_missing_in_use,
            target_on_wrong_side,
            primary_questions_without_method,
            personal_data_not_cleared,
            method_hours_beyond_plan,
            one_kind_of_methods,
            indicators_without_follow_up,
            methods_neither_done_nor_dropped,
            few_people,
            low_response,
            other_season,
            freed_time_without_budget,
            freed_time_rows_without_budget,
            cost_rates_without_source,
            benefit_rates_without_source,
            benefits_without_owner,
            benefits_without_follow_up,
            answers_without_source,
            level_raised_without_reason,
            decision_beyond_evidence,
            minus_for_vulnerable,
            decided_differently,
        )
    }
)
