"""What an evaluation answers by itself: by rule, as part of the step that gave rise to it.

* The six proportionality answers give the suggested depth; a light suggestion is taken where none is chosen.
* At light depth the comparison is "before and after" with a measured baseline, else "after only", and whoever
  decides is the first user of the answers.
* Leaving light depth turns the three numbers of the economy into rows, once.
"""

from __future__ import annotations

from datetime import datetime

from coi_desktop.models.changes import RowChange
from coi_desktop.models.clock import today
from coi_desktop.models.economics import DEFAULT_YEARS, Cost, Gain, GainClass, light_rows
from coi_desktop.models.economy_figures import is_counted
from coi_desktop.models.evaluation_records import ONCE, YEARLY
from coi_desktop.models.proportion import QUESTIONS, proportion_figures
from coi_desktop.models.records import Record, Value, Values
from coi_desktop.models.vocabulary import UNKNOWN
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.operations.library import guide, vocabulary
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

#: Comparisons the program chooses; another one was chosen by hand and stays.
_AUTOMATIC_DESIGNS = ("", UNKNOWN, "after_only", "before_after")

_DATED_TODAY = ("measurement", "finding", "change_log")


def add_consequences(writer: Writer, before: Record, moment: datetime, language: str) -> None:
    """Add what follows from the changes of an open transaction. ``before`` is the evaluation as it was."""
    changed = {change.table for change in writer.changes}
    if "proportion" in changed:
        _suggest_depth(writer, before.id)
    after = writer.get("evaluation", before.id)
    is_light = after.text("depth") in ("", guide("evaluation").depths[0])
    if before["depth"] != after["depth"] and not is_light:
        _turn_light_economy_into_rows(writer, after)
    if "econ_setting" in changed:
        _count_usual_years(writer, before.id, is_light=is_light)
    if "change_none" in changed:
        _note_moment(writer, before.id, moment)
    if is_light and changed & {"indicator", "evaluation"}:
        _choose_design(writer, before.id)
    if is_light and "decision_need" in changed:
        _name_first_user(writer, before.id, _change_of(writer, "decision_need"), language)


def first_values(register: Register, evaluation_id: str, table: str) -> Values:
    """What a new row of a table most likely holds."""
    values: dict[str, Value] = {"date": today(register.clock)} if table in _DATED_TODAY else {}
    if table == "measurement":
        indicators = register.children("indicator", evaluation_id)
        values |= {"series": "initiative", "indicator_id": indicators[0].id if indicators else None}
    elif table == "question" and not register.children("question", evaluation_id):
        values["priority"] = "primary"
    elif table == "method_use":
        values["status"] = "planned"
    elif table == "action":
        values["state"] = "open"
    return values


def _suggest_depth(writer: Writer, evaluation_id: str) -> None:
    proportion = _single(writer, "proportion", evaluation_id)
    answers = {} if proportion is None else {question: proportion.text(question) for question in QUESTIONS}
    suggested = proportion_figures(answers, figures_catalogue().proportion).depth
    values: dict[str, Value] = {"depth_suggested": suggested}
    if suggested == guide("evaluation").depths[0] and not writer.get("evaluation", evaluation_id).text(
        "depth"
    ):
        values["depth"] = suggested
    writer.change("evaluation", evaluation_id, values)


def _choose_design(writer: Writer, evaluation_id: str) -> None:
    indicators = _all(writer, "indicator", evaluation_id)
    chosen = _single(writer, "design", evaluation_id)
    if not indicators or (chosen is not None and chosen.text("code") not in _AUTOMATIC_DESIGNS):
        return
    is_measured = any(
        row["baseline"] is not None and row.text("baseline_status") == "measured" for row in indicators
    )
    writer.put_single("design", evaluation_id, {"code": "before_after" if is_measured else "after_only"})


def _name_first_user(writer: Writer, evaluation_id: str, change: RowChange, language: str) -> None:
    """Whoever decides becomes the first user of the answers, and follows when another is chosen."""
    if "decision_forum" not in change.fields:
        return
    forum = (change.after or {}).get("decision_forum")
    earlier = (change.before or {}).get("decision_forum")
    users = _all(writer, "audience", evaluation_id)
    names = (
        {vocabulary().label("decision_forum", str(earlier), tongue) for tongue in ("da", "en")}
        if earlier
        else set()
    )
    if users and not (len(users) == 1 and users[0].text("role") in names):
        return
    if forum is None or forum == UNKNOWN:
        for user in users:
            writer.drop("audience", user.id)
        return
    role = vocabulary().label("decision_forum", str(forum), language)
    values: dict[str, Value] = {"role": role, "group_code": "decision_maker", "uses_for": "decide"}
    if users:
        writer.change("audience", users[0].id, values)
    else:
        writer.put("audience", {**values, "evaluation_id": evaluation_id})


def _count_usual_years(writer: Writer, evaluation_id: str, *, is_light: bool) -> None:
    """The usual number of years, as soon as economy is relevant: of the three numbers, else of the rows."""
    setting = _single(writer, "econ_setting", evaluation_id)
    years = "years" if is_light else "horizon"
    if setting is None or setting.text("applies") != "yes" or setting[years] is not None:
        return
    if "applies" in _change_of(writer, "econ_setting").fields:
        writer.change("econ_setting", setting.id, {years: DEFAULT_YEARS})


def _note_moment(writer: Writer, evaluation_id: str, moment: datetime) -> None:
    ticked = _single(writer, "change_none", evaluation_id)
    if ticked is not None and "ticked" in _change_of(writer, "change_none").fields:
        writer.change("change_none", ticked.id, {"ticked_at": moment if ticked.flag("ticked") else None})


def _turn_light_economy_into_rows(writer: Writer, evaluation: Record) -> None:
    """Three numbers stand for rows: net(0) = −one-off, net(t) = gain − running for every year."""
    setting = _single(writer, "econ_setting", evaluation.id)
    benefits = [
        row_id
        for row_id in writer.find_child_ids("benefit", evaluation.text("initiative_id"))
        if is_counted(writer.get("benefit", row_id), evaluation.id)
    ]
    if setting is None or benefits or writer.find_child_ids("cost", evaluation.id):
        return
    one_off, running, gain = (
        setting.number(name) for name in ("one_off", "running_per_year", "gain_per_year")
    )
    gain_class = setting.text("gain_class")
    if one_off is None or running is None or gain is None or gain_class in ("", UNKNOWN):
        return
    years = setting.integer("years") or DEFAULT_YEARS
    costs, gains = light_rows(one_off, running, gain, GainClass(gain_class), years)
    for cost in costs:
        if cost.amount.likely:
            writer.put(
                "cost",
                {"evaluation_id": evaluation.id, "category": cost.category, **_stored_money(cost)},
            )
    for row in gains:
        if row.amount.likely:
            writer.put(
                "benefit",
                {
                    "initiative_id": evaluation["initiative_id"],
                    "evaluation_id": evaluation.id,
                    "class": gain_class,
                    **_stored_money(row),
                },
            )
    if setting["horizon"] is None:
        writer.change("econ_setting", setting.id, {"horizon": years})


def _stored_money(row: Cost | Gain) -> Values:
    """Year, how often and amount of a row as they are stored."""
    often: Values = {"recurs": ONCE} if row.until is None else {"recurs": YEARLY, "until_year": row.until}
    return {"year": row.year, **often, "likely": row.amount.likely}


def _single(writer: Writer, table: str, evaluation_id: str) -> Record | None:
    found = writer.find_child_ids(table, evaluation_id)
    return writer.get(table, found[0]) if found else None


def _all(writer: Writer, table: str, evaluation_id: str) -> list[Record]:
    return [writer.get(table, row_id) for row_id in writer.find_child_ids(table, evaluation_id)]


def _change_of(writer: Writer, table: str) -> RowChange:
    return next(change for change in writer.changes if change.table == table)
