from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.i18n import speaking
from coi_desktop.models.answers import answers_from
from coi_desktop.models.changes import Op
from coi_desktop.models.economy_figures import economy_figures
from coi_desktop.models.evaluation_figures import evaluation_figures
from coi_desktop.models.guide_answers import NONE_YET
from coi_desktop.models.ids import new_id
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.operations.answering import add_row, answer, answer_line, change_row, drop_row
from coi_desktop.operations.evaluations import (
    add_quick_finding,
    find_evaluations,
    iter_loading,
    load_evaluation,
    measure_now,
    remove_evaluation,
    start_evaluation,
)
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.operations.samples import create_sample_register
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

SOLUTION = "Hver morgen mødes hjemmepleje og sygepleje ti minutter ved tavlen."


class Clock:
    """A time that moves when told, so that steps do not merge by accident."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def pass_minutes(self, minutes: int) -> None:
        self.moment += timedelta(minutes=minutes)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with speaking("en"):
        yield


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def register(tmp_path: Path, clock: Clock) -> Iterator[Register]:
    with Register.create(tmp_path / "register.coi", clock=clock) as opened:
        yield opened


@pytest.fixture
def initiative_id(register: Register) -> str:
    return add_initiative(register, {"title": "Fælles morgenmøde", "solution": SOLUTION, "phase": "develop"})


@pytest.fixture
def evaluation_id(register: Register, initiative_id: str) -> str:
    return start_evaluation(register, initiative_id)


def _single(register: Register, table: str, evaluation_id: str, field: str) -> object:
    record = register.single(table, evaluation_id)
    return None if record is None else record[field]


def _count(register: Register, table: str, evaluation_id: str) -> int:
    return len(register.children(table, evaluation_id))


def test_a_new_evaluation_knows_what_the_register_knows(register: Register, evaluation_id: str) -> None:
    loaded = load_evaluation(register, evaluation_id)
    assert loaded.evaluation["title"] == "Evaluation 2026"
    assert loaded.answers.single("scope")["description_now"] == SOLUTION
    assert loaded.answers.single("scope")["stage"] == "trial"
    assert loaded.walkthrough.depth == "light"
    assert loaded.walkthrough.position == "what_why"
    assert loaded.figures.state == "not_started"


def test_starting_is_one_step_and_undo_takes_all_of_it_back(register: Register, evaluation_id: str) -> None:
    assert register.next_undo is not None
    assert register.next_undo[0].label == "Start evaluation"
    register.undo()
    assert register.count("evaluation") == 0
    assert register.count("scope") == 0


def test_an_answer_is_stored_where_the_guide_says(register: Register, evaluation_id: str) -> None:
    assert answer(register, evaluation_id, "scope.target_groups", ("citizens", "employees"))
    answer(register, evaluation_id, "scope.target_groups", "Vikarer", part="own")
    answer(register, evaluation_id, "proportion.hours", Decimal("8.5"))
    answer(register, evaluation_id, "proportion.depth", "light")
    answer(register, evaluation_id, "scope.period", (date(2026, 1, 1), date(2026, 6, 30)))
    assert _single(register, "scope", evaluation_id, "target_groups") == ("citizens", "employees")
    assert _single(register, "scope", evaluation_id, "target_groups_own") == "Vikarer"
    assert _single(register, "scope", evaluation_id, "period_to") == date(2026, 6, 30)
    assert _single(register, "proportion", evaluation_id, "hours") == Decimal("8.5")
    assert register.get("evaluation", evaluation_id)["depth"] == "light"


def test_the_same_answer_again_makes_no_step(register: Register, evaluation_id: str) -> None:
    assert answer(register, evaluation_id, "scope.stage", "operating")
    revision = register.revision
    assert not answer(register, evaluation_id, "scope.stage", "operating")
    assert not answer(register, evaluation_id, "decide.reason", None)
    assert register.revision == revision


def test_typing_on_in_one_question_is_one_undo_step(
    register: Register, evaluation_id: str, clock: Clock
) -> None:
    for typed in ("Hvis", "Hvis vi", "Hvis vi mødes"):
        answer(register, evaluation_id, "theory.if_we", typed)
    clock.pass_minutes(2)
    answer(register, evaluation_id, "theory.if_we", "Hvis vi mødes hver dag")
    register.undo()
    assert _single(register, "theory", evaluation_id, "if_we") == "Hvis vi mødes"
    register.undo()
    assert register.single("theory", evaluation_id) is None


def test_no_date_yet_and_a_date_take_each_others_place(register: Register, evaluation_id: str) -> None:
    def asked() -> object:
        state = load_evaluation(register, evaluation_id).walkthrough.state("purpose.decision_date")
        assert state is not None
        return state.answer

    answer(register, evaluation_id, "purpose.decision_date", NONE_YET)
    assert asked() == NONE_YET
    answer(register, evaluation_id, "purpose.decision_date", date(2026, 11, 15))
    assert asked() == date(2026, 11, 15)
    assert _single(register, "decision_need", evaluation_id, "no_date_yet") is None
    answer(register, evaluation_id, "purpose.decision_date", None)
    assert asked() is None


def test_a_ranking_keeps_its_rows_and_changes_their_order(register: Register, evaluation_id: str) -> None:
    answer(register, evaluation_id, "purpose.purposes", ("learn", "goal"))
    rows = {row.text("code"): row.id for row in register.children("purpose", evaluation_id)}
    answer(register, evaluation_id, "purpose.purposes", ("document", "learn"))
    after = {row.text("code"): (row.id, row["rank"]) for row in register.children("purpose", evaluation_id)}
    assert after["learn"] == (rows["learn"], 2)
    assert after["document"][1] == 1
    assert "goal" not in after
    walkthrough = load_evaluation(register, evaluation_id).walkthrough
    assert walkthrough.sight.answer("purpose.purposes") == ("document", "learn")
    assert [remark.check_id for remark in walkthrough.warnings] == ["purpose.learn_and_document"]


@pytest.mark.parametrize(
    ("question_id", "value"),
    [
        ("scope.stage", "finished"),
        ("scope.target_groups", ("citizens", "martians")),
        ("purpose.purposes", ("learn", "goal", "spread", "steer")),
        ("proportion.depth", "unknown"),
        ("judge.level", 6),
    ],
)
def test_what_is_no_answer_is_refused_and_changes_nothing(
    register: Register, evaluation_id: str, question_id: str, value: object
) -> None:
    revision = register.revision
    with pytest.raises(Problem) as caught:
        answer(register, evaluation_id, question_id, value)  # type: ignore[arg-type]
    assert caught.value.code == "not_an_answer"
    assert caught.value.meaning
    assert caught.value.advice
    assert register.revision == revision


def test_not_known_yet_is_stored_and_counts_as_filled(register: Register, evaluation_id: str) -> None:
    answer(register, evaluation_id, "proportion.cost", "unknown")
    loaded = load_evaluation(register, evaluation_id)
    state = loaded.walkthrough.state("proportion.cost")
    assert state is not None
    assert state.completeness.missing == 0
    assert loaded.figures.proportion.depth is None


def _answer_proportion(register: Register, evaluation_id: str, **answers: str) -> None:
    for name in ("cost", "reach", "risk", "uncertainty", "stakes", "requirement"):
        answer(register, evaluation_id, f"proportion.{name}", answers.get(name, "0"))


def test_six_low_answers_choose_the_light_depth(register: Register, evaluation_id: str) -> None:
    _answer_proportion(register, evaluation_id, cost="1", reach="1")
    evaluation = register.get("evaluation", evaluation_id)
    assert (evaluation["depth_suggested"], evaluation["depth"]) == ("light", "light")


def test_higher_answers_suggest_and_leave_the_choice_to_people(
    register: Register, evaluation_id: str
) -> None:
    _answer_proportion(register, evaluation_id, risk="2")
    evaluation = register.get("evaluation", evaluation_id)
    assert (evaluation["depth_suggested"], evaluation["depth"]) == ("standard", None)
    answer(register, evaluation_id, "proportion.depth", "light")
    broken = load_evaluation(register, evaluation_id).walkthrough.broken
    assert "proportion.depth_reason" in [remark.check_id for remark in broken]
    answer(register, evaluation_id, "proportion.depth_reason", "Kun to uger til beslutningen")
    broken = load_evaluation(register, evaluation_id).walkthrough.broken
    assert "proportion.depth_reason" not in [remark.check_id for remark in broken]


def test_whoever_decides_becomes_the_first_user_of_the_answers(
    register: Register, evaluation_id: str
) -> None:
    answer(register, evaluation_id, "purpose.decision_forum", "committee")
    answer(register, evaluation_id, "purpose.decision_forum", "council")
    (user,) = register.children("audience", evaluation_id)
    assert (user["role"], user["group_code"]) == ("Council", "decision_maker")
    row_id = add_row(register, evaluation_id, "users.audience", {"role": "Planlæggere"})
    answer(register, evaluation_id, "purpose.decision_forum", "manager")
    assert [row["role"] for row in register.children("audience", evaluation_id)] == ["Council", "Planlæggere"]
    drop_row(register, evaluation_id, "users.audience", row_id)
    assert _count(register, "audience", evaluation_id) == 1


def test_the_comparison_follows_the_baseline_at_light_depth(register: Register, evaluation_id: str) -> None:
    row_id = add_row(register, evaluation_id, "indicators.indicators", {"name": "Forgæves ture"})
    assert _single(register, "design", evaluation_id, "code") == "after_only"
    change_row(register, evaluation_id, "indicators.indicators", row_id, "baseline", Decimal(12))
    change_row(register, evaluation_id, "indicators.indicators", row_id, "baseline_status", "measured")
    assert _single(register, "design", evaluation_id, "code") == "before_after"
    answer(register, evaluation_id, "design.comparison", "series")
    change_row(register, evaluation_id, "indicators.indicators", row_id, "baseline_status", "estimate")
    assert _single(register, "design", evaluation_id, "code") == "series"


def test_at_standard_depth_the_comparison_is_left_to_people(register: Register, evaluation_id: str) -> None:
    answer(register, evaluation_id, "proportion.depth", "standard")
    add_row(register, evaluation_id, "indicators.indicators", {"name": "Forgæves ture"})
    assert register.single("design", evaluation_id) is None


def test_leaving_light_depth_turns_the_three_numbers_into_rows_once(
    register: Register, evaluation_id: str
) -> None:
    answer(register, evaluation_id, "economy.applies", "yes")
    answer(register, evaluation_id, "economy.one_off", Decimal(100_000))
    answer(register, evaluation_id, "economy.running_per_year", Decimal(0))
    answer(register, evaluation_id, "economy.gain_per_year", Decimal(30_000))
    answer(register, evaluation_id, "economy.gain_class", "budget")
    assert _single(register, "econ_setting", evaluation_id, "years") == 5

    def npv() -> Decimal:
        loaded = load_evaluation(register, evaluation_id)
        economy = economy_figures(loaded.snapshot, loaded.evaluation, figures_catalogue())
        assert economy.likely is not None
        return round(economy.likely.npv, 2)

    assert npv() == Decimal("35451.57")
    for depth in ("standard", "light", "deep"):
        answer(register, evaluation_id, "proportion.depth", depth)
        assert npv() == Decimal("35451.57")
    assert _count(register, "cost", evaluation_id) == 1
    (gain,) = load_evaluation(register, evaluation_id).answers.rows("benefit")
    assert (gain["recurs"], gain["year"], gain["until_year"]) == ("yearly", 1, 5)


def test_rows_are_added_changed_and_dropped(register: Register, evaluation_id: str) -> None:
    indicator = add_row(register, evaluation_id, "indicators.indicators", {"name": "Forgæves ture"})
    measurement = add_row(register, evaluation_id, "collect.measurements")
    record = register.get("measurement", measurement)
    assert (record["indicator_id"], record["date"], record["series"]) == (
        indicator,
        date(2026, 11, 22),
        "initiative",
    )
    change_row(register, evaluation_id, "collect.measurements", measurement, "value", Decimal("7.0"))
    assert str(register.get("measurement", measurement)["value"]) == "7.0"
    drop_row(register, evaluation_id, "indicators.indicators", indicator)
    assert register.count("measurement") == 0
    register.undo()
    assert str(register.get("measurement", measurement)["value"]) == "7.0"


def test_a_measurement_without_an_indicator_is_refused_with_advice(
    register: Register, evaluation_id: str
) -> None:
    with pytest.raises(Problem) as caught:
        add_row(register, evaluation_id, "collect.measurements", {"value": Decimal(7)})
    assert caught.value.code == "no_owner"
    assert register.count("measurement") == 0


def test_the_first_question_is_primary_and_the_next_is_not(register: Register, evaluation_id: str) -> None:
    add_row(register, evaluation_id, "questions.questions", {"text": "Kører vi færre ture?"})
    add_row(register, evaluation_id, "questions.questions", {"text": "Hvad siger aftenvagten?"})
    assert [row["priority"] for row in register.children("question", evaluation_id)] == ["primary", None]


def test_a_line_of_a_grid_is_made_when_it_is_answered(register: Register, evaluation_id: str) -> None:
    answer_line(register, evaluation_id, "value.cards", "efficiency", "importance", "3")
    answer_line(register, evaluation_id, "value.cards", "efficiency", "expected", "1")
    answer_line(register, evaluation_id, "value.cards", "quality", "downside", None)
    (card,) = register.children("value_expect", evaluation_id)
    assert (card["kind"], card["importance"], card["expected"]) == ("efficiency", "3", "1")


def test_an_answer_to_a_question_hangs_under_that_question(register: Register, evaluation_id: str) -> None:
    question = add_row(register, evaluation_id, "questions.questions", {"text": "Kører vi færre ture?"})
    answer_line(register, evaluation_id, "analyse.answers", question, "short", "partly")
    found = register.single("answer", question)
    assert found is not None
    assert found["short"] == "partly"
    finding = add_row(register, evaluation_id, "collect.findings", {"text": "Aftenvagten mangler"})
    answer_line(register, evaluation_id, "analyse.answers", question, "findings", (finding,))
    loaded = load_evaluation(register, evaluation_id)
    assert loaded.walkthrough.sight.rows("analyse.answers")[0]["findings"] == (finding,)
    answer_line(register, evaluation_id, "analyse.answers", question, "findings", None)
    assert register.count("answer_source") == 0


def test_methods_point_at_the_questions_they_answer(register: Register, evaluation_id: str) -> None:
    first = add_row(register, evaluation_id, "questions.questions", {"text": "Færre ture?"})
    second = add_row(register, evaluation_id, "questions.questions", {"text": "Bedre arbejdsdag?"})
    method = add_row(register, evaluation_id, "methods.methods", {"method": "count"})
    change_row(register, evaluation_id, "methods.methods", method, "questions", (first, second))
    change_row(register, evaluation_id, "methods.methods", method, "questions", (second,))
    assert [link["question_id"] for link in register.children("method_question", method)] == [second]


def test_the_box_nothing_shifted_notes_its_moment(
    register: Register, evaluation_id: str, clock: Clock
) -> None:
    answer(register, evaluation_id, "changes.none", True)
    assert _single(register, "change_none", evaluation_id, "ticked_at") == clock.moment
    answer(register, evaluation_id, "changes.none", None)
    assert _single(register, "change_none", evaluation_id, "ticked_at") is None


def test_an_evaluation_opens_where_it_was_left(register: Register, evaluation_id: str) -> None:
    answer(register, evaluation_id, "theory.then", "kører vi færre ture", position="value_idea")
    assert load_evaluation(register, evaluation_id).walkthrough.position == "value_idea"


def test_a_quick_finding_goes_to_the_newest_evaluation(register: Register, initiative_id: str) -> None:
    with pytest.raises(Problem):
        add_quick_finding(register, initiative_id, "  ")
    add_quick_finding(register, initiative_id, "Døve kan ikke høre opkaldet", {"sign": "negative"})
    (evaluation,) = find_evaluations(register, initiative_id)
    add_quick_finding(register, initiative_id, "Pårørende er glade")
    assert len(find_evaluations(register, initiative_id)) == 1
    findings = register.children("finding", evaluation.id)
    assert [(row["text"], row["sign"], row["date"]) for row in findings] == [
        ("Døve kan ikke høre opkaldet", "negative", date(2026, 11, 22)),
        ("Pårørende er glade", None, date(2026, 11, 22)),
    ]


def test_measuring_now_gives_the_baseline_first_and_then_measurements(
    register: Register, evaluation_id: str
) -> None:
    indicator = add_row(register, evaluation_id, "indicators.indicators", {"name": "Forgæves ture"})
    measure_now(register, indicator, Decimal(12))
    record = register.get("indicator", indicator)
    assert (record["baseline"], record["baseline_status"]) == (Decimal(12), "measured")
    measure_now(register, indicator, Decimal(7), n=30)
    (measurement,) = register.children("measurement", indicator)
    assert (measurement["value"], measurement["n"]) == (Decimal(7), 30)


def test_removing_an_evaluation_leaves_nothing_and_undo_brings_all_back(
    register: Register, evaluation_id: str
) -> None:
    add_row(register, evaluation_id, "questions.questions", {"text": "Færre ture?"})
    remove_evaluation(register, evaluation_id)
    assert (register.count("evaluation"), register.count("question"), register.count("scope")) == (0, 0, 0)
    register.undo()
    assert register.count("question") == 1


def test_the_demo_case_is_read_whole_and_only_lacks_what_it_lacks(tmp_path: Path) -> None:
    with create_sample_register(tmp_path / "sample.coi") as register:
        demo = next(
            record
            for initiative_id in [row.id for row in register.snapshot().rows("initiative")]
            for record in find_evaluations(register, initiative_id)
            if record.text("title").startswith("Skærmbesøg")
        )
        loaded = load_evaluation(register, demo.id)
        assert loaded.walkthrough.depth == "standard"
        assert len(loaded.walkthrough.screens) == 20
        assert loaded.figures.evidence.level == 3
        assert loaded.walkthrough.completeness.share > 0.9
        warnings = {remark.check_id for remark in loaded.walkthrough.warnings}
        assert "purpose.learn_and_document" in warnings
        with speaking("da"):
            assert loaded.suggested_certainty == "Trin 3 af højst 5: Sammenlignet."


def test_an_evaluation_loaded_alone_is_what_the_whole_register_says_of_it(tmp_path: Path) -> None:
    with create_sample_register(tmp_path / "sample.coi") as register:
        whole = register.snapshot()
        assert len(whole.rows("evaluation")) > 2
        for evaluation in whole.rows("evaluation"):
            loaded = load_evaluation(register, evaluation.id)
            assert loaded.figures == evaluation_figures(whole, evaluation, figures_catalogue())
            answers = answers_from(whole, evaluation, RECORD_TYPES.values())
            for table in RECORD_TYPES:
                expected = {str(row["id"]) for row in answers.rows(table)}
                assert {str(row["id"]) for row in loaded.answers.rows(table)} == expected, table


def put_many_measurements(register: Register, evaluation_id: str) -> list[str]:
    """Forty indicators with forty measurements each, oldest last; their ids."""

    def fill(writer: Writer) -> list[str]:
        made = []
        for place in range(40):
            indicator = {"evaluation_id": evaluation_id, "name": f"Mål {place}", "baseline": Decimal(9)}
            made.append(writer.put("indicator", indicator))
            days = (date(2026, 3, 1) - timedelta(days=day) for day in range(40))
            rows = [
                (new_id(), {"indicator_id": made[-1], "date": day, "value": Decimal(place)}) for day in days
            ]
            writer.put_many("measurement", rows)
        return made

    return register.transact(Op("test.fill", "Fill"), fill).result


def test_many_measurements_are_loaded_with_pauses_and_few_without(
    register: Register, evaluation_id: str
) -> None:
    assert list(iter_loading(register, evaluation_id)) == []
    put_many_measurements(register, evaluation_id)
    assert len(list(iter_loading(register, evaluation_id))) >= 2
    loaded = load_evaluation(register, evaluation_id)
    assert (
        loaded.measured
        == evaluation_figures(loaded.snapshot, loaded.evaluation, figures_catalogue()).indicators
    )


def test_what_changes_do_not_touch_is_neither_read_nor_worked_out_again(
    register: Register, evaluation_id: str
) -> None:
    indicators = put_many_measurements(register, evaluation_id)
    known = load_evaluation(register, evaluation_id)
    moved = known.snapshot.children("measurement", indicators[3], "indicator_id")[5].id
    steps = (
        lambda writer: writer.put("measurement", {"indicator_id": indicators[7], "value": Decimal(1)}),
        lambda writer: writer.change("measurement", moved, {"indicator_id": indicators[4]}),
        lambda writer: writer.change("measurement", moved, {"value": Decimal(77)}),
        lambda writer: writer.change("indicator", indicators[9], {"baseline": Decimal(2)}),
        lambda writer: writer.drop("measurement", moved),
        lambda writer: writer.drop("indicator", indicators[20]),
    )
    seen = []
    register.subscribe(seen.append)
    undone: list[Callable[[], object]] = [register.undo] * len(steps)
    doing = [partial(register.transact, Op("test.step", "Step"), step) for step in steps]
    for act in (*doing, *undone):
        act()
        kept = load_evaluation(register, evaluation_id, known, seen[-1])
        fresh = load_evaluation(register, evaluation_id)
        assert kept.snapshot.records == fresh.snapshot.records
        assert kept.figures == fresh.figures
        assert kept.figures.indicators[1] is known.figures.indicators[1]
        known = kept
