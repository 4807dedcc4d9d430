"""Commands about attachments: add, list and save them."""

from __future__ import annotations

from pathlib import Path

import click

from coi_desktop import paths
from coi_desktop.cli.shared import (
    FilePath,
    finish,
    json_option,
    reading,
    register_argument,
    write_json,
    write_table,
    writing,
)
from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.attachments import shown_codes
from coi_desktop.models.ids import SHORTEST_PREFIX
from coi_desktop.models.records import Record
from coi_desktop.models.text import format_size
from coi_desktop.operations.attachment_files import (
    limits_of,
    save_attachment,
    store_sources,
    suggested_name,
)
from coi_desktop.operations.attachments import add_attachments, find_attachments
from coi_desktop.operations.lookup import find_initiative_id, get_attachment
from coi_desktop.operations.record_json import record_values
from coi_desktop.settings import Settings


def attach_command() -> click.Command:
    """``attach FILE ID PATH…``"""

    @click.command("attach", help=_("Attach files to an initiative."))
    @register_argument()
    @click.argument("typed_id", metavar="ID")
    @click.argument("sources", type=FilePath(), metavar="PATH…", nargs=-1, required=True)
    def attach(file: Path, typed_id: str, sources: tuple[Path, ...]) -> None:
        limits = limits_of(Settings.read(paths.settings_file()))
        with writing(file) as register:
            initiative_id = find_initiative_id(register, typed_id)
            stored = finish(store_sources(register, sources, limits))
            added = add_attachments(register, initiative_id, stored)
        count = len(added.ids)
        click.echo(ngettext("{count} file attached.", "{count} files attached.", count).format(count=count))
        for name in added.stood_already:
            click.echo(_("“{name}” is attached already.").format(name=shown_codes(name)), err=True)
        for one in stored.files:
            if one.verdict.warning:
                click.echo(f"{shown_codes(one.name)}: {one.verdict.warning}", err=True)
            if any(finding.is_personal_number for finding in one.findings):
                text = _("“{name}” may hold a civil registration number, in its name or its text.")
                click.echo(text.format(name=shown_codes(one.name)), err=True)
        for notice in stored.notices:
            click.echo(notice, err=True)
        if stored.refused:
            raise _not_all(stored.refused)

    return attach


def attachments_command() -> click.Command:
    """``attachments FILE ID [--json]``"""

    @click.command(
        "attachments", help=_("The attachments of an initiative, older editions below the newest.")
    )
    @register_argument()
    @click.argument("typed_id", metavar="ID")
    @json_option()
    def attachments(file: Path, typed_id: str, as_json: bool) -> None:
        with reading(file) as register:
            found = find_attachments(register, find_initiative_id(register, typed_id))
        if as_json:
            write_json([record_values(one) for group in found for one in (group.newest, *group.older)])
            return
        write_table(
            [_("Id"), _("Title"), _("Size"), _("Edition")],
            [
                _listed(one, group.count - place)
                for group in found
                for place, one in enumerate((group.newest, *group.older))
            ],
        )

    return attachments


def save_attachment_command() -> click.Command:
    """``save-attachment FILE ID OUT``"""

    @click.command("save-attachment", help=_("Save a checked copy of an attachment to a file or folder."))
    @register_argument()
    @click.argument("typed_id", metavar="ID")
    @click.argument("out", type=FilePath(), metavar="OUT")
    def save(file: Path, typed_id: str, out: Path) -> None:
        with reading(file) as register:
            attachment = get_attachment(register, typed_id)
            target = out / suggested_name(attachment) if out.is_dir() else out
            if out.is_dir() and target.exists():
                raise Problem(
                    _("{name} exists already.").format(name=target.name),
                    meaning=_("It was not touched."),
                    advice=_("Name the file to write instead of the folder."),
                    code="exists",
                )
            is_foreign = attachment.type_name == "case_attachment"
            job = save_attachment(register, attachment, target, is_from_elsewhere=is_foreign)
            click.echo(str(finish(job)))

    return save


def _listed(record: Record, edition: int) -> list[str]:
    return [
        record.id[:SHORTEST_PREFIX],
        shown_codes(record.text("title")),
        format_size(record.integer("size"), current_language()),
        str(edition),
    ]


def _not_all(refused: tuple[Problem, ...]) -> Problem:
    return Problem(
        "\n".join(problem.what for problem in refused),
        meaning=_("The others were attached."),
        advice=refused[0].advice,
        code="unreadable",
    )


COMMANDS = {
    "attach": attach_command,
    "attachments": attachments_command,
    "save-attachment": save_attachment_command,
}
