"""An evaluation that was begun with one edition of the guide opens with another: nothing is lost, and what
an editor changes is in the resources alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from coi_desktop.models.earlier_answers import SET_BY_PROGRAM
from coi_desktop.models.guide import GuideError
from coi_desktop.models.progress import run_to_end
from coi_desktop.operations import library
from coi_desktop.operations.answer_entry import enter_answers
from coi_desktop.operations.answering import add_row, answer, change_row
from coi_desktop.operations.evaluations import load_evaluation, start_evaluation
from coi_desktop.operations.exports import export_workbook
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.store.register import Register
from tests.guide_editions import ADDED, BEFORE, GUIDE, TEXTS, Edition, edited_resources


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Edition]:
    with edited_resources(tmp_path, monkeypatch) as edited:
        yield edited


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.create(tmp_path / "register.coi") as opened:
        yield opened


@pytest.fixture
def evaluation(register: Register) -> str:
    return start_evaluation(register, add_initiative(register, {"title": "Skærmbesøg"}))


def test_every_field_is_asked_by_the_guide_or_set_by_the_program(register: Register, evaluation: str) -> None:
    loaded = load_evaluation(register, evaluation)
    assert loaded.earlier_answers == ()
    assert all(place not in loaded.guide.fields_asked for place in SET_BY_PROGRAM)


def test_an_added_question_is_asked_saved_and_told_with_changes_in_the_resources_only(
    edition: Edition, register: Register, evaluation: str, tmp_path: Path
) -> None:
    edition.add_question()
    before = load_evaluation(register, evaluation)
    assert any(one.question_id == "scope.neighbours" for one in before.walkthrough.missing)
    assert answer(register, evaluation, "scope.neighbours", Decimal("12.50"))
    assert not answer(register, evaluation, "scope.neighbours", Decimal("12.50"))
    loaded = load_evaluation(register, evaluation)
    assert loaded.walkthrough.sight.answer("scope.neighbours") == Decimal("12.50")
    assert all(one.question_id != "scope.neighbours" for one in loaded.walkthrough.missing)
    book = tmp_path / "tiltag.xlsx"
    run_to_end(export_workbook(register, book, loaded.initiative.id))
    told = dict(_rows_of(book))
    assert told["Hvor mange naboer?"] == "12,5"
    register.undo()
    assert load_evaluation(register, evaluation).walkthrough.sight.answer("scope.neighbours") is None
    assert register.count("extra_answer") == 0


def _rows_of(book: Path) -> list[tuple[object, object]]:
    import openpyxl

    sheets = openpyxl.load_workbook(book).worksheets
    return [
        (row[0].value, row[1].value) for sheet in sheets for row in sheet.iter_rows(max_col=2) if len(row) > 1
    ]


@pytest.mark.parametrize(
    ("kind", "extra", "value"),
    [
        ("text", "", "Ja, tre"),
        ("long_text", "min_length = 3", "To\nlinjer"),
        ("yes_no", "", False),
        ("tick", "", True),
        ("choice", 'values = "stage"', "trial"),
        ("choice", 'values = "stage"', "unknown"),
        ("choices", 'values = "target_group"', ("citizens", "employees")),
        ("scale", "lowest = 1\nhighest = 5", 4),
        ("money", "", Decimal("1250.50")),
        ("integer", "", 7),
        ("date", "", date(2026, 11, 22)),
    ],
)
def test_every_kind_of_answer_comes_back_as_it_was_given(
    edition: Edition, register: Register, evaluation: str, kind: str, extra: str, value: object
) -> None:
    edition.add_question(kind, extra)
    answer(register, evaluation, "scope.neighbours", value)
    assert load_evaluation(register, evaluation).walkthrough.sight.answer("scope.neighbours") == value
    answer(register, evaluation, "scope.neighbours", None)
    assert register.count("extra_answer") == 0


def test_a_renamed_question_keeps_its_answer_and_scripts_may_use_the_old_name(
    edition: Edition, register: Register, evaluation: str
) -> None:
    edition.add_question()
    enter_answers(register, evaluation, {"scope.neighbours": "12", "scope.version_label": "Udgave 2"})
    edition.edit(
        GUIDE,
        ('id = "neighbours"', 'id = "homes"\nformerly = ["scope.neighbours"]'),
        ("scope.neighbours", "scope.homes"),
        ('formerly = ["scope.homes"]', 'formerly = ["scope.neighbours"]'),
        ('id = "version_label"', 'id = "edition"\nformerly = ["scope.version_label"]'),
        ('"scope.version_label", "scope.not_included"', '"scope.edition", "scope.not_included"'),
    )
    for file in TEXTS:
        edition.edit(
            file,
            ("question.neighbours]", "question.homes]"),
            ("[step.scope.question.version_label]", "[step.scope.question.edition]"),
        )
    sight = load_evaluation(register, evaluation).walkthrough.sight
    assert (sight.answer("scope.homes"), sight.answer("scope.edition")) == (Decimal(12), "Udgave 2")
    enter_answers(register, evaluation, {"scope.neighbours": "13", "scope.version_label": "Udgave 3"})
    loaded = load_evaluation(register, evaluation)
    assert loaded.walkthrough.sight.answer("scope.homes") == Decimal(13)
    assert loaded.walkthrough.sight.answer("scope.edition") == "Udgave 3"
    assert register.count("extra_answer") == 1
    assert loaded.earlier_answers == ()


def test_a_renamed_column_keeps_what_it_holds_and_scripts_may_use_the_old_name(
    edition: Edition, register: Register, evaluation: str
) -> None:
    asked = {"questions.questions": [{"text": "Går det hurtigere?"}, {"text": "Er det lettere?"}]}
    enter_answers(register, evaluation, asked)
    first = {"method": "survey", "participants": "Alle", "questions": ["Går det hurtigere?"]}
    enter_answers(register, evaluation, {"methods.methods": [first]})
    (old,) = load_evaluation(register, evaluation).walkthrough.sight.rows("methods.methods")
    edition.edit(GUIDE, ('{ id = "questions", link', '{ id = "answers_what", formerly = ["questions"], link'))
    for file, label in zip(TEXTS, ("Besvarer", "Answers"), strict=True):
        edition.edit(file, (f'\nquestions = "{label}"', f'\nanswers_what = "{label}"'))
    after = load_evaluation(register, evaluation)
    assert after.earlier_answers == ()
    (row,) = after.walkthrough.sight.rows("methods.methods")
    assert row["answers_what"] == old["questions"] != ()
    # The same file again changes nothing, whichever name the column has in it.
    enter_answers(register, evaluation, {"methods.methods": [first]})
    assert load_evaluation(register, evaluation).snapshot.records == after.snapshot.records
    other = {"method": "interview", "participants": "Fire", "questions": ["Er det lettere?"]}
    enter_answers(register, evaluation, {"methods.methods": [other]})
    question = after.snapshot.rows("question")[0].id
    add_row(register, evaluation, "methods.methods", {"method": "log", "questions": (question,)})
    held = load_evaluation(register, evaluation).walkthrough.sight.rows("methods.methods")
    assert [len(one["answers_what"]) for one in held] == [1, 1, 1]
    assert change_row(register, evaluation, "methods.methods", str(row["id"]), "questions", ())
    assert load_evaluation(register, evaluation).walkthrough.sight.rows("methods.methods")[0][
        "answers_what"
    ] in (None, ())


def test_a_renamed_step_is_where_one_stood(edition: Edition, register: Register, evaluation: str) -> None:
    answer(register, evaluation, "proportion.depth", "standard")
    answer(register, evaluation, "meta.used", "yes", position="meta")
    edition.edit(
        GUIDE,
        ('id = "meta"\n', 'id = "worth"\nformerly = ["meta"]\n'),
        ('store = "meta.', 'store = "META.'),
        ('"meta.', '"worth.'),
        ('"META.', '"meta.'),
    )
    for file in TEXTS:
        edition.edit(file, ("[step.meta", "[step.worth"))
    loaded = load_evaluation(register, evaluation)
    assert loaded.walkthrough.position == "worth"
    assert loaded.walkthrough.sight.answer("worth.used") == "yes"
    enter_answers(register, evaluation, {"meta.used": "no"})
    assert load_evaluation(register, evaluation).walkthrough.sight.answer("worth.used") == "no"


def test_answers_of_questions_columns_and_tables_that_are_gone_are_kept_and_shown(
    edition: Edition, register: Register, evaluation: str
) -> None:
    edition.add_question()
    answer(register, evaluation, "scope.neighbours", Decimal(12))
    answer(register, evaluation, "scope.version_label", "Udgave 2")
    add_row(
        register, evaluation, "purpose.requirements", {"who": "KL", "what": "Tal", "due": date(2026, 5, 1)}
    )
    stored = load_evaluation(register, evaluation).snapshot.records
    edition.remove_added()
    edition.remove_question("scope", "version_label")
    edition.edit(GUIDE, ('    { field = "due" },\n]', "]"))
    for file, due in zip(TEXTS, ("Hvornår", "Due"), strict=True):
        edition.edit(file, (f', due = "{due}" }}', " }"))
    loaded = load_evaluation(register, evaluation)
    assert [(one.label, one.text, one.screen_of.partition(".")[0]) for one in loaded.earlier_answers] == [
        ("Hvor mange naboer?", "12", "scope"),
        ("Udgave", "Udgave 2", "scope"),
        ("KL · Frist", "01-05-2026", "purpose"),
    ]
    assert loaded.snapshot.records == stored


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ((BEFORE, ADDED.format(kind="date_range") + BEFORE), "fields of its own"),
        ((BEFORE, ADDED.format(kind="choice") + BEFORE), "values"),
        (
            (BEFORE, ADDED.format(kind="text").replace("required", 'values = "stage"\nrequired') + BEFORE),
            "list",
        ),
        (('id = "version_label"', 'id = "version_label"\nformerly = ["scope.stage"]'), "another question"),
        (
            ('{ field = "hours", shown', '{ field = "hours", formerly = ["method"], shown'),
            "the id of another column",
        ),
    ],
)
def test_a_mistake_in_such_a_question_names_its_place(
    edition: Edition, change: tuple[str, str], word: str
) -> None:
    edition.edit(GUIDE, change)
    with pytest.raises(GuideError, match=word) as fault:
        library.guide()
    assert "scope" in str(fault.value) or "methods.methods" in str(fault.value)


def test_changed_words_of_a_question_are_read_from_the_resources(edition: Edition) -> None:
    edition.edit(TEXTS[0], ('label = "Hvor langt er tiltaget nået?"', 'label = "Hvor står tiltaget?"'))
    assert library.guide().words("da").label("scope.stage") == "Hvor står tiltaget?"
