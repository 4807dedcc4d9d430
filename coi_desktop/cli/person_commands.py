"""Commands about the people of a register: who they are, where one stands, and erasing one for good."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from coi_desktop.cli.shared import (
    Command,
    finish,
    json_option,
    reading,
    register_argument,
    write_json,
    write_table,
    writing,
)
from coi_desktop.i18n import _, current_language
from coi_desktop.models.text import format_number


def persons_command() -> click.Command:
    """``persons FILE [--json]``"""

    @click.command("persons", help=_("The people of a register, and the names that have no record yet."))
    @register_argument()
    @json_option()
    def persons(file: Path, as_json: bool) -> None:
        from coi_desktop.models.record_types.table import record_type
        from coi_desktop.models.shown_values import show_value
        from coi_desktop.operations.library import words_of
        from coi_desktop.operations.people import find_people, find_unlisted_names
        from coi_desktop.operations.record_json import record_values

        with reading(file) as register:
            people, unlisted, words = (
                find_people(register),
                find_unlisted_names(register),
                words_of(register),
            )
        if as_json:
            plain = [{"name": one.name, "times": one.times} for one in unlisted]
            write_json({"persons": [record_values(one) for one in people], "unlisted": plain})
            return
        fields = [field for field in record_type("person").fields if field.name != "note"]
        rows = [[show_value(field, one[field.name], words) for field in fields] for one in people]
        rows += [[one.name, *[""] * (len(fields) - 1)] for one in unlisted]
        write_table([field.label() for field in fields], rows)

    return persons


def find_person_command() -> click.Command:
    """``find-person FILE NAME [--form TEXT] [--format table|json|csv]``"""

    @click.command("find-person", help=_("Every place that mentions a person, the history too."))
    @register_argument()
    @click.argument("name", metavar="NAME")
    @_forms_option()
    @click.option(
        "--format",
        "written",
        type=click.Choice(["table", "json", "csv"]),
        default="table",
        help=_("How the places are written."),
    )
    def find_person(file: Path, name: str, forms: tuple[str, ...], written: str) -> None:
        from coi_desktop.operations import person_search

        with reading(file) as register:
            wanted = person_search.forms_of(register, name, more=forms)
            mentions = finish(person_search.find_person(register, wanted))
        if written == "table":
            write_table([_("Place"), _("Text")], [(one.place, one.excerpt) for one in mentions])
        else:
            write = person_search.mentions_as_json if written == "json" else person_search.mentions_as_csv
            click.echo(write(mentions), nl=False)

    return find_person


def erase_person_command() -> click.Command:
    """``erase-person FILE NAME (--dry-run | --yes) [--form TEXT] [--with-files] [--replacement TEXT]``"""

    @click.command("erase-person", help=_("Erase a person for good. It cannot be undone."))
    @register_argument()
    @click.argument("name", metavar="NAME")
    @_forms_option()
    @click.option("--dry-run", is_flag=True, help=_("Only show what would be erased."))
    @click.option("--yes", "is_sure", is_flag=True, help=_("Erase without asking."))
    @click.option(
        "--with-files",
        is_flag=True,
        help=_("Erase the attachments too that mention the person in name or text."),
    )
    @click.option("--replacement", default="", metavar="TEXT", help=_("What stands there instead."))
    def erase_person(
        file: Path,
        name: str,
        forms: tuple[str, ...],
        dry_run: bool,
        is_sure: bool,
        with_files: bool,
        replacement: str,
    ) -> None:
        if dry_run == is_sure:
            raise click.UsageError(_("Say either --dry-run or --yes."))
        from coi_desktop.operations import erasing, person_search
        from coi_desktop.operations.erasure_receipt import receipt_text

        with reading(file) if dry_run else writing(file) as register:
            wanted = person_search.forms_of(register, name, more=forms)
            plan = finish(erasing.plan_erasure(register, wanted))
            _show_counts(plan.counts())
            for tied in plan.files:
                click.echo(_("Attachment: {name}").format(name=tied.name))
            if dry_run:
                click.echo(_("Nothing was erased."), err=True)
                return
            chosen = [tied.sha256 for tied in plan.files] if with_files else []
            receipt = finish(erasing.erase_person(register, plan, files=chosen, replacement=replacement))
            click.echo(receipt_text(register, receipt, plan), nl=False)

    return erase_person


def _forms_option() -> Callable[[Command], Command]:
    return click.option(
        "--form",
        "forms",
        multiple=True,
        metavar="TEXT",
        help=_("Another name, mail address or telephone number of the person; may be given several times."),
    )


def _show_counts(counts: tuple[tuple[str, int], ...]) -> None:
    write_table(
        [_("Place"), _("Count")],
        [(place, format_number(count, current_language())) for place, count in counts],
    )


COMMANDS = {
    "persons": persons_command,
    "find-person": find_person_command,
    "erase-person": erase_person_command,
}
