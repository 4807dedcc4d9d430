"""Commands about evaluations: ``eval start|show|answer|check|save-version``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from coi_desktop.cli.shared import (
    Command,
    FilePath,
    json_option,
    reading,
    register_argument,
    write_json,
    write_table,
    writing,
)
from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.operations.lookup import find_evaluation_id, find_initiative_id


def eval_command() -> click.Group:
    """``eval start|show|answer|check|save-version FILE ID …``"""

    @click.group("eval", help=_("Evaluations: start, answer and check them."))
    def evaluations() -> None:
        pass

    for make in (_start_command, _show_command, _answer_command, _check_command, _save_version_command):
        evaluations.add_command(make())
    return evaluations


def _id_argument() -> Callable[[Command], Command]:
    return click.argument("typed_id", metavar="ID")


def _start_command() -> click.Command:
    @click.command("start", help=_("Start an evaluation of an initiative; its id is written."))
    @register_argument()
    @_id_argument()
    @click.option(
        "--from-last", is_flag=True, help=_("Begin with the plan and indicators of its newest evaluation.")
    )
    @click.option(
        "--latest-as-baseline",
        is_flag=True,
        help=_("With --from-last: measure from the latest measurement instead of the old baseline."),
    )
    @json_option()
    def start(file: Path, typed_id: str, from_last: bool, latest_as_baseline: bool, as_json: bool) -> None:
        from coi_desktop.operations.evaluations import start_evaluation
        from coi_desktop.operations.plan_copies import MeasuredFrom, start_from

        with writing(file) as register:
            initiative_id = find_initiative_id(register, typed_id)
            if from_last:
                last = find_evaluation_id(register, initiative_id)
                measured = MeasuredFrom.LATEST if latest_as_baseline else MeasuredFrom.SAME
                evaluation_id = start_from(register, last, measured)
            else:
                evaluation_id = start_evaluation(register, initiative_id)
        if as_json:
            write_json({"evaluation": evaluation_id})
        else:
            click.echo(evaluation_id)

    return start


def _show_command() -> click.Command:
    @click.command("show", help=_("Every question of an evaluation with its answer."))
    @register_argument()
    @_id_argument()
    @json_option()
    def show(file: Path, typed_id: str, as_json: bool) -> None:
        from coi_desktop.operations.evaluations import load_evaluation
        from coi_desktop.operations.record_json import evaluation_values

        with reading(file) as register:
            loaded = load_evaluation(register, find_evaluation_id(register, typed_id))
            if as_json:
                write_json(evaluation_values(loaded.snapshot, loaded.evaluation))
                return
            standing = loaded.walkthrough.standing
            words = loaded.guide.words()
            for step in standing.steps:
                click.echo(f"{step.number}. {words.steps[step.id].title}")
                rows = [
                    [state.question.id, words.label(state.question.id), _answered(loaded, state.question.id)]
                    for state in step.questions
                ]
                write_table([_("Question"), _("In words"), _("Answer")], rows)
                click.echo("")
            if loaded.earlier_answers:
                click.echo(_("From an earlier edition of the guide"))
                lines = [[answer.label, answer.text] for answer in loaded.earlier_answers]
                write_table([_("In words"), _("Answer")], lines)

    return show


def _answer_command() -> click.Command:
    @click.command(
        "answer",
        help=_("Answer questions: STEP.QUESTION=value, or a whole file of answers (TOML or JSON)."),
    )
    @register_argument()
    @_id_argument()
    @click.argument("assignments", metavar="[STEP.QUESTION=VALUE...]", nargs=-1)
    @click.option(
        "--answers", "path", type=FilePath(), metavar="FILE", help=_("A file with a table for each step.")
    )
    def enter(file: Path, typed_id: str, assignments: tuple[str, ...], path: Path | None) -> None:
        from coi_desktop.i18n import ngettext
        from coi_desktop.operations.answer_entry import enter_answers
        from coi_desktop.operations.answer_files import read_answer_file

        if not (assignments or path):
            raise click.UsageError(_("Say what to answer: STEP.QUESTION=value, or --answers FILE."))
        given: dict[str, Any] = dict(read_answer_file(path)) if path is not None else {}
        given |= _read_assignments(assignments)
        with writing(file) as register:
            count = enter_answers(register, find_evaluation_id(register, typed_id), given)
        click.echo(
            ngettext("{count} question answered.", "{count} questions answered.", count).format(count=count)
        )

    return enter


def _check_command() -> click.Command:
    @click.command("check", help=_("The state of an evaluation, and what is missing at its depth."))
    @register_argument()
    @_id_argument()
    @json_option()
    def check(file: Path, typed_id: str, as_json: bool) -> None:
        from coi_desktop.operations.evaluation_checks import check_evaluation

        with reading(file) as register:
            found = check_evaluation(register, find_evaluation_id(register, typed_id))
        if as_json:
            write_json(found.values())
            return
        click.echo(found.headline)
        for title, lines in found.parts:
            click.echo("")
            click.echo(title)
            for line in lines:
                click.echo(f"  {line}")

    return check


def _save_version_command() -> click.Command:
    @click.command("save-version", help=_("Keep the plan as it stands, and go on with the next version."))
    @register_argument()
    @_id_argument()
    @click.option("--reason", default="", metavar="TEXT", help=_("Why it is kept."))
    def save(file: Path, typed_id: str, reason: str) -> None:
        from coi_desktop.operations.versions import save_version

        with writing(file) as register:
            number = save_version(register, find_evaluation_id(register, typed_id), reason=reason)
        click.echo(_("Version {number} is kept.").format(number=number))

    return save


def _read_assignments(assignments: tuple[str, ...]) -> Mapping[str, str]:
    given = {}
    for typed in assignments:
        name, sign, text = typed.partition("=")
        if not sign:
            raise Problem(
                _("“{text}” is not written as question=value.").format(text=typed[:80]),
                meaning=_("Nothing was changed."),
                advice=_("Write for example purpose.decision_forum=committee."),
                code="bad_value",
            )
        given[name.strip()] = text.strip()
    return given


def _answered(loaded: Any, question_id: str) -> str:
    from coi_desktop.operations.evaluation_checks import describe_answer

    return describe_answer(loaded, question_id)


COMMANDS = {"eval": eval_command}
